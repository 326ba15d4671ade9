"""Segments of fewer than five voters stand under "other"."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.popcorn.domain.inputs import Ballot, Segment
from awards.popcorn.domain.segments import OTHER, UNKNOWN, fold, fold_segments
from feedback.reports.domain.folding import fold_values
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
        # A report tells c and d together, so the award does, whatever is installed.
        (
            {"a": "0.6", "d": "0.4"},
            {"a": 9, "b": 8, "c": 1, "d": 7},
            {"a": "0.6", "other": "0.4"},
            {"a": 9, "other": 16},
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


@given(VOTERS, st.sets(st.sampled_from(("phone", "tablet", "tv")), min_size=1))
def test_what_a_report_tells_together_is_nowhere_told_apart(
    voters: dict[str, int], installed: set[str]
) -> None:
    """Else a slice of the report less a segment of the award would be a handful."""
    share = Decimal(1) / 4
    segments = (
        *(Segment(name, share) for name in sorted(installed)),
        Segment(OTHER, 1 - share * len(installed)),
    )
    _, names = fold(header(segments=segments), voters)
    slices = fold_values({name or UNKNOWN: size for name, size in voters.items() if size})
    if set(slices.values()) != {OTHER}:
        together = {
            name for name, size in voters.items() if size and slices[name or UNKNOWN] == OTHER
        }
        assert {names[name] for name in together} <= {OTHER}
