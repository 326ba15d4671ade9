"""A view of a report as a file: at once, or made in the background and fetched later."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.builds.views.member import the_member
from community.moderation.domain.log import record
from feedback.reports import files
from feedback.reports.domain import background
from feedback.reports.domain.listing import Asked
from feedback.reports.forms import ExportForm
from feedback.reports.models import ReportExport, ReportFile, VoteReport
from feedback.reports.views.ballots import asked_or_404, reasons, titles
from feedback.reports.views.finding import report_or_404, view_or_404

UNDER_WAY = {ReportExport.State.WAITING, ReportExport.State.MAKING}


@login_required
@require_safe
def take(request: HttpRequest, slug: str, file: ReportFile) -> HttpResponseBase:
    """A file at once; what is long comes line by line."""
    report = report_or_404(request, slug)
    asked = _asked_or_404(request, report, file)
    reader, now = the_member(request), timezone.now()
    _note_taking(request, report, file)
    portions = files.portions(file, report, asked, reader=reader, at=now)
    is_streamed = file in {ReportFile.BALLOTS, ReportFile.FEATURES}
    make = StreamingHttpResponse if is_streamed else HttpResponse
    response = make(portions, content_type=files.CONTENT_TYPES[file])
    response["Content-Disposition"] = _attachment(files.name_of(file, report))
    return response


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest, slug: str) -> HttpResponse:
    """Files of the report that the reader asked for; POST asks for another."""
    report, member = report_or_404(request, slug), the_member(request)
    asked, _content = asked_or_404(request, report)
    if request.method == "POST":
        _ask(request, report, asked)
        return redirect(request.get_full_path())
    features, proposals = titles(report.content)
    mine = ReportExport.objects.filter(report=report, asked_by=member).newest_first()
    shown = [(each, ReportFile(each.file)) for each in mine[: background.MOST_SHOWN]]
    context = {
        "build": report.build,
        "report": report,
        "exports": shown,
        "is_waiting": any(export.state in UNDER_WAY for export, _file in shown),
        "key": uuid4(),
        "files": ReportFile,
        "reasons": reasons(asked, features, proposals),
        "query": request.GET.urlencode(),
        "now": timezone.now(),
    }
    return render(request, "reports/exports.html", context)


def _ask(request: HttpRequest, report: VoteReport, asked: Asked) -> None:
    form = ExportForm(request.POST)
    if not form.is_valid():
        raise Http404
    file = ReportFile(form.cleaned_data["file"])
    try:
        background.ask(
            report=report,
            file=file,
            # Only lists of ballots heed more than the segment.
            asked=asked if file == ReportFile.BALLOTS else Asked(segment=asked.segment),
            by=the_member(request),
            language=get_language() or "en",
            key=form.cleaned_data["key"],
            at=timezone.now(),
        )
    except background.TooManyWaiting:
        messages.warning(request, _("Ten files are waiting already: let them be made first."))
    except background.KeyReused as error:
        raise Http404 from error


@login_required
@never_cache
@require_safe
def fetch(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """One's own file, as long as the report is one's to read."""
    report = report_or_404(request, slug)
    mine = ReportExport.objects.open(timezone.now()).filter(report=report)
    export = get_object_or_404(mine, pk=pk, asked_by=the_member(request))
    _note_taking(request, report, ReportFile(export.file))
    export.report = report
    return files.handed_over(export)


def _asked_or_404(request: HttpRequest, report: VoteReport, file: ReportFile) -> Asked:
    if file == ReportFile.BALLOTS:
        return asked_or_404(request, report)[0]
    return Asked(segment=view_or_404(request, report)[0])


def _note_taking(request: HttpRequest, report: VoteReport, file: ReportFile) -> None:
    """The log knows who took ballots along."""
    if file == ReportFile.BALLOTS:
        subject = f"build:{report.build.slug}"
        record(by=the_member(request), act="take_ballots", subject=subject, at=timezone.now())


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name)
