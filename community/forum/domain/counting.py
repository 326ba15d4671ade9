"""Counters, rebuilt from what they count: run twice, the same."""

from collections.abc import Iterable

from django.db import connection

_RECOUNT = """
UPDATE forum_topic AS topic
   SET post_count = coalesce(counted.last_number, 0),
       last_post_at = coalesce(counted.last_visible_at, topic.created_at)
  FROM (SELECT topic_id,
               max(number) FILTER (WHERE number < 1000000000) AS last_number,
               max(created_at) FILTER (
                   WHERE hidden_at IS NULL AND held_at IS NULL AND withdrawn_at IS NULL
               ) AS last_visible_at
          FROM forum_post
         WHERE topic_id = ANY(%(topics)s)
         GROUP BY topic_id) AS counted
 WHERE topic.id = counted.topic_id
"""

_RECOUNT_REACTIONS = """
UPDATE forum_post AS post
   SET reaction_counts = coalesce(
       (SELECT jsonb_object_agg(kind, n)
          FROM (SELECT kind, count(*) AS n
                  FROM forum_reaction WHERE post_id = post.id GROUP BY kind) AS counted),
       '{}')
 WHERE post.id = ANY(%(posts)s)
"""
_RECOUNT_ME_TOOS = """
UPDATE forum_topic AS topic
   SET me_too_count = (SELECT count(*) FROM forum_metoo WHERE topic_id = topic.id)
 WHERE topic.id = ANY(%(topics)s)
"""
# Locked in one order, so that two topics with the same tags do not wait for each other.
_RECOUNT_TAGS = """
WITH locked AS (SELECT id FROM forum_tag WHERE id = ANY(%(tags)s) ORDER BY id FOR NO KEY UPDATE)
UPDATE forum_tag AS tag
   SET topic_count = (SELECT count(*) FROM forum_topic_tags WHERE tag_id = tag.id)
  FROM locked
 WHERE tag.id = locked.id
"""


def recount(topics: Iterable[int]) -> None:
    """Set post_count and last_post_at of the topics with these ids from what their posts say."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, {"topics": list(topics)})


def recount_reactions(posts: Iterable[int]) -> None:
    """Set reaction_counts of these posts from their reactions."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT_REACTIONS, {"posts": list(posts)})


def recount_me_toos(topics: Iterable[int]) -> None:
    """Set me_too_count of these topics from who said so."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT_ME_TOOS, {"topics": list(topics)})


def recount_tags(tags: Iterable[int]) -> None:
    """Set topic_count of these tags from the topics that carry them."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT_TAGS, {"tags": list(tags)})
