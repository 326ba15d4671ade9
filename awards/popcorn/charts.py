"""The bands of the ranking: a score with its 90 % interval on one line, drawn as SVG."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.popcorn.models import AwardPlace

WIDTH = 160


@dataclass(frozen=True, slots=True)
class Band:
    """A place with the positions of its interval and score on a line ``WIDTH`` units long."""

    place: AwardPlace
    low: str
    high: str
    at: str


def with_bands(places: Iterable[AwardPlace]) -> list[Band]:
    """One line for all rows, from the lowest to the highest end of their intervals."""
    rows = list(places)
    low = min((row.score_low for row in rows), default=0.0)
    span = max((row.score_high for row in rows), default=100.0) - low or 1.0

    def x(score: float) -> str:
        return f"{(score - low) / span * WIDTH:.1f}"

    return [Band(row, x(row.score_low), x(row.score_high), x(row.score)) for row in rows]
