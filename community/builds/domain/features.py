"""The change list while it is open: changes, their order, and who built which share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from community.builds.domain.details import refuse_partial
from community.builds.domain.refusals import ChangeListFrozen, Invalid, said_as
from community.builds.domain.week.rows import State, locked, require
from community.builds.models import Build, Credit, Feature

# Shares are kept to four decimals, so that three people can sign a third each.
SMALLEST_SHARE = Decimal("0.0001")
MOST_FEATURES = 500


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is said of one change."""

    title: str
    area: str = ""
    kind: str = Feature.Kind.FEATURE
    body: str = ""
    references: tuple[str, ...] = ()

    def as_fields(self) -> dict[str, object]:
        """Fields of a Feature; raises Invalid."""
        title = " ".join(self.title.split())
        if not title:
            raise Invalid("title", _("A change needs a title."))
        if self.kind not in Feature.Kind.values:
            raise Invalid("kind", _("There is no such kind of change."))
        return {
            "title": title,
            "area": " ".join(self.area.split()),
            "kind": self.kind,
            "body": self.body.strip(),
            "references": list(self.references),
        }


def open_list(build_id: int) -> Build:
    """The build, locked, with its change list open; raises WrongState, ChangeListFrozen."""
    build = locked(build_id)
    require(build, State.DRAFT, State.SCHEDULED)
    if build.frozen_at:
        raise ChangeListFrozen(
            _("The change list of %(build)s is frozen. Take the build back to draft to change it.")
            % {"build": build}
        )
    return build


@transaction.atomic
def add_feature(
    *, build_id: int, change: Change, position: int | None = None, fingerprint: str = ""
) -> Feature:
    """Add a change at the end, or at a position (others move down).

    With a fingerprint (see domain.importing) the change is known again when it comes once more.
    """
    build = open_list(build_id)
    last = build.features.aggregate(last=Max("position"))["last"] or 0
    if build.features.count() >= MOST_FEATURES:
        raise Invalid(
            "title", _("A build holds at most %(most)d changes.") % {"most": MOST_FEATURES}
        )
    if position is None or position > last:
        position = last + 1
    else:
        build.features.filter(position__gte=position).update(position=F("position") + 1)
    return Feature.objects.create(
        build=build, position=position, fingerprint=fingerprint, **change.as_fields()
    )


@transaction.atomic
def edit_feature(*, feature: Feature, change: Change) -> None:
    open_list(feature.build_id)
    Feature.objects.filter(pk=feature.pk).update(**change.as_fields())


@dataclass(frozen=True)
class Removed:
    """All it takes to put a removed change back."""

    build_id: int
    position: int
    change: Change
    shares: Mapping[int, Decimal]


@transaction.atomic
def remove_feature(*, feature: Feature) -> Removed:
    """Take a change out; ``put_back`` undoes it."""
    open_list(feature.build_id)
    shares = dict(feature.credits.values_list("engineer_id", "share"))
    change = Change(
        title=feature.title,
        area=feature.area,
        kind=feature.kind,
        body=feature.body,
        references=tuple(feature.references),
    )
    removed = Removed(feature.build_id, feature.position, change, shares)
    feature.delete()
    return removed


@transaction.atomic
def put_back(*, removed: Removed) -> Feature:
    feature = add_feature(
        build_id=removed.build_id, change=removed.change, position=removed.position
    )
    _sign(feature, removed.shares)
    return feature


@transaction.atomic
def reorder(*, build_id: int, feature_ids: Sequence[int]) -> None:
    """Put the changes into the order of ``feature_ids``, which names each of them once."""
    build = open_list(build_id)
    features = list(build.features.all())
    if sorted(feature_ids) != sorted(feature.pk for feature in features):
        raise Invalid("order", _("The change list has changed meanwhile: look at it again."))
    places = {pk: place for place, pk in enumerate(feature_ids, start=1)}
    for feature in features:
        feature.position = places[feature.pk]
    # The uniqueness of places is checked at the end of the transaction.
    Feature.objects.bulk_update(features, ["position"])


@transaction.atomic
def move(*, feature: Feature, by: int) -> None:
    """Move a change up (−1) or down (+1) by places; at the end it stays."""
    build = open_list(feature.build_id)
    order = list(build.features.order_by("position", "pk").values_list("pk", flat=True))
    place = order.index(feature.pk)
    order.insert(max(0, min(len(order), place + by)), order.pop(place))
    reorder(build_id=build.pk, feature_ids=order)


def equal_shares(people: int) -> list[Decimal]:
    """Shares of 1 for so many people, as equal as four decimals allow; they sum to 1 exactly."""
    share = (Decimal(1) / people).quantize(SMALLEST_SHARE, rounding=ROUND_DOWN)
    spare = int((1 - share * people) / SMALLEST_SHARE)
    return [share + SMALLEST_SHARE * (place < spare) for place in range(people)]


@transaction.atomic
def set_credits(*, feature: Feature, shares: Mapping[int, Decimal | None]) -> None:
    """Sign a change: engineer ids with shares of it, or none given for equal ones.

    Raises Invalid unless the shares are all given and sum to 1, or all left out. An empty mapping
    takes every name off again.
    """
    open_list(feature.build_id)
    given = [share for share in shares.values() if share is not None]
    if not given:
        equal = dict(zip(shares, equal_shares(len(shares)), strict=True)) if shares else {}
        _sign(feature, equal)
        return
    if len(given) != len(shares):
        raise Invalid("share", _("Give every engineer a share, or none to share equally."))
    refuse_partial(given)
    _sign(feature, {who: share for who, share in shares.items() if share is not None})


def _sign(feature: Feature, shares: Mapping[int, Decimal]) -> None:
    feature.credits.all().delete()
    with (
        said_as(
            {"credit_share_is_share": Invalid("share", _("Each share is more than 0, at most 1."))}
        ),
        transaction.atomic(),
    ):
        Credit.objects.bulk_create(
            Credit(feature=feature, engineer_id=who, share=share) for who, share in shares.items()
        )
