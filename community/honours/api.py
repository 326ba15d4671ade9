"""/api/v1/leaderboards/, /experience/, /medals/: who leads, who has what, and why."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.honours import queries
from community.honours.domain.ranking import ALL_TIME, REGION, boards
from community.honours.models import Entry, Place
from community.members.api import HasScope
from community.members.api.pages import CursorPages
from community.members.models import Member
from community.members.permissions import audiences


class PlaceShape(serializers.Serializer[Place]):
    """A place; two with the same experience have the same."""

    place = serializers.IntegerField()
    member = serializers.CharField(source="member.username")
    name = serializers.CharField(source="member.display_name")
    level = serializers.IntegerField(source="member.level")
    experience = serializers.IntegerField()


class EntryShape(serializers.Serializer[Entry]):
    """A gift of experience; one that takes back an earlier one has a negative amount."""

    id = serializers.IntegerField()
    rule = serializers.CharField()
    given_for = serializers.CharField(source="source")
    amount = serializers.IntegerField()
    at = serializers.DateTimeField()
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)


class NewestFirst(CursorPages):
    ordering = "-pk"


@extend_schema(
    tags=["members"],
    summary="See a leaderboard",
    parameters=[OpenApiParameter("region", str, description="Only with the board `all`.")],
)
class LeaderboardAddress(generics.ListAPIView[Place]):
    """The first hundred: `week` (since Monday), `build` (since the last release) or `all`."""

    permission_classes = (AllowAny, HasScope)
    serializer_class = PlaceShape
    pagination_class = None
    queryset = Place.objects.none()

    def get_queryset(self) -> QuerySet[Place]:
        name, region = self.kwargs["board"], self.request.query_params.get("region", "")
        if name not in dict(boards()) or (region and name != ALL_TIME) or "\0" in region:
            raise NotFound
        return queries.board(REGION if region else name, region)


@extend_schema(tags=["members"], summary="See what gave you experience")
class ExperienceAddress(generics.ListAPIView[Entry]):
    """One's own entries, the latest first; their amounts add up to the experience."""

    permission_classes = (IsAuthenticated, HasScope)
    serializer_class = EntryShape
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Entry]:
        return queries.entries_of(cast("Member", self.request.user))


class StageShape(serializers.Serializer[Any]):
    """A stage of a medal; `share` is of all members."""

    number = serializers.IntegerField()
    holders = serializers.IntegerField()
    share = serializers.FloatField()


class MedalShape(serializers.Serializer[Any]):
    """A medal in both languages, and how it is earned."""

    slug = serializers.CharField()
    name = serializers.CharField()
    name_zh = serializers.CharField()
    description = serializers.CharField()
    description_zh = serializers.CharField()
    is_by_rule = serializers.BooleanField()
    stages = StageShape(many=True, source="stages.all")


class HeldShape(serializers.Serializer[Any]):
    """The highest stage of a medal that a member holds."""

    medal = serializers.CharField(source="stage.medal.slug")
    number = serializers.IntegerField(source="stage.number")
    share = serializers.FloatField(source="stage.share")
    since = serializers.DateTimeField()
    reason = serializers.CharField()


class MedalList(APIView):
    """Every medal."""

    permission_classes = (AllowAny, HasScope)

    @extend_schema(
        operation_id="medals_list",
        tags=["members"],
        summary="List medals",
        responses=MedalShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(MedalShape(queries.all_medals(), many=True).data)


class MedalsOfMember(APIView):
    """What a member holds, the rarest first; nothing where they do not show what they do."""

    permission_classes = (AllowAny, HasScope)

    @extend_schema(
        operation_id="members_medals",
        tags=["members"],
        summary="See the medals of a member",
        responses=HeldShape(many=True),
    )
    def get(self, request: Request, username: str) -> Response:
        member = get_object_or_404(Member, username=username.lower(), is_active=True)
        is_shown = member.activity_seen_by in audiences(request.user, member)
        return Response(HeldShape(queries.medals_of(member) if is_shown else [], many=True).data)
