"""Where features stand on the map."""

import pytest

from feedback.reports.domain.catalogue import Catalogue, Change
from feedback.reports.domain.charts.feature_map import FeatureMap, feature_map
from feedback.reports.domain.charts.labels import Box
from feedback.reports.domain.composing import compose
from feedback.reports.domain.counting import Answers

NAMES = {"loved_by_many": "loved by many", "hidden_gem": "", "hurts_many": "", "hurts_few": ""}


def map_of(*verdicts: tuple[int, int], **size: float) -> FeatureMap | None:
    """The map of features with so many (loved most, let down most)."""
    answers = Answers(ballots=1000)
    for n, (loved, let_down) in enumerate(verdicts):
        answers.kinds["loved_most"][n] = loved
        answers.kinds["let_down_most"][n] = let_down
    changes = [Change(n, f"Change {n}", "", "fix", "", ()) for n in range(len(verdicts))]
    return feature_map(compose(answers, Catalogue(tuple(changes), {}))["features"], NAMES, **size)


@pytest.fixture
def drawn() -> FeatureMap:
    found = map_of((900, 100), (10, 90), (9, 1), (0, 0), (40, 360))
    assert found
    return found


def test_what_nobody_named_is_left_out(drawn: FeatureMap) -> None:
    assert [point.line["feature"] for point in drawn.points] == [0, 4, 1, 2]
    assert drawn.left_out == 1


def test_more_named_is_higher_and_more_loved_is_further_right(drawn: FeatureMap) -> None:
    ys = [point.y for point in drawn.points]
    assert ys == sorted(ys)
    for point in drawn.points:
        assert (point.x > drawn.even) == (point.joy["value"] > 50)
        assert point.low <= point.x <= point.high
        assert (point.y <= drawn.many) == (
            point.line["quadrant"] in {"loved_by_many", "hurts_many"}
        )


def test_tones_tell_the_sides_apart(drawn: FeatureMap) -> None:
    assert [point.tone for point in drawn.points] == ["love", "letdown", "letdown", "love"]


def test_reach_is_logarithmic(drawn: FeatureMap) -> None:
    heights = dict(drawn.ticks)
    assert heights[10] - heights[100] == pytest.approx(heights[100] - heights[1000], abs=0.2)


def test_everything_stays_inside_the_plot(drawn: FeatureMap) -> None:
    for point in drawn.points:
        assert drawn.plot.holds(Box(point.low, point.y - 7, point.high, point.y + 7))


def test_labels_keep_clear_of_the_names_of_the_corners() -> None:
    found = map_of(*[(900 - n, 1) for n in range(12)], width=340, height=400)
    assert found
    corner = Box(found.plot.right - 110, found.plot.top, found.plot.right, found.plot.top + 16)
    assert not any(p.label and p.label.box.meets(corner) for p in found.points)


@pytest.mark.parametrize("verdicts", [[(5, 0)], [(5, 0)] * 3, [(1, 0), (1_000_000, 3)]])
def test_any_reach_has_a_scale(verdicts: list[tuple[int, int]]) -> None:
    found = map_of(*verdicts)
    assert found
    assert 1 <= len(found.ticks) <= 8


def test_without_votes_there_is_no_map() -> None:
    assert map_of((0, 0)) is None
