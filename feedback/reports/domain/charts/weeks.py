"""A theme's weeks as a row of small bars."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT, STEP, BAR = 96, 28, 12, 8
LEAST = 2.0


class WeekBars(NamedTuple):
    """The bars of the builds before and of this one, each an SVG path."""

    before: str
    now: str


def week_bars(shares: Sequence[float]) -> WeekBars:
    """Bars of shares, the oldest first, up against the right edge."""
    most = max(shares, default=0) or 1
    left = WIDTH - STEP * len(shares)
    bars = [_bar(left + STEP * place, share / most) for place, share in enumerate(shares)]
    return WeekBars("".join(bars[:-1]), "".join(bars[-1:]))


def _bar(x: int, share: float) -> str:
    return f"M{x} {HEIGHT}v{-max(share * HEIGHT, LEAST):.1f}h{BAR}V{HEIGHT}z"
