"""Numbers of posts that go elsewhere, and the addresses that lead after them."""

from collections.abc import Collection
from typing import Any

from django.db import connection

# Out of the way of every number in use while posts change places; posts that wait for approval
# stand higher still (community.forum.models.FIRST_WAITING).
_ASIDE = 500_000_000

_SET_ASIDE = """
UPDATE forum_post SET topic_id = %(into)s, number = %(aside)s + id %% 400000000
 WHERE id = ANY(%(posts)s)
"""
_BY_TIME = """
UPDATE forum_post AS post SET number = placed.place
  FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS place
          FROM forum_post WHERE id = ANY(%(posts)s)) AS placed
 WHERE post.id = placed.id
"""
_TO_PLACES = """
UPDATE forum_post AS post SET topic_id = placed.topic_id, number = placed.number
  FROM unnest(%(posts)s::bigint[], %(topics)s::bigint[], %(numbers)s::bigint[])
       AS placed (id, topic_id, number)
 WHERE post.id = placed.id
"""


def number_by_time(*, posts: Collection[int], into: int) -> None:
    """Put these posts, all that the topic is to have, into it: 1, 2, … as they were written."""
    values: dict[str, Any] = {"posts": list(posts), "into": into, "aside": _ASIDE}
    with connection.cursor() as cursor:
        cursor.execute(_SET_ASIDE, values)
        cursor.execute(_BY_TIME, values)


def put_back(places: Collection[tuple[int, int, int]]) -> None:
    """Put posts where they stood: (post, topic, number) each. Their topics are locked."""
    posts, topics, numbers = (list(column) for column in zip(*places, strict=True))
    values: dict[str, Any] = {"posts": posts, "topics": topics, "numbers": numbers, "aside": _ASIDE}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE forum_post SET number = %(aside)s + id %% 400000000 WHERE id = ANY(%(posts)s)",
            values,
        )
        cursor.execute(_TO_PLACES, values)
