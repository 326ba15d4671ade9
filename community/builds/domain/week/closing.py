"""The end of the window: closing it, giving lost time back once, recalling, the award."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from community.builds.domain import window
from community.builds.domain.announcement import tell_recalled
from community.builds.domain.refusals import Invalid, TooEarly, TooLate, WrongState
from community.builds.domain.week.rows import State, as_told, current, locked, require, wrong_state
from community.builds.models import Build

# A window that lost no more than this is not extended.
WORTH_EXTENDING = timedelta(hours=1)
GIVEN_BACK = ("ballots_close_at", "tally_at", "award_at", "slot_returns_at")


@transaction.atomic
def close(*, build_id: int, at: datetime | None = None) -> bool:
    """End the window when the database's clock says so; ``at`` only in a development database.

    Votes under way are waited for and counted. Raises WrongState, TooEarly, NotAllowedHere;
    OperationalError when votes under way take too long (try again).
    """
    window.hold_closed(build_id)
    now = window.moment(at)
    due = Build.objects.due_to_close(now).filter(pk=build_id)
    if due.update(state=State.CLOSED, closed_at=now):
        return True
    build = current(build_id)
    if build.state in {State.CLOSED, State.AWARDED}:
        return False
    if build.state == State.PUBLISHED and build.ballots_close_at:
        hour = as_told(build.ballots_close_at, build)
        raise TooEarly(_("The ballots close on %(hour)s.") % {"hour": hour})
    raise wrong_state(build)


@transaction.atomic
def extend(*, build_id: int, at: datetime) -> bool:
    """Give a window back the time it lost by a late publish, once; tally and award follow.

    Raises WrongState, TooLate (it has closed), Invalid (it lost an hour or less).
    """
    window.hold_closed(build_id)
    build = locked(build_id)
    require(build, State.PUBLISHED)
    if build.extended_at:
        return False
    _refuse_closed(build, at)
    if build.late_by <= WORTH_EXTENDING:
        raise Invalid(
            "ballots_close_at", _("Only a window that lost more than an hour can be extended.")
        )
    later = {edge: getattr(build, edge) + build.late_by for edge in GIVEN_BACK}
    Build.objects.filter(pk=build.pk).update(extended_at=at, **later)
    return True


@transaction.atomic
def recall(*, build_id: int, reason: str, at: datetime) -> bool:
    """Take a published build back: ballots stop, nothing is lost, there will be no award.

    Raises WrongState, TooLate (its ballots have closed), Invalid (no reason).
    """
    window.hold_closed(build_id)
    build = locked(build_id)
    if build.state == State.RECALLED:
        return False
    if not reason.strip():
        raise Invalid("reason", _("Say why the build is recalled: everybody will read it."))
    require(build, State.PUBLISHED)
    _refuse_closed(build, at)
    Build.objects.filter(pk=build.pk, state=State.PUBLISHED).update(
        state=State.RECALLED, state_reason=reason.strip(), closed_at=at
    )
    tell_recalled(build=build, reason=reason.strip(), at=at)
    return True


def mark_awarded(*, build_id: int) -> bool:
    """The award of a closed build is out."""
    if Build.objects.filter(pk=build_id, state=State.CLOSED).update(state=State.AWARDED):
        return True
    build = current(build_id)
    if build.state == State.AWARDED:
        return False
    if build.state == State.PUBLISHED:
        raise WrongState(_("The ballots of %(build)s are still open.") % {"build": build})
    raise wrong_state(build)


def _refuse_closed(build: Build, at: datetime) -> None:
    if build.ballots_close_at and build.ballots_close_at <= at:
        hour = as_told(build.ballots_close_at, build)
        raise TooLate(_("The ballots closed on %(hour)s.") % {"hour": hour})
