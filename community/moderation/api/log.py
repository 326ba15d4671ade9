"""/api/v1/moderation/log/: what staff did, and taking it back."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.scoped import DONE, Conflict, address, done
from community.members.api.sent import sent
from community.moderation import permissions, queries
from community.moderation.api.desk import AtTheDesk
from community.moderation.api.shapes import LinePage
from community.moderation.domain import undoing
from community.moderation.models import LogEntry


class Wanted(serializers.Serializer[Any]):
    """An act, a login name, a thing such as post:12; "" does not narrow."""

    act = serializers.CharField(max_length=40, default="", allow_blank=True)
    by = serializers.CharField(max_length=40, default="", allow_blank=True)
    subject = serializers.CharField(max_length=120, default="", allow_blank=True)
    before = serializers.CharField(max_length=20, default="", allow_blank=True)


class Log(AtTheDesk):
    """For admins alone."""

    @extend_schema(
        operation_id="log_list",
        summary="Read the staff log",
        tags=["moderation"],
        parameters=[Wanted],
        responses=LinePage,
    )
    def get(self, request: Request) -> Response:
        if not permissions.may_read_log(request.user):
            raise Http404
        lines, older = queries.log_lines(**sent(Wanted(data=request.query_params)))
        page = {"next": address(request, {"before": older}), "results": lines}
        return Response(LinePage(page).data)


class Undo(AtTheDesk):
    @extend_schema(
        operation_id="log_undo",
        summary="Take an act back",
        tags=["moderation"],
        description="On one's own boards, once.",
        request=None,
        responses=DONE,
    )
    def post(self, request: Request, pk: int) -> Response:
        entry = get_object_or_404(LogEntry, pk=pk)
        if not self.desk.covers(entry.board):
            raise Http404
        try:
            undoing.undo(entry=entry, by=self.member, at=timezone.now())
        except undoing.CannotBeUndone as error:
            text = _("This cannot be taken back any more.")
            raise Conflict(text, "cannot_be_undone") from error
        return done()
