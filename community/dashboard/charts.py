"""Where things stand in the charts of days: geometry in, geometry out; templates draw it as SVG.

Lengths are SVG user units, as many as the drawing has pixels at its full size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10

LEFT, RIGHT, TOP, BOTTOM = 44.0, 12.0, 12.0, 26.0
MOST_TICKS = 4
# Fewer names under the axis than this many units apart would touch.
NAME_ROOM = 56.0
HALF_A_LINE = 4.5


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day's column; its height is None when there is nothing to measure."""

    on: date
    value: float | None
    middle: float
    x: float
    y: float
    height: float | None
    # The top of the lower part of the column, which is drawn in another tone.
    part_y: float | None
    part_height: float | None
    is_named: bool


@dataclass(frozen=True, kw_only=True)
class DayChart:
    """Columns of days, the oldest on the left, and a line above them; an empty one is False."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    column: float
    # A figure of the scale, its line, and where its text stands.
    ticks: list[tuple[float, float, float]]
    ticks_end: float
    names_y: float
    days: list[Day]
    line: str

    def __bool__(self) -> bool:
        return any(day.value for day in self.days) or bool(self.line)


def day_chart(
    days: Sequence[date],
    values: Sequence[float | None],
    *,
    parts: Sequence[float | None] = (),
    line: Sequence[float | None] = (),
    width: float = 1040.0,
    height: float = 220.0,
) -> DayChart:
    """Lay out a value of each day, a part of it, and a line, all on one scale from 0."""
    right, bottom = width - RIGHT, height - BOTTOM
    top, step = _scale([value for value in (*values, *line) if value])
    room = (right - LEFT) / len(days)
    column = round(max(1.0, min(room * 0.72, 40.0)), 1)
    every = max(1, round(NAME_ROOM / room + 0.5))

    def tall(value: float) -> float:
        return round(value / top * (bottom - TOP), 1)

    def middle(n: int) -> float:
        return round(LEFT + room * (n + 0.5), 1)

    columns = []
    for n, (on, value) in enumerate(zip(days, values, strict=True)):
        part = parts[n] if parts else None
        columns.append(
            Day(
                on=on,
                value=value,
                middle=middle(n),
                x=round(middle(n) - column / 2, 1),
                y=bottom - tall(value or 0),
                height=None if value is None else tall(value),
                part_y=None if part is None else bottom - tall(part),
                part_height=None if part is None else tall(part),
                # Counted from today, which must have its name.
                is_named=(len(days) - 1 - n) % every == 0,
            )
        )
    points = [(middle(n), bottom - tall(value)) for n, value in enumerate(line) if value]
    return DayChart(
        width=width,
        height=height,
        left=LEFT,
        right=right,
        bottom=bottom,
        column=column,
        ticks=[
            (step * n, bottom - tall(step * n), bottom - tall(step * n) + HALF_A_LINE)
            for n in range(round(top / step) + 1)
        ],
        ticks_end=LEFT - 8,
        names_y=height - 4,
        days=columns,
        line=" ".join(f"{x:.1f},{y:.1f}" for x, y in points) if len(points) > 1 else "",
    )


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """The end of an axis from 0 that holds the values, and a round step of it."""
    highest = max(values, default=1.0)
    rough = highest / MOST_TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= rough)
    count = -(-highest // step)
    return step * count, step
