"""Whom a gift is told of: whom it was for, and its giver when they are thanked."""

from datetime import datetime

from community.gifts.models import Gift
from community.notices.domain.telling import tell

GIVEN, THANKED = "gifts.given", "gifts.thanked"


def tell_receivers(gift: Gift, at: datetime) -> None:
    """Tell the engineer, or the managers of the team's product."""
    if gift.engineer:
        receivers = [gift.engineer.member_id] if gift.engineer.member_id else []
    else:
        receivers = list(gift.product.managers.values_list("pk", flat=True)) if gift.product else []
    tell(
        kind=GIVEN,
        members=receivers,
        about=f"gift:{gift.pk}",
        url=gift.get_absolute_url(),
        words={"title": gift.words[:80], "by": str(gift.member)},
        by=gift.member_id,
        at=at,
    )


def tell_giver(gift: Gift, at: datetime) -> None:
    tell(
        kind=THANKED,
        members=[gift.member_id] if gift.member_id else [],
        about=f"gift:{gift.pk}",
        url=gift.get_absolute_url(),
        words={"title": gift.words[:80]},
        by=None,
        at=at,
    )
