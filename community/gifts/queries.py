"""What the wall shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.builds.models import Engineer, Product
from community.gifts.models import Gift, GiftQuerySet
from community.text.whole import number

GIFTS_A_PAGE = 24
ON_ENGINEERS_PAGE = 4
RECEIVERS_OFFERED = 500


@dataclass(frozen=True, kw_only=True)
class GiftPage:
    """One page of gifts, the newest first; `older` is the cursor of the next one, or ""."""

    gifts: Sequence[Gift]
    older: str


def wall(*, engineer: Engineer | None = None, product: Product | None = None) -> GiftQuerySet:
    """What everybody sees: all of it, or what was for an engineer or a team."""
    gifts = Gift.objects.visible().with_people().order_by("-pk")
    if engineer:
        gifts = gifts.for_engineer(engineer)
    return gifts.filter(product=product) if product else gifts


def page_of(gifts: GiftQuerySet, before: str = "") -> GiftPage:
    """A page before a cursor; an unknown cursor is the first page."""
    if cursor := number(before):
        gifts = gifts.filter(pk__lt=cursor)
    found = list(gifts[: GIFTS_A_PAGE + 1])
    shown = found[:GIFTS_A_PAGE]
    return GiftPage(gifts=shown, older=str(shown[-1].pk) if len(found) > GIFTS_A_PAGE else "")


def receivers() -> tuple[list[Product], list[Engineer]]:
    """Teams and engineers one may give to, by name."""
    engineers = Engineer.objects.shown().order_by("name_sort_key", "pk")[:RECEIVERS_OFFERED]
    return list(Product.objects.order_by("name")), list(engineers)


def receivers_on_the_wall() -> tuple[list[Product], list[Engineer]]:
    """Teams and engineers who were given something, to filter by."""
    gifts = Gift.objects.visible()
    engineers = Engineer.objects.shown().filter(pk__in=gifts.values("engineer"))
    teams = Product.objects.filter(pk__in=gifts.values("product"))
    by_name = engineers.order_by("name_sort_key", "pk")[:RECEIVERS_OFFERED]
    return list(teams.order_by("name")), list(by_name)
