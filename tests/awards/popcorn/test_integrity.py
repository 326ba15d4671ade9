"""Voter weights: trust by age, and a graded discount for ballots that were cast together."""

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest

from awards.popcorn.domain.columns import columns
from awards.popcorn.domain.inputs import Ballot, Override
from awards.popcorn.domain.integrity import WEIGHT_ONE, Block, Weights, trust, weigh
from tests.awards.popcorn.small_week import ballot, ballots, header, shuffled

HOURS = 24
RING = 80


@cache
def many() -> tuple[Ballot, ...]:
    """Voters who judge each feature for themselves, spread over a day."""
    chance = random.Random(2)
    made = []
    for number in range(20_000):
        named = [feature for feature in (1, 2, 3) if chance.random() < 0.1]
        loved = tuple(feature for feature in named if chance.random() < 0.5)
        let_down = tuple(feature for feature in named if feature not in loved)
        made.append(ballot(number, hour=chance.randrange(HOURS), loved=loved, let_down=let_down))
    return tuple(made)


def crowd(count: int) -> list[Ballot]:
    return list(many()[:count])


def ring(count: int = RING, hour: int | None = None) -> list[Ballot]:
    """Voters who agreed to love 1 and be let down by 2."""
    return [
        ballot(
            10**6 + number, hour=number % HOURS if hour is None else hour, loved=(1,), let_down=(2,)
        )
        for number in range(count)
    ]


def weighed(voters: list[Ballot], **changes: object) -> Weights:
    build = header(**changes)
    return weigh(build, columns(build, voters))


@pytest.mark.parametrize(
    ("age_days", "weight"), [(0, 0.25), (6, 0.4), (15, 0.625), (30, 1), (4000, 1)]
)
def test_trust_grows_with_age(age_days: int, weight: float) -> None:
    assert trust(np.array([age_days])) / 40 == pytest.approx(weight)


def test_independent_voters_keep_their_weight() -> None:
    weights = weighed(crowd(4000))
    assert weights.blocks == ()
    assert (weights.weight == weights.undiscounted).all()


def test_a_ring_is_discounted_and_told_why() -> None:
    weights = weighed(crowd(2000) + ring())
    (block,) = weights.blocks
    assert (block.first, block.second, block.hour) == ("loved:1", "let_down:2", None)
    assert (block.ballots, block.is_overridden) == (2000 + RING, False)
    share = block.expected / block.together
    assert block.coordination == pytest.approx(share, abs=Decimal("0.0001"))
    assert weights.reason[-RING:].tolist() == [0] * RING
    assert (weights.weight[-RING:] == float(block.coordination) * WEIGHT_ONE).all()


def test_a_ring_that_hides_in_the_window_is_found_in_its_hour() -> None:
    spread = [replace(one, pseudonym=f"{one.pseudonym}!") for one in ring(RING)]
    weights = weighed(crowd(20_000) + spread[:40] + ring(40, hour=5))
    (block,) = weights.blocks
    assert block.hour == 5
    assert weights.reason[-40:].tolist() == [0] * 40
    assert (weights.reason[:20_000] == 0).sum() < 10


def test_hours_need_company_to_be_compared() -> None:
    one_hour = [replace(one, hour=0) for one in crowd(20_000)]
    assert weighed(one_hour + ring(40, hour=5)).blocks == ()


def test_few_ballots_are_never_discounted() -> None:
    assert weighed(ring(149)).blocks == ()
    assert weighed([]).blocks == ()


def test_a_rush_hour_of_honest_voters_is_no_ring() -> None:
    """A rare pair is 0 in the median hour; in a rush it occurs, and that is no crime."""
    rush = [replace(one, hour=3) if at % 3 == 0 else one for at, one in enumerate(crowd(20_000))]
    assert weighed(rush).blocks == ()


def test_the_strongest_discount_of_a_ballot_counts() -> None:
    weights = weighed(crowd(2000) + ring(40, hour=5) + ring(20))
    strongest = min(weights.blocks, key=lambda block: block.coordination)
    assert {block.hour for block in weights.blocks} == {None, 5}
    at_five = weights.reason[2000:2040]
    assert {weights.blocks[reason] for reason in at_five} == {strongest}


def test_two_people_can_take_a_discount_back() -> None:
    voters = crowd(2000) + ring()
    override = Override("loved:1", "let_down:2", None, "A fan club met.")
    weights = weighed(voters, overrides=(override,))
    assert [block.is_overridden for block in weights.blocks] == [True]
    assert (weights.weight == weights.undiscounted).all()


def test_a_discount_is_no_deletion() -> None:
    everybody = [ballot(number, hour=number % HOURS, loved=(1, 2)) for number in range(30_000)]
    others = [ballot(10**6 + number, hour=number % HOURS) for number in range(10)]
    weights = weighed(everybody + others)
    assert weights.blocks
    assert weights.weight.min() > 0


def test_the_order_of_ballots_is_irrelevant() -> None:
    voters = crowd(2000) + ring(40, hour=5) + ring(20)
    mixed = list(shuffled(voters, seed=7))

    def told(of: list[Ballot]) -> tuple[tuple[Block, ...], dict[Ballot, tuple[int, int]]]:
        weights = weighed(of)
        rows = zip(weights.weight.tolist(), weights.reason.tolist(), strict=True)
        return weights.blocks, dict(zip(of, rows, strict=True))

    assert told(mixed) == told(voters)


def test_weights_are_trust_times_coordination() -> None:
    weights = weighed(ballots(100))
    assert (weights.weight == weights.trust * weights.coordination).all()
    assert (weights.undiscounted == weights.trust * 10_000).all()
