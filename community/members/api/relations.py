"""/api/v1/relations/: whom one follows, ignores or blocks."""

from typing import cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import APIException
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.members import queries
from community.members.api import HasScope
from community.members.api.pages import CursorPages
from community.members.domain import relations
from community.members.models import ApiToken, Member, Relation

OF_PEOPLE = (IsAuthenticated, HasScope.of(ApiToken.Scope.PEOPLE))


class RelationShape(serializers.Serializer[Relation]):
    """One's stance towards another member, by their login name."""

    member = serializers.CharField(source="other.username", read_only=True)
    name = serializers.CharField(source="other.display_name", read_only=True)
    kind = serializers.ChoiceField(Relation.Kind.choices)
    since_at = serializers.DateTimeField(read_only=True)


class NewestFirst(CursorPages):
    ordering = "-pk"


class Refused(APIException):
    """The domain's refusal, as a problem."""

    status_code = status.HTTP_409_CONFLICT


@extend_schema(
    tags=["members"],
    summary="List whom you follow, ignore or block",
    parameters=[OpenApiParameter("kind", str, enum=Relation.Kind.values)],
)
class RelationList(generics.ListAPIView[Relation]):
    """One's own relations, the latest first."""

    permission_classes = OF_PEOPLE
    serializer_class = RelationShape
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Relation]:
        member = cast("Member", self.request.user)
        return queries.relations_of(member, self.request.query_params.get("kind", ""))


class RelationAddress(APIView):
    """One's stance towards one member."""

    permission_classes = OF_PEOPLE

    @extend_schema(
        tags=["members"],
        operation_id="relation_set",
        summary="Follow, ignore or block a member",
        request=RelationShape,
        responses=RelationShape,
    )
    def put(self, request: Request, username: str) -> Response:
        sent = RelationShape(data=request.data)
        sent.is_valid(raise_exception=True)
        kind = Relation.Kind(sent.validated_data["kind"])
        try:
            relation = relations.relate(
                member=cast("Member", request.user),
                other=_member_or_404(username),
                kind=kind,
                at=timezone.now(),
            )
        except relations.Blocked as error:
            raise Refused(_("One of you blocks the other."), "blocked") from error
        except relations.Oneself as error:
            raise Refused(_("That is you."), "oneself") from error
        return Response(RelationShape(relation).data)

    @extend_schema(
        tags=["members"],
        operation_id="relation_end",
        summary="End following, ignoring or blocking",
        responses={204: None},
    )
    def delete(self, request: Request, username: str) -> Response:
        other = _member_or_404(username)
        relations.end_relation(member=cast("Member", request.user), other=other)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _member_or_404(username: str) -> Member:
    return get_object_or_404(Member, username=username.lower(), is_active=True)
