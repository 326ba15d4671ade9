"""Inputs of an award that contradict each other are refused with the row's name."""

from decimal import Decimal
from typing import Any

import pytest

from awards.popcorn.domain.columns import columns
from awards.popcorn.domain.inputs import (
    LEFT_OUT,
    Credit,
    Engineer,
    Feature,
    InputError,
    Override,
    Segment,
    Settings,
)
from tests.awards.popcorn.small_week import MEI, ballot, ballots, header

HALF = Decimal("0.5")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"features": (Feature(1, "a"), Feature(1, "b"))}, "features hold a row twice"),
        ({"features": tuple(Feature(pk, "a") for pk in range(2001))}, "more than 2000"),
        ({"features": (Feature(0, "a"),)}, "id is not positive"),
        ({"features": (Feature(1, "a"),)}, "exactly the features"),
        ({"engineers": (Engineer(MEI, "Mei"),)}, "exactly the engineers"),
        ({"credits": (Credit(1, MEI, Decimal(0)),)}, "Feature 1: a credit's share"),
        (
            {
                "features": (Feature(1, "a"),),
                "engineers": (Engineer(MEI, "Mei"),),
                "credits": (Credit(1, MEI, HALF),),
            },
            "Feature 1: its shares sum to 0.5",
        ),
        ({"segments": (Segment("a", HALF),)}, "do not sum to 1"),
        ({"segments": (Segment("a", Decimal(2)), Segment("b", Decimal(-1)))}, "is negative"),
    ],
)
def test_a_header_that_contradicts_itself(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        header(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"joy": (Decimal(0), Decimal(70), Decimal(30), Decimal(100))},
        {"joy": (Decimal(0), Decimal(30), Decimal(70), Decimal(101))},
        {"shrinkage": Decimal(0)},
        {"co_winner_threshold": Decimal(0)},
        {"floor_share": Decimal(2)},
        {"floor_votes": 0},
        {"bucket_ballots": -1},
        {"draws": 0},
        {"draws": 10**9},
    ],
)
def test_settings_out_of_range(changes: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Settings(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"age_days": 31},
        {"hour": -1},
        {"loved": (1, 1)},
        {"loved": (1,), "let_down": (1,)},
        {"loved": (1, 2, 3, 4, 5, 6)},
        {"loved": (1, LEFT_OUT)},
        {"let_down": (LEFT_OUT,)},
    ],
)
def test_a_ballot_that_cannot_be(changes: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=ballot().pseudonym):
        ballot(**changes)


@pytest.mark.parametrize("changes", [{"segment": "tv"}, {"loved": (9,)}])
def test_a_ballot_of_another_build(changes: dict[str, Any]) -> None:
    one = ballot(**changes)
    with pytest.raises(InputError, match=one.pseudonym):
        columns(header(), [*ballots(3), one])


def test_the_first_of_each_cell_is_the_most() -> None:
    data = columns(header(), [ballot(), ballot(1, loved=(3, 1), let_down=(2,))])
    assert (data.ballot.tolist(), data.feature.tolist()) == ([1, 1, 1], [2, 0, 1])
    assert data.verdict.tolist() == [3, 2, 0]


def test_a_most_that_does_not_count_promotes_nobody() -> None:
    one = ballot(loved=(LEFT_OUT, 1), let_down=(LEFT_OUT, 2, 3))
    data = columns(header(), [one])
    assert (data.feature.tolist(), data.verdict.tolist()) == ([0, 1, 2], [2, 1, 1])


def test_an_override_names_its_block() -> None:
    override = Override("loved:1", "loved:2", 7, "A meetup.")
    assert header(overrides=(override,)).overridden == {("loved:1", "loved:2", 7)}
