"""What pages ask about notices."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db.models import Q

from community.members.models import Member
from community.members.permissions import User
from community.members.prepared import Statement
from community.notices.kinds import WordsNow
from community.notices.models import Notice, NoticeQuerySet, Rhythm
from community.text.moments import moment_and_id

NOTICES_A_PAGE = 30
# On every page of a member: one row by its key, and no work in Django.
UNREAD = Statement("notices_unread", "SELECT unread FROM notices_inbox WHERE member_id = $1")


@dataclass(frozen=True, kw_only=True)
class NoticeList:
    """One page of notices; `older` is the cursor of the next one, "" on the last."""

    notices: Sequence[Notice]
    older: str


def unread_count(member: User) -> int:
    """How many notices the member has not read; visitors have none."""
    row = UNREAD.row(member.pk) if member.is_authenticated else None
    return row["unread"] if row else 0


def notices_of(member: User, *, kind: str = "", is_unread: bool = False) -> NoticeQuerySet:
    """What stands in a member's list: all of it, of one kind, or what is not read."""
    notices = Notice.objects.filter(member=member.pk).on_site()
    if kind:
        notices = notices.filter(kind=kind)
    return notices.unread() if is_unread else notices


def page_of(notices: NoticeQuerySet, before: str = "") -> NoticeList:
    """The newest, or those before a cursor (an unknown one: the newest), at the same cost."""
    rows = notices.select_related("by", "member").newest_first()
    if cursor := moment_and_id(before):
        at, pk = cursor
        rows = rows.filter(Q(told_at__lt=at) | Q(told_at=at, pk__lt=pk))
    found = list(rows[: NOTICES_A_PAGE + 1])
    shown = found[:NOTICES_A_PAGE]
    last = shown[-1] if len(found) > NOTICES_A_PAGE else None
    return NoticeList(
        notices=as_of_now(shown), older=f"{last.told_at.isoformat()}~{last.pk}" if last else ""
    )


def as_of_now(notices: Sequence[Notice]) -> Sequence[Notice]:
    """Notices of one member, saying what the member may still read; with `member` loaded."""
    asked: defaultdict[WordsNow | None, list[Notice]] = defaultdict(list)
    for notice in notices:
        asked[notice.what.words_now].append(notice)
    for words_now, some in asked.items():
        changed = words_now(some) if words_now else {}
        for notice in some:
            notice.words |= changed.get(notice.pk, {})
    return notices


def rhythm_of(member: Member) -> Rhythm:
    """The member's rhythm; who never chose gets an unsaved one: mail, at any hour, no digest."""
    return Rhythm.objects.filter(member=member).first() or Rhythm(member=member)


def zone_of(member: Member) -> ZoneInfo:
    """The member's clock; the site's where they chose none or it is no more."""
    try:
        return ZoneInfo(member.time_zone or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
