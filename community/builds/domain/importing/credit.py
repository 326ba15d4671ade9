"""Takes credits and references off a change: what is left is its title."""

import re
from dataclasses import dataclass

from community.builds.domain.importing import words
from community.builds.domain.importing.markup import without_code
from community.builds.domain.importing.names import (
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
# "JS (Jonny Scholes)" is a person.
SHORTEST_ACRONYM = 3

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

AND = re.compile(r",?\s+and\s+", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<!\s[A-Z]\.)(?<!\.[A-Z]\.)(?<=[.!?。！])\s+")
CVE = re.compile(r"\bCVE-\d{4}-\d{4,10}\b", re.IGNORECASE)
NUMBERED = re.compile(r"\[?(?:[\w./-]{0,101}[#!]|gh-|bpo-)\d", re.IGNORECASE)
END = " .,;:!-–—|*_。，；！"


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
        taken = _take_last(rest, trust)
        if taken is None:
            break
        rest, names = taken.text.rstrip(END), taken.names + names
    rest, inner = _take_inner(head + rest)
    rest, leading = _take_leading(rest)
    names = leading + inner + names
    names += NameList(references=tuple(cve.upper() for cve in CVE.findall(text)))
    return Signed(rest, names, _doubt(text, rest, names))


def _doubt(text: str, rest: str, names: NameList) -> Note:
    mask = _mask(text)
    if mask.count("(") != mask.count(")"):
        return Note.UNBALANCED
    if not names.people and not names.bots:
        begin = _opening_of(_mask(rest).rstrip(END))
        inner = "" if begin is None else rest.rstrip(END)[begin + 1 : -1]
        maybe = read_list(inner, Trust.FULL_NAMES)
        if maybe and maybe.people and not _is_acronym(rest[:begin], inner):
            return Note.MAYBE_PEOPLE
    return Note.NONE


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


def _take_last(text: str, trust: Trust) -> Signed | None:
    """The last credit or reference of a text; None when it ends in its own words."""
    end = text.rstrip(END)
    mask = _mask(end)
    if not end:
        return None
    return (
        _take_group(end, mask, trust)
        or _take_hosted(end, mask)
        or _take_phrase(end, mask, Trust.HANDLES)
        or _take_word(end)
    )


def _take_group(text: str, mask: str, trust: Trust) -> Signed | None:
    """Parentheses at the end, even when one of them is missing or too many."""
    if mask[-1] == ")":
        begin = _opening_of(mask)
        end = len(text) - 1
        if begin is None:
            begin, end = _opening_of(mask[:-1]), end - 1
    else:
        begin, end = _unclosed(mask), len(text)
    if begin is None:
        return None
    inner = text[begin + 1 : end].strip()
    is_by = inner[:3].casefold() == "by "
    names = _read_opened(inner, max(trust, Trust.FULL_NAMES) if is_by else trust)
    if names is None or _is_acronym(text[:begin], inner):
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


def _take_word(text: str) -> Signed | None:
    """A number or a handle at the very end: "… #12", "… - @mei", "… [@mei]"."""
    before, _, word = text.rpartition(" ")
    last = before.rpartition(" ")[2].strip("(,.:;").casefold()
    if NUMBERED.match(word) and last not in words.PREPOSITIONS:
        reference = read_reference(word)
        if last in words.CLOSERS:
            before = before.rpartition(" ")[0]
            reference = reference if before.endswith((".", ",", ";", "-", "–", "—")) else None
        return Signed(before, NameList(references=(reference,))) if reference and before else None
    if HANDLE.match(word):
        is_set_off = word[0] == "[" or before.endswith(("-", "–", "—", "|", ",", ")"))
        if is_set_off or HANDLE.match(last) or NUMBERED.match(last):
            names = read_list(word, Trust.HANDLES)
            return Signed(before, names) if names else None
    return None


def _take_inner(text: str) -> tuple[str, NameList]:
    """Credits in parentheses before the end: "Dark mode (thanks @mei) for all pages"."""
    mask, names = _mask(text), NameList()
    for group in re.findall(r"\([^()]{2,200}\)", mask)[:MOST_CREDITS]:
        at = mask.find(group)
        found = _read_opened(text[at + 1 : at + len(group) - 1], Trust.HANDLES)
        is_signed = found and found.people and (found.references or not group.startswith("(@"))
        if found and is_signed:
            names += found
            text = " ".join((text[:at].rstrip(), text[at + len(group) :].lstrip()))
            mask = _mask(text)
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


def _mask(text: str) -> str:
    """As long as the text, with code blotted out and one sort of parentheses."""
    return without_code(text).replace("（", "(").replace("）", ")")


def _opening_of(mask: str) -> int | None:
    """Where the parenthesis opens that the last character closes."""
    if not mask.endswith(")"):
        return None
    depth = 0
    for at in range(len(mask) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(mask[at], 0)
        if depth == 0:
            return at
    return None


def _unclosed(mask: str) -> int | None:
    """Where the last parenthesis opens that nothing closes."""
    if mask.count("(") <= mask.count(")"):
        return None
    depth = 0
    for at in range(len(mask) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(mask[at], 0)
        if depth < 0:
            return at
    return None


def _is_acronym(before: str, inner: str) -> bool:
    """Whether parentheses spell out the word before them: CSP (Content Security Policy)."""
    word = before.rstrip().rpartition(" ")[2]
    initials = "".join(part[0] for part in inner.split())
    return len(word) >= SHORTEST_ACRONYM and word.casefold() == initials.casefold()
