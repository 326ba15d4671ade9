"""Tells people from bots, references and plain words in a list such as (Ada Lin, @mei - #12)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from community.builds.domain.importing import words
from community.builds.domain.importing.notes import Name

LONGEST_NAME = 80
LONGEST_LIST = 1_000
WORDS_OF_NAME = range(2, 7)
SHORTEST_WITH_INITIAL = 3
LONGEST_HAN_NAME = 3

HANDLE = re.compile(r"\[?@(?P<handle>\w(?:[\w-]|\.(?=\w)){0,78}(?:\[bot\])?)\]?$")
BOT = re.compile(r"(?:\[bot\]|\(bot\)|[-_]bot)$", re.IGNORECASE)
REFERENCE = re.compile(
    r"\[?(?P<repository>[\w.-]{1,50}/[\w.-]{1,50})?(?P<sign>[#!])(?P<number>\d{1,9})\]?$"
    r"|(?:gh|issue|pr|ticket)-?#?(?P<worded>\d{1,9})$|(?P<tracked>(?:cve-\d{4}|bpo)-\d{2,10})$"
    r"|(?P<key>(?!(?:UTF|SHA|ISO|RFC|AES|HTTP|WIN|CP|PEP)-)[A-Z][A-Z0-9]{1,9}-\d{3,7})$"
    r"|(?P<commit>(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40})$",
    re.IGNORECASE,
)
SEPARATOR = re.compile(
    r",?\s+(?:and|und|with)\s+|[,;，、；|]|\s+[&/+–—-]\s+|/(?=\[?@)|\s+(?=\[?@)|(?<=\])(?=\[)"
    r"|\s*[和与及](?=\s*\[?@)|(?<=[\u3400-\u9fff])/(?=[\u3400-\u9fff@])",
    re.IGNORECASE,
)
# From here on it is about sponsors, mentors and reporters, who built nothing of the change.
OTHERS = re.compile(
    r"[\s,.;]+(?:(?:and |also )?with (?:many )?(?:thanks|sponsorship|support|funding|help)\b"
    r"|(?:thanks|sponsored|mentored|funded|supported|supervised|reported|reviewed|based on"
    r"|on behalf of"
    r"|for (?:the |an |his |her |their )?(?:google|gsoc|report\w*|initial|original))\b)",
    re.IGNORECASE,
)
SINGLE = re.compile(r"(?=.*[^\W\d_])\w['’]?[\w+-]{0,38}(?:@[\w-]{1,38})?$")
TECHNICAL = re.compile(
    r"(?:v|py|python|x|arm|utf|ipv|http|es|ie|tls|sha|mp|h|web|css|html|java|node|k8s)[-_]?\d.*"
    r"|[A-Z]{2,6}|[A-Z0-9_]*_[A-Z0-9_]*$|\d+\w{1,2}$"
)
KNOWN_AS = re.compile(r"(?P<name>[^()]{1,60}) \((?P<handle>[^() ]{1,40})\)$")
# What stands beside names and belongs to none: "Ada Lin 🎉", "Ada Lin <ada@host.example>".
EMOJI = re.compile("[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]+")
ADDRESS = re.compile(r"<[^<>\s@]{1,64}@[^<>\s]{1,190}>")
GENERATION = re.compile(r",\s*(?=(?:jr|sr|ii|iii|iv)\b)", re.IGNORECASE)
HAN = re.compile(r"[\u3400-\u9fff]{2,4}$|[\u3400-\u9fff]{1,8}·[\u3400-\u9fff·]{1,12}$")


class Trust(IntEnum):
    """How readily words count as a name where they stand."""

    HANDLES = 0  # only handles: "by @mei", never "(in mobile app)"
    FULL_NAMES = 1  # also "Ada Lin": after "thanks to"
    ANY_NAME = 2  # also "minusf" and "Kailesh": after "Patch by", where parentheses hold names
    BESIDE_NAMES = 3  # also "LB" and "Aadi jindal": in a list with full names


@dataclass(frozen=True, slots=True)
class NameList:
    """People, bots and references found in one list."""

    people: tuple[Name, ...] = ()
    bots: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    def __add__(self, other: "NameList") -> "NameList":
        return NameList(
            tuple(dict.fromkeys(self.people + other.people)),
            tuple(dict.fromkeys(self.bots + other.bots)),
            tuple(dict.fromkeys(self.references + other.references)),
        )


def is_bot(name: str) -> bool:
    """Whether an account is a program: `dependabot`, `renovate[bot]`, "GitHub Actions"."""
    plain = name.casefold().removeprefix("app/").replace(" ", "-").removesuffix("[bot]")
    return plain in words.BOTS or BOT.search(name) is not None


def read_reference(token: str) -> str | None:
    """`#12`, `[#12]`, `GH-12`, `!7`, `CVE-2026-1234` or a commit in one spelling, else None."""
    found = REFERENCE.match(token)
    if found is None:
        return None
    if found["commit"]:
        return found["commit"][:10].lower()
    if found["number"]:
        return (found["repository"] or "") + found["sign"] + found["number"]
    return f"#{found['worded']}" if found["worded"] else (found["tracked"] or found["key"]).upper()


def read_list(text: str, trust: Trust) -> NameList | None:
    """Everybody in a list; None as soon as one part of it is neither name nor reference."""
    trust = max(trust, Trust.FULL_NAMES) if ADDRESS.search(text) else trust
    text = GENERATION.sub(" ", EMOJI.sub(" ", ADDRESS.sub(" ", text))).strip()
    if not text or len(text) > LONGEST_LIST:
        return None
    if others := OTHERS.search(text):
        text = text[: others.start()]
    parts = list(split(text))
    read = [_read_part(part, trust) for part in parts]
    has_full_name = any(part and any(" " in name.text for name in part.people) for part in read)
    if None in read and trust >= Trust.FULL_NAMES and has_full_name:
        read = [_read_part(part, Trust.BESIDE_NAMES) for part in parts]
    return _sum(read)


def _sum(parts: list[NameList | None]) -> NameList | None:
    total = NameList()
    for part in parts:
        if part is None:
            return None
        total += part
    return total if total != NameList() else None


def split(text: str) -> Iterator[str]:
    """Parts of a list, not cut inside parentheses: "LB (Ben, Jo), Mei" has two."""
    depth, begin, at = 0, 0, 0
    for found in SEPARATOR.finditer(text):
        depth += text.count("(", at, found.start()) - text.count(")", at, found.start())
        at = found.start()
        if depth <= 0:
            yield text[begin:at]
            begin = found.end()
    yield text[begin:]


def _read_part(part: str, trust: Trust) -> NameList | None:
    """One part: fillers and references around one name or around handles."""
    found = NameList()
    rest: list[str] = []
    for token in part.strip(" ,*").rstrip("!").split():
        handle = HANDLE.match(token.rstrip(".,:!"))
        reference = read_reference(token.rstrip(".,:"))
        if handle and handle["handle"].casefold() not in words.NOT_HANDLES:
            found += _account(handle["handle"])
        elif reference is not None:
            found += NameList(references=(reference,))
        else:
            rest.append(token)
    while rest and rest[-1].casefold() in words.FILLERS:
        rest.pop()
    while rest and rest[0].casefold() in words.FILLERS:
        rest.pop(0)
    if not rest:
        return found
    name = " ".join(rest)
    if found.people:
        return None
    if is_bot(name) and (trust >= Trust.FULL_NAMES or BOT.search(name)):
        return found + NameList(bots=(name,))
    name = trim(name)
    people = tuple(Name("person", each) for each in _people(name, trust))
    return found + NameList(people=people) if people else None


def _people(text: str, trust: Trust) -> list[str]:
    """One name, or several Chinese ones: 林浩和王小明; 林和平 and 山田 太郎 are one."""
    several = re.split(r"[和与及\s]", text)
    if len(several) > 1 and trust >= Trust.FULL_NAMES and all(map(_is_han, several)):
        return several
    return [text] if is_person(text, trust) else []


def _account(handle: str) -> NameList:
    if is_bot(handle):
        return NameList(bots=(handle,))
    return NameList(people=(Name("handle", handle),))


def trim(name: str) -> str:
    """A name without the full stop of its sentence; "Ada L." keeps its own."""
    is_initial = (
        len(name) >= SHORTEST_WITH_INITIAL
        and name[-1] == "."
        and name[-2].isupper()
        and name[-3] in " ."
    )
    return name if is_initial else name.rstrip(".")


def is_person(text: str, trust: Trust) -> bool:
    """Whether words are a person's name, as far as the place they stand in is trusted."""
    if trust < Trust.FULL_NAMES or len(text) > LONGEST_NAME:
        return False
    if HAN.match(text):
        return _is_han(text)
    if text.count("(") != text.count(")"):
        return False
    known = KNOWN_AS.match(text) if trust >= Trust.ANY_NAME else None
    if known and is_person(known["name"], trust) and _is_single(known["handle"], trust):
        return True
    parts = re.sub(r"[()\"“”]", " ", text).split()
    if len(parts) == 1:
        return trust >= Trust.ANY_NAME and _is_single(text, trust)
    return _is_full_name(parts, trust)


