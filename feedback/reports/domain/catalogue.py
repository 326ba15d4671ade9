"""What a report speaks of: the build's features, the proposals, and how its areas did before."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from community.builds.models import Build, Credit
from community.builds.queries import features_of
from feedback.proposals.models import Proposal
from feedback.reports.domain.content import VERDICTS, AreaLine, Promise
from feedback.reports.domain.control import Week, week
from feedback.reports.domain.joy import POINTS, Joy, plain_joys
from feedback.reports.domain.worth import points_of
from feedback.reports.models import VoteReport

# How many earlier builds an area is compared with.
REMEMBERED_BUILDS = 8
# And how many its control chart shows.
CHARTED_BUILDS = 25


@dataclass(frozen=True)
class Change:
    """A feature as the report tells of it."""

    pk: int
    title: str
    area: str
    kind: str
    fingerprint: str
    engineers: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Catalogue:
    """Read once for a report and all its slices."""

    changes: tuple[Change, ...]
    # Those of the product, by id.
    proposals: dict[int, Proposal]
    promises: list[Promise] = field(default_factory=list)
    history: dict[str, list[Joy]] = field(default_factory=dict)
    # Each area's earlier builds that named it, the oldest first.
    weeks: dict[str, list[Week]] = field(default_factory=dict)
    # Joy of loved_most, loved, let_down, let_down_most.
    points: tuple[float, ...] = POINTS
    version: str = ""
    slug: str = ""


def catalogue(build: Build) -> Catalogue:
    """Read what a report on this build needs besides its ballots; six queries."""
    points = points_of(build)
    proposals = Proposal.objects.filter(product=build.product_id)
    earlier = _earlier(build)
    return Catalogue(
        changes=tuple(
            Change(
                pk=feature.pk,
                title=feature.title,
                area=feature.area,
                kind=feature.kind,
                fingerprint=feature.fingerprint,
                engineers=tuple(_signed(credit) for credit in feature.credits.all()),
            )
            for feature in features_of(build)
        ),
        proposals={proposal.pk: proposal for proposal in proposals.only("title", "status")},
        promises=_promises(build),
        history=_history(earlier, points),
        weeks=_weeks(earlier),
        points=points,
        version=build.version,
        slug=build.slug,
    )


def _signed(credit: Credit) -> tuple[str, float]:
    engineer = credit.engineer.merged_into or credit.engineer
    return engineer.name, float(credit.share)


def _promises(build: Build) -> list[Promise]:
    """Proposals accepted for this build or shipped in it, in the order they were made."""
    ours = Q(accepted_for=build) | Q(shipped_as__build=build)
    proposals = Proposal.objects.filter(ours).select_related("shipped_as")
    return [
        Promise(
            proposal=proposal.pk,
            title=proposal.title,
            status=proposal.status,
            is_promised=proposal.accepted_for_id == build.pk,
            feature=shipped.pk if shipped and shipped.build_id == build.pk else None,
        )
        for proposal in proposals.order_by("created_at", "pk")
        for shipped in [proposal.shipped_as]
    ]


# An earlier build's version, address and areas.
Earlier = tuple[str, str, list[AreaLine]]


def _earlier(build: Build) -> list[Earlier]:
    """The builds before this one, the latest first."""
    reports = VoteReport.objects.before(build)[:CHARTED_BUILDS]
    return list(reports.values_list("build__version", "build__slug", "content__areas"))


def _history(earlier: Sequence[Earlier], points: tuple[float, ...]) -> dict[str, list[Joy]]:
    """Joys of each area in the latest builds before this one."""
    found: dict[str, list[Joy]] = {}
    for _version, _slug, areas in earlier[:REMEMBERED_BUILDS]:
        named = [area for area in areas if area["named"]]
        counts = [[area["verdicts"][verdict] for verdict in VERDICTS] for area in named]
        for area, joy in zip(named, plain_joys(counts, points), strict=True):
            found.setdefault(area["area"], []).append(joy)
    return found


def _weeks(earlier: Sequence[Earlier]) -> dict[str, list[Week]]:
    found: dict[str, list[Week]] = {}
    for version, slug, areas in reversed(earlier):
        for area in areas:
            if area["named"]:
                found.setdefault(area["area"], []).append(week(version, slug, area))
    return found
