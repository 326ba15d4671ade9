"""/api/v1/boards/, /api/v1/topics/: what there is to read, list by list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from community.forum import permissions
from community.forum.api import shapes
from community.forum.api.problems import told
from community.forum.api.sent import TopicSent
from community.forum.domain import posting
from community.forum.finding import board_or_404, topic_or_404
from community.forum.models import Kind, Topic
from community.forum.queries import boards, lists
from community.forum.queries.boards import TopicList
from community.forum.queries.keys import Moment
from community.members.api.keys import KEY, key_of
from community.members.api.scoped import Scoped, address
from community.members.api.sent import sent
from community.members.models import Member
from community.text.fold import fold

LISTS = ("latest", "new", "unread", "mine", "unanswered")
SORTS: dict[str, Moment] = {"talk": "last_post_at", "opening": "created_at"}


class Narrowed(serializers.Serializer[Any]):
    """What a list of topics is narrowed to."""

    tag = serializers.CharField(max_length=40, default="", allow_blank=True)
    kind = serializers.ChoiceField(Kind.choices, default="", allow_blank=True)
    before = serializers.CharField(max_length=80, default="", allow_blank=True)


class OfBoard(Narrowed):
    sort = serializers.ChoiceField(
        list(SORTS), default="talk", help_text="By the last post, or by when they were opened."
    )


class AcrossBoards(Narrowed):
    list = serializers.ChoiceField(LISTS, default="latest")
    board = serializers.SlugField(default="", allow_blank=True)


class BoardList(Scoped):
    is_public = True

    @extend_schema(
        operation_id="boards_list",
        summary="List the boards",
        tags=["forum"],
        responses=shapes.ListedBoard(many=True),
    )
    def get(self, request: Request) -> Response:
        found = boards.boards_with_last_topic(request.user)
        for board, last in found:
            board.last_topic = last  # type: ignore[attr-defined]  # filled in by one query
        return Response(shapes.ListedBoard([board for board, _last in found], many=True).data)


class OneBoard(Scoped):
    is_public = True

    @extend_schema(
        operation_id="boards_retrieve",
        summary="Read a board",
        tags=["forum"],
        responses=shapes.OneBoard,
    )
    def get(self, request: Request, slug: str) -> Response:
        board = board_or_404(request, slug)
        shown = shapes.BoardShape(board).data | {
            "templates": shapes.TemplateShape(board.templates.order_by("kind"), many=True).data,
            "may_open_topic": permissions.may_open_topic(request.user, board, timezone.now()),
            "is_moderated_by_me": permissions.moderates(request.user, board),
        }
        return Response(shown)


class BoardTopics(Scoped):
    is_public = True

    @extend_schema(
        operation_id="boards_topics",
        summary="List the topics of a board",
        tags=["forum"],
        description="What is pinned comes first, unless the list is narrowed or sorted.",
        parameters=[OfBoard],
        responses=shapes.TopicPage,
    )
    def get(self, request: Request, slug: str) -> Response:
        board, asked = board_or_404(request, slug), sent(OfBoard(data=request.query_params))
        before, field = asked["before"], SORTS[asked["sort"]]
        filters = lists.Filters(tag=fold(asked["tag"]), kind=asked["kind"])
        if filters == lists.Filters() and field == "last_post_at":
            shown = boards.topics_of_board(board, before)
        else:
            topics = filters.narrow(Topic.objects.visible().filter(board=board))
            shown = boards.page_of(topics, before, field)
        return topic_page(request, shown, timezone.now())

    @extend_schema(
        operation_id="topics_create",
        summary="Open a topic",
        tags=["forum"],
        description="Its first post has number 1. What has to be approved first says `is_held`.",
        parameters=[KEY],
        request=TopicSent,
        responses={201: shapes.OneTopic},
    )
    def post(self, request: Request, slug: str) -> Response:
        now, board = timezone.now(), board_or_404(request, slug)
        words = sent(TopicSent(data=request.data, context={"request": request, "board": board}))
        key = key_of(request)
        if not permissions.may_open_topic(request.user, board, now):
            raise PermissionDenied
        with told():
            topic = posting.open_topic(
                board=board, author=self.member, at=now, submission_key=key, **words
            )
        return Response(one_topic(request, topic), status=status.HTTP_201_CREATED)


class TopicLists(Scoped):
    is_public = True

    @extend_schema(
        operation_id="topics_list",
        summary="List topics of all boards",
        tags=["forum"],
        description=(
            "`latest`: by their last post. `new`: opened lately, and not read by me yet. `unread`: "
            "where more was said since I read. `mine`: where I have written. `unanswered`: "
            "questions without their answer, bugs without a word from the product."
        ),
        parameters=[AcrossBoards],
        responses=shapes.TopicPage,
    )
    def get(self, request: Request) -> Response:
        now, asked = timezone.now(), sent(AcrossBoards(data=request.query_params))
        return topic_page(request, _listed(request, asked, now), now)


class TagList(Scoped):
    is_public = True

    @extend_schema(
        operation_id="tags_list",
        summary="List the tags of the most topics",
        tags=["forum"],
        responses=shapes.TagShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(shapes.TagShape(lists.most_used_tags(), many=True).data)


class OneTopic(Scoped):
    is_public = True

    @extend_schema(
        operation_id="topics_retrieve",
        summary="Read a topic",
        tags=["forum"],
        description="Its posts are at `…/posts/`.",
        responses={
            200: shapes.OneTopic,
            301: OpenApiResponse(description="It was merged into another topic."),
        },
    )
    def get(self, request: Request, pk: int) -> Response:
        topic = topic_or_404(request, pk)
        if topic.merged_into_id:
            there = reverse("api_topic", args=[topic.merged_into_id])
            return Response(status=status.HTTP_301_MOVED_PERMANENTLY, headers={"Location": there})
        return Response(one_topic(request, topic))


def one_topic(request: Request, topic: Topic) -> dict[str, Any]:
    """A topic as whoever asks sees it."""
    now = timezone.now()
    may_reply = permissions.may_reply(request.user, topic, now)
    (row,) = lists.rows(request.user, [topic])
    shown: dict[str, Any] = shapes.OneTopic(row, context={"at": now, "may_reply": may_reply}).data
    return shown


def topic_page(request: Request, shown: TopicList, at: datetime) -> Response:
    """Topics with how far their reader has read."""
    topics: Iterable[Topic] = [*shown.pinned, *shown.topics]
    page = {
        "next": address(request, {"before": shown.older}),
        "results": lists.rows(request.user, topics),
    }
    return Response(shapes.TopicPage(page, context={"at": at}).data)


def _listed(request: Request, asked: dict[str, Any], at: datetime) -> TopicList:
    before, user = asked["before"], request.user
    filters = lists.Filters(board=asked["board"], tag=fold(asked["tag"]), kind=asked["kind"])
    if asked["list"] == "new":
        return lists.new_topics(user, filters, before, at)
    if asked["list"] == "unanswered":
        return lists.unanswered_topics(user, filters, before)
    if asked["list"] == "latest":
        return lists.topics_of_tag(user, filters, before)
    if not isinstance(user, Member):
        raise NotAuthenticated
    own = lists.unread_topics if asked["list"] == "unread" else lists.my_topics
    return own(user, filters, before)
