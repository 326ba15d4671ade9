"""Moments as people say them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from orangefriday.display import times

SUNDAY_EVENING = datetime(2026, 11, 22, 12, 48, tzinfo=UTC)  # 20:48 in Shanghai


@pytest.fixture(autouse=True)
def _in_shanghai() -> Iterator[None]:
    with timezone.override("Asia/Shanghai"), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("distance", "english", "chinese"),
    [
        (timedelta(seconds=-59), "just now", "刚刚"),
        (timedelta(seconds=59), "in a moment", "马上"),
        (timedelta(minutes=-4), "4 min ago", "4 分钟前"),
        (timedelta(minutes=12), "in 12 min", "12 分钟后"),
        (timedelta(hours=-20), "20 h ago", "20 小时前"),
        (timedelta(hours=3), "in 3 h", "3 小时后"),
        (timedelta(hours=-21), "yesterday 23:48", "昨天 23:48"),
        (timedelta(days=1), "tomorrow 20:48", "明天 20:48"),
        (timedelta(days=-6), "Mon 20:48", "周一 20:48"),
        (timedelta(days=7), "29 Nov", "11月29日"),
        (timedelta(days=60), "21 Jan 2027", "2027年1月21日"),
    ],
)
def test_relative_words(distance: timedelta, english: str, chinese: str) -> None:
    at = SUNDAY_EVENING + distance
    with translation.override("zh-hans"):
        in_chinese = times.relative(at, SUNDAY_EVENING)
    assert (times.relative(at, SUNDAY_EVENING), in_chinese) == (english, chinese)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 11, 24, 16, tzinfo=UTC), "Tue 24:00"),
        (datetime(2026, 11, 25, 2, tzinfo=UTC), "Wed 10:00"),
        (datetime(2026, 12, 1, 16, tzinfo=UTC), "Tue 1 Dec 24:00"),
        (datetime(2026, 11, 17, 16, tzinfo=UTC), "Tue 17 Nov 24:00"),
    ],
)
def test_a_deadline_at_midnight_belongs_to_the_day_before(at: datetime, text: str) -> None:
    assert times.deadline(at, SUNDAY_EVENING) == text


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(days=2, hours=3, minutes=12, seconds=9), "2 d 03:12"),
        (timedelta(hours=3, minutes=12, seconds=9), "03:12:09"),
        (timedelta(0), ""),
        (timedelta(seconds=-5), ""),
    ],
)
def test_the_time_that_remains(left: timedelta, text: str) -> None:
    assert times.remaining(SUNDAY_EVENING + left, SUNDAY_EVENING) == text


def test_the_exact_moment_names_its_zone() -> None:
    assert times.exact(SUNDAY_EVENING) == "Sunday 22 November 2026, 20:48 (Asia/Shanghai)"
