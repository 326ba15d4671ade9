"""The report's address in the API."""

from http import HTTPStatus
from urllib.parse import quote

from django.utils.http import parse_etags
from drf_spectacular.plumbing import resolve_type_hint
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.builds.models import Build
from community.members.api import HasScope
from community.members.models import ApiToken
from feedback.reports import queries
from feedback.reports.domain.exporting import Document, document
from feedback.reports.domain.reading import content_of
from feedback.reports.domain.themes.reading import lines
from feedback.reports.forms import segment_in
from feedback.reports.models import Dimension, Side, VoteReport
from feedback.reports.permissions import can_read_report
from feedback.reports.queries import Segment

SEGMENTS = [
    OpenApiParameter(
        dimension.value,
        OpenApiTypes.STR,
        description="Only one segment, as in `segments`; one dimension at most.",
    )
    for dimension in Dimension
]


class ReportAddress(APIView):
    """The vote report of a build, for the managers of its product."""

    permission_classes = (IsAuthenticated, HasScope.of(ApiToken.Scope.READ))

    @extend_schema(
        operation_id="report_retrieve",
        summary="The vote report of a build",
        description="Provisional while the window is open. Fewer than five ballots are folded"
        " into `other`. Everybody but the product's managers gets 404.",
        parameters=[
            OpenApiParameter("version", str, OpenApiParameter.PATH, description="Its address."),
            OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER),
            *SEGMENTS,
        ],
        responses={
            200: resolve_type_hint(Document),
            304: OpenApiResponse(description="Nothing new since that ETag."),
            404: OpenApiResponse(description="No such report, or no such segment."),
        },
    )
    def get(self, request: Request, version: str) -> Response:
        report = report_or_404(request, version)
        segment = segment_in(request.query_params)
        content = content_of(report, segment)
        if content is None:
            raise NotFound
        etag = _etag(report, segment)
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        if {etag, "*"} & set(parse_etags(request.headers.get("If-None-Match", ""))):
            return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        told = lines(report, *Side, segment=segment)
        whole = document(report, content, segment, queries.slice_sizes(report), told)
        return Response(whole, headers=headers)


def report_or_404(request: Request, version: str) -> VoteReport:
    """The report on a build, if it is this reader's."""
    build = Build.objects.public().select_related("product").filter(slug=version).first()
    if build is None or not can_read_report(request.user, build):
        raise NotFound
    report = queries.report_on(build)
    if report is None:
        raise NotFound
    return report


def _etag(report: VoteReport, segment: Segment | None) -> str:
    of = "=".join(segment) if segment else "everyone"
    version = queries.corrections_made(report.build.product)
    return f'"{report.pk}-{report.computed_at.timestamp()}-{version}-{quote(of)}"'
