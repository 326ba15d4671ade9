"""/api/v1/leaderboards/, /experience/: who leads, and what gave one experience."""

from typing import cast

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticated

from community.honours import queries
from community.honours.domain.ranking import ALL_TIME, REGION, boards
from community.honours.models import Entry, Place
from community.members.api import HasScope
from community.members.api.pages import CursorPages
from community.members.models import Member


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
