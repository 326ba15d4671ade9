"""The bands of the ranking: scores with their 90 % intervals on one scale, drawn as SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from awards.popcorn.models import AwardPlace

WIDTH = 180
# Steps of the scale in points, and how many of them fit at most.
STEPS = (1, 2, 5, 10, 20, 50)
MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale; ``x`` counts from its left end, 0 to ``WIDTH``."""

    x: str
    label: int


@dataclass(frozen=True, slots=True)
class Band:
    """A place with its interval and score on the scale."""

    place: AwardPlace
    low: str
    high: str
    at: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows of a ranking that share one scale."""

    bands: Sequence[Band]
    ticks: Sequence[Tick]

    def __bool__(self) -> bool:
        return bool(self.bands)


def chart(places: Iterable[AwardPlace]) -> Chart:
    """Draw places on one scale that holds all of their intervals."""
    rows = list(places)
    ends = [end for row in rows for end in (row.score_low, row.score_high)] or [0.0, 100.0]
    lowest, highest = min(ends), max(ends)
    step = next((one for one in STEPS if highest - lowest <= one * MOST_STEPS), STEPS[-1])
    low, high = floor(lowest / step) * step, ceil(highest / step) * step
    span = (high - low) or step

    def x(score: float) -> str:
        return f"{(score - low) / span * WIDTH:.1f}"

    return Chart(
        [Band(row, x(row.score_low), x(row.score_high), x(row.score)) for row in rows],
        [Tick(x(score), score) for score in range(low, high + 1, step)],
    )
