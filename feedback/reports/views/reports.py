"""The list of reports, and the report of one build."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community.builds.models import Build
from community.builds.views.member import the_member
from feedback.reports import domain, files, panels, queries
from feedback.reports.domain.charts.bars import HourChart, hour_chart, mood_chart
from feedback.reports.domain.charts.control import ControlChart, control_chart
from feedback.reports.domain.charts.feature_map import feature_map
from feedback.reports.domain.content import Content, Mood
from feedback.reports.domain.reading import moods_of
from feedback.reports.domain.table import feature_rows, worst
from feedback.reports.domain.themes.reading import Line, lines
from feedback.reports.models import ReportFile, Side, VoteReport
from feedback.reports.permissions import can_read_reports
from feedback.reports.queries import Segment
from feedback.reports.views.ballots import titles
from feedback.reports.views.finding import build_or_404, report_or_404, view_or_404
from feedback.reports.wording import QUADRANTS

REPORTS_A_PAGE = 30
BUILDS_BESIDE = 5
WORST_SHOWN = 4
THEMES_SHOWN = 4
FOLLOW_UPS_SHOWN = 20
PHONE = {"width": 340.0, "height": 400.0}
# As high as what hurt beside it.
MAP_HEIGHT = 580.0


@login_required
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report that is this manager's to read, the latest first."""
    if not can_read_reports(request.user):
        raise Http404
    reports = Paginator(queries.reports_for(the_member(request)), REPORTS_A_PAGE)
    page = reports.get_page(request.GET.get("page"))
    return render(request, "reports/list.html", {"page_obj": page})


@login_required
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The report of a build, of everyone or of one segment."""
    build = build_or_404(request, slug)
    report = queries.report_on(build)
    if report is None:
        return render(request, "reports/none_yet.html", {"build": build})
    segment, content = view_or_404(request, report)
    before = queries.earlier(build, BUILDS_BESIDE)
    made = queries.made_of(report, the_member(request))
    context = {
        "build": build,
        "report": report,
        "content": content,
        "segment": segment,
        "sizes": queries.slice_sizes(report),
        "previous": before[0] if before else None,
        "is_unread": report.is_final and not made.is_read,
        "follow_ups": queries.follow_ups_of(report)[:FOLLOW_UPS_SHOWN]
        if made.is_followed_up
        else (),
        "share_url": request.build_absolute_uri(),
        "query": request.GET.urlencode(),
        "is_long": files.is_long(ReportFile.BALLOTS, report),
        "rows": feature_rows(content["features"], request.GET.get("sort", "")),
        **_themes(report, segment),
        "features": titles(report.content)[0],
        "worst": worst(content["features"], WORST_SHOWN),
        "panels": {
            "action": panels.of_report("report.action", request, build),
            "summary": panels.of_report("report.summary", request, build),
            "award": panels.of_report("report.award", request, build),
        },
        **_charts(report, content, moods_of(before, segment)),
    }
    return render(request, "reports/detail.html", context)


def _themes(report: VoteReport, segment: Segment | None) -> dict[str, list[Line]]:
    found = lines(report, *Side, segment=segment, number=THEMES_SHOWN)
    return {
        "themes": [line for line in found if line.theme.side == Side.LET_DOWN],
        "praise": [line for line in found if line.theme.side == Side.LOVED],
    }


def _charts(
    report: VoteReport, content: Content, before: list[tuple[Build, Mood]]
) -> dict[str, Any]:
    names = {quadrant: str(name) for quadrant, name in QUADRANTS.items()}
    moods = [(report.build, content["mood"]), *before]
    return {
        "map": feature_map(content["features"], names, height=MAP_HEIGHT),
        "phone_map": feature_map(content["features"], names, **PHONE),
        "moods": mood_chart([(each.version, each.slug, mood) for each, mood in moods]),
        "moved": _moved(content),
        "hours": _hours(report, content),
        "phone_hours": _hours(report, content, width=PHONE["width"]),
    }


def _moved(content: Content) -> list[ControlChart]:
    """Areas with a signal first, then those that let most people down."""
    moved = sorted(
        content.get("moved", []),
        key=lambda each: (each["signal"] in {"steady", "early"}, -each["points"][-1]["named"]),
    )
    return [control_chart(each, width=220.0, height=40.0, is_small=True) for each in moved]


def _hours(report: VoteReport, content: Content, **size: float) -> HourChart | None:
    hours, opened_at = content["turnout"]["hours"], report.build.ballots_open_at
    if not hours or not opened_at:
        return None
    zone = timezone.get_current_timezone()
    return hour_chart(hours, opened_at=opened_at, zone=zone, **size)


@login_required
@require_POST
def mark_read(request: HttpRequest, slug: str) -> HttpResponse:
    """Remember that this manager has opened the report: sent when the page is shown."""
    report = report_or_404(request, slug)
    domain.mark_read(report=report, member=the_member(request), at=timezone.now())
    if getattr(request, "htmx", False):
        return HttpResponse()
    return redirect("reports:detail", slug=slug)
