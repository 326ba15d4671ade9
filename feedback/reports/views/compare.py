"""Two builds side by side, and one area through the weeks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.builds.models import Build, Product
from feedback.reports import queries
from feedback.reports.domain.charts.bars import mood_chart
from feedback.reports.domain.charts.control import control_chart
from feedback.reports.domain.charts.history import history
from feedback.reports.domain.comparing import compare as compare_contents
from feedback.reports.domain.control import control, week
from feedback.reports.domain.reading import AreaWeek, area_weeks, content_of
from feedback.reports.views.finding import report_or_404, view_or_404

WEEKS_SHOWN = 26
OTHERS_OFFERED = 12
WIDE, PHONE_WIDTH = 1040.0, 340.0


@login_required
@require_safe
def compare(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Moods, areas and features of two builds, of everyone or of one segment."""
    first, second = report_or_404(request, slug), report_or_404(request, other)
    segment, content = view_or_404(request, first)
    beside = content_of(second, segment)
    if beside is None:
        raise Http404
    moods = [
        (report.build.version, report.build.slug, said["mood"])
        for report, said in ((first, content), (second, beside))
    ]
    context = {
        "first": first,
        "second": second,
        "segment": segment,
        "comparison": compare_contents(content, beside),
        "moods": mood_chart(moods, width=WIDE),
        "phone_moods": mood_chart(moods, width=PHONE_WIDTH),
        "others": queries.earlier(first.build, OTHERS_OFFERED),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/compare.html", context)


@login_required
@require_safe
def area(request: HttpRequest, area: str) -> HttpResponse:
    """How an area did from build to build of one product's track."""
    product = _product_or_404(request)
    channel = request.GET.get("channel", Build.Channel.WEEKLY)
    weeks = area_weeks(queries.through_the_weeks(product, channel, WEEKS_SHOWN), area)
    if not weeks:
        raise Http404
    named = [(week.build.version, week.build.slug, week.joy) for week in weeks if week.joy]
    context = {
        "area": area,
        "product": product,
        "weeks": weeks[::-1],
        **_control(area, weeks),
        "history": history(named) if named else None,
        "phone_history": history(named, width=PHONE_WIDTH) if named else None,
    }
    return render(request, "reports/area.html", context)


def _control(name: str, weeks: list[AreaWeek]) -> dict[str, Any]:
    """The control chart of an area, wide and for a phone."""
    named = [week(w.build.version, w.build.slug, w.line) for w in weeks if w.line["named"]]
    if not named:
        return {}
    found = control(name, named)
    return {
        "control": found,
        "chart": control_chart(found),
        "phone_chart": control_chart(found, width=PHONE_WIDTH),
    }


def _product_or_404(request: HttpRequest) -> Product:
    products = queries.products_for(request.user)
    if slug := request.GET.get("product"):
        products = products.filter(slug=slug)
    product = products.first()
    if product is None:
        raise Http404
    return product
