"""What is due now: after a stop, everything is caught up in its order."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from community.builds.domain import window
from community.builds.domain.refusals import Refused
from community.builds.domain.week.closing import close
from community.builds.domain.week.publishing import freeze, publish
from community.builds.models import Build
from community.builds.models.build import BuildQuerySet

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """One thing that was due: ``did`` is frozen, published or closed; refused says why not."""

    build_id: int
    version: str
    did: str
    refused: str = ""


def advance(*, at: datetime | None = None) -> list[Step]:
    """Freeze, publish and close what is due, by the database's clock.

    ``at`` sets the moment, in a development database only (NotAllowedHere). One build that fails
    does not keep the others waiting; it is tried again at the next call.
    """
    now = window.moment(at)
    due: list[tuple[str, BuildQuerySet, Callable[..., bool]]] = [
        ("frozen", Build.objects.due_to_freeze(now).order_by("freeze_at"), partial(freeze, at=now)),
        (
            "published",
            Build.objects.due_to_publish(now).order_by("publish_at"),
            partial(publish, at=now),
        ),
        # Not ``now``: votes may still come in while the steps above are taken.
        (
            "closed",
            Build.objects.due_to_close(now).order_by("ballots_close_at"),
            partial(close, at=at),
        ),
    ]
    return [
        step
        for did, builds, act in due
        for build in builds.only("version")
        if (step := _take(build, did, act))
    ]


def _take(build: Build, did: str, act: Callable[..., bool]) -> Step | None:
    try:
        is_done = act(build_id=build.pk)
    except Refused as refusal:
        return Step(build.pk, build.version, did, refused=str(refusal))
    except Exception:
        logger.exception("Build %s could not be %s; trying again soon.", build.version, did)
        return None
    return Step(build.pk, build.version, did) if is_done else None
