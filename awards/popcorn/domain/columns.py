"""Ballots as arrays: one row a ballot, one row a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from .inputs import (
    LEFT_OUT,
    LET_DOWN,
    LET_DOWN_MOST,
    LOVED,
    LOVED_MOST,
    Ballot,
    Header,
    InputError,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Columns:
    """N ballots with V verdicts on F features by voters of H segments.

    Of length N: ``age_days`` (0 … 30), ``hour`` (since opening), ``segment`` (0 … H-1). Of length
    V: ``ballot`` (0 … N-1), ``feature`` (0 … F-1, in the order of ids), ``verdict`` (0 … 3, worst
    first).
    """

    feature_count: int
    segment_count: int
    age_days: Ints
    hour: Ints
    segment: Ints
    ballot: Ints
    feature: Ints
    verdict: Ints

    @property
    def ballot_count(self) -> int:
        """N, ballots without any verdict included."""
        return len(self.age_days)


def columns(header: Header, ballots: Sequence[Ballot]) -> Columns:
    """Lay ballots out as arrays; InputError names a ballot with an unknown feature or segment."""
    features = {feature.id: at for at, feature in enumerate(header.features)} | {LEFT_OUT: -1}
    segments = segment_order(header)
    for ballot in ballots:
        _check(ballot, features, segments)
    cells = [cell for ballot in ballots for cell in (ballot.loved, ballot.let_down)]
    sizes = _ints([len(cell) for cell in cells])
    cell = np.repeat(np.arange(len(cells)), sizes)
    is_first = np.zeros(len(cell), dtype=bool)
    is_first[(np.cumsum(sizes) - sizes)[sizes > 0]] = True
    liked = np.where(is_first, LOVED_MOST, LOVED)
    disliked = np.where(is_first, LET_DOWN_MOST, LET_DOWN)
    verdict = np.where(cell % 2 == 0, liked, disliked).astype(np.int64)
    feature = _ints([features[feature] for feature in chain.from_iterable(cells)])
    is_counted = feature >= 0
    return Columns(
        feature_count=len(header.features),
        segment_count=len(segments),
        age_days=_ints([ballot.age_days for ballot in ballots]),
        hour=_ints([ballot.hour for ballot in ballots]),
        segment=_ints([segments[ballot.segment] for ballot in ballots]),
        ballot=(cell // 2)[is_counted],
        feature=feature[is_counted],
        verdict=verdict[is_counted],
    )


def segment_order(header: Header) -> dict[str, int]:
    """The place of each segment in arrays; all voters are one where there are none."""
    return {segment.name: at for at, segment in enumerate(header.segments)} or {"": 0}


def _check(ballot: Ballot, features: Mapping[int, int], segments: Mapping[str, int]) -> None:
    if ballot.segment not in segments:
        raise InputError(f"Ballot {ballot.pseudonym}: segment {ballot.segment!r} is not known.")
    for feature in ballot.loved + ballot.let_down:
        if feature not in features:
            raise InputError(f"Ballot {ballot.pseudonym}: feature {feature} is not in the build.")


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
