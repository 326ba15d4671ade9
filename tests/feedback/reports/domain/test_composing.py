"""From counted answers to the lines of a report."""

import pytest

from feedback.reports.domain.catalogue import Catalogue, Change
from feedback.reports.domain.composing import compose, compose_whole, quadrant
from feedback.reports.domain.counting import Answers, Counted, Voters
from feedback.reports.domain.joy import Joy

CHANGES = tuple(
    Change(n, f"Change {n}", area, "feature", "", (("林浩", 1.0),))
    for n, area in enumerate(["Camera", "Camera", "Battery", ""], start=1)
)
VOTERS = Voters("Mi 5", 1, "北京", is_verified=True)


def answers(ballots: int = 10, **kinds: dict[int, int]) -> Answers:
    found = Answers(ballots=ballots)
    for kind, counts in kinds.items():
        found.kinds[kind].update(counts)
    return found


def test_verdicts_of_a_feature() -> None:
    content = compose(
        answers(loved_most={1: 4}, loved={1: 2}, let_down_most={1: 1}, comment={1: 3}),
        Catalogue(CHANGES, {}),
    )
    line = content["features"][0]
    assert line["verdicts"] == {"loved_most": 4, "loved": 2, "let_down": 0, "let_down_most": 1}
    assert (line["named"], line["comments"]) == (7, 3)
    assert line["engineers"] == [{"name": "林浩", "share": 1.0}]


def test_a_feature_nobody_names_has_no_joy() -> None:
    line = compose(answers(loved={1: 5}), Catalogue(CHANGES, {}))["features"][1]
    assert (line["named"], line["joy"], line["quadrant"]) == (0, None, None)


def test_areas_sum_their_features() -> None:
    content = compose(answers(loved={1: 5, 2: 3, 4: 1}), Catalogue(CHANGES, {}))
    assert [(area["area"], area["features"], area["named"]) for area in content["areas"]] == [
        ("Camera", [1, 2], 8),
        ("Battery", [3], 0),
    ]


def test_moods_with_the_share_of_the_glad() -> None:
    mood = compose(answers(mood={1: 3, 2: 3, 3: 2, 4: 2}), Catalogue(CHANGES, {}))["mood"]
    assert (mood["happy"], mood["in_love"], mood["hopeful"], mood["sad"]) == (3, 3, 2, 2)
    assert mood["glad"]
    assert mood["glad"]["value"] == 0.6


def test_comments_by_cell() -> None:
    turnout = compose(
        answers(comment={1: 2, 2: 1}, comment_mood={0: 4}, comment_wishes={0: 1}),
        Catalogue(CHANGES, {}),
    )["turnout"]
    assert turnout["comments"] == {
        "mood": 4,
        "loved": 0,
        "let_down": 0,
        "wishes": 1,
        "features": 3,
        "total": 8,
    }


def test_nothing_is_said_of_no_ballots() -> None:
    content = compose(Answers(), Catalogue(CHANGES, {}))
    assert content["mood"]["glad"] is None
    assert {line["quadrant"] for line in content["features"]} == {None}


@pytest.mark.parametrize(
    ("joy", "is_many", "name"),
    [
        (50, True, "loved_by_many"),
        (50, False, "hidden_gem"),
        (49.9, True, "hurts_many"),
        (49.9, False, "hurts_few"),
    ],
)
def test_the_corners_of_the_map(joy: float, is_many: bool, name: str) -> None:
    assert quadrant(joy, is_many=is_many) == name


def test_many_is_at_least_the_middle_feature() -> None:
    content = compose(answers(loved={1: 9, 2: 5, 3: 1}), Catalogue(CHANGES, {}))
    assert [line["quadrant"] for line in content["features"]] == [
        "loved_by_many",
        "loved_by_many",
        "hidden_gem",
        None,
    ]


def test_hours_without_ballots_are_told_too() -> None:
    counted = Counted(groups={VOTERS: 3}, hours={0: 2, 3: 1})
    content = compose_whole(counted, Catalogue(CHANGES, {}), eligible=9, staff=1)
    turnout = content["turnout"]
    assert (turnout["hours"], turnout["eligible"], turnout["staff"]) == ([2, 0, 0, 1], 9, 1)


def test_features_and_areas_stand_against_their_history() -> None:
    cells = [(0, "loved_most", 1, 300), (0, "let_down_most", 3, 300), (0, "loved", 4, 9)]
    before = {"Camera": [Joy(0.6, 1e-4)] * 4, "Battery": [Joy(0.01, 1e-4)] * 4}
    content = compose_whole(
        Counted(groups={VOTERS: 600}, cells=cells),
        Catalogue(CHANGES, {}, history=before),
        eligible=None,
        staff=0,
    )
    movements = [line["against"] and line["against"]["movement"] for line in content["features"]]
    # The second has no votes, the last no area.
    assert movements == ["better", None, "steady", None]
    assert content["areas"][0]["against"]
    assert content["areas"][0]["against"]["movement"] == "better"
