"""Leaderboards and medals are worked out again and again, so that no reader waits for them."""

from celery import shared_task
from django.utils import timezone

from community.honours.domain import medals, ranking


@shared_task(name="honours.rank")
def rank() -> None:
    """Work out every leaderboard; safe at any time, also twice at once."""
    ranking.rank(at=timezone.now())


@shared_task(name="honours.grant_medals")
def grant_medals() -> None:
    """Grant what was earned by rule, end what has run out; safe at any time, also twice at once."""
    medals.grant_due(at=timezone.now())
