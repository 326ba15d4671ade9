"""Taking a coordination discount back: one manager asks, another confirms, both are on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.popcorn.domain.award import AwardRefused
from awards.popcorn.models import Award, DiscountOverride
from community.builds.models import Build, Feature
from community.members.models import Member


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A discounted pattern in words: which two marks, how many held both, how many would."""

    key: str
    first: str
    second: str
    hour: int | None
    together: int
    expected: str
    coordination: str
    is_overridden: bool


def blocks(award: Award) -> list[ShownBlock]:
    """The patterns of an award, strongest discount first."""
    titles = dict(Feature.objects.filter(build=award.build).values_list("pk", "title"))
    return [_shown(block, titles) for block in award.result["blocks"]]


def _shown(block: dict[str, Any], titles: dict[int, str]) -> ShownBlock:
    hour = block["hour"]
    return ShownBlock(
        key=f"{block['first']} {block['second']} {'-' if hour is None else hour}",
        first=_mark(block["first"], titles),
        second=_mark(block["second"], titles),
        hour=hour,
        together=block["together"],
        expected=block["expected"],
        coordination=block["coordination"],
        is_overridden=block["is_overridden"],
    )


def _mark(mark: str, titles: dict[int, str]) -> str:
    verdict, _separator, feature = mark.partition(":")
    words = _("loved “%(title)s”") if verdict == "loved" else _("let down by “%(title)s”")
    return words % {"title": titles[int(feature)]}


def waiting(build: Build) -> list[DiscountOverride]:
    """What one manager asked for and nobody has confirmed."""
    rows = DiscountOverride.objects.filter(build=build, confirmed_by=None)
    return list(rows.select_related("asked_by").order_by("pk"))


@transaction.atomic
def ask_or_confirm(
    *, build_id: int, first: str, second: str, hour: int | None, reason: str,
    by: Member, at: datetime,
) -> DiscountOverride:  # fmt: skip
    """Write down a wish to take a discount back; the second manager's wish confirms it.

    Raises AwardRefused when one manager tries to be both.
    """
    row, is_new = DiscountOverride.objects.select_for_update().get_or_create(
        build_id=build_id,
        first=first,
        second=second,
        hour=hour,
        defaults={"reason": reason, "asked_by": by, "asked_at": at},
    )
    if is_new or row.confirmed_by_id is not None:
        return row
    if row.asked_by_id == by.pk:
        raise AwardRefused(_("You asked for this: another manager has to confirm it."))
    row.confirmed_by, row.confirmed_at = by, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    return row
