"""What pages, panels and the API read of awards."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from awards.popcorn.models import Award, AwardPlace, BucketWinner, DiscountedBallot, Quote
from awards.popcorn.models.award import AwardQuerySet
from community.builds.models import Engineer, Feature, Product
from community.builds.permissions import managed_product_ids
from community.builds.queries import SIGNED
from community.members.permissions import User, is_admin
from community.members.prepared import Statement

# The bucket's features, in the order a podium shows them, with who built them.
BUCKETS = (
    BucketWinner.objects.select_related("feature")
    .prefetch_related(Prefetch("feature__credits", SIGNED.queryset))
    .order_by("-weighted_first_places", "feature__position")
)
HELD = Prefetch("buckets", BUCKETS)
WON = Prefetch(
    "places",
    AwardPlace.objects.filter(is_winner=True)
    .select_related("engineer__merged_into", "engineer__member")
    .order_by("place", "-score"),
    to_attr="winners",
)


# Every hit of an award's page asks whether its reader built something.
SELVES = Statement(
    "popcorn_selves",
    "SELECT array_agg(id) AS engineers FROM builds_engineer"
    " WHERE member_id = $1 HAVING count(*) > 0",
)


def awards_for(user: User, slug: str) -> AwardQuerySet:
    """The awards of a build that somebody may see, newest revision first."""
    awards = Award.objects.filter(build__slug=slug)
    if not is_admin(user):
        awards = awards.known_to_managers_of(managed_product_ids(user))
    return awards.select_related("build__product", "topic").order_by("-revision")


def withheld(slug: str) -> Award | None:
    """The award of a build that its managers keep back; everybody may read why."""
    awards = Award.objects.newest().filter(build__slug=slug, state=Award.State.WITHHELD)
    return awards.select_related("build__product").first()


def latest_awards() -> AwardQuerySet:
    """What holds today, the latest week first, with its buckets."""
    awards = Award.objects.announced().select_related("build__product", "topic")
    return awards.prefetch_related(HELD).order_by("-build__award_at", "-pk")


def awarded_products() -> QuerySet[Product]:
    """Products with an award that is out."""
    out = Award.objects.filter(build__product=OuterRef("pk"), state=Award.State.ANNOUNCED)
    return Product.objects.filter(Exists(out)).order_by("name", "pk")


def buckets(award: Award) -> list[BucketWinner]:
    """The features that hold an award's bucket, with who built them."""
    return list(BUCKETS.filter(award=award))


def places(award: Award) -> list[AwardPlace]:
    """All places of an award, best first, those without a place last."""
    rows = AwardPlace.objects.filter(award=award)
    rows = rows.select_related("engineer__merged_into", "engineer__member")
    return list(rows.order_by(F("place").asc(nulls_last=True), "-score"))


def own_places(user: User, award: Award) -> list[AwardPlace]:
    """An engineer's own place where the table does not show it."""
    row = SELVES.row(user.pk) if user.pk else None
    if row is None:
        return []
    selves = row["engineers"]
    mine = Q(engineer__in=selves, engineer__merged_into=None) | Q(engineer__merged_into__in=selves)
    places = AwardPlace.objects.filter(mine, award=award, is_shown=False)
    return list(places.select_related("engineer__merged_into", "engineer__member"))


def winners(award: Award) -> list[AwardPlace]:
    return [place for place in places(award) if place.is_winner]


def winning_features(award: Award) -> list[Feature]:
    """What an award celebrates: the bucket's features and all that the winners built."""
    won = AwardPlace.objects.filter(award=award, is_winner=True).values("engineer")
    celebrated = Q(buckets__award=award) | _signed_by(won, "credits")
    return list(
        Feature.objects.filter(celebrated, build=award.build_id)
        .select_related("tally")
        .prefetch_related(SIGNED)
        .order_by("-tally__loved_most", "position")
        .distinct()
    )


def quotes(award: Award, *, with_hidden: bool = False) -> dict[int, list[Quote]]:
    """What users wrote, by feature id; hidden quotes are for managers."""
    said: defaultdict[int, list[Quote]] = defaultdict(list)
    rows = Quote.objects.filter(award=award)
    for quote in (rows if with_hidden else rows.filter(hidden_at=None)).order_by("position"):
        said[quote.feature_id].append(quote)
    return said


def discounts(award: Award) -> QuerySet[DiscountedBallot]:
    """Discounted ballots with their reason codes, in the order of their random receipts."""
    rows = DiscountedBallot.objects.filter(award=award).select_related("ballot")
    return rows.order_by("ballot__receipt")


def held_buckets(engineer: Engineer) -> list[BucketWinner]:
    """Buckets that make an engineer 大神 now: those of each product's latest award."""
    later = Award.objects.filter(
        state=Award.State.ANNOUNCED,
        build__product=OuterRef("award__build__product"),
        build__award_at__gt=OuterRef("award__build__award_at"),
    )
    return list(_buckets_of(engineer).filter(~Exists(later)))


def won_buckets(engineer: Engineer) -> list[BucketWinner]:
    """All buckets an engineer has had a share in, newest first."""
    return list(_buckets_of(engineer))


def _buckets_of(engineer: Engineer) -> QuerySet[BucketWinner]:
    rows = BucketWinner.objects.filter(
        _signed_by([engineer.pk], "feature__credits"), award__in=Award.objects.announced()
    )
    rows = rows.select_related("feature", "award__build__product")
    rows = rows.defer("award__result", "award__parameters")
    return rows.order_by("-award__build__award_at", "-pk").distinct()


def places_of(engineer: Engineer) -> QuerySet[AwardPlace]:
    """An engineer's places in all awards that are out, newest first, merged names included."""
    rows = AwardPlace.objects.filter(
        Q(engineer=engineer) | Q(engineer__merged_into=engineer),
        award__in=Award.objects.announced(),
    )
    rows = rows.select_related("award__build__product", "engineer__merged_into")
    rows = rows.defer("award__result", "award__parameters")
    return rows.order_by("-award__build__award_at", "-pk")


def _signed_by(engineers: Iterable[Any], through: str) -> Q:
    """Signed by one of these engineers, or by a name merged into theirs."""
    return Q(**{f"{through}__engineer__in": engineers}) | Q(
        **{f"{through}__engineer__merged_into__in": engineers}
    )
