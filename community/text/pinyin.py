"""Pinyin: how Chinese names sort, and what one types to find them."""

import unicodedata

from pypinyin import Style, lazy_pinyin

from community.text.fold import fold


def sort_key(name: str, length: int = 120) -> str:
    """A key that orders names by code point as a Chinese reader expects: 李明 → "li3 ming2".

    Syllables stand apart, so that 西安 (xi an) comes before 先 (xian); Latin names sort among them.
    At most `length` characters.
    """
    return " ".join(_syllables(name, Style.TONE3))[:length]


def initials(name: str) -> str:
    """The first letter of each syllable, Latin as it stands: 小米 → xm, 小米Plus → xmplus."""
    return "".join(_syllables(name, Style.FIRST_LETTER))


def spelled(name: str) -> str:
    """The name in letters without tones: 小米 → xiaomi."""
    return "".join(_syllables(name, Style.NORMAL))


def _syllables(name: str, style: Style) -> list[str]:
    name = unicodedata.normalize("NFKC", name).casefold()
    syllables: list[str] = lazy_pinyin(name, style=style)
    return syllables


def keys(name: str) -> list[str]:
    """What one may begin to type to find a name: as it is folded, word by word, spelled, initials.

    小米 is found by 小, xiaomi and xm.
    """
    folded = fold(name)
    return sorted({folded, *folded.split(), spelled(name), initials(name)} - {""})
