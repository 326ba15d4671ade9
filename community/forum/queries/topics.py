"""A topic with what its page shows of it: one look-up a hit."""

import json

from django.db.models import QuerySet

from community.forum.models import Board, Tag, Topic
from community.forum.queries.rows import Row, columns, taken
from community.members.models import Member
from community.members.prepared import Listing

_TAGS = """
    (SELECT json_agg(tag ORDER BY tag.sort, tag.name)::text
       FROM forum_topic_tags AS of_topic JOIN forum_tag AS tag ON tag.id = of_topic.tag_id
      WHERE of_topic.topic_id = topic.id) AS tags
"""
_ALONE = f"{columns(Topic, 'topic')}, {_TAGS}"
COLUMNS = f"{columns(Member, 'author')}, {_ALONE}"
_TOPIC = Listing(
    "forum_topic",
    f"""
    SELECT {columns(Board, "board")}, {_ALONE}
      FROM forum_topic AS topic JOIN forum_board AS board ON board.id = topic.board_id
     WHERE topic.id = $1
    """,  # noqa: S608 - our own words
)


def topic_of(pk: int) -> Topic | None:
    """A topic with its board and tags."""
    rows = _TOPIC.rows(pk) if pk < 1 << 63 else []
    if not rows:
        return None
    board, rest = taken(Board, rows[0])
    return _alone(rest, board)


def taken_topic(row: Row, board: Board) -> Topic:
    """The topic of a row of COLUMNS, with its author and tags."""
    author, rest = taken(Member, row)
    topic = _alone(rest, board)
    topic.author = author if topic.author_id is not None else None
    return topic


def _alone(row: Row, board: Board) -> Topic:
    topic, (tags,) = taken(Topic, row)
    topic.board = board
    topic._prefetched_objects_cache = {"tags": _tags(tags) if tags else _NO_TAGS}  # type: ignore[attr-defined]  # noqa: SLF001
    return topic


def _tags(text: str) -> QuerySet[Tag]:
    """Tags as prefetch_related keeps them."""
    tags = Tag.objects.all()
    tags._result_cache = [Tag(**tag) for tag in json.loads(text)]  # noqa: SLF001 one query brought them along
    tags._prefetch_done = True  # type: ignore[attr-defined]  # noqa: SLF001
    return tags


_NO_TAGS = _tags("[]")
