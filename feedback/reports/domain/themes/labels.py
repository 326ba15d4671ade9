"""What a theme is called until a manager names it."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from feedback.reports.domain.themes.words import CONCEPT, FEATURE, is_named, name_of

MOST_WORDS = 3
# A word in fewer of the comments does not speak for all of them.
FEWEST_SHARE = 0.25


class LabelWord(TypedDict):
    """A word for either reader."""

    en: str
    zh: str


def label(centre: Mapping[str, float], weights: Mapping[str, float]) -> list[LabelWord]:
    """The most telling words: common here, rare elsewhere; a thing rather than a word for it."""
    told = sorted(
        (word for word in centre if not word.startswith(FEATURE)),
        key=lambda word: (-centre[word] * weights.get(word, 1.0), word),
    )
    shared = [word for word in told if centre[word] >= FEWEST_SHARE] or told[:1]
    return named(word for word in shared if word.startswith(CONCEPT) or not is_named(word))


def named(words: Iterable[str]) -> list[LabelWord]:
    """At most three words as a label has them, none twice."""
    names = dict.fromkeys(name_of(word) for word in words)
    return [LabelWord(en=name.en, zh=name.zh) for name in list(names)[:MOST_WORDS]]
