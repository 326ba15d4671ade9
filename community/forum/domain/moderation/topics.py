"""Locking, pinning, slowing, hiding and moving topics, one or many: all of them, or none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Least

from community.forum.domain.moderation.hiding import hide_post, show_post
from community.forum.models import Board, Post, Topic
from community.members.models import Member
from community.moderation.domain.log import record
from community.moderation.models import LogEntry

UNLOCKED: dict[str, Any] = {"is_locked": False, "locks_at": None}


def change(
    *,
    topics: Sequence[Topic],
    act: str,
    by: Member | None,
    at: datetime,
    undoes: LogEntry | None = None,
    **fields: Any,
) -> None:
    """Set these fields of these topics; the log keeps what they were, for the way back."""
    with transaction.atomic():
        locked = Topic.objects.select_for_update(of=("self",)).select_related("board")
        for topic in locked.filter(pk__in=[topic.pk for topic in topics]).order_by("pk"):
            before = {name: _plain(getattr(topic, name)) for name in fields}
            record(
                by=by,
                act=act,
                subject=f"topic:{topic.pk}",
                at=at,
                board=topic.board.slug,
                detail={"before": before},
                undoes=undoes,
            )
            Topic.objects.filter(pk=topic.pk).update(**fields)


def set_locked(*, topic: Topic, is_locked: bool, at: datetime, by: Member | None = None) -> None:
    """Close a topic to replies, or open it again and stop its timer."""
    act = "lock_topic" if is_locked else "unlock_topic"
    change(topics=[topic], act=act, by=by, at=at, **(locked(at) if is_locked else UNLOCKED))


def locked(at: datetime) -> dict[str, Any]:
    """The fields of a topic that is closed from now on, or since its timer closed it."""
    now = Value(at, output_field=DateTimeField())
    return {"is_locked": True, "locks_at": Least("locks_at", now)}


def move(*, topics: Sequence[Topic], board: Board, by: Member, at: datetime) -> None:
    """Put topics on another board; their addresses stay."""
    change(topics=topics, act="move_topic", by=by, at=at, board_id=board.pk)


def set_hidden(*, topics: Sequence[Topic], is_hidden: bool, by: Member, at: datetime) -> None:
    """Hide topics with their first posts, or bring them back."""
    with transaction.atomic():
        firsts = Post.objects.filter(topic__in=topics, number=1).order_by("topic_id")
        for post in firsts:
            if is_hidden:
                hide_post(post=post, by=by, at=at)
            else:
                show_post(post=post, by=by, at=at)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
