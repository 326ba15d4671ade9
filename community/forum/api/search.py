"""/api/v1/search/ and /api/v1/suggestions/: finding posts, and what a few letters may stand for."""

from typing import Any

from django.core.cache import caches
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from community.forum.models import Board, Topic
from community.forum.permissions import may_read
from community.forum.search import suggesting
from community.forum.search.asking import LONGEST_QUESTION
from community.forum.search.meaning import meaning_of
from community.forum.search.results import page_of
from community.members.api import HasScope

LONGEST_PREFIX, LONGEST_KEY = 40, 20


class PerReader(SimpleRateThrottle):
    """So many a minute for a member or an address, counted in each process by itself."""

    cache = caches["moments"]
    scope = "search"
    THROTTLE_RATES = {"search": "300/min"}

    def get_cache_key(self, request: Request, view: APIView) -> str:
        who = request.user.pk if request.user.is_authenticated else self.get_ident(request)
        return f"throttle {type(view).__name__} {who}"


class Asked(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=LONGEST_QUESTION, allow_blank=True, default="")
    after = serializers.RegexField(r"^\d{0,18}$", allow_blank=True, default="")


class FoundPost(serializers.Serializer[Any]):
    """A post that was found; ``title`` and ``excerpt`` are HTML with ``<mark>``."""

    post = serializers.IntegerField(source="post.pk")
    topic = serializers.IntegerField(source="post.topic_id")
    number = serializers.IntegerField(source="post.number")
    board = serializers.CharField(source="post.topic.board.slug")
    author = serializers.CharField(source="post.author.username", allow_null=True, default=None)
    created_at = serializers.DateTimeField(source="post.created_at")
    title = serializers.CharField()
    excerpt = serializers.CharField()


class Understood(serializers.Serializer[Any]):
    """A piece of the question as it was understood."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    value = serializers.CharField()
    is_not = serializers.BooleanField()
    is_known = serializers.BooleanField()


class FoundPosts(serializers.Serializer[Any]):
    """A page; ``after`` is what leads to the next one, "" on the last."""

    understood = Understood(many=True)
    results = FoundPost(many=True)
    after = serializers.CharField(allow_blank=True)
    is_cut_short = serializers.BooleanField()


class Search(APIView):
    """Posts that somebody may read."""

    permission_classes = [AllowAny, HasScope]
    throttle_classes = [PerReader]

    @extend_schema(
        operation_id="search",
        summary="Search posts",
        tags=["search"],
        parameters=[Asked],
        responses=FoundPosts,
    )
    def get(self, request: Request) -> Response:
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        now, question = timezone.now(), asked.validated_data
        boards = list(Board.objects.readable_by(request.user).order_by("position", "pk"))
        meaning = meaning_of(question["q"], now, boards)
        page = page_of(meaning, [board.pk for board in boards], now, question["after"])
        found = {
            "understood": meaning.chips,
            "results": page.results,
            "after": page.older,
            "is_cut_short": page.is_cut_short,
        }
        return Response(FoundPosts(found).data)


class Begun(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=LONGEST_PREFIX)
    kinds = serializers.CharField(max_length=80, required=False, default="")
    topic = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


class SuggestionShape(serializers.Serializer[Any]):
    """What may be meant; ``insert`` stands for it in a post, "" when its address does."""

    kind = serializers.CharField()
    key = serializers.CharField()
    name = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    url = serializers.CharField()
    insert = serializers.CharField(allow_blank=True)


class Suggestions(APIView):
    """Members, tags and what other rooms know, by the first letters, pinyin or initials."""

    permission_classes = [IsAuthenticated, HasScope]
    throttle_classes = [PerReader]

    @extend_schema(
        operation_id="suggestions_list",
        summary="Suggest what is meant",
        tags=["search"],
        parameters=[
            OpenApiParameter("q", str, required=True, description="What was typed so far."),
            OpenApiParameter("kinds", str, description="Such as member,tag; all when left out."),
            OpenApiParameter("topic", int, description="Those who write there come first."),
        ],
        responses=SuggestionShape(many=True),
    )
    def get(self, request: Request) -> Response:
        begun = Begun(data=request.query_params)
        begun.is_valid(raise_exception=True)
        asked = begun.validated_data
        topic = Topic.objects.select_related("board").filter(pk=asked.get("topic")).first()
        if topic and not may_read(request.user, topic):
            topic = None
        kinds = [kind for kind in asked["kinds"].split(",") if kind]
        found = suggesting.suggested(asked["q"], request.user, kinds=kinds, topic=topic)
        return Response(SuggestionShape(found, many=True).data)
