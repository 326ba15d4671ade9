"""Taking a coordination discount back: one manager asks, another confirms, both are on record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from awards.popcorn.domain.award import AwardRefused
from awards.popcorn.models import Award, DiscountOverride
from community.members.models import Member


def pattern_key(block: Mapping[str, Any]) -> str:
    """What a pattern goes by in every revision of an award: its two marks and its hour."""
    return f"{block['first']} {block['second']} {'-' if block['hour'] is None else block['hour']}"


@transaction.atomic
def ask(*, award: Award, pattern: str, reason: str, by: Member, at: datetime) -> DiscountOverride:
    """Write down the wish to take back the discount of one pattern of an award.

    ``pattern`` is its ``pattern_key``. What somebody asked for already stays as it was asked.
    Raises AwardRefused when there is no such pattern or no reason.
    """
    blocks = {pattern_key(block): block for block in award.result["blocks"]}
    if pattern not in blocks:
        raise AwardRefused(_("There is no such pattern in this award."))
    if not reason.strip():
        raise AwardRefused(_("Say why: everybody will read it."))
    row, _is_new = DiscountOverride.objects.get_or_create(
        build_id=award.build_id,
        **{name: blocks[pattern][name] for name in ("first", "second", "hour")},
        defaults={"reason": reason.strip(), "asked_by": by, "asked_at": at},
    )
    return row


def confirm(*, override: DiscountOverride, by: Member, at: datetime) -> DiscountOverride:
    """Confirm what somebody else asked for; the award computed next leaves the discount out.

    The second time, give back the first. Raises AwardRefused when one manager tries to be both.
    """
    waiting = DiscountOverride.objects.filter(pk=override.pk, confirmed_by=None)
    if not waiting.filter(~Q(asked_by=by)).update(confirmed_by=by, confirmed_at=at):
        override.refresh_from_db()
        if override.confirmed_by_id is None:
            raise AwardRefused(_("You asked for this: another manager has to confirm it."))
    override.refresh_from_db()
    return override