def _is_full_name(parts: list[str], trust: Trust) -> bool:
    """Two to six capitalised words, particles between them, none of them a word of titles."""
    if len(parts) not in WORDS_OF_NAME or not all(_is_word(part) for part in parts):
        return False
    if any(part.casefold() in words.TITLE_WORDS for part in parts):
        return False
    capital = [_is_capital(part) for part in parts]
    if not (capital[0] or parts[0] in words.PARTICLES) or all(_is_shouted(part) for part in parts):
        return False
    if trust == Trust.BESIDE_NAMES or (trust == Trust.ANY_NAME and _is_name_and_word(parts)):
        return True
    is_particle = [part in words.PARTICLES for part in parts]
    return capital[-1] and all(a or b for a, b in zip(capital, is_particle, strict=True))


def _is_name_and_word(parts: list[str]) -> bool:
    """ "Aadi jindal", not "Celery only" or "Redis caching"."""
    first, second = parts[0], parts[-1]
    is_plain = second in words.PLAIN_WORDS | words.PARTICLES or second.endswith(words.PLAIN_ENDINGS)
    return (
        len(parts) == WORDS_OF_NAME[0]
        and first.casefold() not in words.PLAIN_WORDS
        and not is_plain
    )


def _is_word(word: str) -> bool:
    """Letters of any script with their marks; apostrophes, hyphens and stops after the first."""
    return word[0].isalpha() and all(
        letter.isalpha() or letter in "'’.-‐" or unicodedata.category(letter).startswith("M")
        for letter in word
    )


def _is_capital(word: str) -> bool:
    starts_small = word[0].islower() and not word.startswith(("d'", "d’", "al-", "el-"))
    return not starts_small


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_single(word: str, trust: Trust) -> bool:
    """A handle without its @, or somebody with one name: no plain word, version or file."""
    if not SINGLE.match(word) or word.casefold() in words.TITLE_WORDS | words.PLAIN_WORDS:
        return False
    if trust == Trust.BESIDE_NAMES:
        return True
    looks_plain = word.endswith(words.PLAIN_ENDINGS) or word.startswith(words.PLAIN_BEGINNINGS)
    return not (TECHNICAL.fullmatch(word) or (word.islower() and looks_plain))


def _is_han(text: str) -> bool:
    if not HAN.match(text):
        return False
    if "·" in text:
        return True
    has_surname = len(text) <= LONGEST_HAN_NAME and text[0] in words.SURNAMES
    return text not in words.HAN_WORDS and (has_surname or text.startswith(words.LONG_SURNAMES))
