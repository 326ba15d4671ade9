"""/api/v1/staff/figures/: what the dashboard shows, as JSON."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.dashboard import queries
from community.dashboard.periods import PERIODS, period_named
from community.members.api import HasScope
from community.members.domain.active_days import day_of
from community.moderation.permissions import desk_of

HOUR = timedelta(hours=1)


class AnsweringShape(serializers.Serializer[Any]):
    """How topics were answered; the median wait in hours is null when none has a reply."""

    opened = serializers.IntegerField()
    replied = serializers.IntegerField()
    replied_within_a_day = serializers.IntegerField(source="soon")
    median_wait_hours = serializers.SerializerMethodField()

    def get_median_wait_hours(self, row: queries.Answering) -> float | None:
        return None if row.wait is None else round(row.wait / HOUR, 2)


class BoardShape(serializers.Serializer[Any]):
    """A board; `unanswered` counts what waits there now, however old it is."""

    board = serializers.CharField(source="board.slug")
    answering = AnsweringShape()
    unanswered = serializers.IntegerField()


class DayShape(serializers.Serializer[Any]):
    """A day; who sees boards alone sees null for the site."""

    on = serializers.DateField()
    answering = AnsweringShape()
    active_members = serializers.IntegerField(source="active.day", allow_null=True, default=None)
    active_members_in_week = serializers.IntegerField(
        source="active.week", allow_null=True, default=None
    )
    searches_without_a_result = serializers.IntegerField(source="missed", allow_null=True)


class MissedShape(serializers.Serializer[Any]):
    """What was looked for in vain."""

    query = serializers.CharField()
    count = serializers.IntegerField()


class FiguresShape(serializers.Serializer[Any]):
    """The dashboard of a period."""

    first = serializers.DateField(source="span.first")
    last = serializers.DateField(source="span.last")
    answering = AnsweringShape()
    unanswered = serializers.IntegerField()
    boards = BoardShape(many=True)
    days = DayShape(many=True)
    searches_without_a_result = MissedShape(many=True, source="missed", allow_null=True)


class FiguresAddress(APIView):
    """For moderators and admins; for everybody else there is no such address."""

    permission_classes = [IsAuthenticated, HasScope]

    @extend_schema(
        operation_id="staff_figures",
        summary="See the figures of the staff dashboard",
        tags=["staff"],
        parameters=[
            OpenApiParameter("period", str, enum=[period.name for period in PERIODS]),
            OpenApiParameter("board", str, description="The slug of one board."),
        ],
        responses=FiguresShape,
    )
    def get(self, request: Request) -> Response:
        desk = desk_of(request.user)
        period = period_named(request.query_params.get("period", ""))
        if desk is None or period is None:
            raise NotFound
        chosen = request.query_params.get("board", "")
        boards = [
            board
            for board in queries.boards_within(desk.boards)
            if not chosen or board.slug == chosen
        ]
        if not boards:
            raise NotFound
        span = period.span(day_of(timezone.now()))
        sees_site = desk.boards is None and not chosen
        return Response(FiguresShape(queries.figures(span, boards, sees_site=sees_site)).data)
