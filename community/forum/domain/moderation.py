"""Moderation: hiding and showing posts, locking and unlocking topics."""

from datetime import datetime

from django.db import transaction

from community.forum.domain.counting import recount
from community.forum.models import Post, Topic


def hide_post(*, post: Post, at: datetime) -> None:
    """Take a post out of sight; its number stays taken. The first post takes its topic along."""
    _set_hidden(post, at)


def show_post(*, post: Post) -> None:
    """Bring a hidden post back, and with the first one its topic."""
    _set_hidden(post, None)


def set_locked(*, topic: Topic, is_locked: bool) -> None:
    """Close a topic to replies, or open it again."""
    Topic.objects.filter(pk=topic.pk).update(is_locked=is_locked)


def _set_hidden(post: Post, hidden_at: datetime | None) -> None:
    with transaction.atomic():
        Topic.objects.select_for_update().get(pk=post.topic_id)  # a reply counts before or after
        Post.objects.filter(pk=post.pk).update(hidden_at=hidden_at)
        if post.number == 1:
            Topic.objects.filter(pk=post.topic_id).update(hidden_at=hidden_at)
        recount([post.topic_id])
