"""When people write: Fridays are loud, nights are quiet, wherever a member lives."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from numpy.random import Generator

# How likely somebody is to write in each hour of their day.
_HOURS = (
    0.22, 0.1, 0.04, 0.03, 0.03, 0.05, 0.18, 0.45, 0.6, 0.5, 0.5, 0.55,
    0.85, 0.6, 0.45, 0.45, 0.5, 0.7, 0.8, 0.9, 1, 1, 0.85, 0.5,
)  # fmt: skip
_WEEKDAYS = (0.7, 0.65, 0.7, 0.65, 1, 0.85, 0.75)
FRIDAY, EVENING = 4, 17


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def likely(moment: datetime, zone: str) -> float:
    """How likely a member of the zone is to write then, 0..1."""
    here = moment.astimezone(_zone(zone))
    if here.weekday() == FRIDAY and here.hour >= EVENING:
        return 1.0
    return _HOURS[here.hour] * _WEEKDAYS[here.weekday()]


def next_moment(rng: Generator, after: datetime, *, minutes: float, zone: str) -> datetime:
    """When somebody of the zone writes next, some minutes later on average when they are awake."""
    moment = after + timedelta(minutes=float(rng.exponential(minutes)), seconds=20)
    while rng.random() > likely(moment, zone):
        moment += timedelta(minutes=float(rng.exponential(40)))
    return moment


def squeezed(moments: list[datetime], *, before: datetime) -> list[datetime]:
    """The same times, drawn together when the last would not lie before the moment."""
    first, last = moments[0], moments[-1]
    room = before - first
    if last < before or not room:
        return moments
    factor = room / (last - first) * 0.99
    return [first + (moment - first) * factor for moment in moments]
