"""A theme's weeks as a row of small bars."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, STEP, BAR = 96, 28, 12, 8


@dataclass(frozen=True)
class WeekBar:
    """One build's bar, and what it stands for."""

    name: str
    share: float
    x: int
    y: float
    height: float


def week_bars(weeks: Sequence[tuple[str, float]]) -> list[WeekBar]:
    """Bars of names and shares, the oldest first, up against the right edge."""
    most = max((share for _, share in weeks), default=0) or 1
    left = WIDTH - STEP * len(weeks)
    bars = []
    for place, (name, share) in enumerate(weeks):
        height = round(max(share / most * HEIGHT, 2), 1)
        bars.append(WeekBar(name, share, left + STEP * place, round(HEIGHT - height, 1), height))
    return bars
