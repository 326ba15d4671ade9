"""Reading notices: one, all, or those about what a member is looking at."""

from collections.abc import Iterable
from datetime import datetime

from community.members.models import Member
from community.notices.models import Notice


def read_one(*, member: Member, notice_id: int, at: datetime) -> Notice:
    """Mark a notice of the member's read, and give it. Raises Notice.DoesNotExist."""
    notice = Notice.objects.on_site().get(pk=notice_id, member=member)
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=at)
    return notice


def read_all(*, member: Member, at: datetime, kind: str = "") -> int:
    """Mark all read, or all of one kind; gives how many were unread."""
    unread = Notice.objects.unread().filter(member=member)
    return (unread.filter(kind=kind) if kind else unread).update(read_at=at)


def read_about(*, member: Member, about: Iterable[str], at: datetime) -> int:
    """Mark read what is about these things, as their page is open before the member."""
    return Notice.objects.unread().filter(member=member, about__in=about).update(read_at=at)
