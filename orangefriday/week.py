"""Which week it is: the build everybody looks at, its stages and the first navigation slot."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, pgettext

from community.builds.models import Build
from orangefriday.display import times
from orangefriday.display.week import Stage, WeekStrip

# Public pages ask on every hit; what they show may be this many seconds old.
REMEMBERED_S = 2.0
# The evening of a release belongs to reading; then the strip turns to the ballots.
EVENING = timedelta(hours=7)
_memory: dict[str, tuple[float, Any]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSlot:
    """The first entry of the navigation: Orange Friday, or Four-grid report Monday to Wednesday."""

    label: str
    url: str
    is_report: bool


def current_build(at: datetime) -> Build | None:
    """The build whose week this is: open for ballots, else waiting for its award, else coming,
    else the last one that went out."""
    in_turn = (
        Build.objects.open_for_ballots(at).order_by("ballots_close_at"),
        Build.objects.filter(
            Q(state=Build.State.CLOSED) | Q(state=Build.State.PUBLISHED),
            award_at__gt=at,
            published_at__isnull=False,
        ).order_by("award_at"),
        Build.objects.filter(state=Build.State.SCHEDULED).order_by("publish_at"),
        Build.objects.public().order_by("-published_at"),
    )
    weekly = (builds.filter(channel=Build.Channel.WEEKLY) for builds in in_turn)
    return next(
        (build for builds in weekly for build in builds.select_related("product")[:1]), None
    )


def remembered_build(at: datetime) -> Build | None:
    """`current_build`, asked of the database at most every two seconds in each process."""
    build: Build | None = _remembered("build", lambda: current_build(at))
    return build


def _remembered(name: str, ask: Callable[[], Any]) -> Any:
    now = time.monotonic()
    known = _memory.get(name)
    if known is None or now - known[0] >= REMEMBERED_S:
        known = _memory[name] = (now, ask())
    return known[1]


def forget() -> None:
    """Ask the database again at the next hit (tests, and after a manager's step)."""
    _memory.clear()


def first_slot(build: Build | None, at: datetime) -> FirstSlot | None:
    """Where the first navigation slot leads; None while the site has no build."""
    if build is None or build.published_at is None:
        last = Build.objects.public().order_by("-published_at").only("slug").first()
        if last is None:
            return None
        url = reverse("builds:detail", args=[last.slug])
        return FirstSlot(label=gettext("Orange Friday"), url=url, is_report=False)
    turned = (
        build.slot_turns_at is not None
        and build.slot_returns_at is not None
        and build.slot_turns_at <= at < build.slot_returns_at
    )
    if turned and build.is_open_for_ballots(at):
        url = reverse("fourgrid:ballot", args=[build.slug])
    else:
        url = reverse("builds:detail", args=[build.slug])
    label = gettext("Four-grid report") if turned else gettext("Orange Friday")
    return FirstSlot(label=label, url=url, is_report=turned)


def strip(build: Build, at: datetime) -> WeekStrip | None:
    """The six stages of a build's week as seen at one moment; None without a week."""
    if not (wishes := build.wishes_open_at) or not (building := build.wishes_close_at):
        return None
    if not (testing := build.inner_test_at) or not (friday := build.ballots_open_at):
        return None
    if not (close := build.ballots_close_at) or not (award := build.award_at):
        return None
    evening = min(friday + EVENING, close)
    page = reverse("builds:detail", args=[build.slug]) if build.published_at else ""
    stages = (
        Stage(
            name=gettext("Wishes"),
            detail=gettext("voted until %(day)s") % {"day": _day(building - timedelta(seconds=1))},
            starts_at=wishes,
            ends_at=building,
            url=reverse("proposals:list"),
        ),
        Stage(
            name=gettext("Building"),
            detail=f"{_weekday(building)} – {_weekday(testing - timedelta(seconds=1))}",
            starts_at=building,
            ends_at=testing,
        ),
        Stage(
            name=gettext("Inner test"),
            detail=f"{_weekday(testing)} {_day(testing)}",
            starts_at=testing,
            ends_at=friday,
        ),
        Stage(
            name=gettext("Orange Friday"),
            detail=f"{_day(friday)} · {date_format(localtime(friday), 'H:i')}",
            starts_at=friday,
            ends_at=evening,
            url=page,
            moment=friday,
        ),
        Stage(
            name=gettext("Four-grid report"),
            detail=gettext("closes %(when)s") % {"when": times.deadline(close, at)},
            starts_at=evening,
            ends_at=close,
            url=reverse("fourgrid:ballot", args=[build.slug]) if build.published_at else "",
            moment=close,
        ),
        Stage(
            name=gettext("Popcorn"),
            detail=times.deadline(award, at),
            starts_at=close,
            ends_at=award,
            url=reverse("popcorn:podium"),
            moment=award,
        ),
    )
    coming = next((moment for moment in (friday, close, award) if moment > at), None)
    return WeekStrip(stages=stages, at=at, deadline=coming)


def _day(at: datetime) -> str:
    return date_format(localtime(at), pgettext("date in this year", "j M"))


def _weekday(at: datetime) -> str:
    return date_format(localtime(at), "D")


def remembered_context(at: datetime) -> dict[str, Any]:
    """`as_context`, put together at most every two seconds in each process and language."""
    context: dict[str, Any] = _remembered(f"frame {get_language()}", lambda: as_context(at))
    return context


def as_context(at: datetime) -> dict[str, Any]:
    """What every page's frame needs of the week."""
    build = remembered_build(at)
    grids = reverse("fourgrid:ballot", args=[build.slug]) if build and build.published_at else ""
    return {"build": build, "first_slot": first_slot(build, at), "grids_url": grids}
