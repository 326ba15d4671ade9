"""What members have read: marked as they go, never taken back."""

from datetime import datetime

from django.db import connection

from community.forum.models import ReadingHabit
from community.members.models import Member

# One statement: two devices at once leave the further of two numbers. Nobody reads further than
# the topic goes, whatever a browser says.
_MARK = """
INSERT INTO forum_readmark AS mark (member_id, topic_id, last_read, place, read_at)
SELECT %(member)s, topic.id, least(%(last_read)s, topic.post_count),
       least(%(place)s, %(last_read)s, topic.post_count), %(at)s
  FROM forum_topic AS topic
 WHERE topic.id = %(topic)s AND topic.post_count > 0
ON CONFLICT (member_id, topic_id) DO UPDATE
   SET last_read = greatest(mark.last_read, excluded.last_read),
       place = excluded.place,
       read_at = excluded.read_at
"""


def mark_read(*, member_id: int, topic_id: int, last_read: int, place: int, at: datetime) -> None:
    """A member has read to a post and left with another one on top of the screen."""
    with connection.cursor() as cursor:
        cursor.execute(
            _MARK,
            {
                "member": member_id,
                "topic": topic_id,
                "last_read": last_read,
                "place": place,
                "at": at,
            },
        )


def mark_all_read(*, member: Member, at: datetime) -> None:
    """Nothing that was said until now is new or unread any more."""
    ReadingHabit.objects.update_or_create(member=member, defaults={"all_read_at": at})


def choose_reading(*, member: Member, is_continuous: bool) -> None:
    """Pages, or one long page that grows as one reads."""
    ReadingHabit.objects.update_or_create(member=member, defaults={"is_continuous": is_continuous})
