"""Hiding and showing posts. The first post takes its topic along."""

from datetime import datetime

from django.db import transaction

from community.forum.domain.counting import recount
from community.forum.models import Post, Topic
from community.members.models import Member
from community.moderation.domain.log import record
from community.moderation.models import LogEntry


def hide_post(
    *,
    post: Post,
    at: datetime,
    by: Member | None = None,
    reason: str = "",
    undoes: LogEntry | None = None,
) -> None:
    """Take a post out of sight; its number stays taken."""
    with transaction.atomic():
        board = _set_hidden(post, at)
        record(
            by=by,
            act="hide_post",
            subject=f"post:{post.pk}",
            at=at,
            board=board,
            detail={"topic": post.topic_id, "reason": reason},
            undoes=undoes,
        )


def show_post(
    *, post: Post, at: datetime, by: Member | None = None, undoes: LogEntry | None = None
) -> None:
    """Bring a hidden post back, and with the first one its topic."""
    with transaction.atomic():
        board = _set_hidden(post, None)
        record(
            by=by,
            act="show_post",
            subject=f"post:{post.pk}",
            at=at,
            board=board,
            detail={"topic": post.topic_id},
            undoes=undoes,
        )


def _set_hidden(post: Post, hidden_at: datetime | None) -> str:
    """Hide or show a post of a topic that is locked from here on; gives the board's slug."""
    topics = Topic.objects.select_for_update(of=("self",)).select_related("board")
    topic = topics.get(pk=post.topic_id)  # a reply counts before or after
    Post.objects.filter(pk=post.pk).update(hidden_at=hidden_at)
    if post.number == 1:
        Topic.objects.filter(pk=post.topic_id).update(hidden_at=hidden_at)
    recount([post.topic_id])
    return topic.board.slug
