"""Folding: one spelling for what readers take to be the same word."""

import unicodedata
from functools import cache
from pathlib import Path

import opencc


def fold(text: str) -> str:
    """NFKC, lower case, traditional characters simplified: ＭＩＵＩ 繁體 → miui 繁体.

    Folded character by character, never by phrase: a part of a text folds to a part of its fold,
    which is what search by pairs of characters relies on.
    """
    return unicodedata.normalize("NFKC", text).lower().translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    """Each traditional character with its usual simplified one."""
    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split() for line in table.read_text("utf-8").splitlines())
    return {ord(traditional): simplified for traditional, simplified, *_ in pairs}
