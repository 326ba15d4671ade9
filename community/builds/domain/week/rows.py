"""A build's row, locked, and the sentences for a state that does not fit."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.builds.domain.refusals import NoSuchBuild, WrongState
from community.builds.models import Build

State = Build.State


def locked(build_id: int) -> Build:
    """The build with its product; nobody else moves it until the transaction ends."""
    builds = Build.objects.select_related("product").select_for_update(of=("self",))
    return _found(builds.filter(pk=build_id).first())


def current(build_id: int) -> Build:
    return _found(Build.objects.select_related("product").filter(pk=build_id).first())


def _found(build: Build | None) -> Build:
    if build is None:
        raise NoSuchBuild(_("This build does not exist any more."))
    return build


def require(build: Build, *states: Build.State) -> None:
    """Raise WrongState unless the build is in one of the states."""
    if build.state not in states:
        raise wrong_state(build)


def wrong_state(build: Build) -> WrongState:
    return WrongState(_SENTENCES[State(build.state)]() % {"build": build})


def as_told(moment: datetime, build: Build) -> str:
    """A moment on the wall clock of the build's product."""
    local = moment.astimezone(ZoneInfo(build.product.time_zone))
    return date_format(local, pgettext("exact date and time", "j M Y, H:i"))


_SENTENCES = {
    State.DRAFT: lambda: _("%(build)s is a draft: schedule it first."),
    State.SCHEDULED: lambda: _("%(build)s is scheduled and has not gone out yet."),
    State.PUBLISHED: lambda: _("%(build)s has gone out already."),
    State.CLOSED: lambda: _("The ballots of %(build)s are closed: nothing about it can be moved."),
    State.AWARDED: lambda: _("%(build)s has its award: nothing about it can be moved."),
    State.CANCELLED: lambda: _("%(build)s is cancelled."),
    State.RECALLED: lambda: _("%(build)s was recalled."),
}
