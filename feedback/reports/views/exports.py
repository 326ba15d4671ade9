"""A view of a report as a file."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from community.builds.views.member import the_member
from community.moderation.domain.log import record
from feedback.reports import queries
from feedback.reports.domain.exporting import ballots_csv, document, features_csv
from feedback.reports.domain.listing import every_row
from feedback.reports.domain.themes.reading import lines
from feedback.reports.domain.workbook import workbook
from feedback.reports.models import Side
from feedback.reports.printing.page import first_page
from feedback.reports.printing.press import pdf
from feedback.reports.views.ballots import asked_or_404
from feedback.reports.views.finding import report_or_404, view_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def features(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The table of features."""
    report = report_or_404(request, slug)
    _, content = view_or_404(request, report)
    return _csv(features_csv(content), f"{slug}-features.csv")


@login_required
@require_safe
def ballots(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The list of ballots, as far as it may be shown."""
    report = report_or_404(request, slug)
    record(by=the_member(request), act="take_ballots", subject=f"build:{slug}", at=timezone.now())
    asked, _ = asked_or_404(request, report)
    rows = every_row(report, asked, at=timezone.now())
    return _csv(ballots_csv(rows, report.content), f"{slug}-ballots.csv")


@login_required
@require_safe
def report_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of the report as a workbook."""
    report = report_or_404(request, slug)
    segment, content = view_or_404(request, report)
    book = workbook(content, lines(report, *Side, segment=segment))
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = _attachment(f"{slug}-report.xlsx")
    return response


@login_required
@require_safe
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The first page as one prints it."""
    report = report_or_404(request, slug)
    segment, content = view_or_404(request, report)
    page = first_page(report, content, segment, the_member(request))
    response = HttpResponse(pdf(page, at=report.computed_at), content_type="application/pdf")
    response["Content-Disposition"] = _attachment(f"{slug}-report.pdf")
    return response


@login_required
@require_safe
def report_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The document of the API, as a file."""
    report = report_or_404(request, slug)
    segment, content = view_or_404(request, report)
    whole = document(report, content, segment, queries.slice_sizes(report))
    response = JsonResponse(whole, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = _attachment(f"{slug}-report.json")
    return response


def _csv(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _attachment(name)
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
