"""What all studio pages of one build share: who may see them, the state, what can be done."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils import timezone

from community.builds import permissions, queries
from community.builds.domain.week.closing import WORTH_EXTENDING
from community.builds.models import Build

State = Build.State


@dataclass(frozen=True)
class Desk:
    """A build on its manager's desk."""

    build: Build
    unsigned: int
    at: datetime

    @property
    def is_open(self) -> bool:
        """Whether the change list can still be written to."""
        return permissions.can_still_change(self.build)

    @property
    def is_overdue(self) -> bool:
        """Its hour has passed and it has not gone out."""
        publish_at = self.build.publish_at
        return self.build.state == State.SCHEDULED and bool(publish_at and publish_at <= self.at)

    @property
    def steps(self) -> list[str]:
        """The steps that a manager can take now."""
        build = self.build
        match build.state:
            case State.DRAFT:
                return ["cancel"]
            case State.SCHEDULED:
                return ["release" if build.is_held else "hold", "publish", "unschedule", "cancel"]
            case State.PUBLISHED if build.ballots_close_at and self.at < build.ballots_close_at:
                lost = build.late_by > WORTH_EXTENDING and not build.extended_at
                return ["extend", "recall"] if lost else ["recall"]
            case State.CANCELLED:
                return ["restore"]
        return []


def managed_build_or_404(request: HttpRequest, slug: str) -> Build:
    """The build of a manager; for everybody else there is no such desk."""
    build = queries.builds_for(request.user).select_related("topic").filter(slug=slug).first()
    if build is None or not permissions.can_publish(request.user, build):
        raise Http404
    return build


def desk_of(build: Build) -> Desk:
    return Desk(build, queries.unsigned_features(build.pk).count(), timezone.now())
