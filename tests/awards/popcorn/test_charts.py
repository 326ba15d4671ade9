"""Bands on one scale: every interval lies within it, its lines are round numbers."""

import pytest

from awards.popcorn import charts
from awards.popcorn.models import AwardPlace


def place(low: float, score: float, high: float) -> AwardPlace:
    return AwardPlace(score_low=low, score=score, score_high=high)


def test_an_interval_stands_where_its_scores_are() -> None:
    [band] = charts.chart([place(60, 65, 70)]).bands
    assert (band.low, band.at, band.high) == ("0.0", "90.0", "180.0")


@pytest.mark.parametrize(
    ("ends", "labels"),
    [
        ([(66.6, 69.6)], [66, 67, 68, 69, 70]),
        ([(58.2, 60.8), (66.6, 69.6)], [55, 60, 65, 70]),
        ([(0, 100)], [0, 50, 100]),
        ([(50, 50)], [50]),
        ([], [0, 50, 100]),
    ],
)
def test_its_lines_are_round_numbers(ends: list[tuple[float, float]], labels: list[int]) -> None:
    drawn = charts.chart(place(low, (low + high) / 2, high) for low, high in ends)
    assert [tick.label for tick in drawn.ticks] == labels
    assert all(0 <= float(tick.x) <= charts.WIDTH for tick in drawn.ticks)


def test_a_chart_without_rows_is_empty() -> None:
    assert not charts.chart([])
