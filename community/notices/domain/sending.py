"""Sending what is due: claimed first, so that two workers never send the same and none is lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from community.notices.domain.hours import end_of_quiet
from community.notices.matrix import wants
from community.notices.models import (
    MOST_ATTEMPTS,
    Ceiling,
    Channel,
    Delivery,
    Notice,
    Rhythm,
)
from community.notices.queries import as_of_now, rhythm_of, zone_of

AT_ONCE = 100
FIRST_RETRY = timedelta(minutes=1)
MAILS_A_DAY = 30

# Gives the notice to its channel. False: it can never be sent. An error: try again later.
Send = Callable[[Notice], bool]

# The claim is already the next attempt: whoever dies while sending has lost nothing.
_CLAIM = """
UPDATE notices_delivery
   SET attempts = attempts + 1,
       due_at = %(at)s + %(retry)s * (2 ^ attempts) * (0.75 + 0.5 * random())
 WHERE id IN (SELECT id FROM notices_delivery
               WHERE sent_at IS NULL AND dropped_at IS NULL
                 AND due_at <= %(at)s AND channel = %(channel)s AND attempts < %(most)s
               ORDER BY due_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
RETURNING id
"""
# A row a member and day: two workers at once do not get past the ceiling.
_COUNT_MAIL = """
INSERT INTO notices_mailcount AS mails (member_id, "on", count)
SELECT %(member)s, %(on)s, 1 WHERE %(most)s > 0
ON CONFLICT (member_id, "on") DO UPDATE SET count = mails.count + 1 WHERE mails.count < %(most)s
"""


def claim(*, channel: Channel, at: datetime, limit: int = AT_ONCE) -> list[int]:
    """Take up what is due on a channel, each by one worker; gives the deliveries."""
    values: dict[str, Any] = {
        "at": at,
        "retry": FIRST_RETRY,
        "channel": channel.value,
        "most": MOST_ATTEMPTS,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        return [pk for (pk,) in cursor.fetchall()]


def deliver(*, delivery_id: int, send: Send, at: datetime) -> bool:
    """Send a claimed delivery unless it is no longer wanted, or not at this hour."""
    delivery = Delivery.objects.pending().filter(pk=delivery_id).first()
    if delivery is None:
        return False
    notice = Notice.objects.select_related("member", "by").get(pk=delivery.notice_id)
    rhythm = rhythm_of(notice.member)
    quiet_until = _quiet_until(notice, rhythm, at)
    if quiet_until > at:
        _postpone(delivery, quiet_until)
        return False
    is_sent = _is_wanted(delivery, notice, rhythm, at) and send(*as_of_now([notice]))
    Delivery.objects.filter(pk=delivery.pk).update(**{"sent_at" if is_sent else "dropped_at": at})
    return is_sent


def _is_wanted(delivery: Delivery, notice: Notice, rhythm: Rhythm, at: datetime) -> bool:
    """Unread or a letter, still chosen, and not one mail too many."""
    channel = Channel(delivery.channel)
    is_news = not notice.read_at or (channel == Channel.EMAIL and notice.what.letter)
    if not is_news or not wants(notice.member, notice.what, channel):
        return False
    if channel != Channel.EMAIL:
        return True
    # An attempt after the first one was counted with the first.
    return rhythm.wants_mail and (delivery.attempts > 1 or count_mail(notice.member_id, at))


def count_mail(member_id: int, at: datetime) -> bool:
    """Count a mail of today, unless that is one too many."""
    ceiling = Ceiling.objects.values_list("mails_a_day", flat=True).first()
    most = MAILS_A_DAY if ceiling is None else ceiling
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_MAIL, {"member": member_id, "on": at.date(), "most": most})
        return bool(cursor.rowcount)


def _quiet_until(notice: Notice, rhythm: Rhythm, at: datetime) -> datetime:
    if rhythm.quiet_from is None or rhythm.quiet_until is None:
        return at
    return end_of_quiet(at, zone_of(notice.member), rhythm.quiet_from, rhythm.quiet_until)


def _postpone(delivery: Delivery, until: datetime) -> None:
    """To be left alone is no failed attempt."""
    attempts = delivery.attempts - 1
    Delivery.objects.filter(pk=delivery.pk).update(due_at=until, attempts=attempts)
