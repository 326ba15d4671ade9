"""Which proposals stand in a list, in the API and on a ballot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.builds.models import Build, Feature, Product, ProductDevice
from community.forum.models import Post
from community.members.permissions import User, is_member
from community.text.moments import moment_and_id
from community.text.whole import number
from feedback.proposals.models import Proposal, Vote
from feedback.proposals.models.proposals import ProposalQuerySet

# Most wanted first; among equals what is nearest to the reader's hands.
_ON_BALLOT = ("-vote_count", "status", "-created_at", "-pk")
FEATURES_TO_CHOOSE = 200
PROPOSALS_A_PAGE = 30
NEWEST, MOST_VOTES = "newest", "votes"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a list is asked for; "" is no filter."""

    product: str = ""
    status: str = ""
    area: str = ""
    device: str = ""
    build: str = ""  # slug of the one it is planned for or came in
    by: str = ""  # "me": my own; "votes": those I voted for
    sort: str = NEWEST

    @property
    def is_everything(self) -> bool:
        return self == Asked(sort=self.sort)


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """One page; `older` is what `after` takes for the next one, "" on the last."""

    proposals: Sequence[Proposal] = field(default_factory=list)
    older: str = ""


def on_ballot(build: Build) -> QuerySet[Proposal]:
    """What cell 4 of this build's ballot offers: live wishes of its product, most votes first."""
    live = Proposal.objects.on_the_ballot().filter(product_id=build.product_id)
    return live.order_by(*_ON_BALLOT)


def listed(asked: Asked, user: User) -> ProposalQuerySet:
    """The proposals somebody asked for and may read, with what a row shows; in no order."""
    named = {"product__slug": asked.product, "status": asked.status}
    named |= {"area": asked.area, "device": asked.device}
    rows = Proposal.objects.readable_by(user).filter(**{k: v for k, v in named.items() if v})
    if not asked.status:
        rows = rows.exclude(status=Proposal.Status.MERGED)
    if asked.build:
        shipped = Q(shipped_as__build__slug=asked.build)
        rows = rows.filter(shipped | Q(shipped_as=None, accepted_for__slug=asked.build))
    if asked.by:
        rows = _of_reader(rows, asked.by, user)
    return rows.with_words().select_related("product", "author", "topic")


def _of_reader(rows: ProposalQuerySet, by: str, user: User) -> ProposalQuerySet:
    if not is_member(user):
        return rows.none()
    if by == "me":
        return rows.filter(author=user.pk)
    mine = Vote.objects.filter(member=user.pk, proposal=OuterRef("pk"))
    return rows.filter(Exists(mine)) if by == "votes" else rows.none()


def page_of(rows: ProposalQuerySet, sort: str, after: str = "") -> ProposalPage:
    """One page by a key, never by counting; an unknown key gives the first page."""
    column = "vote_count" if sort == MOST_VOTES else "created_at"
    key = _parsed(after, column)
    if key:
        value, pk = key
        rows = rows.filter(Q(**{f"{column}__lt": value}) | Q(**{column: value, "pk__lt": pk}))
    found = list(rows.order_by(f"-{column}", "-pk")[: PROPOSALS_A_PAGE + 1])
    shown = found[:PROPOSALS_A_PAGE]
    has_more = len(found) > len(shown)
    return ProposalPage(proposals=shown, older=_key(shown[-1], column) if has_more else "")


def _key(proposal: Proposal, column: str) -> str:
    value = getattr(proposal, column)
    return f"{value.isoformat() if isinstance(value, datetime) else value}~{proposal.pk}"


def _parsed(after: str, column: str) -> tuple[object, int] | None:
    if column == "created_at":
        return moment_and_id(after)
    count, _tilde, told = after.partition("~")
    value, pk = number(count), number(told)
    return None if value is None or pk is None else (value, pk)


def areas(product: str = "") -> list[str]:
    """Every area something is wished for in, for the filter."""
    return _words("area", product)


def devices(product: str = "") -> list[str]:
    """Every device something is wished for on, for the filter."""
    return _words("device", product)


def _words(column: str, product: str) -> list[str]:
    rows = Proposal.objects.visible().exclude(**{column: ""})
    if product:
        rows = rows.filter(product__slug=product)
    return sorted(rows.values_list(column, flat=True).distinct())


def builds_with_wishes(product: str = "") -> QuerySet[Build]:
    """Builds that wishes are planned for or came in, the newest first."""
    named = Q(accepted_proposals__isnull=False) | Q(features__proposals__isnull=False)
    builds = Build.objects.filter(named).select_related("product").distinct()
    return (builds.filter(product__slug=product) if product else builds).order_by(
        "-created_at", "-pk"
    )


def products_with_proposals() -> QuerySet[Product]:
    return Product.objects.filter(proposals__isnull=False).distinct().order_by("name")


def device_families() -> list[str]:
    """The devices that products run on, to choose from."""
    families = ProductDevice.objects.order_by("family")
    return list(families.values_list("family", flat=True).distinct())


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
    shown = Proposal.objects.visible().filter(shipped_as__in=feature_ids)
    return shown.select_related("author").order_by("-voter_count", "pk")


def own_topic_posts(proposal: Proposal) -> QuerySet[Post]:
    """What was said about it, the last first."""
    said = Post.objects.visible().filter(topic=proposal.topic_id, number__gt=1)
    return said.select_related("author").order_by("-number")
