"""Due work of the room: counted builds without an award, computed awards whose hour has come."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from celery import shared_task
from django.utils import timezone

from awards.popcorn.domain import award, trying
from awards.popcorn.models import Award
from community.builds.models import Build

logger = logging.getLogger(__name__)


def compute_all_due(at: datetime) -> list[int]:
    """Compute the award of every counted build that has none; gives the builds."""
    due = Build.objects.voted_to_the_end().filter(tally__isnull=False, awards=None)
    builds = due.order_by("ballots_close_at", "pk").values_list("pk", flat=True)
    return _each(builds, partial(award.compute, at=at))


def announce_all_due(at: datetime) -> list[int]:
    """Announce every award whose hour has come and nobody withholds; gives the builds."""
    due = Award.objects.due(at).order_by("build__award_at", "build")
    return _each(due.values_list("build", flat=True), partial(award.announce, at=at))


def _each(builds: Iterable[int], step: Callable[..., Award]) -> list[int]:
    """Take a step with each build; one that fails does not keep the others waiting."""
    done = []
    for build_id in builds:
        try:
            step(build_id=build_id)
        except Exception:
            logger.exception("The award of build %s has to wait; trying again soon.", build_id)
        else:
            done.append(build_id)
    return done


@shared_task(name="popcorn.compute_due")
def compute_due() -> None:
    """Look for counted builds without an award; safe to run twice, at any time."""
    compute_all_due(timezone.now())
    trying.keep_missing()


@shared_task(name="popcorn.announce_due")
def announce_due() -> None:
    """Look for awards to announce; safe to run twice, at any time."""
    announce_all_due(timezone.now())
