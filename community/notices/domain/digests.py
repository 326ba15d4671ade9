"""Digests: what a member has not read and got no mail of, gathered at an hour they chose."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from community.members.models import Member
from community.notices.domain.hours import next_digest
from community.notices.models import Channel, Delivery, Notice, Rhythm
from community.notices.queries import as_of_now, zone_of

MOST_NOTICES = 50
RETRY_AFTER = timedelta(minutes=15)

Send = Callable[[Member, Sequence[Notice]], bool]


def send_digest(*, member_id: int, send: Send, at: datetime) -> bool:
    """Send the digest that is due, if there is something to say; False if not.

    Claimed by putting it off for a quarter of an hour: when sending fails, it is due again then.
    """
    rhythm = _claim(member_id, at)
    if rhythm is None:
        return False
    notices = notices_for(rhythm)
    is_sent = bool(notices) and rhythm.wants_mail and send(rhythm.member, notices)
    due_at = next_digest(
        at,
        zone_of(rhythm.member),
        rhythm.digest_hour,
        is_weekly=rhythm.digest == Rhythm.Digest.WEEKLY,
    )
    # Not if the member has chosen something else meanwhile.
    claimed = Rhythm.objects.filter(pk=rhythm.pk, digest_at=at + RETRY_AFTER)
    claimed.update(digest_at=due_at, digested_at=at)
    return is_sent


def notices_for(rhythm: Rhythm) -> list[Notice]:
    """What came since the last digest, is unread and went out by no mail; newest first."""
    mailed = Delivery.objects.filter(channel=Channel.EMAIL, sent_at__isnull=False)
    notices = Notice.objects.filter(member=rhythm.member).on_site().unread()
    if rhythm.digested_at:
        notices = notices.filter(told_at__gt=rhythm.digested_at)
    fresh = notices.exclude(pk__in=mailed.values("notice")).select_related("by", "member")
    return list(as_of_now(list(fresh.newest_first()[:MOST_NOTICES])))


def _claim(member_id: int, at: datetime) -> Rhythm | None:
    with transaction.atomic():
        due = Rhythm.objects.due(at).select_for_update(of=("self",), skip_locked=True)
        rhythm = due.select_related("member").filter(pk=member_id).first()
        if rhythm:
            Rhythm.objects.filter(pk=member_id).update(digest_at=at + RETRY_AFTER)
    return rhythm
