"""Finding words however they are dressed: 小米, 小 米, ｘｉａｏ米, x-i-a-o-m-i, xiao mi.

Plain words only, no expressions: a text costs at most its length times the longest word.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, product
from typing import Any, NamedTuple

from pypinyin import Style, lazy_pinyin

from community.text.fold import fold
from community.text.lookalikes import AT_ANY_SIZE

_END = ""  # the key under which a branch of the tree keeps the words that end there
_MOST_SPELLINGS = 16
_SENTENCE = frozenset("\n。！？；：，、!?;:,")
_INVISIBLE = {"Mn", "Me", "Cf", "Cc"}
# What stands between two characters: nothing one sees, a mark, a space, the end of a clause.
_NOTHING, _MARK, _SPACE, _CLAUSE = range(4)


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a text: text[start:end] is how it was dressed."""

    word: str
    start: int
    end: int


class _Seen(NamedTuple):
    """A character of a text, folded and spelled; `gap` is what stands before it."""

    place: int
    folded: str
    spelled: str
    sort: str  # "Han", "digit" or ""
    gap: int


class _Part(NamedTuple):
    """A character of a word, with every way its syllable is spelled."""

    folded: str
    is_han: bool
    begins: bool  # a syllable, or a Latin word
    spellings: frozenset[str]


class Spotter:
    """Knows some words, and finds them in texts."""

    def __init__(self, words: Iterable[str]) -> None:
        self._tree: dict[str, Any] = {}
        for word in words:
            parts = _parts(word)
            choices = product(*(sorted(part.spellings) for part in parts))
            for spelling in islice(map("".join, choices), _MOST_SPELLINGS):
                self._plant(spelling, word, parts)

    def _plant(self, spelling: str, word: str, parts: Sequence[_Part]) -> None:
        branch = self._tree
        for letter in spelling:
            branch = branch.setdefault(letter, {})
        branch.setdefault(_END, []).append((word, parts))

    def find(self, text: str) -> list[Found]:
        """Every word in the text, in the order they begin; those that overlap too."""
        seen = list(_read(text))
        return [found for start in range(len(seen)) for found in self._from(seen, start)]

    def _from(self, seen: Sequence[_Seen], start: int) -> Iterator[Found]:
        branch = self._tree
        for at in range(start, len(seen)):
            for letter in seen[at].spelled:
                if letter not in branch:
                    return
                branch = branch[letter]
            for word, parts in branch.get(_END, ()):
                if _is_word(parts, seen, start, at + 1):
                    yield Found(word, seen[start].place, seen[at].place + 1)


def _is_word(parts: Sequence[_Part], seen: Sequence[_Seen], start: int, end: int) -> bool:
    """Whether the right letters are the word, and not parts of other words.

    Letters stand apart from others at both ends. Between them may be marks, a space where a
    syllable or a Latin word begins, spaces after every letter of it, or anything at all if every
    character stands alone.
    """
    inside = seen[start:end]
    joints = _joints(parts, inside)
    before = seen[start - 1] if start else None
    after = seen[end] if end < len(seen) else None
    if joints is None or not (_may_begin(before, inside[0]) and _may_end(inside[-1], after)):
        return False
    gaps = [unit.gap for unit in inside]
    if gaps[0] != _NOTHING and _NOTHING not in gaps and (not after or after.gap != _NOTHING):
        return True
    return all(gaps[joint] <= _SPACE for joint in joints[1:]) and all(
        _holds_together(gaps[joint + 1 : following])
        for joint, following in pairwise([*joints, len(inside)])
    )


def _holds_together(gaps: Sequence[int]) -> bool:
    """Whether letters with these gaps are one: xiao, x-i-a-o, x i a o; not xia o."""
    if not gaps or max(gaps) <= _MARK:
        return True
    return max(gaps) <= _SPACE and _NOTHING not in gaps


def _may_begin(before: _Seen | None, first: _Seen) -> bool:
    return first.sort == "Han" or _is_edge(before, first)


def _may_end(last: _Seen, after: _Seen | None) -> bool:
    return last.sort == "Han" or _is_edge(last, after)


def _is_edge(left: _Seen | None, right: _Seen | None) -> bool:
    """Between letters and Han, letters and digits, or where something stands between."""
    return left is None or right is None or right.gap != _NOTHING or left.sort != right.sort


def _joints(parts: Sequence[_Part], seen: Sequence[_Seen]) -> list[int] | None:
    """Where in `seen` a syllable or a Latin word begins; None when a Han is another one."""
    joints, at = [], 0
    for part in parts:
        if at >= len(seen):
            return None
        if part.begins:
            joints.append(at)
        if seen[at].sort == "Han" or not part.is_han:
            if seen[at].folded != part.folded:
                return None
            at += 1
        elif (length := _syllable(part, seen[at:])) is not None:
            at += length
        else:
            return None
    return joints if at == len(seen) else None


def _syllable(part: _Part, seen: Sequence[_Seen]) -> int | None:
    """How many letters at the beginning spell the part."""
    letters = ""
    for length, unit in enumerate(seen, start=1):
        letters += unit.folded
        if unit.sort == "Han":
            return None
        if letters in part.spellings:
            return length
    return None


def _read(text: str) -> Iterator[_Seen]:
    gap = _CLAUSE
    for index, character in enumerate(text):
        kind = _gap(character)
        if kind is not None:
            gap = max(gap, kind)
            continue
        for folded in _folded(character):
            yield _Seen(index, folded, _spelled(folded), _sort(character), gap)
            gap = _NOTHING


@lru_cache(maxsize=20_000)
def _gap(character: str) -> int | None:
    """What a character puts between two others; None for letters, digits and Han."""
    category = unicodedata.category(character)
    if character in _SENTENCE:
        return _CLAUSE
    if category in _INVISIBLE:
        return _NOTHING
    if category[0] == "Z":
        return _SPACE
    return None if category[0] in "LN" or _folded(character).isalnum() else _MARK


@lru_cache(maxsize=20_000)
def _folded(character: str) -> str:
    """Folded, without marks, look-alike letters as one: а → a, É → e, 1 → l."""
    bare = unicodedata.normalize("NFD", fold(character))
    letters = "".join(c for c in bare if unicodedata.category(c) != "Mn")
    return letters.translate(AT_ANY_SIZE)


@lru_cache(maxsize=20_000)
def _spelled(character: str) -> str:
    """A Han in letters, the same wherever it stands; anything else is itself."""
    if not _is_han(character):
        return character
    return _letters(lazy_pinyin(character, style=Style.NORMAL)[0])


def _letters(syllable: str) -> str:
    return syllable.translate(AT_ANY_SIZE)


def _sort(character: str) -> str:
    if _is_han(_folded(character)[:1]):
        return "Han"
    return "digit" if character.isdigit() else ""


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def _one_by_one(characters: str) -> list[str]:
    return list(characters)


def _parts(word: str) -> list[_Part]:
    """A word with each Han spelled as it is always read, and as it is read in this word."""
    seen = list(_read(word))
    plain = "".join(unit.folded for unit in seen)
    in_word = lazy_pinyin(plain, style=Style.NORMAL, errors=_one_by_one)  # type: ignore[arg-type]  # its stubs know no lists
    if len(in_word) != len(seen):
        in_word = [unit.spelled for unit in seen]
    return [
        _Part(
            unit.folded,
            is_han=_is_han(unit.folded),
            begins=_is_han(unit.folded) or _is_edge(before, unit),
            spellings=frozenset({unit.spelled, _letters(read)}),
        )
        for before, unit, read in zip([None, *seen], seen, in_word, strict=False)
    ]
