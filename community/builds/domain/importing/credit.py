"""Takes credits and references off a change: what is left is its title."""

import re
from dataclasses import dataclass

from community.builds.domain.importing import words
from community.builds.domain.importing.brackets import is_acronym, mask_of, opening_of, unclosed
from community.builds.domain.importing.names import (
    EMOJI,
    HANDLE,
    NameList,
    Trust,
    read_list,
    read_reference,
)
from community.builds.domain.importing.notes import Note

MOST_CREDITS = 10
# Credits stand at the end: further from it nobody looks, however long the text.
WINDOW = 1_200

SIGNED = re.compile(
    r"(?:(?:original |initial |based on (?:a |the )?)?patch(?:es|ed)? by|contributed by"
    r"|contributions? by|(?:--|—|–|-) by|courtesy of|贡献者|作者|开发者)[:：]?\s*(?=\S)",
    re.IGNORECASE,
)
BUILT = re.compile(
    r"(?:implemented|written|(?:co-)?authored|developed|added|fix(?:ed)?|pr) by[:：]?\s*(?=\S)"
    r"|(?:(?:many |special )?thanks(?: goes)?(?: to)?|thank you|kudos(?: to)?|props(?: to)?"
    r"|credits?(?: to)?|hat tip to|感谢|鸣谢)[:：,，]?\s*(?=\S)",
    re.IGNORECASE,
)
# Who noticed or asked did not build: "reported by @mei" stays in the title.
NOT_BUILT = re.compile(
    r"(?:report|suggest|request|notic|f(?:ou|i)nd|discover|rais|propos|spott|review|approv|sponsor"
    r"|mentor|inspir|caus|us|trigger|follow|prefix)(?:ed|ing|s)?\s*$",
    re.IGNORECASE,
)
JOINED = re.compile(r"(?:by|from|via|h/t)[:：]?\s+(?=\S)", re.IGNORECASE)
BEFORE_OPENING = " .,;:!?*([—–-。，；、"
# "Thanks @mei for the patch" signs a change, "thanks @mei for the report" does not.
OCCASION = re.compile(
    r"\sfor (?:the |this |that |his |her |their |an? |your |\w+ing\b).{0,80}$", re.IGNORECASE
)
REPORT = re.compile(
    r"report|suggest|idea|find|notic|discover|rais|bring|feedback|test", re.IGNORECASE
)

# "由林浩贡献", "@mei 贡献": the words around say that it was built.
FRAMED = re.compile(
    r"(?:由|(?=\[?@))\s*(?P<who>.{1,200}?)\s*(?:贡献|提交|提供|实现|开发|完成|编写)"
)
AND = re.compile(r",?\s+and\s+", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<!\s[A-Z]\.)(?<!\.[A-Z]\.)(?<=[.!?。！])\s+")
CVE = re.compile(r"\bCVE-\d{4}-\d{4,10}\b", re.IGNORECASE)
NUMBERED = re.compile(r"\[?(?:[\w./-]{0,101}[#!]|gh-|bpo-)\d", re.IGNORECASE)
END = " .,;:!-–—|*_。，；！"
BEFORE_OBJECT = words.PREPOSITIONS | words.VERBS.keys()
SETTING_OFF = ("-", "–", "—", "|", ",", ")", "，", "。", "）")
# Handles in a row, and what joins them.
IN_RUN = re.compile(r"\[?@\w[\w.-]{0,78}(?:\[bot\])?\]?[,，、;；]?$|(?:and|&|和|与)$")
HAN_END = re.compile(r"[\u3400-\u9fff]$")
# Chinese needs no space before a handle.
GLUED = re.compile(r"([\u3400-\u9fff，。！；、])(?=@[A-Za-z0-9][\w-]{0,38}$)")


@dataclass(frozen=True, slots=True)
class Signed:
    """A text without its credits, everybody it credits, and what was doubtful about it."""

    text: str
    names: NameList
    note: Note = Note.NONE


