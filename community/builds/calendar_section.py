"""The calendar's section of a product's settings, and the weeks it makes."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from community.builds import queries
from community.builds.domain import calendar, product_week
from community.builds.domain.week.planning import label
from community.builds.forms.products import CalendarForm
from community.builds.models import Product
from community.builds.sections import Change, Column, Preview, Question, Row, Section, Table, Values
from community.text.joining import listed, sentences


def lines(values: Values) -> Mapping[str, str]:
    """The zone, and every edge as days from the release day and the time there."""
    rules = calendar.rules(values["rules"])
    said = {
        label(f"{edge}_at"): gettext("%(day)s, %(time)s") % {"day": _day(days), "time": clock}
        for edge, (days, clock) in rules.items()
    }
    return {gettext("Time zone"): values["time_zone"]} | said


def _day(days: int) -> str:
    if not days:
        return gettext("on the release day")
    away = abs(days)
    if days < 0:
        return ngettext("%(n)d day before", "%(n)d days before", away) % {"n": away}
    return ngettext("%(n)d day after", "%(n)d days after", away) % {"n": away}


def in_force(product: Product) -> str:
    """Builds that have their week keep it."""
    told = gettext("In force for builds that are scheduled from now on.")
    scheduled = queries.scheduled(product)
    if not scheduled:
        return told
    named = {"builds": listed(build.version for build in scheduled)}
    return sentences(
        told, gettext("Scheduled already, with a week that stays: %(builds)s.") % named
    )


def preview(question: Question) -> Preview:
    """The week of the last build, and the weeks to come, beside what they would be."""
    zone = ZoneInfo(question.after["time_zone"])
    days = product_week.coming_days(question.at, question.after["time_zone"])
    columns = [Column(f"week-{n}", day.isoformat(), "moment") for n, day in enumerate(days)]
    weeks = [
        (
            product_week.week_of(question.before, day).as_fields(),
            product_week.week_of(question.after, day).as_fields(),
        )
        for day in days
    ]
    build = question.build
    if build is not None and build.release_on is not None:
        real = {edge: getattr(build, edge) for edge in calendar.EDGES}
        weeks.insert(0, (real, product_week.week_of(question.after, build.release_on).as_fields()))
        columns.insert(0, Column("last", build.version, "moment"))
    rows = [
        Row(
            label(edge),
            [
                Change(was[edge].astimezone(zone), will[edge].astimezone(zone))
                for was, will in weeks
            ],
        )
        for edge in calendar.EDGES
    ]
    note = gettext("By the clocks of %(zone)s.") % {"zone": question.after["time_zone"]}
    table = Table(name="weeks", title=_("Weeks"), columns=columns, rows=rows, note=note)
    warnings = list(product_week.clashes(question.after, days, question.at))
    for taken in queries.scheduled(question.product):
        if taken.release_on and taken.release_on in days:
            told = gettext("%(build)s is scheduled for %(day)s already and keeps its week.")
            warnings.append(told % {"build": taken, "day": taken.release_on.isoformat()})
    return Preview([table], warnings)


CALENDAR = Section(
    name=product_week.CALENDAR,
    place=4,
    label=_("Calendar"),
    about=_("The product's time zone, and when in the week of a release what happens."),
    read=product_week.read,
    write=product_week.write,
    form=CalendarForm,
    lines=lines,
    in_force=in_force,
    is_kept_by_builds=False,
)
