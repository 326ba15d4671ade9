"""Due work of the forum."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from community.forum.domain import bookmarks, crediting, indexing, telling
from community.forum.domain.moderation import timers
from community.forum.models import Bookmark, Post

logger = logging.getLogger(__name__)
AT_ONCE = 500


def tell_all_untold(at: datetime) -> int:
    """Tell of every post nobody was told about; gives how many members were told."""
    untold = Post.objects.untold().order_by("pk").values_list("pk", flat=True)
    return _each(untold[:AT_ONCE], lambda pk: telling.tell_about_post(post_id=pk, at=at))


def remind_all_due(at: datetime) -> int:
    """Remind of every bookmark whose hour has come; gives how many."""
    due = Bookmark.objects.due(at).order_by("remind_at").values_list("pk", flat=True)
    return _each(due[:AT_ONCE], lambda pk: bookmarks.remind(bookmark_id=pk, at=at))


def _each(rows: Iterable[int], act: Callable[[int], int]) -> int:
    """Do something with each row; one that fails does not keep the others waiting."""
    done = 0
    for pk in rows:
        try:
            done += act(pk)
        except Exception:
            logger.exception("Row %s has to wait; trying again soon.", pk)
    return done


@shared_task(name="forum.index_posts")
def index_posts() -> int:
    """Let search read the posts that wait for it; gives how many there were."""
    read = 0
    while done := indexing.index_due():
        read += done
    return read


@shared_task(name="forum.run_timers")
def run_timers() -> int:
    """Lock and unpin the topics whose time has come."""
    return timers.run_timers(at=timezone.now())


@shared_task(name="forum.tell_about_posts")
def tell_about_posts() -> None:
    """Look for posts nobody was told about; safe to run twice, at any time."""
    tell_all_untold(timezone.now())


@shared_task(name="forum.remind")
def remind() -> None:
    """Look for reminders that are due; safe to run twice, at any time."""
    remind_all_due(timezone.now())


@shared_task(name="forum.credit_fixed")
def credit_fixed_bugs() -> None:
    """Give experience for reports that a build fixed; safe to run twice, at any time."""
    crediting.credit_fixed(at=timezone.now())
