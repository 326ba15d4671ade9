"""From an address to the report it names; what one may not read is not there."""

from django.http import Http404, HttpRequest

from community.builds.models import Build
from feedback.reports import queries
from feedback.reports.domain.content import Content
from feedback.reports.domain.reading import content_of
from feedback.reports.forms import segment_in
from feedback.reports.models import VoteReport
from feedback.reports.permissions import can_read_report
from feedback.reports.queries import Segment


def build_or_404(request: HttpRequest, slug: str) -> Build:
    """The published build at an address, if its report is this reader's."""
    build = Build.objects.public().select_related("product").filter(slug=slug).first()
    if build is None or not can_read_report(request.user, build):
        raise Http404
    return build


def report_or_404(request: HttpRequest, slug: str) -> VoteReport:
    """The report on that build; there may be none yet."""
    report = queries.report_on(build_or_404(request, slug))
    if report is None:
        raise Http404
    return report


def view_or_404(request: HttpRequest, report: VoteReport) -> tuple[Segment | None, Content]:
    """The segment an address asks for and what it says; everyone when it names none."""
    segment = segment_in(request.GET)
    content = content_of(report, segment)
    if content is None:
        raise Http404
    return segment, content
