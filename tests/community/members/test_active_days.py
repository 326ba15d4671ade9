"""A member's day is noted once, counted when it is over, and forgotten after a quarter."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.members.domain import active_days
from community.members.models import ActiveDay, DayCount
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 1)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def days(count: int) -> date:
    return FIRST + timedelta(days=count)


def test_a_second_page_of_the_day_asks_and_writes_nothing_more(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(make_member())
    client.get("/settings/data/")
    with django_assert_num_queries(1):  # the member
        client.get("/healthz")
    assert ActiveDay.objects.count() == 1


def test_a_session_of_yesterday_is_noted_today() -> None:
    client = signed_in(make_member())
    session = client.session
    session["active_on"] = "2026-01-01"
    session.save()
    ActiveDay.objects.all().delete()
    client.get("/settings/data/")
    assert ActiveDay.objects.get().active_on == active_days.day_of(timezone.now())


def test_a_day_is_counted_when_it_is_over_and_a_week_counts_everybody_once() -> None:
    one, two = make_member(), make_member()
    for member, day in ((one, 0), (two, 0), (one, 3), (one, 9)):
        active_days.note(member_id=member.pk, on=days(day))
    assert active_days.count_days(at=noon(days(9))) == 9
    assert active_days.count_days(at=noon(days(9))) == 0
    kept = {row.active_on: (row.members, row.members_in_week) for row in DayCount.objects.all()}
    assert [kept[days(n)] for n in (0, 3, 6, 7)] == [(2, 2), (1, 2), (0, 2), (0, 1)]


def test_what_was_counted_and_what_was_not_are_shown_alike() -> None:
    member = make_member()
    for day in (0, 1):
        active_days.note(member_id=member.pk, on=days(day))
    before = active_days.active_by_day(days(0), days(1))
    active_days.count_days(at=noon(days(1)))
    assert active_days.active_by_day(days(0), days(1)) == before


def test_who_came_is_forgotten_after_a_quarter_and_how_many_is_kept() -> None:
    member = make_member()
    active_days.note(member_id=member.pk, on=days(0))
    assert active_days.forget_old(at=noon(days(120))) == 0  # not counted yet
    active_days.count_days(at=noon(days(120)))
    assert active_days.forget_old(at=noon(days(89))) == 0
    assert active_days.forget_old(at=noon(days(120))) == 1
    assert active_days.active_by_day(days(0), days(0))[days(0)].day == 1
