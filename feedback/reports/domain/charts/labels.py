"""Places labels beside points so that nothing overlaps; who finds no place goes without."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

EM = 13.0
# Wider than most fonts are: the reader's own font is not known here.
LATIN = 0.6
LINE = 16.0
GAP = 9.0
SHORT = 14 * EM

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Label:
    """Text at (x, y) on its base line."""

    text: str
    x: float
    y: float
    anchor: Anchor
    box: Box


def width(text: str) -> float:
    """How wide a text may be in any font."""
    return sum(EM if _is_wide(character) else EM * LATIN for character in text)


def shorten(text: str, longest: float = SHORT) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text) <= longest:
        return text
    while text and width(text) + EM > longest:
        text = text[:-1]
    return text.rstrip() + "…"


def place(
    wanted: Iterable[tuple[str, float, float]], *, frame: Box, taken: Sequence[Box]
) -> list[Label | None]:
    """A label for each (text, x, y) in turn, or None where there is no room.

    Labels keep inside the frame, clear of each other and of the ``taken`` boxes. A text that
    finds no room in full is tried shortened.
    """
    taken = list(taken)
    labels: list[Label | None] = []
    for text, x, y in wanted:
        free = (
            label
            for label in (*_around(text, x, y), *_around(shorten(text), x, y))
            if frame.holds(label.box) and not any(label.box.meets(box) for box in taken)
        )
        label = next(free, None)
        labels.append(label)
        if label:
            taken.append(label.box)
    return labels


def _around(text: str, x: float, y: float) -> Iterator[Label]:
    """Places about a point, the most readable first."""
    for far in (1.0, 2.2):
        yield _label(text, x + GAP * far, y, "start")
        yield _label(text, x - GAP * far, y, "end")
        yield _label(text, x, y - (LINE / 2 + GAP) * far, "middle")
        yield _label(text, x, y + (LINE / 2 + GAP) * far, "middle")
        for side in (1, -1):
            for height in (-1, 1):
                anchor: Anchor = "start" if side > 0 else "end"
                yield _label(text, x + side * GAP / 2, y + height * LINE * far, anchor)


def _label(text: str, x: float, middle: float, anchor: Anchor) -> Label:
    long = width(text)
    left = {"start": x, "middle": x - long / 2, "end": x - long}[anchor]
    box = Box(left, middle - LINE / 2, left + long, middle + LINE / 2)
    return Label(text, round(x, 1), round(middle + EM * 0.35, 1), anchor, box)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"
