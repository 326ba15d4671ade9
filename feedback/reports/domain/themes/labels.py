"""What a theme is called until a manager names it."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from feedback.reports.domain.themes.words import CONCEPT, FEATURE, is_han, is_named, name_of
from feedback.reports.models.theme import LABEL_WORDS

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
    """The most telling words for either reader, none twice: a reader is shown their own first."""
    names = list(dict.fromkeys(name_of(word) for word in words))
    english = [name for name in names if not is_han(name.en)][:LABEL_WORDS]
    chinese = [name for name in names if is_han(name.zh)][:LABEL_WORDS]
    return [LabelWord(en=name.en, zh=name.zh) for name in names if name in {*english, *chinese}]
