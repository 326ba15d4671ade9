"""What a comment speaks of: its words, and the things they name in either language."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from community.text.fold import fold
from community.text.pairs import HAN

# A concept stands among words with this before it; a feature with that.
CONCEPT, FEATURE = "#", "@"

_RUN = re.compile(rf"(?P<han>[{HAN}]+)|[^\W{HAN}]+(?:['’+-][^\W{HAN}]+)*")
_HERE = Path(__file__).parent


class Name(NamedTuple):
    """A word as each reader is shown it."""

    en: str
    zh: str


@cache
def glossary() -> dict[str, Name]:
    """Concepts by their key, with the names that labels show."""
    return {key: Name(key.replace("_", " "), _first_han(forms, key)) for key, forms in _lines()}


@cache
def common() -> frozenset[str]:
    """Words that make no theme."""
    lines = (_HERE / "common.txt").read_text("utf-8").splitlines()
    return frozenset(
        unit
        for line in lines
        if not line.startswith("#")
        for word in line.split()
        for unit in (word, *_latin(word))
    )


def tokens(text: str) -> list[str]:
    """Words and concepts of a comment in the order they come, each once; it may have none."""
    folded = fold(text)
    found = dict.fromkeys(word for word in _words(folded) if word not in common())
    concepts = dict.fromkeys(_concepts(folded, found))
    return [*found, *concepts]


def name_of(token: str) -> Name:
    """A token as a label shows it."""
    if token.startswith(CONCEPT):
        return glossary()[token.removeprefix(CONCEPT)]
    return Name(token, token)


def is_named(word: str) -> bool:
    """Whether a concept stands for this word, so that a label need not say both."""
    return word in _forms() or any(form in word for form in _long_han())


def is_han(text: str) -> bool:
    """Whether a text has Han characters in it: a Chinese comment, whatever else is in it."""
    return re.search(f"[{HAN}]", text) is not None


def _words(folded: str) -> Iterator[str]:
    # Not with the module: only the worker that groups comments pays for its dictionary.
    import rjieba

    for run in _RUN.finditer(folded):
        if run["han"]:
            yield from rjieba.cut(run[0])
        else:
            yield from _latin(run[0])


def _latin(word: str) -> list[str]:
    """A word without apostrophes and without its plural; a number alone says nothing."""
    bare = re.sub(r"['’+-]", "", word)
    return [] if bare.isdecimal() else [_singular(bare)]


def _singular(word: str) -> str:
    """crashes → crash, batteries → battery, ads → ad; what stands in labels stays readable."""
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 ties is tie
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "sses", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 2 and re.search("[^siu]s$", word) else word  # noqa: PLR2004 is and us stay


def _concepts(folded: str, words: dict[str, None]) -> Iterator[str]:
    for form in _pattern().findall(folded):
        yield CONCEPT + _forms()[form]
    for word in words:
        if word in _forms():
            yield CONCEPT + _forms()[word]


def _lines() -> Iterator[tuple[str, list[str]]]:
    for line in (_HERE / "glossary.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, forms = line.split(":")
            yield key, forms.split()


@cache
def _forms() -> dict[str, str]:
    """The concept of each form, forms folded as words are."""
    return {
        unit: key
        for key, forms in _lines()
        for form in forms
        for unit in ([fold(form)] if is_han(form) else _latin(form))
    }


@cache
def _long_han() -> tuple[str, ...]:
    """Chinese forms that are found inside longer words; one character alone says too little."""
    return tuple(sorted((f for f in _forms() if is_han(f) and len(f) > 1), key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _long_han())))


def _first_han(forms: list[str], key: str) -> str:
    return next((form for form in forms if is_han(form)), key)
