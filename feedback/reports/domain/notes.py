"""What an engineer does with the inbox: opens it, reads notes, is done with them."""

from collections.abc import Collection
from datetime import datetime

from community.members.models import Member
from feedback.reports.models import FollowUp, InboxVisit


def visit(*, member: Member, at: datetime) -> None:
    """What was counted up to now is new no more."""
    InboxVisit.objects.update_or_create(member=member, defaults={"visited_at": at})


def mark_read(*, member: Member, notes: Collection[int], at: datetime) -> None:
    """These notes were read; the first time counts, and nobody's own but the member's."""
    unread = FollowUp.objects.notes_to(member).filter(pk__in=notes, read_at=None)
    unread.order_by().update(read_at=at)


def set_done(*, member: Member, note: FollowUp, is_done: bool, at: datetime) -> None:
    """The engineer is done with a note, or takes it up again; whoever is done has read it."""
    mark_read(member=member, notes=[note.pk], at=at)
    if is_done:
        FollowUp.objects.filter(pk=note.pk, done_at=None).update(done_at=at)
    else:
        FollowUp.objects.filter(pk=note.pk).update(done_at=None)
