"""Orange Friday: freezing the change list, holding, sending the build out exactly once."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.builds.domain import settings
from community.builds.domain.announcement import announce
from community.builds.domain.refusals import (
    ChangeListIncomplete,
    Held,
    TooEarly,
    TooLate,
    said_as,
)
from community.builds.domain.week.rows import State, as_told, current, locked, require, wrong_state
from community.builds.models import Build, InstalledShare
from community.builds.models.build import PUNCTUAL
from community.builds.queries import unsigned_features
from community.text.joining import listed

OUT = (State.PUBLISHED, State.CLOSED, State.AWARDED)
NAMED = 3


@transaction.atomic
def freeze(*, build_id: int, at: datetime) -> bool:
    """Freeze the change list when its hour has come: every change is signed in full.

    Raises WrongState, TooEarly, ChangeListIncomplete (which names the features).
    """
    build = locked(build_id)
    if build.frozen_at:
        return False
    require(build, State.SCHEDULED)
    if build.freeze_at and at < build.freeze_at:
        raise TooEarly(
            _("The change list is frozen on %(hour)s.") % {"hour": as_told(build.freeze_at, build)}
        )
    return _freeze(build, at)


def _freeze(build: Build, at: datetime) -> bool:
    with said_as({"build_change_list_complete": incomplete(build)}):
        return bool(Build.objects.filter(pk=build.pk, frozen_at=None).update(frozen_at=at))


def incomplete(build: Build) -> ChangeListIncomplete:
    """The refusal of a change list, naming what is not signed in full."""
    titles = list(unsigned_features(build.pk).values_list("title", flat=True))
    if not titles:
        return ChangeListIncomplete(_("There is no change in this build yet."), titles)
    named = listed(f"“{title}”" for title in titles[:NAMED])
    if len(titles) > NAMED:
        named = _("%(named)s and %(count)d more") % {"named": named, "count": len(titles) - NAMED}
    sentence = ngettext(
        "The change list is incomplete. This change is not signed in full: %(named)s.",
        "The change list is incomplete. These changes are not signed in full: %(named)s.",
        len(titles),
    )
    return ChangeListIncomplete(sentence % {"named": named}, titles)


def hold(*, build_id: int, reason: str = "") -> bool:
    """Keep a scheduled build from going out until it is released."""
    return _set_held(build_id, is_held=True, reason=reason)


def release(*, build_id: int) -> bool:
    """Let a held build go out again; when its hour has passed it goes out at once, late."""
    return _set_held(build_id, is_held=False, reason="")


def _set_held(build_id: int, *, is_held: bool, reason: str) -> bool:
    scheduled = Build.objects.filter(pk=build_id, state=State.SCHEDULED)
    changed = scheduled.exclude(is_held=is_held).update(is_held=is_held, state_reason=reason)
    if not changed and not scheduled.exists():
        raise wrong_state(current(build_id))
    return bool(changed)


@transaction.atomic
def publish(*, build_id: int, at: datetime, is_early: bool = False) -> bool:
    """Send a build out: freeze what is not frozen, open the announcement topic and the ballots.

    Later than its hour, the ballots open at the real moment. ``is_early`` lets a manager go
    before the hour. Settings of the product stand for this build from here on. Raises WrongState,
    Held, TooEarly, TooLate (its window is over), ChangeListIncomplete.
    """
    settings.hold_of(build_id=build_id)
    build = locked(build_id)
    if build.state in OUT:
        return False
    opens_at = _may_go_out(build, at, is_early=is_early)
    if not build.frozen_at:
        _freeze(build, at)
    if not _claim(build, at, opens_at):
        return False
    _copy_installed_base(build)
    settings.keep(build)
    topic = announce(build=build, at=at)
    Build.objects.filter(pk=build.pk).update(topic=topic)
    return True


def _claim(build: Build, at: datetime, opens_at: datetime) -> bool:
    """Whoever changes the state does the rest; any other finds nothing to do."""
    return bool(
        Build.objects.filter(pk=build.pk, state=State.SCHEDULED).update(
            state=State.PUBLISHED, published_at=at, ballots_open_at=opens_at, state_reason=""
        )
    )


def _may_go_out(build: Build, at: datetime, *, is_early: bool) -> datetime:
    """When its ballots open; raises what stands against it."""
    require(build, State.SCHEDULED)
    if build.is_held:
        raise Held(_("%(build)s is held: release it first.") % {"build": build})
    # Never null out of draft (build_out_of_draft_has_a_week).
    publish_at = cast("datetime", build.publish_at)
    open_at = cast("datetime", build.ballots_open_at)
    close_at = cast("datetime", build.ballots_close_at)
    if at < publish_at and not is_early:
        hour = as_told(publish_at, build)
        raise TooEarly(_("%(build)s goes out on %(hour)s.") % {"build": build, "hour": hour})
    if at >= close_at:
        raise TooLate(
            _(
                "%(build)s missed its whole window, which was to close on %(hour)s: "
                "take it back to draft and schedule it again."
            )
            % {"build": build, "hour": as_told(close_at, build)}
        )
    if open_at != publish_at:
        return max(open_at, at)
    return publish_at if publish_at <= at <= publish_at + PUNCTUAL else at


def _copy_installed_base(build: Build) -> None:
    """The shares of the installed base as the product knows them now, unless typed for it."""
    if build.installed_shares.exists():
        return
    devices = build.product.devices.exclude(share=None)
    InstalledShare.objects.bulk_create(
        InstalledShare(build=build, family=device.family, share=device.share)
        for device in devices
        if device.share is not None
    )
