"""Which proposals stand on a page, in the API and on a ballot."""

from collections.abc import Sequence

from django.db.models import QuerySet

from community.builds.models import Build, Feature, Product
from feedback.proposals.models import Proposal

# What is nearest to the reader's hands stands first on a ballot.
_ON_BALLOT = ("status", "-created_at", "-pk")
FEATURES_TO_CHOOSE = 200


def on_ballot(build: Build) -> QuerySet[Proposal]:
    """What cell 4 of this build's ballot offers: live wishes of its product, planned ones first."""
    live = Proposal.objects.on_the_ballot().filter(product_id=build.product_id)
    return live.order_by(*_ON_BALLOT)


def listed(*, product: str = "", status: str = "", area: str = "") -> QuerySet[Proposal]:
    """Proposals by product slug, status and area, newest first; an empty filter is none."""
    chosen = {"product__slug": product, "status": status, "area": area}
    rows = Proposal.objects.filter(**{name: value for name, value in chosen.items() if value})
    return rows.select_related("product", "author").order_by("-created_at", "-pk")


def areas(product: str = "") -> list[str]:
    """Every area something is wished for in, for the filter."""
    rows = Proposal.objects.exclude(area="")
    if product:
        rows = rows.filter(product__slug=product)
    return sorted(rows.values_list("area", flat=True).distinct())


def products_with_proposals() -> QuerySet[Product]:
    return Product.objects.filter(proposals__isnull=False).distinct().order_by("name")


def with_its_story(pk: int) -> QuerySet[Proposal]:
    """One proposal with whom, for which build and as what it came."""
    return Proposal.objects.filter(pk=pk).select_related(
        "product", "author", "accepted_for", "shipped_as__build"
    )


def builds_to_plan(product: Product) -> QuerySet[Build]:
    """Builds a wish can be accepted for: those that have not been called off."""
    gone = (Build.State.CANCELLED, Build.State.RECALLED)
    return product.builds.exclude(state__in=gone).order_by("-created_at", "-pk")


def features_to_ship(product: Product) -> QuerySet[Feature]:
    """Features a wish can have become, newest builds first."""
    features = Feature.objects.filter(build__product=product).select_related("build")
    return features.order_by("-build__created_at", "-build_id", "position")


def wished_features(feature_ids: Sequence[int]) -> QuerySet[Proposal]:
    """The proposals that these features fulfil."""
    return Proposal.objects.filter(shipped_as__in=feature_ids).order_by("pk")
