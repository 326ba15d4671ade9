"""Boards, and the topics of one, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from community.forum.models import Board, Topic, TopicQuerySet
from community.forum.queries.keys import Moment, key_of, older_than
from community.forum.queries.topics import COLUMNS, taken_topic
from community.members.models import Member
from community.members.permissions import User
from community.members.prepared import Listing
from community.text.moments import moment_and_id

TOPICS_A_PAGE = 30
TOPICS_ON_PROFILE = 5
_ON_BOARD = f"""
    SELECT {COLUMNS}
      FROM forum_topic AS topic LEFT JOIN members_member AS author ON author.id = topic.author_id
     WHERE topic.board_id = $1 AND topic.hidden_at IS NULL AND topic.held_at IS NULL
       AND topic.merged_into_id IS NULL
"""  # noqa: S608 - our own words
# Pinned, and no timer has taken the pin off.
_ON_TOP = "topic.is_pinned AND (topic.pinned_until IS NULL OR topic.pinned_until > now())"
_NEWEST_FIRST = "ORDER BY topic.last_post_at DESC, topic.id DESC"
# Every hit of a board asks, so with statements of our own (see queries.posts).
_PINNED = Listing("forum_board_pinned", f"{_ON_BOARD} AND {_ON_TOP} {_NEWEST_FIRST}")
_OTHERS = Listing(
    "forum_board_topics",
    f"""{_ON_BOARD} AND NOT ({_ON_TOP}) AND topic.last_post_at <= $2
        AND (topic.last_post_at < $2 OR topic.id < $3) {_NEWEST_FIRST} LIMIT $4""",
)


@dataclass(frozen=True, kw_only=True)
class TopicList:
    """One page of topics; `older` is the key of the next one, "" on the last."""

    topics: Sequence[Topic]
    older: str
    pinned: Sequence[Topic] = ()


def boards_with_last_topic(user: User) -> list[tuple[Board, Topic | None]]:
    """Every board that somebody may read in order, with the topic that was talked in last."""
    last = Topic.objects.visible().filter(board=OuterRef("pk")).by_last_post().values("pk")[:1]
    boards = Board.objects.readable_by(user).order_by("position", "pk")
    topics = listed(Topic.objects.filter(pk__in=boards.order_by().values(last=Subquery(last))))
    by_board = {topic.board_id: topic for topic in topics}
    return [(board, by_board.get(board.pk)) for board in boards]


def topics_of_board(board: Board, before: str = "") -> TopicList:
    """The board's topics by their last post; `before` is a key (an unknown one: the first page).

    No page costs more than the first, however far down it is.
    """
    key = moment_and_id(before)
    pinned = [] if key else [taken_topic(row, board) for row in _PINNED.rows(board.pk)]
    at, pk = (key[0].isoformat(), key[1]) if key else ("infinity", 0)
    rows = _OTHERS.rows(board.pk, at, pk, TOPICS_A_PAGE + 1)
    shown = [taken_topic(row, board) for row in rows[:TOPICS_A_PAGE]]
    older = key_of(shown[-1], "last_post_at") if len(rows) > TOPICS_A_PAGE else ""
    return TopicList(pinned=pinned, topics=shown, older=older)


def page_of(topics: TopicQuerySet, before: str, field: Moment = "last_post_at") -> TopicList:
    """One page of topics, the latest by a moment first."""
    key = moment_and_id(before)
    rows = older_than(topics, field, key) if key else topics
    found = list(listed(rows).order_by(f"-{field}", "-pk")[: TOPICS_A_PAGE + 1])
    shown = found[:TOPICS_A_PAGE]
    return TopicList(
        topics=shown, older=key_of(shown[-1], field) if len(found) > len(shown) else ""
    )


def topics_of_member(member: Member, reader: User) -> QuerySet[Topic]:
    """What a member has started lately, as far as the reader may see it."""
    theirs = Topic.objects.readable_by(reader).filter(author=member).select_related("board")
    return theirs.order_by("-created_at", "-pk")[:TOPICS_ON_PROFILE]


def listed(topics: TopicQuerySet) -> TopicQuerySet:
    """Topics with what a row of a list shows."""
    return topics.select_related("author", "board").prefetch_related("tags")
