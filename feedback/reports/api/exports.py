"""Files of a report for programs: asked for, looked after, fetched."""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.members.api import HasScope
from community.members.api.keys import KEY, key_of
from community.members.models import ApiToken, Member
from community.moderation.domain.log import record
from feedback.reports import files
from feedback.reports.api.report import SEGMENTS, report_or_404
from feedback.reports.domain import background
from feedback.reports.domain.listing import Asked
from feedback.reports.domain.reading import content_of
from feedback.reports.forms import BallotsForm, segment_in
from feedback.reports.models import ReportExport, ReportFile, VoteReport

VERSION = OpenApiParameter("version", str, OpenApiParameter.PATH, description="Its address.")


class TooMany(APIException):
    """Ten files are waiting already."""

    status_code = HTTPStatus.TOO_MANY_REQUESTS
    default_code = "too_many_waiting"
    default_detail = "Ten files are waiting already."


class KeyUsed(APIException):
    """The Idempotency-Key was used for another file."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"
    default_detail = "This Idempotency-Key was used for another file."


class ExportShape(serializers.Serializer[Any]):
    """A file that was asked for; `rows_all` is 0 where only whole files can be told."""

    id = serializers.IntegerField(source="pk", read_only=True)
    file = serializers.ChoiceField(choices=ReportFile.choices)
    part = serializers.DictField(read_only=True, help_text="What was asked for besides the file.")
    state = serializers.ChoiceField(choices=ReportExport.State.choices, read_only=True)
    asked_at = serializers.DateTimeField(read_only=True)
    rows_done = serializers.IntegerField(read_only=True)
    rows_all = serializers.IntegerField(read_only=True)
    octets = serializers.IntegerField(read_only=True)
    made_at = serializers.DateTimeField(read_only=True, allow_null=True)
    expires_at = serializers.DateTimeField(read_only=True, allow_null=True)


class Exports(APIView):
    """One's files of a report; everybody but the product's managers gets 404."""

    permission_classes = (IsAuthenticated, HasScope.of(ApiToken.Scope.READ))

    @extend_schema(
        operation_id="report_exports",
        summary="Your files of a report",
        description="The thirty newest; files are removed after seven days.",
        tags=["builds"],
        parameters=[VERSION],
        responses=ExportShape(many=True),
    )
    def get(self, request: Request, version: str) -> Response:
        report = report_or_404(request, version)
        mine = ReportExport.objects.filter(report=report, asked_by=_member(request))
        return Response(ExportShape(mine.newest_first()[: background.MOST_SHOWN], many=True).data)

    @extend_schema(
        operation_id="report_export_create",
        summary="Have a file of a report made",
        description="Made in the background. The query says which part, as at the list of ballots.",
        tags=["builds"],
        parameters=[VERSION, KEY, *SEGMENTS],
        request=ExportShape,
        responses={
            202: ExportShape,
            422: OpenApiResponse(description="The key was used for another file."),
            429: OpenApiResponse(description="Ten files are waiting already."),
        },
    )
    def post(self, request: Request, version: str) -> Response:
        report = report_or_404(request, version)
        shape = ExportShape(data=request.data)
        shape.is_valid(raise_exception=True)
        file = ReportFile(shape.validated_data["file"])
        try:
            export = background.ask(
                report=report,
                file=file,
                asked=_asked(request, report, file),
                by=_member(request),
                language=get_language() or "en",
                key=key_of(request) or uuid4(),
                at=timezone.now(),
            )
        except background.TooManyWaiting as error:
            raise TooMany from error
        except background.KeyReused as error:
            raise KeyUsed from error
        return Response(ExportShape(export).data, status=HTTPStatus.ACCEPTED)


class Export(APIView):
    """One of one's files."""

    permission_classes = (IsAuthenticated, HasScope.of(ApiToken.Scope.READ))

    @extend_schema(
        operation_id="report_export",
        summary="How far a file is",
        tags=["builds"],
        parameters=[VERSION],
        responses=ExportShape,
    )
    def get(self, request: Request, version: str, pk: int) -> Response:
        return Response(ExportShape(_export_or_404(request, version, pk)).data)


class ExportFile(APIView):
    """Its content."""

    permission_classes = (IsAuthenticated, HasScope.of(ApiToken.Scope.READ))

    @extend_schema(
        operation_id="report_export_file",
        summary="Fetch a file",
        tags=["builds"],
        parameters=[VERSION],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            404: OpenApiResponse(description="Not there, not yet, or not any more."),
        },
    )
    def get(self, request: Request, version: str, pk: int) -> FileResponse:
        export = _export_or_404(request, version, pk)
        now = timezone.now()
        if export.expires_at is None or export.expires_at <= now:
            raise NotFound
        if export.file == ReportFile.BALLOTS:
            record(by=_member(request), act="take_ballots", subject=f"build:{version}", at=now)
        return files.handed_over(export)


def _export_or_404(request: Request, version: str, pk: int) -> ReportExport:
    report = report_or_404(request, version)
    mine = ReportExport.objects.filter(report=report, asked_by=_member(request), pk=pk)
    export = mine.first()
    if export is None:
        raise NotFound
    export.report = report
    return export


def _asked(request: Request, report: VoteReport, file: ReportFile) -> Asked:
    """The part that the query names; a segment the report does not tell apart has none."""
    segment = segment_in(request.query_params)
    form = BallotsForm(request.query_params)
    if content_of(report, segment) is None or not form.is_valid():
        raise NotFound
    return form.asked(segment) if file == ReportFile.BALLOTS else Asked(segment=segment)


def _member(request: Request) -> Member:
    assert isinstance(request.user, Member)  # noqa: S101 - IsAuthenticated
    return request.user
