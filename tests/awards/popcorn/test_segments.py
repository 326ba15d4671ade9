"""Segments of fewer than five voters stand under "other"."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.popcorn.domain.inputs import Ballot, Segment
from awards.popcorn.domain.segments import fold_segments
from tests.awards.popcorn.small_week import ballot, header

NAMES = ("phone", "tablet", "tv", "other", "")
VOTERS = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, st.integers(0, 8)))


def folded(shares: dict[str, str], voters: dict[str, int]) -> tuple[dict[str, str], dict[str, int]]:
    segments = tuple(Segment(name, Decimal(share)) for name, share in shares.items())
    crowd: list[Ballot] = []
    for name, count in voters.items():
        crowd += [ballot(len(crowd) + at, segment=name) for at in range(count)]
    build, moved = fold_segments(header(segments=segments), crowd)
    left = {segment.name: str(segment.share) for segment in build.segments}
    return left, dict(Counter(row.segment for row in moved))


@pytest.mark.parametrize(
    ("shares", "voters", "left", "counted"),
    [
        ({"a": "0.7", "b": "0.3"}, {"a": 9, "b": 5}, {"a": "0.7", "b": "0.3"}, {"a": 9, "b": 5}),
        # Without an installed base everybody is one.
        ({}, {"a": 9, "b": 5}, {}, {"": 14}),
        # Nobody knows how many use b: its voters count, its share is nothing.
        ({"a": "1"}, {"a": 9, "b": 5}, {"a": "1", "other": "0"}, {"a": 9, "other": 5}),
        # Too few voters for a segment of their own, or for "other": the next smallest joins.
        (
            {"a": "0.5", "b": "0.3", "c": "0.2"},
            {"a": 9, "b": 6, "c": 4},
            {"a": "0.5", "other": "0.5"},
            {"a": 9, "other": 10},
        ),
        # Nobody of the segment voted: it keeps its share, and there is nobody to hide.
        ({"a": "0.7", "b": "0.3"}, {"a": 9}, {"a": "0.7", "other": "0.3"}, {"a": 9}),
        ({"a": "0.7", "b": "0.3"}, {"a": 3}, {"other": "1"}, {"other": 3}),
    ],
)
def test_folding(
    shares: dict[str, str], voters: dict[str, int], left: dict[str, str], counted: dict[str, int]
) -> None:
    assert folded(shares, voters) == (left, counted)


@given(VOTERS)
def test_nobody_stands_among_fewer_than_five(voters: dict[str, int]) -> None:
    _, counted = folded({"phone": "0.6", "tablet": "0.3", "tv": "0.1"}, voters)
    assert len(counted) <= 1 or min(counted.values()) >= 5


@given(VOTERS)
def test_folding_twice_changes_nothing(voters: dict[str, int]) -> None:
    shares, counted = folded({"phone": "0.6", "tablet": "0.3", "tv": "0.1"}, voters)
    assert folded(shares, counted) == (shares, counted)
