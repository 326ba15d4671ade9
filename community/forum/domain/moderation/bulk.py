"""One act on many topics: done to all of them, or to none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from community.forum.domain.moderation.merging import merge
from community.forum.domain.moderation.topics import UNLOCKED, change, locked, move, set_hidden
from community.forum.models import Board, Topic
from community.forum.permissions import moderates
from community.members.models import Member


class NotYours(Exception):
    """Some of the topics stand on boards of other moderators; `topics` are those."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        super().__init__(", ".join(map(str, topics)))
        self.topics = topics


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be done; each act looks at what it needs."""

    act: str
    board: Board | None = None
    until: datetime | None = None
    minutes: int = 0
    into: Topic | None = None


def carry_out(*, order: Order, topics: Sequence[Topic], by: Member, at: datetime) -> None:
    """Do it to every topic, in one transaction. Raises NotYours or CannotMerge; then to none."""
    reached = [*topics, *([order.into] if order.into else [])]
    if others := [topic for topic in reached if not moderates(by, topic.board)]:
        raise NotYours(others)
    with transaction.atomic():
        if order.act == "merge" and order.into:
            for topic in topics:
                merge(source=topic, target=order.into, by=by, at=at)
        elif order.act == "move" and order.board:
            move(topics=topics, board=order.board, by=by, at=at)
        elif order.act in {"hide", "show"}:
            set_hidden(topics=topics, is_hidden=order.act == "hide", by=by, at=at)
        else:
            _set(order, topics, by, at)


def _set(order: Order, topics: Sequence[Topic], by: Member, at: datetime) -> None:
    acts: dict[str, tuple[str, dict[str, Any]]] = {
        "lock": ("lock_topic", locked(at)),
        "unlock": ("unlock_topic", UNLOCKED),
        "lock_later": ("time_lock", {"locks_at": order.until}),
        "pin": ("pin_topic", {"is_pinned": True, "pinned_until": order.until}),
        "unpin": ("unpin_topic", {"is_pinned": False, "pinned_until": None}),
        "slow": ("slow_topic", {"slow_mode_s": order.minutes * 60}),
    }
    act, fields = acts[order.act]
    change(topics=topics, act=act, by=by, at=at, **fields)
