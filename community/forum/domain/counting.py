"""Counters of topics, rebuilt from their posts: run twice, the same."""

from collections.abc import Iterable

from django.db import connection

_RECOUNT = """
UPDATE forum_topic AS topic
   SET post_count = counted.last_number,
       last_post_at = coalesce(counted.last_visible_at, topic.created_at)
  FROM (SELECT topic_id,
               max(number) AS last_number,
               max(created_at) FILTER (WHERE hidden_at IS NULL) AS last_visible_at
          FROM forum_post
         WHERE topic_id = ANY(%(topics)s)
         GROUP BY topic_id) AS counted
 WHERE topic.id = counted.topic_id
"""


def recount(topics: Iterable[int]) -> None:
    """Set post_count and last_post_at of the topics with these ids from what their posts say."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, {"topics": list(topics)})
