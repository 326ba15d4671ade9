"""The week of a build in every zone.

The suite takes a sample; every zone and every Friday of 2010–2037 (875 139 weeks, some minutes)
is walked by ``CALENDAR=all pytest tests/community/builds/domain/test_calendar.py``.
"""

import os
import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from community.builds.domain.calendar import (
    EDGES,
    WEEK,
    BadCalendar,
    edges,
    first_moment,
    is_time_zone,
    next_release_on,
)
from community.builds.models import Build

FRIDAYS = [date(2010, 1, 1) + timedelta(weeks=week) for week in range(28 * 53)]
FRIDAYS = [friday for friday in FRIDAYS if friday.year < 2038]
SEED = 20
# Fridays that the calendar of these zones leaves out.
SKIPPED = {("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Fakaofo", date(2011, 12, 30))}


def weeks_of(zone: str) -> list[date]:
    if os.environ.get("CALENDAR") == "all":
        return FRIDAYS
    return sorted(random.Random(f"{SEED}{zone}").sample(FRIDAYS, 3))


def moments(release_on: date, zone: str, **overrides: list[object]) -> list[datetime]:
    week = edges(release_on=release_on, time_zone=zone, overrides=overrides)
    return list(week.as_fields().values())


def check(release_on: date, zone: str) -> None:
    week = edges(release_on=release_on, time_zone=zone, overrides={})
    assert week.ballots_open_at == week.publish_at
    apart = [at for edge, at in week.as_fields().items() if edge != "ballots_open_at"]
    assert all(earlier < later for earlier, later in pairwise(apart)), (zone, release_on)
    local = week.publish_at.astimezone(ZoneInfo(zone))
    assert local.isocalendar()[:2] == release_on.isocalendar()[:2]
    if (zone, release_on) not in SKIPPED:
        assert (local.date(), local.hour, local.minute) == (release_on, 17, 0)


def test_every_zone_publishes_once_a_week_and_keeps_the_order():
    for zone in sorted(available_timezones()):
        for friday in weeks_of(zone):
            check(friday, zone)


@pytest.mark.parametrize(("zone", "friday"), sorted(SKIPPED))
def test_a_friday_that_does_not_exist_publishes_when_the_next_day_begins(zone, friday):
    check(friday, zone)
    publish_at = edges(release_on=friday, time_zone=zone, overrides={}).publish_at
    assert publish_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime(2011, 12, 31)


def test_the_week_in_shanghai_is_the_one_people_know():
    week = edges(release_on=date(2026, 11, 20), time_zone="Asia/Shanghai", overrides={})
    local = {
        name: f"{at.astimezone(ZoneInfo('Asia/Shanghai')):%m-%d %H:%M}"
        for name, at in week.as_fields().items()
    }
    assert local == {
        "wishes_open_at": "11-06 18:00",
        "wishes_close_at": "11-16 00:00",
        "plan_due_at": "11-17 00:00",
        "freeze_at": "11-18 20:00",
        "inner_test_at": "11-19 10:00",
        "publish_at": "11-20 17:00",
        "ballots_open_at": "11-20 17:00",
        "slot_turns_at": "11-23 00:00",
        "reminder_at": "11-24 10:00",
        "ballots_close_at": "11-25 00:00",
        "tally_at": "11-25 00:10",
        "award_at": "11-25 10:00",
        "slot_returns_at": "11-26 00:00",
    }


def test_the_edges_are_fields_of_a_build():
    fields = {field.name for field in Build._meta.get_fields()}
    assert set(EDGES) <= fields


def test_a_time_skipped_by_the_clock_is_the_first_moment_after():
    # Berlin, 28 March 2027: 02:00 becomes 03:00.
    moment = first_moment(datetime(2027, 3, 28, 2, 30), ZoneInfo("Europe/Berlin"))
    assert moment == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first():
    # Berlin, 31 October 2027: 03:00 becomes 02:00.
    moment = first_moment(datetime(2027, 10, 31, 2, 30), ZoneInfo("Europe/Berlin"))
    assert moment == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_two_edges_in_one_gap_stay_apart():
    # Berlin again, a Sunday: both edges fall into the hour that is left out.
    week = edges(
        release_on=date(2027, 3, 24),
        time_zone="Europe/Berlin",
        overrides={"ballots_close": [4, "02:10"], "reminder": [3, "10:00"], "tally": [4, "02:30"]},
    )
    assert week.tally_at - week.ballots_close_at == timedelta(minutes=20)


def test_a_product_moves_edges_of_its_own():
    assert edges(
        release_on=date(2026, 11, 20), time_zone="UTC", overrides={"publish": [0, "16:30"]}
    ).publish_at == datetime(2026, 11, 20, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("edge", "rule", "why"),
    [
        ("lunch", [0, "12:00"], "no such edge"),
        ("publish", [0, "25:00"], "not a time"),
        ("publish", "17:00", "not a pair"),
        ("publish", [True, "17:00"], "not a pair"),
        ("publish", [400, "17:00"], "more than 60 days"),
        ("publish", [-1, "09:00"], "not after inner_test"),
        ("award", [5, "00:10"], "not after tally"),
    ],
)
def test_a_rule_that_makes_no_week_is_named(edge, rule, why):
    with pytest.raises(BadCalendar, match=why) as refusal:
        moments(date(2026, 11, 20), "UTC", **{edge: rule})
    assert refusal.value.edge == edge


def test_the_ballots_may_close_and_be_tallied_in_one_moment():
    assert moments(date(2026, 11, 20), "UTC", tally=list(WEEK["ballots_close"]))


@pytest.mark.parametrize(("day", "friday"), [(19, 20), (20, 27), (21, 27)])
def test_the_next_release_is_the_first_friday_after(day, friday):
    assert next_release_on(date(2026, 11, day)) == date(2026, 11, friday)


def test_a_zone_is_one_the_machine_knows():
    assert is_time_zone("Asia/Shanghai")
    assert not is_time_zone("Mars/Olympus")
