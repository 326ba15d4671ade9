"""What pages and the API read of builds, features and engineers."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from community.builds.models import (
    Build,
    Credit,
    Engineer,
    EngineerClaim,
    EngineerName,
    Feature,
    MutedMail,
    Product,
    name_key,
)
from community.builds.models.build import BuildQuerySet
from community.members.permissions import User, is_admin

# Credits as read: with the engineer who signed, and the one they were merged into.
SIGNED = Prefetch(
    "credits",
    Credit.objects.select_related("engineer__merged_into", "engineer__member").order_by(
        "-share", "pk"
    ),
)


def builds_for(user: User) -> BuildQuerySet:
    """The builds somebody may know of: all that went out, and those they manage."""
    known = Q(published_at__isnull=False) | Q(product__in=Product.objects.managed_by(user))
    return Build.objects.select_related("product").filter(known)


def public_build(slug: str) -> Build | None:
    """A build that went out, with its product and topic."""
    return Build.objects.public().select_related("product", "topic").filter(slug=slug).first()


def latest_builds(count: int) -> BuildQuerySet:
    """What went out last, the newest first, with its change list and who signed it."""
    changes = Feature.objects.prefetch_related(SIGNED).order_by("position", "pk")
    builds = Build.objects.public().select_related("product")
    ordered = builds.prefetch_related(Prefetch("features", changes)).order_by(
        "-published_at", "-pk"
    )
    return ordered[:count]


def archive(
    user: User, *, product: str = "", channel: str = "", state: str = "", area: str = ""
) -> BuildQuerySet:
    """Builds, newest release first; each filter is a slug or value, empty for all."""
    builds = builds_for(user)
    if product:
        builds = builds.filter(product__slug=product)
    if channel:
        builds = builds.filter(channel=channel)
    if state:
        builds = builds.filter(state=state)
    if area:
        of_area = Feature.objects.filter(build=OuterRef("pk"), area=area)
        builds = builds.filter(Exists(of_area))
    return builds.order_by(F("published_at").desc(nulls_first=True), "-publish_at", "-pk")


def features_of(build: Build) -> QuerySet[Feature]:
    """The change list in its order, with credits and the topic each change is discussed in."""
    features = Feature.objects.filter(build=build).select_related("topic")
    return features.prefetch_related(SIGNED).order_by("position", "pk")


def features_out() -> QuerySet[Feature]:
    """Changes of builds that went out, each with its build and who built it."""
    out = Feature.objects.filter(build__published_at__isnull=False)
    return out.select_related("build__product", "topic").prefetch_related(SIGNED)


def unsigned_features(build_id: int) -> QuerySet[Feature]:
    """Changes whose shares do not sum to 1; the database refuses to freeze while there are any."""
    return _unsigned(Feature.objects.filter(build=build_id)).order_by("position", "pk")


def _unsigned(features: QuerySet[Feature]) -> QuerySet[Feature]:
    signed = Coalesce(Sum("credits__share"), Value(Decimal(0)))
    return features.annotate(signed=signed).exclude(signed=1)


def next_to_open(product: Product) -> Build | None:
    """The build of a product that goes out next; without one that is scheduled, a draft."""
    waiting = Build.objects.filter(product=product)
    scheduled = waiting.filter(state=Build.State.SCHEDULED).order_by("publish_at", "pk")
    return scheduled.first() or waiting.filter(state=Build.State.DRAFT).order_by("pk").first()


def scheduled(product: Product) -> list[Build]:
    """The builds of a product that have a week and are not out, in their order."""
    waiting = Build.objects.filter(product=product, state=Build.State.SCHEDULED)
    return list(waiting.order_by("publish_at", "pk"))


def muted_mails(product_id: int) -> set[str]:
    """The kinds of notices that a product does not send by mail."""
    return set(MutedMail.objects.filter(product=product_id).values_list("kind", flat=True))


def last_closed(product: Product) -> Build | None:
    """The build of a product whose ballots closed last, by themselves."""
    closed = Build.objects.voted_to_the_end().filter(product=product)
    return closed.select_related("product").order_by("-closed_at", "-pk").first()


def areas(builds: BuildQuerySet) -> list[str]:
    """The areas the features of some builds belong to, by name."""
    named = Feature.objects.filter(build__in=builds.order_by()).exclude(area="")
    return list(named.order_by("area").values_list("area", flat=True).distinct())


def products_of(user: User) -> QuerySet[Product]:
    """The products somebody manages."""
    return Product.objects.managed_by(user).order_by("name", "pk")


def engineers(*, search: str = "") -> QuerySet[Engineer]:
    """Engineers of what went out, by pinyin, with how many changes and builds they signed.

    A search finds parts of names and handles, and pinyin: 李明 by ``li ming``, ``liming``, ``lm``.
    """
    shown = Engineer.objects.shown().filter(Exists(_public_credits())).select_related("member")
    shown = shown.order_by("name_sort_key", "pk")
    wanted = name_key(search)
    return _with_counts(_named_like(shown, wanted) if wanted else shown)


def _named_like(shown: QuerySet[Engineer], wanted: str) -> QuerySet[Engineer]:
    spelled = EngineerName.objects.filter(key__contains=wanted).filter(
        Q(engineer=OuterRef("pk")) | Q(engineer__merged_into=OuterRef("pk"))
    )
    letters = wanted.replace(" ", "")
    return shown.annotate(
        pinyin=_without("name_sort_key", "[0-9 ]", ""),
        initials=_without("name_sort_key", r"(\S)\S*\s*", r"\1"),
    ).filter(
        Exists(spelled)
        | Q(name__icontains=wanted)
        | Q(pinyin__contains=letters)
        | Q(initials__startswith=letters)
    )


def _without(field: str, pattern: str, replacement: str) -> Func:
    return Func(F(field), Value(pattern), Value(replacement), Value("g"), function="regexp_replace")


def _with_counts(shown: QuerySet[Engineer]) -> QuerySet[Engineer]:
    """Adds ``feature_count`` and ``build_count`` over public builds, merged names included."""
    return shown.annotate(feature_count=_signed("feature"), build_count=_signed("feature__build"))


def _signed(what: str) -> Coalesce:
    return _counted(_public_credits(), Count(what, distinct=True))


def _public_credits() -> QuerySet[Credit]:
    """Of the engineer outside, with the names merged into theirs."""
    return Credit.objects.filter(feature__build__published_at__isnull=False).filter(
        Q(engineer=OuterRef("pk")) | Q(engineer__merged_into=OuterRef("pk"))
    )


def credits_of(engineer: Engineer) -> QuerySet[Credit]:
    """What an engineer built, also under names merged into theirs; newest build first."""
    return (
        Credit.objects.filter(Q(engineer=engineer) | Q(engineer__merged_into=engineer))
        .filter(feature__build__published_at__isnull=False)
        .select_related("feature__build__product", "feature__topic")
        .order_by("-feature__build__published_at", "feature__position", "pk")
    )


def areas_of(engineer: Engineer) -> list[tuple[str, int]]:
    """The areas an engineer worked in, with how many changes; the most first."""
    named = credits_of(engineer).order_by().exclude(feature__area="")
    counted = named.values("feature__area").annotate(n=Count("feature", distinct=True))
    return list(counted.order_by("-n", "feature__area").values_list("feature__area", "n"))


def with_build_counts(builds: BuildQuerySet) -> BuildQuerySet:
    """Adds ``feature_count`` and ``engineer_count`` (merged names are one engineer)."""
    features = Feature.objects.filter(build=OuterRef("pk"))
    standing_id = Coalesce("credits__engineer__merged_into", "credits__engineer")
    return builds.annotate(
        feature_count=_counted(features, Count("pk", distinct=True)),
        engineer_count=_counted(features, Count(standing_id, distinct=True)),
    )


def unsigned_counts(builds: Iterable[Build]) -> Counter[int]:
    """By build id: how many changes somebody has to be named for."""
    features = Feature.objects.filter(build__in=[build.pk for build in builds])
    return Counter(_unsigned(features).values_list("build_id", flat=True))


def _counted(rows: QuerySet[Any], count: Count) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(one=Value(1)).values(n=count)), 0)


def waiting_claims(user: User) -> QuerySet[EngineerClaim]:
    """Claims somebody may decide: on engineers who worked on a product they manage."""
    waiting = EngineerClaim.objects.filter(state=EngineerClaim.State.WAITING)
    waiting = waiting.select_related("engineer", "member").order_by("created_at", "pk")
    if is_admin(user):
        return waiting
    return waiting.filter(
        Exists(_worked_on(Product.objects.managed_by(user)).filter(engineer=OuterRef("engineer")))
    )


def curated_engineers(user: User) -> QuerySet[Engineer]:
    """Engineers a manager may merge: those who worked on a product of theirs, and their names."""
    everybody = Engineer.objects.order_by("name_sort_key", "pk")
    if is_admin(user):
        return everybody
    credits_ = _worked_on(Product.objects.managed_by(user))
    theirs = Exists(credits_.filter(engineer=OuterRef("pk")))
    return everybody.filter(theirs | Exists(credits_.filter(engineer=OuterRef("merged_into"))))


def _worked_on(products: QuerySet[Product]) -> QuerySet[Credit]:
    return Credit.objects.filter(feature__build__product__in=products)


def engineers_of(product: Product) -> QuerySet[Engineer]:
    """Who has worked on a product, as they are read."""
    theirs = _worked_on(Product.objects.filter(pk=product.pk)).filter(
        Q(engineer=OuterRef("pk")) | Q(engineer__merged_into=OuterRef("pk"))
    )
    return Engineer.objects.filter(merged_into=None).filter(Exists(theirs))


def taken_days(build: Build) -> set[date]:
    """The days on which other builds of the channel go out."""
    others = Build.objects.filter(product=build.product, channel=build.channel)
    others = others.exclude(pk=build.pk).exclude(state=Build.State.CANCELLED)
    return {day for day in others.values_list("release_on", flat=True) if day}
