"""Two builds side by side."""

import pytest

from feedback.reports.domain.catalogue import Catalogue, Change
from feedback.reports.domain.comparing import Comparison, compare
from feedback.reports.domain.composing import compose
from feedback.reports.domain.content import Content
from feedback.reports.domain.counting import Answers


def content(*changes: tuple[str, str, int, int], glad: int = 60) -> Content:
    """A build with (area, fingerprint, loved most, let down most), 100 ballots, some glad."""
    answers = Answers(ballots=100)
    answers.kinds["mood"].update({1: glad, 4: 100 - glad})
    listed = []
    for n, (area, fingerprint, loved, let_down) in enumerate(changes):
        listed.append(Change(n, f"Change {n}", area, "fix", fingerprint, ()))
        answers.kinds["loved_most"][n] = loved
        answers.kinds["let_down_most"][n] = let_down
    return compose(answers, Catalogue(tuple(listed), {}))


def movements(comparison: Comparison) -> dict[str, str | None]:
    return {
        (pair.first or pair.second)["area"]: pair.difference and pair.difference.movement
        for pair in comparison.areas
    }


def test_areas_move_only_beyond_noise() -> None:
    now = content(("Camera", "", 90, 10), ("Battery", "", 50, 50), ("SMS", "", 10, 90))
    then = content(("Camera", "", 50, 50), ("Battery", "", 45, 55), ("SMS", "", 50, 50))
    assert movements(compare(now, then)) == {
        "Camera": "better",
        "Battery": "steady",
        "SMS": "worse",
    }


def test_an_area_in_one_build_alone_has_no_difference() -> None:
    compared = compare(content(("Camera", "", 9, 1)), content(("Battery", "", 9, 1)))
    assert movements(compared) == {"Battery": None, "Camera": None}
    assert [(bool(pair.first), bool(pair.second)) for pair in compared.areas] == [
        (False, True),
        (True, False),
    ]


def test_an_area_without_votes_has_no_difference() -> None:
    assert movements(compare(content(("SMS", "", 0, 0)), content(("SMS", "", 9, 1)))) == {
        "SMS": None
    }


def test_features_pair_by_fingerprint() -> None:
    now = content(("", "a", 80, 20), ("", "b", 5, 5), ("", "", 5, 5))
    then = content(("", "c", 5, 5), ("", "a", 20, 80), ("", "", 5, 5))
    (pair,) = compare(now, then).features
    assert (pair.first["feature"], pair.second["feature"]) == (0, 1)
    assert pair.difference.value == pytest.approx(60, abs=2)


@pytest.mark.parametrize(("glad", "movement"), [(85, "better"), (65, "steady"), (35, "worse")])
def test_moods_move_only_beyond_noise(glad: int, movement: str) -> None:
    difference = compare(content(glad=glad), content(glad=60)).glad
    assert difference
    assert difference.value == pytest.approx((glad - 60) / 100)
    assert difference.movement == movement


def test_no_ballots_have_no_mood_to_compare() -> None:
    empty = compose(Answers(), Catalogue((), {}))
    assert compare(empty, content()).glad is None
