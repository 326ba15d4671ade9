"""Due work of the room: closed builds without a tally are counted."""

from datetime import datetime

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from community.builds.models import Build
from feedback.fourgrid.domain import crediting, tally


def tally_due(at: datetime) -> list[int]:
    """Count every build whose tally is due and missing; gives the builds counted."""
    due = Build.objects.voted_to_the_end().filter(
        Q(tally_at__lte=at) | Q(tally_at=None), tally=None
    )
    builds = list(due.order_by("tally_at", "pk").values_list("pk", flat=True))
    for build_id in builds:
        tally.count(build_id=build_id, at=at)
    return builds


@shared_task(name="fourgrid.tally_closed")
def tally_closed() -> None:
    """Look for closed builds that wait for their tally; safe to run twice, at any time."""
    tally_due(timezone.now())


@shared_task(name="fourgrid.credit_counted")
def credit_counted() -> None:
    """Give experience for the ballots of counted builds; safe to run twice, at any time."""
    crediting.credit_counted(at=timezone.now())
