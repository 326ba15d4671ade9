"""How wide a text is: columns, of which a Han character takes two."""

import unicodedata
from functools import lru_cache

_NO_WIDTH = {"Mn", "Me", "Cf", "Cc"}
ELLIPSIS = "…"


def columns(text: str) -> int:
    """Columns of a text: 2 for Han and what is as wide, 0 for marks, else 1."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_columns, text))


def cut(text: str, limit: int) -> str:
    """The text, or as much of it as fits `limit` columns together with an ellipsis."""
    if columns(text) <= limit:
        return text
    room, kept = limit - columns(ELLIPSIS), []
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


@lru_cache(maxsize=10_000)
def _columns(character: str) -> int:
    if character.isascii():
        return int(character.isprintable())
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
