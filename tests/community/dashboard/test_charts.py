"""Columns of days stand on one scale from nothing to a round number."""

from datetime import date, timedelta

from community.dashboard.charts import BOTTOM, TOP, day_chart

DAYS = [date(2026, 11, 1) + timedelta(days=n) for n in range(3)]


def test_the_scale_ends_at_a_round_number_above_everything() -> None:
    chart = day_chart(DAYS, [3, 37, None], line=[None, 61, 88])
    assert [tick for tick, _y, _text in chart.ticks] == [0, 50, 100]
    assert chart.ticks[-1][1] == TOP


def test_a_day_without_a_measure_has_no_column() -> None:
    chart = day_chart(DAYS, [3, None, 5], height=200)
    assert [day.height is None for day in chart.days] == [False, True, False]
    assert all(day.y + (day.height or 0) == 200 - BOTTOM for day in chart.days)


def test_nothing_measured_is_an_empty_chart() -> None:
    assert not day_chart(DAYS, [None, 0, None])


def test_names_leave_each_other_room_and_today_has_one() -> None:
    chart = day_chart([date(2026, 9, 1) + timedelta(days=n) for n in range(91)], [1] * 91)
    assert chart.days[-1].is_named
    assert sum(day.is_named for day in chart.days) < 20
