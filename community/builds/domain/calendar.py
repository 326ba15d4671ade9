"""The week of a build: from its release day to every edge, in the product's own time zone.

A rule is ``(days from the release day, "HH:MM")`` of the wall clock; "24:00" is the end of a day.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

FRIDAY = 4

# T is the release day; product.md calls this the week.
WEEK: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "wishes_open": (-14, "18:00"),
        "wishes_close": (-5, "24:00"),
        "plan_due": (-4, "24:00"),
        "freeze": (-2, "20:00"),
        "inner_test": (-1, "10:00"),
        "publish": (0, "17:00"),
        "ballots_open": (0, "17:00"),
        "slot_turns": (3, "00:00"),
        "reminder": (4, "10:00"),
        "ballots_close": (4, "24:00"),
        "tally": (5, "00:10"),
        "award": (5, "10:00"),
        "slot_returns": (6, "00:00"),
    }
)
# Neighbours that may fall on the same moment; all others come strictly one after the other.
TOGETHER = frozenset({("publish", "ballots_open"), ("ballots_close", "tally")})
FARTHEST = 60

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")


class BadCalendar(ValueError):
    """A product's overrides make no week: ``edge`` is wrong, or not after ``earlier``."""

    def __init__(self, edge: str, why: str, *, earlier: str = "") -> None:
        super().__init__(f"{edge}: {why}")
        self.edge = edge
        self.earlier = earlier


@dataclass(frozen=True)
class Edges:
    """Every edge of one week, aware, in UTC; named as the fields of a build."""

    wishes_open_at: datetime
    wishes_close_at: datetime
    plan_due_at: datetime
    freeze_at: datetime
    inner_test_at: datetime
    publish_at: datetime
    ballots_open_at: datetime
    slot_turns_at: datetime
    reminder_at: datetime
    ballots_close_at: datetime
    tally_at: datetime
    award_at: datetime
    slot_returns_at: datetime

    def as_fields(self) -> dict[str, datetime]:
        return asdict(self)


EDGES = tuple(field.name for field in fields(Edges))


def edges(*, release_on: date, time_zone: str, overrides: Mapping[str, Sequence[object]]) -> Edges:
    """The edges of the week released on ``release_on``; raises BadCalendar."""
    zone = ZoneInfo(time_zone)
    walls = {
        name: wall(release_on, days, clock) for name, (days, clock) in rules(overrides).items()
    }
    moments = {name: first_moment(naive, zone) for name, naive in walls.items()}
    for earlier, later in pairwise(walls):
        # Both inside one gap of the clock: they keep the distance the rules put between them.
        if moments[later] <= moments[earlier]:
            moments[later] = moments[earlier] + (walls[later] - walls[earlier])
    return Edges(**{f"{name}_at": moment for name, moment in moments.items()})


def rules(overrides: Mapping[str, Sequence[object]]) -> dict[str, tuple[int, str]]:
    """The rules of WEEK with a product's own in their place; raises BadCalendar."""
    for name in overrides:
        if name not in WEEK:
            raise BadCalendar(name, "no such edge")
    week = {name: _rule(name, overrides.get(name, default)) for name, default in WEEK.items()}
    for earlier, later in pairwise(week):
        gap = _minutes(*week[later]) - _minutes(*week[earlier])
        if gap < 0 or (gap == 0 and (earlier, later) not in TOGETHER):
            raise BadCalendar(later, f"not after {earlier}", earlier=earlier)
    return week


def first_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """When a wall clock in ``zone`` first shows ``wall`` or, where it skips that, a later time.

    A naive local time that exists twice is taken the first time; one that does not exist is the
    first moment after the gap. The answer is in UTC.
    """
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    # PEP 495: in a gap fold=0 counts with the offset before it, fold=1 with the one after it;
    # the jump lies between the two readings.
    after, before = moment, wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def next_release_on(after: date) -> date:
    """The first Friday after a day."""
    return after + timedelta(days=(FRIDAY - after.weekday() - 1) % 7 + 1)


def is_time_zone(name: str) -> bool:
    return name in available_timezones()


def _rule(name: str, rule: Sequence[object]) -> tuple[int, str]:
    match rule:
        case (int(days), str(clock)) if not isinstance(days, bool):
            if abs(days) > FARTHEST:
                raise BadCalendar(name, f"more than {FARTHEST} days from the release")
            if _CLOCK.fullmatch(clock):
                return days, clock
            raise BadCalendar(name, "not a time like 17:00")
        case _:
            raise BadCalendar(name, "not a pair of days and a time")


def _minutes(days: int, clock: str) -> int:
    hours, minutes = clock.split(":")
    return (days * 24 + int(hours)) * 60 + int(minutes)


def wall(release_on: date, days: int, clock: str) -> datetime:
    """What a rule's wall clock shows, naive."""
    return datetime.combine(release_on, time()) + timedelta(minutes=_minutes(days, clock))
