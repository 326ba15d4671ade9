"""Who takes part: adding, leaving, and how far each has read."""

from datetime import datetime

from django.db import transaction

from community.conversations.domain import refusals
from community.conversations.models import MOST_MEMBERS, Conversation, Participation
from community.members.models import Member, Relation
from community.members.permissions import may_write_to


def add_member(*, conversation: Conversation, by: Member, other: Member, at: datetime) -> None:
    """Let another take part from now on; what was said before stays between the others.

    Raises TooMany, or NotWelcome where somebody who takes part blocks them or is blocked.
    """
    with transaction.atomic():
        current = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        active = set(current.participations.active().values_list("member", flat=True))
        if other.pk in active:
            return
        if len(active) >= MOST_MEMBERS:
            raise refusals.TooMany
        if not may_write_to(by, other) or _is_blocked_by_any(other, active):
            raise refusals.NotWelcome(other)
        Participation.objects.update_or_create(
            conversation=current,
            member=other,
            defaults={
                "joined_at": at,
                "left_at": None,
                "sees_after": current.last_message_id,
                "read_until": current.last_message_id,
            },
        )


def leave(*, participation: Participation, at: datetime) -> None:
    """Read and hear no more of a conversation; the others keep it."""
    Participation.objects.active().filter(pk=participation.pk).update(left_at=at)


def mark_read(*, participation: Participation, until: int) -> None:
    """Remember how far somebody has read; never back, nor further than there are messages."""
    own = Participation.objects.filter(pk=participation.pk, read_until__lt=until)
    own.update(read_until=min(until, participation.conversation.last_message_id))


def _is_blocked_by_any(other: Member, active: set[int]) -> bool:
    blocks = Relation.objects.filter(kind=Relation.Kind.BLOCKS)
    theirs = blocks.filter(member__in=active, other=other)
    return theirs.exists() or blocks.filter(member=other, other__in=active).exists()
