"""Leaderboards are worked out again and again, so that no reader waits for one."""

from celery import shared_task
from django.utils import timezone

from community.honours.domain import ranking


@shared_task(name="honours.rank")
def rank() -> None:
    """Work out every leaderboard; safe at any time, also twice at once."""
    ranking.rank(at=timezone.now())
