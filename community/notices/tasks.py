"""Due work of the room."""

import logging
from collections.abc import Iterable
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from community.notices import mails
from community.notices.domain import digests, keeping, sending
from community.notices.models import Channel, Rhythm
from community.notices.push import sending as push

logger = logging.getLogger(__name__)
SENDERS: dict[Channel, sending.Send] = {
    Channel.PUSH: push.send_notice,
    Channel.EMAIL: mails.send_notice,
}
DIGESTS_AT_ONCE = 500


def send_all_due(at: datetime) -> int:
    """Send every mail and push that is due; gives how many went out."""
    return sum(_send_channel(channel, at) for channel in SENDERS)


def _send_channel(channel: Channel, at: datetime) -> int:
    sent = 0
    while claimed := sending.claim(channel=channel, at=at):
        sent += _each(claimed, channel, at)
    return sent


def _each(claimed: Iterable[int], channel: Channel, at: datetime) -> int:
    """One that fails does not keep the others waiting; its claim said when to try again."""
    sent = 0
    for pk in claimed:
        try:
            sent += sending.deliver(delivery_id=pk, send=SENDERS[channel], at=at)
        except Exception:
            logger.exception("Delivery %s by %s failed; trying again later.", pk, channel)
    return sent


def send_all_digests(at: datetime) -> int:
    """Send every digest whose hour has come; gives how many went out."""
    sent = 0
    due = Rhythm.objects.due(at).order_by("digest_at").values_list("pk", flat=True)
    for member_id in due[:DIGESTS_AT_ONCE]:
        try:
            sent += digests.send_digest(member_id=member_id, send=mails.send_digest, at=at)
        except Exception:
            logger.exception("The digest of %s failed; trying again soon.", member_id)
    return sent


@shared_task(name="notices.send_due")
def send_due() -> None:
    """Look for mails and pushes to send; safe to run twice, at any time."""
    send_all_due(timezone.now())


@shared_task(name="notices.send_digests")
def send_digests() -> None:
    """Look for digests to send; safe to run twice, at any time."""
    send_all_digests(timezone.now())


@shared_task(name="notices.forget_old")
def forget_old() -> None:
    """Forget what was read long ago; safe to run twice, at any time."""
    keeping.forget_old(at=timezone.now())
