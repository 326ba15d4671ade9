"""What the award shows on the pages of builds, engineers, members and vote reports."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from awards.popcorn import charts, permissions, queries
from awards.popcorn.models import Award, AwardPlace
from community.builds.models import Build, Engineer
from community.members.models import Member
from community.text.numbers import count
from feedback.reports.panels import Printed

WEEKS = 12
TOP = 3


def award_on_build(request: HttpRequest, build: Build) -> str:
    """Who won with a build; before, when that will be told; if it is withheld, why."""
    if build.state not in {Build.State.CLOSED, Build.State.AWARDED}:
        return ""
    award = _award(request, build)
    withheld = None if award else queries.withheld(build.slug)
    return _rendered("build", request, build=build, award=award, withheld=withheld)


def awards_on_engineer(request: HttpRequest, engineer: Engineer) -> str:
    """An engineer's title and awards; their own bands are for themselves alone."""
    places = list(queries.places_of(engineer))
    buckets = queries.won_buckets(engineer)
    is_self = permissions.can_see_band(request.user, engineer)
    wins = [place for place in places if place.is_winner]
    if not buckets and not wins and not (is_self and places):
        return ""
    return _rendered(
        "engineer",
        request,
        titles=queries.held_buckets(engineer),
        buckets=buckets[:WEEKS],
        wins=wins[:WEEKS],
        own=charts.chart(places[:WEEKS]) if is_self else None,
    )


def title_on_profile(request: HttpRequest, member: Member, _at: datetime) -> str:
    """The title 大神, while an engineer carries it."""
    engineer = Engineer.objects.shown().filter(member=member).first()
    titles = queries.held_buckets(engineer) if engineer else []
    return _rendered("profile", request, engineer=engineer, titles=titles) if titles else ""


def announce_on_report(request: HttpRequest, build: Build) -> str:
    """The button that lets an award out, while it waits."""
    award = _steered(request, build)
    if award is None or award.state == Award.State.ANNOUNCED:
        return ""
    return _rendered("report_action", request, award=award)


def discount_on_report(request: HttpRequest, build: Build) -> str:
    """How much weight coordination took away, and the way to see why."""
    award = _steered(request, build)
    return _rendered("report_summary", request, award=award) if award else ""


def award_on_report(request: HttpRequest, build: Build) -> str:
    """The award with its uncertainty."""
    award = _steered(request, build)
    if award is None:
        return ""
    shown = [place for place in queries.places(award) if place.is_shown]
    top = [place for place in shown if place.is_winner or (place.place or 0) <= TOP]
    return _rendered("report_award", request, award=award, top=top)


def award_on_first_page(reader: Member, build: Build) -> Printed | None:
    """An award that is out, for the page that is printed and mailed."""
    if not permissions.can_steer(reader, build):
        return None
    award = queries.awards_for(reader, build.slug).first()
    if award is None or award.state != Award.State.ANNOUNCED:
        return None
    rows = [
        (f"{place.shown_place}  {place.person}", count(place.score, 1), _between(place))
        for place in queries.places(award)
        if place.is_shown and (place.is_winner or (place.place or 0) <= TOP)
    ]
    return Printed(_("Popcorn Award"), rows, _("Nobody was eligible this week."))


def _between(place: AwardPlace) -> str:
    low, high = count(place.score_low, 1), count(place.score_high, 1)
    return _("90 %% between %(low)s and %(high)s") % {"low": low, "high": high}


def _steered(request: HttpRequest, build: Build) -> Award | None:
    return _award(request, build) if permissions.can_steer(request.user, build) else None


def _award(request: HttpRequest, build: Build) -> Award | None:
    """The award somebody may see, asked of the database once a request."""
    known: dict[int, Award | None] = request.__dict__.setdefault("_awards", {})
    if build.pk not in known:
        awards = queries.awards_for(request.user, build.slug)
        known[build.pk] = awards.prefetch_related(queries.HELD, queries.WON).first()
    return known[build.pk]


def _rendered(panel: str, request: HttpRequest, **context: Any) -> str:
    return render_to_string(f"popcorn/panels/{panel}.html", context, request)
