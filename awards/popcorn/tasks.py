"""Due work of the room: tallied builds without an award, computed awards whose hour has come."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from awards.popcorn.domain import award
from awards.popcorn.models import Award
from community.builds.models import Build


def compute_all_due(at: datetime) -> list[int]:
    """Compute the award of every counted build that has none; gives the builds."""
    due = Build.objects.voted_to_the_end().filter(tally__isnull=False, awards=None)
    builds = list(due.order_by("ballots_close_at", "pk").values_list("pk", flat=True))
    for build_id in builds:
        award.compute(build_id=build_id, at=at)
    return builds


def announce_all_due(at: datetime) -> list[int]:
    """Announce every computed award whose hour has come and nobody withheld; gives the builds."""
    due = Build.objects.filter(
        state=Build.State.CLOSED,
        award_at__lte=at,
        awards__revision=1,
        awards__state=Award.State.COMPUTED,
    )
    builds = list(due.order_by("award_at", "pk").values_list("pk", flat=True))
    for build_id in builds:
        award.announce(build_id=build_id, at=at)
    return builds


@shared_task(name="popcorn.compute_due")
def compute_due() -> None:
    """Look for counted builds without an award; safe to run twice, at any time."""
    compute_all_due(timezone.now())


@shared_task(name="popcorn.announce_due")
def announce_due() -> None:
    """Look for awards to announce; safe to run twice, at any time."""
    announce_all_due(timezone.now())
