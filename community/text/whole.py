"""Whole numbers as somebody sends them, which may be anything."""

from collections.abc import Iterable

# Where the columns of the database end.
INTEGER = 2**31
BIGINT = 2**63


def number(text: str, *, below: int = BIGINT) -> int | None:
    """The number, from 0 up to but not including a bound; None for anything else, however long."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(below))):
        return None
    found = int(text)
    return found if found < below else None


def numbers(texts: Iterable[str]) -> list[int]:
    """Those of the texts that are numbers."""
    return [found for found in map(number, texts) if found is not None]
