"""What moderators do with gifts; each act is in the staff log."""

from datetime import datetime

from django.db import transaction

from community.gifts.domain.telling import tell_receivers
from community.gifts.models import Gift
from community.members.models import Member
from community.moderation.domain.log import record
from community.moderation.models import LogEntry


def approve(*, gift: Gift, by: Member, at: datetime) -> None:
    """Put what waited on the wall."""
    with transaction.atomic():
        if Gift.objects.filter(pk=gift.pk, held_at__isnull=False).update(held_at=None):
            record(by=by, act="approve_gift", subject=_named(gift), at=at)
            tell_receivers(gift, at)


def refuse(*, gift: Gift, by: Member, reason: str, at: datetime) -> None:
    """Keep what waited off the wall; its giver is told why."""
    _hide(gift, by, reason, at, act="refuse_gift")


def hide(*, gift: Gift, by: Member, reason: str, at: datetime) -> None:
    """Take a gift off the wall."""
    _hide(gift, by, reason, at, act="hide_gift")


@transaction.atomic
def show(*, gift: Gift, by: Member, at: datetime, undoes: LogEntry | None = None) -> None:
    """Put a hidden gift back."""
    Gift.objects.filter(pk=gift.pk).update(hidden_at=None)
    record(by=by, act="show_gift", subject=_named(gift), at=at, undoes=undoes)


@transaction.atomic
def _hide(gift: Gift, by: Member, reason: str, at: datetime, *, act: str) -> None:
    Gift.objects.filter(pk=gift.pk).update(hidden_at=at)
    record(by=by, act=act, subject=_named(gift), at=at, detail={"reason": reason})


def _named(gift: Gift) -> str:
    return f"gift:{gift.pk}"
