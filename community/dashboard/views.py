"""/staff/: the figures of a period, drawn and in tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.dashboard import queries
from community.dashboard.charts import DayChart, day_chart
from community.dashboard.periods import PERIODS, period_named
from community.members.domain.active_days import day_of
from community.moderation.permissions import desk_of, may_edit_words, may_read_log

HOUR = timedelta(hours=1)
PHONE = 340.0
Values = Sequence[float | None]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart in two widths: for a desk and for a phone."""

    wide: DayChart
    narrow: DayChart


@login_required
@never_cache
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Admins see the site; moderators what happens on their boards."""
    desk = desk_of(request.user)
    period = period_named(request.GET.get("period", ""))
    if desk is None or period is None:
        raise Http404
    boards = list(queries.boards_within(desk.boards))
    chosen = request.GET.get("board", "")
    shown = [board for board in boards if board.slug == chosen] if chosen else boards
    if chosen and not shown:
        raise Http404
    span = period.span(day_of(timezone.now()))
    sees_site = desk.boards is None and not chosen
    figures = queries.figures(span, shown, sees_site=sees_site)
    context = {
        "figures": figures,
        "sees_site": sees_site,
        "period": period,
        "periods": PERIODS,
        "boards": boards,
        "chosen": chosen,
        "charts": _charts(figures),
        "may_edit_words": may_edit_words(request.user),
        "may_read_log": may_read_log(request.user),
        "days": figures.days[::-1],
    }
    return render(request, "dashboard/dashboard.html", context)


def _charts(figures: queries.Figures) -> dict[str, Drawn]:
    answering = [day.answering for day in figures.days]
    active = [day.active for day in figures.days]
    return {
        "active": _drawn(
            figures,
            [row.day if row else None for row in active],
            line=[row.week if row else None for row in active],
        ),
        "waits": _drawn(figures, [row.wait / HOUR if row.wait else None for row in answering]),
        "topics": _drawn(
            figures, [row.opened for row in answering], parts=[row.silent for row in answering]
        ),
        "missed": _drawn(figures, [day.missed for day in figures.days]),
    }


def _drawn(
    figures: queries.Figures, values: Values, parts: Values = (), line: Values = ()
) -> Drawn:
    days = figures.span.days
    return Drawn(
        wide=day_chart(days, values, parts=parts, line=line),
        narrow=day_chart(days, values, parts=parts, line=line, width=PHONE),
    )
