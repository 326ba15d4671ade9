"""Prints how release notes were understood, as a table that Chinese keeps straight."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from django.utils.translation import pgettext

from community.builds.domain.importing.notes import NOTES, UNDERSTOOD, LineReading, Note, Understood
from community.builds.models import Feature
from community.text.width import columns

# Line, what it was read as, the change, its engineers: 100 columns with the gaps.
WIDTHS = (5, 14, 49, 26)
GAP = "  "


def table(readings: Iterable[LineReading], *, is_full: bool = False) -> Iterator[str]:
    """Rows of the table; blank lines and underlines only when it is to be full."""
    yield from _rows(_headings())
    yield GAP.join("-" * width for width in WIDTHS)
    for reading in readings:
        is_silent = reading.understood is Understood.BLANK or reading.note is Note.MARKUP
        if is_full or not is_silent:
            yield from _rows(_cells(reading))


def _headings() -> tuple[str, str, str, str]:
    return (
        pgettext("a line of notes", "Line"),
        pgettext("a line of notes", "Read as"),
        pgettext("a line of notes", "Change"),
        pgettext("a line of notes", "Engineers"),
    )


def _cells(reading: LineReading) -> tuple[str, str, str, str]:
    number, read_as = str(reading.number), str(UNDERSTOOD[reading.understood])
    note = str(NOTES[reading.note])
    entry = reading.entry
    if entry is None:
        return number, read_as, reading.text.strip(), f"({note})" if note else ""
    if reading.understood is Understood.CHANGE:
        read_as = str(Feature.Kind(entry.kind.value).label)
    area = f"[{entry.area}] " if entry.area else ""
    untold = [reference for reference in entry.references if reference not in entry.title]
    references = f" ({', '.join(untold)})" if untold else ""
    people = ", ".join(map(str, entry.credits))
    return number, read_as, area + entry.title + references, _joined(people, note)


def _joined(people: str, note: str) -> str:
    return " ".join(filter(None, [people, note and f"({note})"]))


def _rows(cells: tuple[str, str, str, str]) -> Iterator[str]:
    """One row of cells as lines, each cell wrapped to its width."""
    wrapped = [wrap(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)]
    for line in zip_longest(*wrapped, fillvalue=""):
        padded = (
            text + " " * (width - columns(text)) for text, width in zip(line, WIDTHS, strict=True)
        )
        yield GAP.join(padded).rstrip()


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most so many columns, broken at spaces, and where a word is longer inside it."""
    lines = [""]
    for word in text.split(" "):
        for piece in _pieces(word, width):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if columns(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word cut so that each piece fits; Han may break anywhere."""
    piece, room = "", width
    for character in word:
        taken = columns(character)
        if taken > room:
            yield piece
            piece, room = "", width
        piece += character
        room -= taken
    yield piece
