"""What became of a proposal: its history, its way from asked to rated, and the public plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from community.builds.models import Build, Credit
from feedback.proposals.models import Proposal, StatusChange
from feedback.proposals.models.proposals import ProposalQuerySet

SHIPPED_SHOWN = 2  # builds


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a build is to bring, or brought."""

    build: Build
    proposals: Sequence[Proposal]


def with_its_story(pk: int) -> ProposalQuerySet:
    """One proposal with whom, for which build and as what it came."""
    return (
        Proposal.objects.filter(pk=pk)
        .with_words()
        .select_related(
            *("product", "author", "accepted_for__product", "topic__board", "merged_into"),
            *("shipped_as__build__product", "built_as__build"),
        )
    )


def changes_of(proposal: Proposal) -> QuerySet[StatusChange]:
    """Its history, the latest first."""
    return proposal.changes.select_related("by").order_by("-pk")


def merged_here(proposal: Proposal) -> ProposalQuerySet:
    """The proposals that were made one with it."""
    return Proposal.objects.visible().filter(merged_into=proposal).order_by("pk")


def builders_of(proposal: Proposal) -> QuerySet[Credit]:
    """Who signed the change it became, the greatest share first; of a build that is out."""
    signed = Credit.objects.filter(
        feature=proposal.shipped_as_id, feature__build__published_at__isnull=False
    )
    return signed.select_related("engineer").order_by("-share", "pk")


def plan(product: str = "") -> list[Plan]:
    """The coming builds with the wishes accepted for them, the next one first."""
    builds = Build.objects.filter(state=Build.State.SCHEDULED).order_by("release_on", "pk")
    return _plans(builds, product, Q(accepted_for__state=Build.State.SCHEDULED))


def shipped_lately(product: str = "") -> list[Plan]:
    """The last builds that brought wishes."""
    builds = Build.objects.public().filter(features__proposals__isnull=False).distinct()
    newest = list(_of(builds, product).order_by("-published_at", "-pk")[:SHIPPED_SHOWN])
    wishes = Proposal.objects.visible().filter(shipped_as__build__in=newest)
    by_build = _by_build(wishes.select_related("shipped_as", "product"))
    return [Plan(build=build, proposals=by_build.get(build.pk, [])) for build in newest]


def _plans(builds: QuerySet[Build], product: str, accepted: Q) -> list[Plan]:
    wishes = Proposal.objects.visible().filter(accepted, status__in=Proposal.PLANNED[:2])
    by_build = _by_build(wishes.select_related("shipped_as", "product"))
    coming = _of(builds, product)
    return [Plan(build=build, proposals=by_build.get(build.pk, [])) for build in coming]


def _of(builds: QuerySet[Build], product: str) -> QuerySet[Build]:
    chosen = builds.select_related("product")
    return chosen.filter(product__slug=product) if product else chosen


def _by_build(wishes: QuerySet[Proposal]) -> dict[int, list[Proposal]]:
    found: dict[int, list[Proposal]] = {}
    for wish in wishes.order_by("-vote_count", "pk"):
        build = wish.shipped_as.build_id if wish.shipped_as else wish.accepted_for_id
        if build:
            found.setdefault(build, []).append(wish)
    return found
