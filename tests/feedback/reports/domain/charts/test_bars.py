"""Bars of moods and of hours."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feedback.reports.domain.charts.bars import hour_chart, mood_chart
from feedback.reports.domain.content import Mood

OPENED = datetime(2026, 11, 20, 9, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def mood(in_love: int, happy: int, hopeful: int, sad: int) -> Mood:
    return Mood(in_love=in_love, happy=happy, hopeful=hopeful, sad=sad, glad=None)


def test_a_bar_is_filled_by_its_shares() -> None:
    (bar,) = mood_chart([("6.11.20", "6.11.20", mood(1, 2, 1, 0))]).bars
    assert [part.share for part in bar.parts] == [0.25, 0.5, 0.25, 0]
    for one, following in zip(bar.parts, bar.parts[1:], strict=False):
        assert one.x + one.width == pytest.approx(following.x, abs=0.2)


def test_a_build_without_ballots_has_an_empty_bar() -> None:
    (bar,) = mood_chart([("1", "1", mood(0, 0, 0, 0))]).bars
    assert {part.width for part in bar.parts} == {0}


def test_days_begin_at_the_readers_midnight() -> None:
    chart = hour_chart([3] * 60, opened_at=OPENED, zone=SHANGHAI)
    assert chart
    assert [(at.day, at.hour) for at, _ in chart.days] == [(20, 17), (21, 0), (22, 0), (23, 0)]


def test_the_first_day_is_not_named_where_it_would_touch_the_next() -> None:
    chart = hour_chart([3] * 60, opened_at=OPENED, zone=SHANGHAI, width=340.0)
    assert chart
    assert [at.day for at, _ in chart.days] == [21, 22, 23]


def test_the_fullest_hour_is_the_highest() -> None:
    chart = hour_chart([1, 0, 4, 2], opened_at=OPENED, zone=SHANGHAI)
    assert chart
    heights = [float(height) for height in re.findall(r"v-([\d.]+)", chart.bars)]
    assert heights == pytest.approx([heights[1] * share for share in (0.25, 1, 0.5)], abs=0.1)
    assert (chart.most, [ballots for _, ballots in chart.hours]) == (4, [1, 0, 4, 2])


@pytest.mark.parametrize("hours", [[], [0, 0]])
def test_without_ballots_there_is_no_chart(hours: list[int]) -> None:
    assert hour_chart(hours, opened_at=OPENED, zone=SHANGHAI) is None