def read_signed(text: str, trust: Trust) -> Signed:
    """Split plain text into what was done and who did it.

    `trust` says how readily words in parentheses are names: ANY_NAME in notes that sign so,
    HANDLES where parentheses mostly explain.
    """
    rest, names = _take_sentences(text)
    head, rest = rest[:-WINDOW], rest[-WINDOW:]
    for _ in range(MOST_CREDITS):
        taken = _take_last(rest, trust, is_followed=names != NameList())
        if taken is None:
            break
        rest, names = taken.text.rstrip(END), taken.names + names
    rest, inner = _take_inner(head + rest)
    rest, leading = _take_leading(rest)
    names = leading + inner + names
    names += NameList(references=tuple(cve.upper() for cve in CVE.findall(text)))
    return Signed(rest, names, _doubt(text, rest, names))


def _doubt(text: str, rest: str, names: NameList) -> Note:
    mask = mask_of(text)
    if mask.count("(") != mask.count(")"):
        return Note.UNBALANCED
    if not names.people and not names.bots and _may_sign(rest.rstrip(END)):
        return Note.MAYBE_PEOPLE
    return Note.NONE


def _may_sign(text: str) -> bool:
    """Whether a text ends in what would be a credit where names are expected."""
    mask = mask_of(text)
    begin = opening_of(mask)
    if begin is None:
        last = text.rpartition(" ")[2]
        is_handle = HANDLE.match(last) and read_list(last, Trust.HANDLES)
        return bool(is_handle or _take_phrase(text, mask, Trust.FULL_NAMES))
    maybe = read_list(text[begin + 1 : -1], Trust.FULL_NAMES)
    return bool(maybe and maybe.people) and not is_acronym(text[:begin], text[begin + 1 : -1])


def _take_sentences(text: str) -> tuple[str, NameList]:
    """Sentences that only say who built it: "Patch by Ada Lin.", "(Contributed by Mei in #12.)"."""
    names = NameList()
    kept = []
    for sentence in SENTENCE_END.split(text):
        found = _read_opened(sentence.strip(" ()*_!。"), Trust.HANDLES, must_open=True)
        if found and (found.people or found.bots):
            names += found
        else:
            kept.append(sentence)
    return " ".join(kept), names


def _read_opened(text: str, joined: Trust, *, must_open: bool = False) -> NameList | None:
    """A list after its opening words; they raise the trust in what follows."""
    if framed := FRAMED.fullmatch(text):
        return read_list(framed["who"], max(Trust.FULL_NAMES, joined))
    for pattern, trust in ((SIGNED, Trust.ANY_NAME), (BUILT, Trust.FULL_NAMES), (JOINED, joined)):
        if opening := pattern.match(text):
            return read_list(_builders(text[opening.end() :]), max(trust, joined))
    return None if must_open else read_list(text, joined)


def _builders(text: str) -> str:
    """Those thanked for the work: "@bo for the report and @mei for the patch" leaves "@mei"."""
    if not OCCASION.search(text):
        return text
    built: list[str] = []
    occasion = ""
    for part in reversed(AND.split(text)):
        found = OCCASION.search(part)
        occasion = found[0] if found else occasion
        if not REPORT.search(occasion):
            built.insert(0, part[: found.start()] if found else part)
    return ", ".join(built)


def _take_last(text: str, trust: Trust, *, is_followed: bool) -> Signed | None:
    """The last credit or reference of a text; None when it ends in its own words.

    `is_followed` by what was taken before: "… @mei (#12)".
    """
    end = text.rstrip(END)
    while end and EMOJI.match(end[-1]):
        end = end[:-1].rstrip(END)
    mask = mask_of(end)
    if not end:
        return None
    return (
        _take_group(end, mask, trust)
        or _take_hosted(end, mask)
        or _take_phrase(end, mask, Trust.HANDLES)
        or _take_number(end)
        or _take_handles(end, is_followed=is_followed)
    )


def _take_group(text: str, mask: str, trust: Trust) -> Signed | None:
    """Parentheses at the end, even when one of them is missing or too many."""
    if mask[-1] == ")":
        begin = opening_of(mask)
        end = len(text) - 1
        if begin is None:
            begin, end = opening_of(mask[:-1]), end - 1
    else:
        begin, end = unclosed(mask), len(text)
    if begin is None:
        return None
    inner = text[begin + 1 : end].strip()
    is_by = inner[:3].casefold() == "by "
    names = _read_opened(inner, max(trust, Trust.FULL_NAMES) if is_by else trust)
    if names is None or is_acronym(text[:begin], inner):
        return None
    return Signed(text[:begin], names)


