"""Moments as people say them; the exact one is always beside."""

from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple, Self

from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language, gettext, gettext_noop, ngettext, pgettext

MINUTE, HOUR = 60, 3600
_THIS_WEEK = 6  # days in which a weekday alone is clear

# Named here for our own catalogue: Django's Chinese says 星期五 where there is room for 周五 alone.
_SHORT_WEEKDAYS = (
    gettext_noop("Mon"),
    gettext_noop("Tue"),
    gettext_noop("Wed"),
    gettext_noop("Thu"),
    gettext_noop("Fri"),
    gettext_noop("Sat"),
    gettext_noop("Sun"),
)


def exact(at: datetime) -> str:
    """Friday 20 November 2026, 17:00 (Asia/Shanghai)."""
    return _exact(localtime(at), get_language())


def relative(at: datetime, now: datetime) -> str:
    """4 min ago, in 2 h, yesterday 17:00, Fri 17:00, 20 Nov, 20 Nov 2025."""
    return _relative(localtime(at), localtime(now), get_language())


class Moment(NamedTuple):
    """Now, for who reads: asked once for a page that names many moments."""

    local: datetime
    language: str | None

    @classmethod
    def of(cls, now: datetime) -> Self:
        return cls(now.astimezone(get_current_timezone()), get_language())


def both(at: datetime, now: Moment) -> tuple[str, str]:
    """The exact and the relative words, for a third of their price."""
    local = at.astimezone(now.local.tzinfo)
    return _exact(local, now.language), _relative(local, now.local, now.language)


def _exact(local: datetime, language: str | None) -> str:
    before, after = _forms(language).exact
    day = _day(local.date(), before, language)
    return f"{day}{local.hour:02}:{local.minute:02}{after} ({local.tzinfo})"


def _relative(local: datetime, today: datetime, language: str | None) -> str:
    seconds = int((local - today).total_seconds())
    if abs(seconds) < MINUTE:
        return gettext("just now") if seconds <= 0 else gettext("in a moment")
    if abs(seconds) < HOUR:
        return _distance_in_minutes(seconds)
    days = (local.date() - today.date()).days
    if days == 0:
        return _distance_in_hours(seconds)
    if abs(days) <= _THIS_WEEK:
        return _day_of_the_week(days, local)
    return _date(local, today, language)


def deadline(at: datetime, now: datetime) -> str:
    """Tue 24:00 within the week, else Tue 24 Nov, 24:00: midnight ends the day before it."""
    local, today = localtime(at), localtime(now)
    clock = date_format(local, "H:i")
    if local.time() == time(0):
        local, clock = local - timedelta(days=1), "24:00"
    is_near = 0 <= (local.date() - today.date()).days <= _THIS_WEEK
    day = date_format(local, "D" if is_near else pgettext("date of a deadline", "D j M"))
    return f"{day} {clock}"


def day_mark() -> str:
    """What stands between the days and the hours that are left."""
    return gettext(" d ")


def remaining(until: datetime, now: datetime) -> str:
    """2 d 03:12 and, on the last day, 03:12:45; an empty text when it is over."""
    seconds = int((until - now).total_seconds())
    if seconds <= 0:
        return ""
    days, rest = divmod(seconds, 24 * HOUR)
    hours, rest = divmod(rest, HOUR)
    if days:
        return f"{days}{day_mark()}{hours:02}:{rest // MINUTE:02}"
    return f"{hours:02}:{rest // MINUTE:02}:{rest % MINUTE:02}"


def _distance_in_minutes(seconds: int) -> str:
    minutes = abs(seconds) // MINUTE
    if seconds < 0:
        return ngettext("%(n)d min ago", "%(n)d min ago", minutes) % {"n": minutes}
    return ngettext("in %(n)d min", "in %(n)d min", minutes) % {"n": minutes}


def _distance_in_hours(seconds: int) -> str:
    hours = abs(seconds) // HOUR
    if seconds < 0:
        return ngettext("%(n)d h ago", "%(n)d h ago", hours) % {"n": hours}
    return ngettext("in %(n)d h", "in %(n)d h", hours) % {"n": hours}


def _day_of_the_week(days: int, local: datetime) -> str:
    named = {-1: gettext("yesterday"), 1: gettext("tomorrow")}
    return f"{named.get(days) or date_format(local, 'D')} {date_format(local, 'H:i')}"


def _date(local: datetime, today: datetime, language: str | None) -> str:
    forms = _forms(language)
    form = forms.in_this_year if local.year == today.year else forms.in_another_year
    return _day(local.date(), form, language)


class _Forms(NamedTuple):
    """How a language writes dates; the exact one in what comes before and after the clock."""

    exact: tuple[str, str]
    in_this_year: str
    in_another_year: str


@cache
def _forms(_language: str | None) -> _Forms:
    before, after = pgettext("exact date and time", "l j F Y, H:i").split("H:i")
    this_year = pgettext("date in this year", "j M")
    return _Forms((before, after), this_year, pgettext("date in another year", "j M Y"))


@lru_cache(maxsize=10_000)
def _day(day: date, form: str, _language: str | None) -> str:
    """A date in the current language: a page names twenty, and most of them twice."""
    return date_format(day, form)
