"""Boards, and the topics of one, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from community.forum.models import Board, Topic, TopicQuerySet
from community.forum.queries.keys import Moment, key_of, older_than, parsed
from community.members.models import Member
from community.members.permissions import User

TOPICS_A_PAGE = 30
TOPICS_ON_PROFILE = 5
# Pinned, and no timer has taken the pin off.
_ON_TOP = Q(is_pinned=True) & (Q(pinned_until=None) | Q(pinned_until__gt=Now()))


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
    visible = Topic.objects.visible().filter(board=board)
    pinned = [] if parsed(before) else list(listed(visible.filter(_ON_TOP)).by_last_post())
    page = page_of(visible.filter(~_ON_TOP), before)
    return TopicList(pinned=pinned, topics=page.topics, older=page.older)


def page_of(topics: TopicQuerySet, before: str, field: Moment = "last_post_at") -> TopicList:
    """One page of topics, the latest by a moment first."""
    key = parsed(before)
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
