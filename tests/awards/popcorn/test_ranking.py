"""Who wins: eligibility, co-winners, shared places, hidden kernels, and the bucket."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from awards.popcorn.domain.bucket import bucket, standings
from awards.popcorn.domain.columns import columns
from awards.popcorn.domain.inputs import Ballot, Credit, Engineer, Feature, Header, Settings
from awards.popcorn.domain.integrity import WEIGHT_ONE
from awards.popcorn.domain.ranking import Place, rank
from awards.popcorn.domain.result import compute
from awards.popcorn.domain.sums import Sums
from tests.awards.popcorn.small_week import LIN, MEI, RAJ, ballot, ballots, header, shuffled


def solo(count: int, **settings: Any) -> Header:
    """Engineers 1 … count with a feature each."""
    numbers = range(1, count + 1)
    return header(
        features=tuple(Feature(number, f"Feature {number}") for number in numbers),
        engineers=tuple(Engineer(number, f"Engineer {number}") for number in numbers),
        credits=tuple(Credit(number, number, Decimal(1)) for number in numbers),
        settings=Settings(**settings),
    )


def ranked(scores: list[float], drawn: Any, votes: list[float], ballots: int = 100) -> list[Place]:
    rows = rank(
        solo(len(scores)),
        scores=np.array(scores),
        drawn=np.array(drawn, dtype=float),
        votes=np.array(votes),
        mean_joy=50.0,
        ballots=ballots,
    )
    return list(rows)


def test_the_highest_score_wins() -> None:
    first, second = ranked([60, 70], [[60] * 4, [70] * 4], [40, 40])
    assert (first.engineer, first.place, first.is_winner) == (2, 1, True)
    assert (second.engineer, second.place, second.is_winner) == (1, 2, False)


@pytest.mark.parametrize(("ahead", "is_winner"), [(3, True), (2, False)])
def test_who_may_well_be_as_good_wins_too(ahead: int, is_winner: bool) -> None:
    other = [80.0] * ahead + [60.0] * (10 - ahead)
    _, second = ranked([70, 65], [[70] * 10, other], [40, 40])
    assert second.p_reaches_winner == Decimal(ahead) / 10
    assert second.is_winner is is_winner


def test_equal_merits_share_a_place() -> None:
    drawn = [[70, 70], [70, 70], [60, 60]]
    rows = ranked([70, 70, 60], drawn, [40, 40, 40])
    assert [row.place for row in rows] == [1, 1, 3]
    assert [row.p_best for row in rows] == [Decimal("0.5"), Decimal("0.5"), 0]
    assert [row.is_winner for row in rows] == [True, True, False]


def test_equal_scores_are_ordered_by_certainty_then_votes() -> None:
    by_certainty = ranked([70, 70], [[70, 70, 70], [60, 71, 71]], [40, 40])
    assert [row.engineer for row in by_certainty] == [2, 1]
    by_votes = ranked([70, 70], [[70, 71], [71, 70]], [40, 50])
    assert [row.engineer for row in by_votes] == [2, 1]


@pytest.mark.parametrize(
    ("votes", "count", "is_eligible"),
    [(30, 100, True), (29.9, 100, False), (50, 5000, True), (49, 5000, False)],
)
def test_eligible_are_thirty_votes_and_one_per_cent(
    votes: float, count: int, is_eligible: bool
) -> None:
    (row,) = ranked([70], [[70]], [votes], count)
    assert (row.place is not None) is is_eligible
    assert row.is_winner is is_eligible


def test_bands_are_the_middle_of_the_draws() -> None:
    drawn = [list(range(1, 101)), [50.5] * 100]
    first, second = ranked([90, 80], drawn, [40, 40])
    assert (first.score_low, first.score_high) == (5, 95)
    assert (first.place_low, first.place_high) == (1, 2)
    assert (second.score_low, second.score_high) == (Decimal("50.5"), Decimal("50.5"))


def test_places_count_the_eligible_alone() -> None:
    rows = ranked([70, 90, 60], [[70], [90], [60]], [40, 10, 40])
    assert [(row.engineer, row.place, row.place_low) for row in rows] == [
        (1, 1, 1),
        (3, 2, 2),
        (2, None, 1),
    ]


@pytest.mark.parametrize(
    ("score", "votes", "is_kernel"),
    [(90, 10, True), (90, 4.9, False), (45, 10, False), (90, 40, False)],
)
def test_hidden_kernels_are_good_and_little_known(
    score: float, votes: float, is_kernel: bool
) -> None:
    rows = ranked([score, 40], [[score], [40]], [votes, 40])
    assert {row.engineer: row.is_hidden_kernel for row in rows} == {1: is_kernel, 2: False}


def test_a_hidden_kernel_would_stand_on_the_podium() -> None:
    scores = [90, 80, 70, 60]
    rows = ranked(scores, [[score] for score in scores], [40, 40, 40, 10])
    assert not any(row.is_hidden_kernel for row in rows)


# The bucket.


def held(
    voters: list[Ballot], weights: list[float] | None = None, **settings: Any
) -> tuple[int, ...]:
    build = header(settings=Settings(bucket_ballots=2, **settings))
    data = columns(build, voters)
    weight = np.array(weights or [1] * len(voters)) * WEIGHT_ONE
    return bucket(
        build, standings(build, Sums.of(data, weight.astype(np.int64))), data.ballot_count
    )


def voters(*cells: tuple[tuple[int, ...], tuple[int, ...]]) -> list[Ballot]:
    return [ballot(at, loved=loved, let_down=down) for at, (loved, down) in enumerate(cells)]


def test_first_places_fill_the_bucket_not_loves() -> None:
    assert held(voters(((1, 2), ()), ((3, 2), ()), ((3, 2), ()))) == (3,)


def test_first_places_weigh_as_much_as_their_voters() -> None:
    crowd = voters(((1,), ()), ((2,), ()), ((2,), ()))
    assert held(crowd, [1, 0.25, 0.25]) == (1,)


def test_fewer_let_downs_break_a_tie() -> None:
    assert held(voters(((1,), ()), ((2,), (1,)), ((3,), (2, 1)))) == (3,)


def test_a_tie_to_the_end_shares_the_bucket() -> None:
    assert held(voters(((1,), ()), ((2,), ()))) == (1, 2)


def test_too_few_ballots_or_no_love_leave_the_bucket_empty() -> None:
    assert held(voters(((1,), ()))) == ()
    assert held(voters(((), (1,)), ((), (2,)))) == ()


# The whole award.


def test_a_quiet_week_has_no_winner() -> None:
    result = compute(header(), columns(header(), ballots(20)), bytes(32))
    assert result.outcome.winners == ()
    assert {place.p_reaches_winner for place in result.places} == {0}


def test_a_build_without_features_has_an_empty_award() -> None:
    build = header(features=(), engineers=(), credits=())
    result = compute(build, columns(build, [ballot(1)]), bytes(32))
    assert (result.places, result.features, result.mean_joy) == ((), (), 0)


def test_a_ring_changes_the_line_without_the_discount_only() -> None:
    honest = [ballot(at, hour=at % 24, loved=(2,)) for at in range(300)]
    honest += [ballot(400 + at, hour=at % 24, loved=(1,), let_down=(3,)) for at in range(20)]
    honest += [ballot(500 + at, hour=at % 24, let_down=(1, 3)[at % 2 :][:1]) for at in range(90)]
    ring = [ballot(1000 + at, hour=at % 24, loved=(3,), let_down=(2,)) for at in range(400)]
    build = header()
    result = compute(build, columns(build, honest + ring), bytes(32))
    assert result.discounted >= len(ring)
    assert result.without_discount.bucket == (3,)
    assert result.outcome.bucket == (2,)
    assert RAJ not in result.outcome.winners
    assert LIN in result.outcome.winners


def test_rows_may_come_in_any_order() -> None:
    crowd = ballots(200)
    mixed = header(
        features=shuffled(header().features, 1),
        engineers=shuffled(header().engineers, 2),
        credits=shuffled(header().credits, 3),
        segments=shuffled(header().segments, 4),
    )
    one, other = (
        compute(build, columns(build, rows), bytes(32))
        for build, rows in ((header(), crowd), (mixed, shuffled(crowd, 5)))
    )
    assert (one.places, one.features, one.outcome) == (other.places, other.features, other.outcome)
    assert {place.engineer for place in one.places} == {MEI, LIN, RAJ}
