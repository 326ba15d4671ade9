"""What is kept and for how long; and the unread counts, counted anew."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from community.notices.models import Heard, MailCount, Notice

KEPT_FOR = timedelta(days=90)

_RECOUNT = """
INSERT INTO notices_inbox (member_id, unread)
SELECT member_id, count(*) FILTER (WHERE read_at IS NULL AND is_on_site)
  FROM notices_notice GROUP BY member_id
ON CONFLICT (member_id) DO UPDATE SET unread = EXCLUDED.unread
"""


def forget_old(*, at: datetime) -> int:
    """Delete what was read 90 days ago, and what was heard before; gives how many notices went."""
    MailCount.objects.filter(on__lt=(at - timedelta(days=2)).date()).delete()
    Heard.objects.filter(told_at__lt=at - KEPT_FOR).delete()
    _count, gone = Notice.objects.past(at - KEPT_FOR).delete()
    return gone.get("notices.Notice", 0)


def recount() -> None:
    """Set every unread count from the notices; nobody writes notices meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE notices_notice IN SHARE MODE")
        cursor.execute(
            "UPDATE notices_inbox AS inbox SET unread = 0 WHERE unread > 0 AND NOT EXISTS"
            " (SELECT FROM notices_notice WHERE member_id = inbox.member_id)"
        )
        cursor.execute(_RECOUNT)
