"""Signing a change by what people type: names and handles."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from community.builds.domain import engineers, features
from community.builds.domain.features import Change
from community.builds.domain.refusals import Invalid
from community.builds.models import Engineer, Feature

# A name or @handle with a share, or with none to share equally.
Typed = tuple[str, Decimal | None]


@transaction.atomic
def sign(*, feature: Feature, typed: Sequence[Typed], at: datetime) -> None:
    """Sign a change with names ("林浩") and handles ("@linhao"); unknown ones become engineers.

    Raises Invalid (shares that do not sum to 1, one person named twice) and what ``set_credits``
    raises.
    """
    shares: dict[int, Decimal | None] = {}
    for text, share in typed:
        engineer = find(text, at=at)
        if engineer.pk in shares:
            raise Invalid(
                "engineer", _("%(engineer)s is named twice.") % {"engineer": engineer.name}
            )
        shares[engineer.pk] = share
    features.set_credits(feature=feature, shares=shares)


def find(text: str, *, at: datetime) -> Engineer:
    """The engineer somebody typed: a handle when it begins with @, else a name."""
    if text.strip().startswith("@"):
        return engineers.find_or_create(handle=text, at=at)
    return engineers.find_or_create(name=text, at=at)


@transaction.atomic
def add_signed(*, build_id: int, change: Change, typed: Sequence[Typed], at: datetime) -> Feature:
    """Add a change and sign it, both or none."""
    feature = features.add_feature(build_id=build_id, change=change)
    sign(feature=feature, typed=typed, at=at)
    return feature


@transaction.atomic
def edit_signed(*, feature: Feature, change: Change, typed: Sequence[Typed], at: datetime) -> None:
    """Change what is said of a change and who built it, both or none."""
    features.edit_feature(feature=feature, change=change)
    sign(feature=feature, typed=typed, at=at)


@transaction.atomic
def sign_all(*, named: dict[Feature, tuple[str, ...]], at: datetime) -> None:
    """Sign several changes in equal shares."""
    for feature, names in named.items():
        sign(feature=feature, typed=[(name, None) for name in names], at=at)
