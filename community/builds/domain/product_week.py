"""The calendar of a product: its zone, the edges that differ from the usual week, and clashes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from community.builds.domain import calendar
from community.builds.domain.calendar import BadCalendar, Edges
from community.builds.domain.refusals import Invalid
from community.builds.domain.week.planning import label, told
from community.builds.models import Product
from community.builds.sections import Values

CALENDAR = "calendar"
WEEKS = 3
# What must be over before the next build goes out.
BEFORE_THE_NEXT = ("ballots_close_at", "award_at")


def read(product: Product) -> Values:
    """Zone and rules of a product as they stand; rules are those that differ alone."""
    return {"time_zone": product.time_zone, "rules": product.calendar}


def values_of(time_zone: str, rules: dict[str, tuple[int, str]]) -> Values:
    """What was typed, every edge or some, as plain values: only what differs is kept."""
    differing = {
        edge: list(rule) for edge, rule in rules.items() if calendar.WEEK.get(edge) != rule
    }
    return {"time_zone": time_zone, "rules": differing}


def write(product: Product, values: Values) -> None:
    """Set them for the builds scheduled from now on; raises Invalid."""
    check(values)
    Product.objects.filter(pk=product.pk).update(
        time_zone=values["time_zone"], calendar=values["rules"]
    )


def check(values: Values) -> None:
    """Raise Invalid unless there is such a zone, and the rules make a week."""
    if not calendar.is_time_zone(values["time_zone"]):
        raise Invalid("time_zone", _("There is no such time zone."))
    try:
        calendar.rules(values["rules"])
    except BadCalendar as refusal:
        raise Invalid("rules", told(refusal)) from refusal


def week_of(values: Values, release_on: date) -> Edges:
    """Every edge of the week released on a day."""
    return calendar.edges(
        release_on=release_on, time_zone=values["time_zone"], overrides=values["rules"]
    )


def coming_days(at: datetime, time_zone: str) -> Sequence[date]:
    """The next release days after a moment, by the product's clock."""
    first = calendar.next_release_on(at.astimezone(ZoneInfo(time_zone)).date())
    return [first + timedelta(weeks=week) for week in range(WEEKS)]


def clashes(values: Values, days: Sequence[date], at: datetime) -> Iterator[str]:
    """What is wrong with the weeks of some days, one after the other, in sentences."""
    weeks = [week_of(values, day) for day in days]
    for (week, later), day in zip(pairwise(weeks), days, strict=False):
        for edge in BEFORE_THE_NEXT:
            if getattr(week, edge) > later.publish_at:
                yield _("The week of %(day)s: “%(edge)s” comes after the next build is out.") % {
                    "day": day.isoformat(),
                    "edge": label(edge),
                }
    for week, day in zip(weeks, days, strict=True):
        yield from _skipped_or_doubled(values, week, day)
        if week.freeze_at <= at:
            yield _("The week of %(day)s: “%(edge)s” has passed already.") % {
                "day": day.isoformat(),
                "edge": label("freeze_at"),
            }


def _skipped_or_doubled(values: Values, week: Edges, day: date) -> Iterator[str]:
    """Edges on an hour that the clock of the zone skips, or shows twice."""
    zone = ZoneInfo(values["time_zone"])
    rules = calendar.rules(values["rules"])
    for edge, moment in week.as_fields().items():
        wall = calendar.wall(day, *rules[edge.removesuffix("_at")])
        local = moment.astimezone(zone)
        words = {
            "day": day.isoformat(),
            "edge": label(edge),
            "clock": f"{local:%Y-%m-%d %H:%M}",
            "zone": values["time_zone"],
        }
        if local.replace(tzinfo=None) != wall:
            yield (
                _(
                    "The week of %(day)s: the clocks of %(zone)s skip the hour of “%(edge)s”; it "
                    "is at %(clock)s."
                )
                % words
            )
        elif wall.replace(tzinfo=zone, fold=1).utcoffset() != local.utcoffset():
            yield (
                _(
                    "The week of %(day)s: the clocks of %(zone)s show the hour of “%(edge)s”, "
                    "%(clock)s, twice; the first is meant."
                )
                % words
            )
