"""What counts as more than noise."""

from random import Random

import pytest

from feedback.reports.domain.joy import Joy, plain_joys
from feedback.reports.domain.movement import against, sway

STEADY = Joy(0.6, 0.0001)


@pytest.mark.parametrize(("joy", "movement"), [(0.66, "better"), (0.61, "steady"), (0.54, "worse")])
def test_beyond_noise_has_a_direction(joy: float, movement: str) -> None:
    assert against(Joy(joy, 0.0001), [STEADY] * 8, 0.0)["movement"] == movement


def test_few_votes_are_noisier() -> None:
    assert against(Joy(0.66, 0.01), [STEADY] * 8, 0.0)["movement"] == "steady"


def test_areas_that_sway_are_noisier() -> None:
    assert against(Joy(0.66, 0.0001), [STEADY] * 8, 0.01)["movement"] == "steady"


def test_the_usual_range_is_told_in_points() -> None:
    told = against(Joy(0.6, 0.0001), [STEADY] * 4, 0.0)
    assert told == {"movement": "steady", "low": 57.12, "high": 62.88, "builds": 4}


def test_an_area_without_history_is_new() -> None:
    assert against(Joy(0.9, 0.0001), [], 0.0)["movement"] == "new"


def test_it_is_too_early_while_nobody_knows_how_areas_sway() -> None:
    told = against(Joy(0.9, 0.0001), [STEADY], None)
    assert told == {"movement": "early", "low": None, "high": None, "builds": 1}


def test_the_sway_needs_an_area_with_two_builds() -> None:
    assert sway({"Camera": [STEADY], "Battery": [STEADY]}) is None
    assert sway({"Camera": [STEADY, STEADY], "Battery": [STEADY]}) == 0.0


def test_the_sway_is_what_few_votes_do_not_explain() -> None:
    random = Random(7)
    history = {
        str(area): [
            Joy(0.6 + random.gauss(0, 0.05) + random.gauss(0, 0.01), 0.0001) for _ in range(8)
        ]
        for area in range(60)
    }
    assert sway(history) == pytest.approx(0.05**2, rel=0.2)


def test_noise_alone_seldom_moves() -> None:
    """Ballots of one steady area, week after week: about one false alarm in a hundred."""
    random, alarms = Random(3), 0
    for _ in range(1000):
        weeks = [random.choices(range(4), (30, 30, 25, 15), k=200) for _ in range(9)]
        joys = plain_joys([[week.count(verdict) for verdict in range(4)] for week in weeks])
        alarms += against(joys[0], joys[1:], 0.0)["movement"] != "steady"
    assert alarms < 25
