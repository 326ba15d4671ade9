"""Moods of the last builds as bars of shares, and turnout by the hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from feedback.reports.domain.content import MOODS, Mood, MoodName

HOUR = timedelta(hours=1)
BAR_STEP, NAME_WIDTH = 30.0, 96.0
# The bars of hours: how much of an hour's place they fill, and the room above the fullest.
BAR_PART, TOP = 0.82, 14.0
# Fewer names of days under the axis than this many units apart would touch.
NAME_ROOM = 44.0


@dataclass(frozen=True)
class Part:
    """A mood's share of a bar."""

    mood: MoodName
    count: int
    share: float
    x: float
    width: float


@dataclass(frozen=True)
class MoodBar:
    """One build's moods; ``name`` is its version, ``slug`` its address."""

    name: str
    slug: str
    y: float
    ballots: int
    parts: list[Part]


@dataclass(frozen=True)
class MoodChart:
    """Bars of equal length under each other."""

    width: float
    height: float
    bars: list[MoodBar]


def mood_chart(builds: Sequence[tuple[str, str, Mood]], *, width: float = 480.0) -> MoodChart:
    """Bars for (version, slug, mood), the build in question first."""
    bars = [
        MoodBar(name, slug, n * BAR_STEP, sum(mood[m] for m in MOODS), _parts(mood, width))
        for n, (name, slug, mood) in enumerate(builds)
    ]
    return MoodChart(width, len(bars) * BAR_STEP, bars)


def _parts(mood: Mood, width: float) -> list[Part]:
    total = sum(mood[name] for name in MOODS)
    parts, x = [], NAME_WIDTH
    for name in MOODS:
        share = mood[name] / total if total else 0.0
        long = round(share * (width - NAME_WIDTH), 1)
        parts.append(Part(name, mood[name], share, round(x, 1), long))
        x += long
    return parts


@dataclass(frozen=True)
class HourChart:
    """Turnout over the window."""

    width: float
    height: float
    bottom: float
    # All bars as one SVG path: there may be hundreds.
    bars: str
    # Midnights inside the window with their places, and its beginning where there is room.
    days: list[tuple[datetime, float]]
    # The beginning of each hour and its ballots.
    hours: list[tuple[datetime, int]]
    most: int


def hour_chart(
    hours: Sequence[int],
    *,
    opened_at: datetime,
    zone: tzinfo,
    width: float = 1040.0,
    height: float = 150.0,
) -> HourChart | None:
    """A bar for every hour of the window; None when nobody came."""
    most = max(hours, default=0)
    if not most:
        return None
    step, bottom = width / len(hours), height - 22.0
    moments = [(opened_at + n * HOUR).astimezone(zone) for n in range(len(hours))]
    bars = [
        _bar(n * step, bottom, step * BAR_PART, ballots / most * (bottom - TOP))
        for n, ballots in enumerate(hours)
        if ballots
    ]
    return HourChart(
        width=width,
        height=height,
        bottom=bottom,
        bars="".join(bars),
        days=_days(moments, step),
        hours=list(zip(moments, hours, strict=True)),
        most=most,
    )


def _days(moments: Sequence[datetime], step: float) -> list[tuple[datetime, float]]:
    days = [(at, round(n * step, 1)) for n, at in enumerate(moments) if at.hour == 0 or n == 0]
    return days[len(days) > 1 and days[1][1] < NAME_ROOM :]


def _bar(x: float, bottom: float, wide: float, high: float) -> str:
    return f"M{x:.1f} {bottom:.1f}v{-high:.1f}h{wide:.1f}V{bottom:.1f}z"
