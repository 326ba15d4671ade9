"""/api/v1/columns/: named series and their instalments."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.forum.models import Column
from community.forum.queries import columns as queries
from community.members.api import HasScope


class InstalmentShape(serializers.Serializer[Any]):
    """One instalment; it is a topic."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    url = serializers.CharField(source="get_absolute_url")
    created_at = serializers.DateTimeField()


class ColumnShape(serializers.Serializer[Any]):
    """A column, what came last, and the day the next one is due."""

    slug = serializers.CharField(source="column.slug")
    name = serializers.CharField(source="column.name")
    name_zh = serializers.CharField(source="column.name_zh")
    description = serializers.CharField(source="column.description")
    description_zh = serializers.CharField(source="column.description_zh")
    schedule = serializers.CharField(source="column.schedule")
    schedule_zh = serializers.CharField(source="column.schedule_zh")
    board = serializers.CharField(source="column.board.slug")
    tag = serializers.CharField(source="column.tag.name")
    editors = serializers.ListField(child=serializers.CharField(), source="logins")
    last = InstalmentShape(allow_null=True)
    next_due_on = serializers.DateField(source="due_on")


class InstalmentPage(serializers.Serializer[Any]):
    """Instalments, newest first; ``older`` is what ``before`` takes for the next page, or ""."""

    results = InstalmentShape(many=True, source="topics")
    older = serializers.CharField()


class Readable(APIView):
    """Read by anybody, as far as the board may be read."""

    permission_classes = [AllowAny, HasScope]


class ColumnList(Readable):
    """Every column."""

    @extend_schema(
        operation_id="columns_list",
        summary="List columns",
        tags=["forum"],
        responses=ColumnShape(many=True),
    )
    def get(self, request: Request) -> Response:
        columns = Column.objects.readable_by(request.user).order_by("name", "pk")
        return Response(ColumnShape(queries.entries(columns), many=True).data)


class Instalments(Readable):
    """The archive of a column."""

    @extend_schema(
        operation_id="columns_instalments",
        summary="List the instalments of a column",
        tags=["forum"],
        parameters=[OpenApiParameter("before", str, description="Where the last page ended.")],
        responses=InstalmentPage,
    )
    def get(self, request: Request, slug: str) -> Response:
        column = Column.objects.readable_by(request.user).filter(slug=slug).first()
        if column is None:
            raise Http404
        page = queries.instalments_of(column, request.query_params.get("before", ""))
        return Response(InstalmentPage(page).data)
