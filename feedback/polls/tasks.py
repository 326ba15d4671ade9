"""Due work of the polls."""

import logging
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from feedback.polls.domain import closing
from feedback.polls.models import Poll

logger = logging.getLogger(__name__)
AT_ONCE = 500


def close_all_due(at: datetime | None = None) -> list[int]:
    """Close every poll whose end has come and tell its voters; gives the ids of those closed.

    By the database's clock; ``at`` only in a development database. One that fails does not keep
    the others waiting.
    """
    now = at or timezone.now()
    due = list(Poll.objects.due(now).order_by("closes_at").values_list("pk", flat=True)[:AT_ONCE])
    closed = [pk for pk in due if _closed(pk, at)]
    for pk in Poll.objects.untold().order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        try:
            closing.tell_voters(poll_id=pk, at=now)
        except Exception:
            logger.exception("The voters of poll %s have to wait; trying again soon.", pk)
    return closed


def _closed(pk: int, at: datetime | None) -> bool:
    try:
        return closing.close(poll_id=pk, at=at)
    except Exception:
        logger.exception("Poll %s stays open a little longer; trying again soon.", pk)
        return False


@shared_task(name="polls.close_due")
def close_due() -> None:
    """Look for polls whose end has come; safe to run twice, at any time."""
    close_all_due()
