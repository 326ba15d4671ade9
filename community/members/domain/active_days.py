"""Which members came on which day: noted once, counted when the day is over, then forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from community.members.models import ActiveDay, DayCount

DAYS_STAY = timedelta(days=90)
# A page that was asked for before midnight is answered by then.
LATE = timedelta(minutes=10)

# Every day of a span, with its members and those of the seven days that it ends.
_COUNTS = """
SELECT day::date,
       (SELECT count(*) FROM members_activeday WHERE active_on = day::date),
       (SELECT count(DISTINCT member_id) FROM members_activeday
         WHERE active_on > day::date - 7 AND active_on <= day::date)
  FROM generate_series(%s::date, %s::date, '1 day') AS day
"""
_KEEP = f"""
INSERT INTO members_daycount (active_on, members, members_in_week) {_COUNTS}
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, kw_only=True)
class Active:
    """How many members came on a day, and in the seven days that it ends."""

    day: int
    week: int


def day_of(at: datetime) -> date:
    """The day it is where the site is."""
    return timezone.localdate(at, timezone.get_default_timezone())


def note(*, member_id: int, on: date) -> None:
    """The member was here; noted before, it stays as it is."""
    ActiveDay.objects.bulk_create(
        [ActiveDay(member_id=member_id, active_on=on)], ignore_conflicts=True
    )


def count_days(*, at: datetime) -> int:
    """Count every day that is over and was not counted; how many. Run twice, the same."""
    last = day_of(at - LATE) - timedelta(days=1)
    first = _first_uncounted()
    if first is None or first > last:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [first, last])
        return int(cursor.rowcount)


def forget_old(*, at: datetime) -> int:
    """Forget who came on days that are counted and long over; how many rows."""
    uncounted = _first_uncounted()
    if uncounted is None:
        return 0
    # The week of the first day that is not counted yet still needs its six days before.
    until = min(day_of(at) - DAYS_STAY, uncounted - timedelta(days=6))
    return ActiveDay.objects.filter(active_on__lt=until).delete()[0]


def active_by_day(first: date, last: date) -> Mapping[date, Active]:
    """How many came on each day of a span: as it was kept, and what is not kept yet counted now."""
    kept = DayCount.objects.filter(active_on__gte=first, active_on__lte=last)
    days = {row.active_on: Active(day=row.members, week=row.members_in_week) for row in kept}
    fresh = _first_uncounted()
    if fresh and fresh <= last:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS, [max(fresh, first), last])
            days |= {day: Active(day=many, week=week) for day, many, week in cursor.fetchall()}
    return days


def _first_uncounted() -> date | None:
    """The day after the last one counted; None when nobody ever came."""
    last = DayCount.objects.order_by("-active_on").values_list("active_on", flat=True).first()
    if last:
        return last + timedelta(days=1)
    return ActiveDay.objects.order_by("active_on").values_list("active_on", flat=True).first()
