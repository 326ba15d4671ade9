"""What rooms above add to the pages of this one: boards with a beginning, and what levels open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Period:
    """A leaderboard of what was earned since a moment; None: there is no such board now."""

    name: str
    label: str | Promise
    since: Callable[[datetime], datetime | None]


# What members of a level may do that lower ones may not: (level, a sentence).
Privileges = Callable[[], list[tuple[int, str]]]

_periods: list[Period] = []
_privileges: list[Privileges] = []


def register_period(period: Period) -> None:
    """Rank members by what they earned in a period; rooms call it in ready()."""
    _periods.append(period)


def periods() -> list[Period]:
    return list(_periods)


def register_privileges(privileges: Privileges) -> None:
    """Say on the page of levels what a level opens; rooms call it in ready()."""
    _privileges.append(privileges)


def privileges() -> dict[int, list[str]]:
    """Sentences by level."""
    by_level: dict[int, list[str]] = {}
    for level, sentence in (pair for source in _privileges for pair in source()):
        by_level.setdefault(level, []).append(sentence)
    return by_level
