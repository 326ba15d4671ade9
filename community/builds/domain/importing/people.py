"""Finds one person under two spellings; whether they are one is for a manager to say."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from community.builds.domain.importing import words
from community.builds.domain.importing.notes import Name
from community.text.fold import fold
from community.text.pinyin import spelled

# Shorter spellings agree by chance.
FEWEST_LETTERS = 4
LETTERS_OF_A_SLIP = 8
MOST_OF_A_FAMILY = 50


class SameReason(StrEnum):
    """Why two spellings may be one person, the surest first."""

    LETTERS = "letters"
    HANDLE = "handle"
    NICKNAME = "nickname"
    ORDER = "order"
    PINYIN = "pinyin"
    SHORT_NAME = "short_name"
    SLIP = "slip"


SAME_REASONS = {
    SameReason.LETTERS: _("the same letters, but for accents, case or punctuation"),
    SameReason.HANDLE: _("the handle spells the name"),
    SameReason.NICKNAME: _("the same but for the nickname"),
    SameReason.ORDER: _("the same words in another order"),
    SameReason.PINYIN: _("the same in pinyin"),
    SameReason.SHORT_NAME: _("the same family name, the given name shortened"),
    SameReason.SLIP: _("one letter apart"),
}


class SamePerson(NamedTuple):
    """Two spellings that may be one person; `a` was seen first."""

    a: Name
    b: Name
    reason: SameReason


# Letters that decompose into nothing simpler.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
NICKNAME = re.compile(r"^(?P<before>[^()\"“”]*)[(\"“](?P<inner>[^()\"“”]+)[)\"”](?P<after>.*)$")
HAN = re.compile(r"[\u3400-\u9fff]")
# Surnames read otherwise than the word: 单 is Shan, not Dan.
SURNAME_READINGS = {
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "曾": "zeng",
    "朴": "piao",
    "盖": "ge",
    "翟": "zhai",
    "尉迟": "yuchi",
    "覃": "qin",
    "冼": "xian",
    "缪": "miao",
}


def same_person(names: Iterable[Name]) -> list[SamePerson]:
    """Pairs of spellings that may be one person, in order of appearance, each pair once."""
    seen = list(dict.fromkeys(names))
    place = {name: number for number, name in enumerate(seen)}
    found: dict[tuple[Name, Name], SameReason] = {}
    for reason, pairs in ((reason, _pairs(seen, reason)) for reason in SameReason):
        for pair in pairs:
            a, b = sorted(pair, key=place.__getitem__)
            if not _are_two(a, b, reason):
                found.setdefault((a, b), reason)
    pairs_in_order = sorted(found, key=lambda pair: (place[pair[0]], place[pair[1]]))
    return [SamePerson(a, b, found[a, b]) for a, b in pairs_in_order]


def letters(text: str) -> str:
    """Only the letters and digits, without case, accents and traditional forms."""
    plain = unicodedata.normalize("NFKD", fold(text).casefold()).translate(PLAIN_LETTERS)
    return "".join(letter for letter in plain if letter.isalnum())


def _pairs(names: list[Name], reason: SameReason) -> Iterator[tuple[Name, Name]]:
    """Pairs that share a key of this reason; short names are compared within a family."""
    alike: dict[str, dict[Name, None]] = defaultdict(dict)
    for name in names:
        for key in _keys(name, reason):
            alike[key][name] = None
    for group in alike.values():
        for a, b in combinations(list(group)[:MOST_OF_A_FAMILY], 2):
            if reason is not SameReason.SHORT_NAME or _is_shortened(a, b):
                yield (a, b)


def _keys(name: Name, reason: SameReason) -> Iterator[str]:
    match reason:
        case SameReason.LETTERS:
            yield letters(name.text)
        case SameReason.HANDLE:
            yield from _handle_keys(name)
        case SameReason.NICKNAME:
            yield from filter(_is_telling, (letters(form) for form in _forms(name.text)))
        case SameReason.ORDER:
            yield " ".join(sorted(letters(word) for word in name.text.split()))
        case SameReason.PINYIN:
            yield from _pinyin_keys(name.text)
        case SameReason.SHORT_NAME:
            yield from _family_keys(name)
        case SameReason.SLIP:
            yield from _slip_keys(letters(name.text))


def _is_telling(key: str) -> bool:
    return len(key) >= FEWEST_LETTERS


def _words(name: Name) -> list[str]:
    return [letters(word) for word in name.text.split() if letters(word)]


def _handle_keys(name: Name) -> Iterator[str]:
    """What a handle spells: the name, initial and family name, or given name and initial."""
    parts = _words(name)
    if len(parts) == 1:
        yield parts[0]
        yield parts[0].rstrip("0123456789")
    elif parts:
        given, family = parts[0], parts[-1]
        forms = (
            "".join(parts),
            family + given,
            given + family,
            given[0] + family,
            given + family[0],
        )
        yield from filter(_is_telling, forms)


def _forms(text: str) -> Iterator[str]:
    """A name with its nickname in, out, and in place of the word before it."""
    yield text
    if found := NICKNAME.match(text):
        before, inner, after = found["before"].split(), found["inner"], found["after"].split()
        yield " ".join([*before, *after])
        yield " ".join([*before[:-1], inner, *after])


def _pinyin_keys(text: str) -> Iterator[str]:
    if not HAN.match(text):
        yield letters(text).replace("lyu", "lv")
        return
    simple = fold(text)
    length = 2 if simple.startswith(words.LONG_SURNAMES) else 1
    family = SURNAME_READINGS.get(simple[:length], spelled(simple[:length]))
    given = spelled(simple[length:])
    for key in (family + given, given + family):
        yield key
        yield key.replace("v", "u")


def _family_keys(name: Name) -> Iterator[str]:
    parts = _words(name)
    if name.kind == "person" and len(parts) > 1:
        yield parts[-1]


def _is_shortened(a: Name, b: Name) -> bool:
    """Seb and Sébastien, J. and Jo, or one middle name more: of one family name already."""
    if _words(a)[0] == _words(b)[0]:
        return len(_words(a)) != len(_words(b))
    short, long = sorted((_words(a)[0], _words(b)[0]), key=len)
    return long.startswith(short) and len(_words(a)) == len(_words(b))


def _slip_keys(key: str) -> Iterator[str]:
    """Spellings with one letter left out: two names share one when they are a slip apart."""
    if len(key) >= LETTERS_OF_A_SLIP:
        yield key
        yield from (key[:at] + key[at + 1 :] for at in range(len(key)))


def _are_two(a: Name, b: Name, reason: SameReason) -> bool:
    """Chinese names that only sound alike, full names without a handle, Zhang Wei and Lei."""
    if reason is SameReason.HANDLE:
        return (len(_words(a)) == 1) == (len(_words(b)) == 1)
    if HAN.match(a.text) and HAN.match(b.text):
        return reason is not SameReason.LETTERS
    lengths = {len(letters(a.text)), len(letters(b.text))}
    is_short = max(lengths) < LETTERS_OF_A_SLIP + 4
    return reason is SameReason.SLIP and len(lengths) == 1 and is_short
