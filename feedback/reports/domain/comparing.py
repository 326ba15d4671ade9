"""Two builds side by side: moods, areas and features, and what differs by more than noise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Generic, TypeVar

from feedback.reports.domain.content import (
    VERDICTS,
    AreaLine,
    Content,
    Counts,
    FeatureLine,
    Interval,
)
from feedback.reports.domain.joy import Joy, plain_joys
from feedback.reports.domain.movement import Z99

Line = TypeVar("Line", FeatureLine, AreaLine)


@dataclass(frozen=True)
class Difference:
    """The first build less the second, in its unit, with what noise alone would make of it."""

    value: float
    noise: float

    @property
    def movement(self) -> str:
        if abs(self.value) <= self.noise:
            return "steady"
        return "better" if self.value > 0 else "worse"


@dataclass(frozen=True)
class Pair(Generic[Line]):
    """The same area or feature in both builds; None where it is missing."""

    first: Line | None
    second: Line | None
    # In points of joy; None unless both were named.
    difference: Difference | None


@dataclass(frozen=True)
class Comparison:
    """What two reports say of the same things."""

    # Difference of the shares that are happy or in love.
    glad: Difference | None
    areas: list[Pair[AreaLine]]
    # Features that are in both builds: their imported lines are the same.
    features: list[Pair[FeatureLine]]


def compare(first: Content, second: Content) -> Comparison:
    """Compare two contents; areas by name, features by fingerprint; joy by the first's points."""
    points = first["points"]
    return Comparison(
        glad=_glad(first, second),
        areas=_pairs(first["areas"], second["areas"], lambda area: area["area"], points),
        features=[
            pair
            for pair in _pairs(
                [line for line in first["features"] if line["fingerprint"]],
                [line for line in second["features"] if line["fingerprint"]],
                lambda line: line["fingerprint"],
                points,
            )
            if pair.first and pair.second
        ],
    )


def _glad(first: Content, second: Content) -> Difference | None:
    one, other = first["mood"]["glad"], second["mood"]["glad"]
    if one is None or other is None:
        return None
    variance = sum(
        _share_variance(glad, content["turnout"]["ballots"])
        for glad, content in ((one, first), (other, second))
    )
    return Difference(round(one["value"] - other["value"], 4), Z99 * sqrt(variance))


def _share_variance(share: Interval, ballots: int) -> float:
    # As if one ballot more had said yes and one no: nobody is that sure of a handful.
    mean = (share["value"] * ballots + 1) / (ballots + 2)
    return mean * (1 - mean) / (ballots + 2)


def _pairs(
    first: Sequence[Line],
    second: Sequence[Line],
    key: Callable[[Line], str],
    points: Sequence[float],
) -> list[Pair[Line]]:
    ours: dict[str, Line] = {key(line): line for line in first}
    theirs: dict[str, Line] = {key(line): line for line in second}
    return [
        Pair(
            ours.get(name), theirs.get(name), _difference(ours.get(name), theirs.get(name), points)
        )
        for name in sorted({*ours, *theirs})
    ]


def _difference(
    first: FeatureLine | AreaLine | None,
    second: FeatureLine | AreaLine | None,
    points: Sequence[float],
) -> Difference | None:
    if not first or not second or not first["named"] or not second["named"]:
        return None
    one, other = _joy(first["verdicts"], points), _joy(second["verdicts"], points)
    noise = Z99 * sqrt(one.variance + other.variance)
    return Difference(round((one.mean - other.mean) * 100, 2), round(noise * 100, 2))


def _joy(verdicts: Counts, points: Sequence[float]) -> Joy:
    return plain_joys([[verdicts[verdict] for verdict in VERDICTS]], points)[0]
