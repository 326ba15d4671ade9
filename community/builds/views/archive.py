"""The archive: every build in the calendar."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from community.builds import queries
from community.builds.models import Build, Product

SHOWN_STATES = (
    Build.State.SCHEDULED,
    Build.State.PUBLISHED,
    Build.State.CLOSED,
    Build.State.AWARDED,
    Build.State.RECALLED,
)
WEEKDAYS = (
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
)


@dataclass(frozen=True)
class Day:
    """One square of the calendar."""

    on: date
    is_in_month: bool
    builds: list[Build]


@dataclass(frozen=True)
class Month:
    """A month with builds: its weeks from Monday, and its builds from the newest."""

    first: date
    weeks: list[list[Day]]
    builds: list[Build]


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Builds of a year by month, filtered by product, channel, state and area."""
    chosen = {name: request.GET.get(name, "") for name in ("product", "channel", "state", "area")}
    builds = queries.archive(request.user, **chosen)
    years = _years(builds)
    year = _chosen_year(request, years)
    shown = queries.with_build_counts(builds).annotate(year=_year()).filter(year=year)
    context = {
        "months": months(list(shown)),
        "weekdays": WEEKDAYS,
        "year": year,
        "years": years,
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "products": Product.objects.order_by("name"),
        "channels": Build.Channel.choices,
        "states": [(state.value, state.label) for state in SHOWN_STATES],
        "areas": queries.areas(queries.archive(request.user, product=chosen["product"])),
    }
    return render(request, "builds/archive.html", context)


def _year() -> ExtractYear:
    return ExtractYear(Coalesce("published_at", "publish_at"))


def _years(builds: QuerySet[Build]) -> list[int]:
    dated = builds.order_by().annotate(year=_year()).exclude(year__isnull=True)
    return sorted(set(dated.values_list("year", flat=True).distinct()), reverse=True)


def _chosen_year(request: HttpRequest, years: list[int]) -> int:
    """The year asked for, where there is something in it; else the newest."""
    asked = {str(year): year for year in years}.get(request.GET.get("year", ""))
    return asked or (years[0] if years else timezone.localdate().year)


def released_on(build: Build) -> date | None:
    """The day a build went or goes out, where its product is at home."""
    moment = build.published_at or build.publish_at
    return moment.astimezone(ZoneInfo(build.product.time_zone)).date() if moment else None


def months(builds: list[Build]) -> list[Month]:
    """The months in which any of the builds came out, newest first."""
    by_day: dict[date, list[Build]] = defaultdict(list)
    for build in builds:
        if on := released_on(build):
            by_day[on].append(build)
    firsts = sorted({on.replace(day=1) for on in by_day}, reverse=True)
    return [_month(first, by_day) for first in firsts]


def _month(first: date, by_day: dict[date, list[Build]]) -> Month:
    weeks = [
        [
            Day(on, on.month == first.month, by_day.get(on, []) if on.month == first.month else [])
            for on in week
        ]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    listed = [build for week in reversed(weeks) for day in reversed(week) for build in day.builds]
    return Month(first, weeks, listed)
