"""The periods the dashboard looks back over."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Period:
    """A number of days up to today."""

    name: str
    label: str | Promise
    days: int

    def span(self, today: date) -> "Span":
        return Span(first=today - timedelta(days=self.days - 1), last=today)


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days of the site's time zone, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(count)]

    @property
    def begins_at(self) -> datetime:
        return timezone.make_aware(
            datetime.combine(self.first, time.min), timezone.get_default_timezone()
        )


PERIODS = (
    Period(name="week", label=_("Week"), days=7),
    Period(name="four-weeks", label=_("Four weeks"), days=28),
    Period(name="quarter", label=_("Quarter"), days=91),
)


def period_named(name: str) -> Period | None:
    """The period of this name; the week for ""."""
    return next((period for period in PERIODS if period.name == (name or "week")), None)
