"""Before a build goes out: giving it a week, moving its edges, calling it off."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from community.builds.domain import calendar, settings, window
from community.builds.domain.calendar import BadCalendar
from community.builds.domain.refusals import Invalid, OutOfOrder, Refused, Taken, TooLate, said_as
from community.builds.domain.week.rows import State, as_told, locked, require
from community.builds.models import Build
from community.builds.models.build import ONE_AFTER_THE_OTHER

NO_WEEK = dict.fromkeys(("release_on", "frozen_at", *calendar.EDGES))


@transaction.atomic
def schedule(*, build_id: int, release_on: date, at: datetime) -> bool:
    """Give a draft its week, by the calendar of its product.

    Raises WrongState, TooLate (the hour has passed), Taken (another build of the channel goes out
    that day), BadCalendar (the product's overrides), Invalid (a day at the end of all calendars).
    """
    settings.hold_of(build_id=build_id)
    build = locked(build_id)
    if build.state == State.SCHEDULED and build.release_on == release_on:
        return False
    require(build, State.DRAFT)
    try:
        week = calendar.edges(
            release_on=release_on,
            time_zone=build.product.time_zone,
            overrides=build.product.calendar,
        )
    except OverflowError as error:
        raise Invalid("release_on", _("No calendar reaches as far as that day.")) from error
    if week.publish_at <= at:
        raise TooLate(
            _("The hour of that release, %(hour)s, has passed.")
            % {"hour": as_told(week.publish_at, build)}
        )
    taken = Taken(_("Another build of this channel goes out on that day."))
    with said_as({"build_once_a_release_day": taken}):
        Build.objects.filter(pk=build.pk).update(
            state=State.SCHEDULED, state_reason="", release_on=release_on, **week.as_fields()
        )
    return True


@transaction.atomic
def unschedule(*, build_id: int) -> bool:
    """Take a scheduled build back to draft: its week is forgotten, its change list open again."""
    build = locked(build_id)
    if build.state == State.DRAFT:
        return False
    require(build, State.SCHEDULED)
    return _back_to_draft(build)


@transaction.atomic
def cancel(*, build_id: int, reason: str) -> bool:
    """Call off a build that has not gone out; ``restore`` brings it back as a draft."""
    build = locked(build_id)
    if build.state == State.CANCELLED:
        return False
    require(build, State.DRAFT, State.SCHEDULED)
    Build.objects.filter(pk=build.pk).update(state=State.CANCELLED, state_reason=reason)
    return True


@transaction.atomic
def restore(*, build_id: int) -> bool:
    """Bring a cancelled build back as a draft."""
    build = locked(build_id)
    if build.state == State.DRAFT:
        return False
    require(build, State.CANCELLED)
    return _back_to_draft(build)


def _back_to_draft(build: Build) -> bool:
    Build.objects.filter(pk=build.pk).update(
        state=State.DRAFT, state_reason="", is_held=False, **NO_WEEK
    )
    return True


def move_edge(*, build_id: int, edge: str, to: datetime, at: datetime) -> bool:
    """Move one edge; see ``move_edges``."""
    return move_edges(build_id=build_id, moves={edge: to}, at=at)


@transaction.atomic
def move_edges(*, build_id: int, moves: Mapping[str, datetime], at: datetime) -> bool:
    """Move edges that have not been reached, all of them or none; they keep their order.

    ``moves`` maps names of ``calendar.EDGES`` to aware datetimes; ballots that open as the build
    goes out move with it. Raises WrongState, Invalid (no such edge), TooLate (an edge was
    reached, or its new moment has passed) and OutOfOrder.
    """
    window.hold_closed(build_id)
    build = locked(build_id)
    require(build, State.SCHEDULED, State.PUBLISHED)
    changes = {edge: to for edge, to in moves.items() if _now_at(build, edge) != to}
    for edge, to in changes.items():
        _refuse_past(build, edge, to, at)
    if "publish_at" in changes and build.ballots_open_at == build.publish_at:
        changes.setdefault("ballots_open_at", changes["publish_at"])
    with said_as(_order()):
        Build.objects.filter(pk=build.pk).update(**changes)
    return bool(changes)


def _now_at(build: Build, edge: str) -> datetime | None:
    if edge not in calendar.EDGES:
        raise Invalid(edge, _("There is no such edge."))
    moment: datetime | None = getattr(build, edge)
    return moment


def _refuse_past(build: Build, edge: str, to: datetime, at: datetime) -> None:
    if is_reached(build, edge, at):
        raise TooLate(
            _("“%(edge)s” has been reached and cannot be moved any more.") % {"edge": label(edge)}
        )
    if to <= at:
        raise TooLate(_("The new moment of “%(edge)s” has passed.") % {"edge": label(edge)})


def is_reached(build: Build, edge: str, at: datetime) -> bool:
    """Whether an edge is behind us: what must happen at it has happened, or its hour has come.

    A build that is held, or whose change list is incomplete, has not gone out: those edges wait.
    """
    if edge in {"publish_at", "ballots_open_at"}:
        return build.published_at is not None
    if edge == "freeze_at":
        return build.frozen_at is not None
    moment: datetime | None = getattr(build, edge)
    return moment is not None and moment <= at


def label(edge: str) -> str:
    """What people call an edge."""
    return str(_LABELS[edge])


_LABELS = {field.name: field.verbose_name for field in Build._meta.fields}


def told(refusal: BadCalendar) -> str:
    """A calendar's refusal as a sentence."""
    if refusal.earlier:
        return _come_after(f"{refusal.edge}_at", f"{refusal.earlier}_at")
    return _("The calendar of the product has no rule for “%(edge)s” that can be kept.") % {
        "edge": refusal.edge
    }


def _come_after(later: str, earlier: str) -> str:
    words = {"later": label(later), "earlier": label(earlier)}
    return _("“%(later)s” has to come after “%(earlier)s”.") % words


def _order() -> dict[str, Refused]:
    pairs = {
        "build_ballots_open_after_publish": ("publish_at", "ballots_open_at"),
        "build_window_opens_before_it_closes": ("ballots_open_at", "ballots_close_at"),
        "build_tally_after_close": ("ballots_close_at", "tally_at"),
    }
    for earlier, later in ONE_AFTER_THE_OTHER:
        name = f"build_{later.removesuffix('_at')}_after_{earlier.removesuffix('_at')}"
        pairs[name] = (earlier, later)
    return {
        name: OutOfOrder(_come_after(later, earlier)) for name, (earlier, later) in pairs.items()
    }
