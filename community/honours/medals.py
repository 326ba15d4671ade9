"""Medals that are earned by rule: rooms register them, this room grants them.

medals.register(MedalKind(slug="ballot-streak", stages=(4, 12, 52), reached=longest_streaks, …))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

# A SELECT of (id of a member, the number reached), with its parameters; as of a moment.
Measure = tuple[str, Sequence[Any]]
Reached = Callable[[datetime], Measure]


@dataclass(frozen=True, kw_only=True)
class MedalKind:
    """A medal, its stages, and who has reached which number: every stage up to it is theirs."""

    slug: str
    name: str
    name_zh: str
    description: str
    description_zh: str
    icon: str
    reached: Reached
    stages: tuple[int, ...] = (1,)


_kinds: dict[str, MedalKind] = {}


def register(kind: MedalKind) -> None:
    """Let a medal be earned; rooms call it in ready()."""
    _kinds[kind.slug] = kind


def kinds() -> list[MedalKind]:
    """Every medal by rule, in the order of registration."""
    return list(_kinds.values())


def measure(rows: QuerySet[Any, Any]) -> Measure:
    """A queryset of two values as a measure."""
    query, values = rows.query.sql_with_params()
    return query, values
