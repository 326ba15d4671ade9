"""Places labels beside points so that nothing overlaps; who finds no place goes without."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

EM = 13.0
# Wider than most fonts are: the reader's own font is not known here.
LATIN = 0.6
LINE = 16.0
GAP = 9.0
SHORT = 14 * EM

Anchor = Literal["start", "middle", "end"]
# How much of a text lies before where it is anchored.
BEFORE: dict[Anchor, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Box(NamedTuple):
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


class Label(NamedTuple):
    """Text at (x, y) on its base line."""

    text: str
    x: float
    y: float
    anchor: Anchor
    box: Box


def width(text: str) -> float:
    """How wide a text may be in any font."""
    return sum(map(_breadth, text))


def shorten(text: str, longest: float = SHORT) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    widths = list(accumulate(map(_breadth, text)))
    if not widths or widths[-1] <= longest:
        return text
    return text[: bisect_right(widths, longest - EM)].rstrip() + "…"


@lru_cache(maxsize=4096)
def _breadth(character: str) -> float:
    return EM if unicodedata.east_asian_width(character) in "WFA" else EM * LATIN


def place(
    wanted: Iterable[tuple[str, float, float]], *, frame: Box, taken: Sequence[Box]
) -> list[Label | None]:
    """A label for each (text, x, y) in turn, or None where there is no room.

    Labels keep inside the frame, clear of each other and of the ``taken`` boxes. A text that
    finds no room in full is tried shortened.
    """
    rows = _Rows(taken)
    labels: list[Label | None] = []
    for text, x, y in wanted:
        shown = dict.fromkeys((text, shorten(text)))
        free = (label for each in shown if (label := _free(each, x, y, frame, rows)))
        label = next(free, None)
        labels.append(label)
        if label:
            rows.add(label.box)
    return labels


def _free(text: str, x: float, y: float, frame: Box, rows: "_Rows") -> Label | None:
    """The label at the first place about a point that has room for it."""
    long = width(text)
    for at, middle, anchor in _around(x, y):
        left = at - long * BEFORE[anchor]
        box = Box(left, middle - LINE / 2, left + long, middle + LINE / 2)
        if frame.holds(box) and not rows.meet(box):
            return Label(text, round(at, 1), round(middle + EM * 0.35, 1), anchor, box)
    return None


class _Rows:
    """Boxes by the rows of the drawing they touch: a label is compared with its neighbours."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._rows: dict[int, list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        for row in self._of(box):
            self._rows.setdefault(row, []).append(box)

    def meet(self, box: Box) -> bool:
        return any(box.meets(other) for row in self._of(box) for other in self._rows.get(row, ()))

    @staticmethod
    def _of(box: Box) -> range:
        return range(int(box.top // LINE), int(box.bottom // LINE) + 1)


def _around(x: float, y: float) -> Iterator[tuple[float, float, Anchor]]:
    """Places about a point, the most readable first: x, the middle's height, the anchor."""
    for far in (1.0, 2.2):
        yield x + GAP * far, y, "start"
        yield x - GAP * far, y, "end"
        yield x, y - (LINE / 2 + GAP) * far, "middle"
        yield x, y + (LINE / 2 + GAP) * far, "middle"
        for side in (1, -1):
            for height in (-1, 1):
                anchor: Anchor = "start" if side > 0 else "end"
                yield x + side * GAP / 2, y + height * LINE * far, anchor