def _take_hosted(text: str, mask: str) -> Signed | None:
    """What code hosts generate: "… by @mei and Ada Lin in #12"."""
    at = mask.rfind(" in ")
    if at < 0:
        return None
    references = [read_reference(word) for word in text[at + 4 :].replace(",", " ").split()]
    if not references or None in references:
        return None
    taken = _take_phrase(text[:at], mask[:at], Trust.FULL_NAMES)
    found = NameList(references=tuple(filter(None, references)))
    return taken and Signed(taken.text, taken.names + found)


def _take_phrase(text: str, mask: str, joined: Trust) -> Signed | None:
    """Opening words and the list they open: "Patch by Ada Lin", "Thanks, [@mei] and [@bo]"."""
    starts = {
        found.start()
        for pattern in (SIGNED, BUILT, JOINED)
        for found in pattern.finditer(mask)
        if found.start() == 0 or mask[found.start() - 1] in BEFORE_OPENING
    }
    for start in sorted(starts)[-5:]:
        before = mask[max(start - 20, 0) : start].rstrip()
        is_set_off = before.endswith((",", ";", "—", "–", "--"))
        trust = max(joined, Trust.FULL_NAMES) if is_set_off else joined
        names = None
        if not NOT_BUILT.search(before):
            names = _read_opened(text[start:], trust, must_open=True)
        if names and (names.people or names.bots):
            return Signed(text[:start], names)
    return None


def _take_number(text: str) -> Signed | None:
    """A number at the very end: "… #12", "…, closes #12"."""
    before, _, word = text.rpartition(" ")
    last = before.rpartition(" ")[2].strip("(,.:;").casefold()
    if NUMBERED.match(word) and last not in words.PREPOSITIONS:
        reference = read_reference(word)
        if last in words.CLOSERS:
            before = before.rpartition(" ")[0]
            reference = reference if before.endswith((".", ",", ";", "-", "–", "—")) else None
        return Signed(before, NameList(references=(reference,))) if reference and before else None
    return None


def _take_handles(text: str, *, is_followed: bool) -> Signed | None:
    """Handles at the very end that are no part of a sentence: "… - @mei", "… @mei, @bo (#12)"."""
    text = GLUED.sub(r"\1 ", text)
    parts = text.split(" ")
    count = next((n for n, part in enumerate(reversed(parts)) if not IN_RUN.match(part)), 0)
    before, run = parts[: len(parts) - count], parts[len(parts) - count :]
    while run and run[0][0] not in "[@":
        before.append(run.pop(0))
    if not run or not before:
        return None
    last = before[-1]
    is_set_off = (
        run[0][0] == "[" or last.endswith(SETTING_OFF) or NUMBERED.match(last.strip("(,.:;"))
    )
    is_signing = len(run) > 1 or is_followed or run[0].endswith("[bot]") or HAN_END.search(last)
    is_sentence = (len(before) == 1 and last.isascii()) or last.casefold() in BEFORE_OBJECT
    if not (is_set_off or (is_signing and not is_sentence)):
        return None
    names = read_list(" ".join(run), Trust.HANDLES)
    return Signed(" ".join(before), names) if names else None


def _take_inner(text: str) -> tuple[str, NameList]:
    """Credits in parentheses before the end: "Dark mode (thanks @mei) for all pages"."""
    mask, names = mask_of(text), NameList()
    for group in re.findall(r"\([^()]{2,200}\)", mask)[:MOST_CREDITS]:
        at = mask.find(group)
        found = _read_opened(text[at + 1 : at + len(group) - 1], Trust.HANDLES)
        is_signed = found and found.people and (found.references or not group.startswith("(@"))
        if found and is_signed:
            names += found
            text = " ".join((text[:at].rstrip(), text[at + len(group) :].lstrip()))
            mask = mask_of(text)
    return text, names


def _take_leading(text: str) -> tuple[str, NameList]:
    """Numbers and commits in front: "#12: Title", "gh-12, gh-13: Title", "1f2e3d4 Title"."""
    names, rest = NameList(), text
    for _ in range(MOST_CREDITS):
        word, _, after = rest.partition(" ")
        reference = read_reference(word.rstrip(":,;"))
        is_leading = NUMBERED.match(word) or not CVE.match(word)
        if reference is None or not is_leading or not after:
            break
        names += NameList(references=(reference,))
        rest = after.lstrip(END)
    return rest, names
