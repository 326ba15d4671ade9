"""Quiet hours and the hours of digests, by a member's own clock; no database, no present."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MONDAY = 0


def is_quiet(at: datetime, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> bool:
    """Whether the clock on the wall is in [from, until), which may go over midnight."""
    clock = at.astimezone(zone).time()
    if quiet_from < quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def end_of_quiet(at: datetime, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> datetime:
    """The first whole minute from `at` that is not quiet; `at` itself if it is not.

    When the clocks change on the way the guess is an hour off: from there minute by minute.
    """
    if not is_quiet(at, zone, quiet_from, quiet_until):
        return at
    now = at.astimezone(zone).replace(tzinfo=None)
    end = datetime.combine(now.date(), quiet_until)
    end += DAY if end <= now else timedelta()
    guess = at + (end - now)
    while is_quiet(guess, zone, quiet_from, quiet_until):
        guess += MINUTE
    while not is_quiet(guess - MINUTE, zone, quiet_from, quiet_until):
        guess -= MINUTE
    return guess


def next_digest(after: datetime, zone: ZoneInfo, hour: int, *, is_weekly: bool) -> datetime:
    """The next moment after this one when the clock says this hour; of a week's, on a Monday.

    An hour that the clocks leave out is the one after it.
    """
    day = after.astimezone(zone).date()
    while True:
        moment = datetime.combine(day, time(hour), zone).astimezone(after.tzinfo)
        if moment > after and (not is_weekly or day.weekday() == MONDAY):
            return moment
        day += DAY
