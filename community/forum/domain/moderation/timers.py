"""Timers of topics: what a reader sees already, made so in the rows."""

from datetime import datetime

from community.forum.domain.moderation.topics import change
from community.forum.models import Topic


def run_timers(*, at: datetime) -> int:
    """Lock and unpin the topics whose time has come; gives how many. Run twice, the same."""
    locking = list(Topic.objects.filter(locks_at__lte=at, is_locked=False))
    change(topics=locking, act="lock_topic", by=None, at=at, is_locked=True)
    unpinned = list(Topic.objects.filter(pinned_until__lte=at, is_pinned=True))
    change(topics=unpinned, act="unpin_topic", by=None, at=at, is_pinned=False, pinned_until=None)
    return len(locking) + len(unpinned)
