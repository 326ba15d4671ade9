"""What the pages of the forum show: boards, a board's topics, a topic's posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery

from community.forum.models import POSTS_A_PAGE, Board, Post, Topic, TopicQuerySet
from community.members.models import Member

TOPICS_A_PAGE = 30
TOPICS_ON_PROFILE = 5


@dataclass(frozen=True, kw_only=True)
class TopicList:
    """One page of a board; `older` is the cursor of the next one, "" on the last."""

    pinned: Sequence[Topic]
    topics: Sequence[Topic]
    older: str


@dataclass(frozen=True, kw_only=True)
class PostList:
    """One page of a topic: its posts, and the page among the others."""

    posts: Sequence[Post]
    page: Page[int]


def boards_with_last_topic() -> list[tuple[Board, Topic | None]]:
    """Every board in order, with the topic that was talked in last."""
    last = Topic.objects.visible().filter(board=OuterRef("pk")).by_last_post().values("pk")[:1]
    boards = list(Board.objects.order_by("position", "pk").annotate(last_topic=Subquery(last)))
    topics = _listed(Topic.objects.filter(pk__in=[board.last_topic for board in boards]))
    by_board = {topic.board_id: topic for topic in topics}
    return [(board, by_board.get(board.pk)) for board in boards]


def topics_of_board(board: Board, before: str = "") -> TopicList:
    """The board's topics by their last post; `before` is a cursor (an unknown one: the first page).

    No page costs more than the first, however far down it is.
    """
    visible = _listed(Topic.objects.visible().filter(board=board))
    cursor = _parsed(before)
    pinned = [] if cursor else list(visible.filter(is_pinned=True).by_last_post())
    rows = visible.filter(is_pinned=False).by_last_post()
    if cursor:
        at, pk = cursor
        rows = rows.filter(Q(last_post_at__lt=at) | Q(last_post_at=at, pk__lt=pk))
    topics = list(rows[: TOPICS_A_PAGE + 1])
    shown = topics[:TOPICS_A_PAGE]
    older = _cursor(shown[-1]) if len(topics) > TOPICS_A_PAGE else ""
    return TopicList(pinned=pinned, topics=shown, older=older)


def topics_of_member(member: Member) -> QuerySet[Topic]:
    """What a member has started lately."""
    theirs = Topic.objects.visible().filter(author=member).select_related("board")
    return theirs.order_by("-created_at", "-pk")[:TOPICS_ON_PROFILE]


def posts_of_topic(topic: Topic, page: str | int = 1) -> PostList:
    """One page of a topic, hidden posts included: their numbers tell the page of each."""
    shown = Paginator(range(1, topic.post_count + 1), POSTS_A_PAGE).get_page(page)
    posts: Sequence[Post] = []
    if shown.object_list:
        on_page = topic.posts.numbered(shown.object_list[0], shown.object_list[-1])
        posts = list(on_page.select_related("author"))
    for post in posts:
        post.topic = topic
    return PostList(posts=posts, page=shown)


def _listed(topics: TopicQuerySet) -> TopicQuerySet:
    return topics.select_related("author", "board")


def _cursor(topic: Topic) -> str:
    return f"{topic.last_post_at.isoformat()}~{topic.pk}"


def _parsed(cursor: str) -> tuple[datetime, int] | None:
    moment, _, pk = cursor.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        return (at, int(pk)) if at.tzinfo else None
    except ValueError:
        return None
