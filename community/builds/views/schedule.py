"""The week of a build: giving it one, and moving its edges."""

from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.builds import queries
from community.builds.domain import calendar, week
from community.builds.domain.calendar import BadCalendar, Edges
from community.builds.domain.refusals import Refused
from community.builds.domain.week.planning import label, told
from community.builds.forms.week import ReleaseForm, WeekForm
from community.builds.models import Build
from community.builds.views.desk import Desk, desk_of, managed_build_or_404

State = Build.State


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_week(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft is given a release day; later every edge can be moved until it is reached."""
    build = managed_build_or_404(request, slug)
    with timezone.override(ZoneInfo(build.product.time_zone)):
        if build.state == State.DRAFT:
            return _schedule(request, desk_of(build))
        return _move(request, desk_of(build))


def _schedule(request: HttpRequest, desk: Desk) -> HttpResponse:
    build = desk.build
    day = _asked(request) or _next_free_day(build)
    form = ReleaseForm(request.POST or None, initial={"release_on": day})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["release_on"]
        try:
            week.schedule(build_id=build.pk, release_on=day, at=desk.at)
        except BadCalendar as refusal:
            form.add_error("release_on", told(refusal))
        except Refused as refusal:
            form.add_error("release_on", str(refusal))
        else:
            messages.success(request, _("%(build)s is scheduled.") % {"build": build})
            return redirect("builds:edit_week", build.slug)
    context = {"desk": desk, "build": build, "form": form, "edges": _preview(build, day)}
    return render(request, "builds/schedule.html", context)


def _next_free_day(build: Build) -> date:
    """The first Friday on which no other build of the channel goes out."""
    taken = queries.taken_days(build)
    day = calendar.next_release_on(timezone.localdate())
    while day in taken:
        day = calendar.next_release_on(day)
    return day


def _asked(request: HttpRequest) -> date | None:
    """The day whose week is to be looked at before it is chosen."""
    try:
        return parse_date(request.GET.get("release_on", ""))
    except ValueError:
        return None


def _preview(build: Build, day: date) -> list[tuple[str, object]]:
    """Every edge of the week a day would make, by name; empty where the calendar makes none."""
    try:
        edges: Edges = calendar.edges(
            release_on=day, time_zone=build.product.time_zone, overrides=build.product.calendar
        )
    except (BadCalendar, OverflowError):
        return []
    return [(label(edge), moment) for edge, moment in edges.as_fields().items()]


def _move(request: HttpRequest, desk: Desk) -> HttpResponse:
    build = desk.build
    form = WeekForm(request.POST or None, build=build, at=desk.at)
    if request.method == "POST" and form.is_valid():
        try:
            is_moved = week.move_edges(build_id=build.pk, moves=form.moves(), at=desk.at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if is_moved:
                messages.success(request, _("The week is moved."))
            return redirect("builds:edit_week", build.slug)
    context = {
        "desk": desk,
        "build": build,
        "form": form,
        "may_move": build.state in {State.SCHEDULED, State.PUBLISHED},
    }
    return render(request, "builds/edit_week.html", context)
