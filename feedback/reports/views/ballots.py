"""The ballots behind a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.builds.views.member import the_member
from community.moderation.domain.log import record
from feedback.reports import files
from feedback.reports.domain.content import Content
from feedback.reports.domain.folding import OTHER
from feedback.reports.domain.listing import Asked, Row, page
from feedback.reports.forms import BallotsForm
from feedback.reports.models import ReportFile, VoteReport
from feedback.reports.templatetags.reports import value_name
from feedback.reports.views.finding import report_or_404, view_or_404
from feedback.reports.wording import CELLS, MOODS, VERDICTS

Titles = Mapping[int, str]


@dataclass(frozen=True)
class Shown:
    """A ballot with the titles of what it names."""

    row: Row
    features: Titles
    proposals: Titles

    @property
    def loved(self) -> list[str]:
        return [self.features.get(pk, "?") for pk in self.row.loved]

    @property
    def let_down(self) -> list[str]:
        return [self.features.get(pk, "?") for pk in self.row.let_down]

    @property
    def wishes(self) -> list[str]:
        return [self.proposals.get(pk, "?") for pk in self.row.wishes]

    @property
    def segments(self) -> list[tuple[str, str]]:
        """Dimension and value of what may be shown."""
        return [(str(d), value) for d, value in self.row.segments.items() if value != OTHER]

    @property
    def remarks(self) -> list[tuple[str, str, str]]:
        """The key of each comment, what it stands at, and its text."""
        return [(key, self._place(key), text) for key, text in self.row.comments.items()]

    def _place(self, key: str) -> str:
        if key in CELLS:
            return str(CELLS[key])
        return self.features.get(int(key.removeprefix("feature:")), "?")


@login_required
@require_safe
def ballots(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of ballots; the address says which."""
    report = report_or_404(request, slug)
    record(by=the_member(request), act="read_ballots", subject=f"build:{slug}", at=timezone.now())
    asked, _content = asked_or_404(request, report)
    after = request.GET.get("after", "")
    rows, next_after = page(report, asked, at=timezone.now(), after=after)
    features, proposals = titles(report.content)
    query = {key: value for key, value in request.GET.items() if key != "after"}
    uncommented = {key: value for key, value in query.items() if key != "comment"}
    context = {
        "build": report.build,
        "report": report,
        "asked": asked,
        "reasons": reasons(asked, features, proposals),
        "shown": [Shown(row, features, proposals) for row in rows],
        "all_url": f"?{urlencode(uncommented)}",
        "commented_url": f"?{urlencode({'comment': 'any'} | query)}",
        "first_url": f"?{urlencode(query)}" if after else "",
        "next_url": f"?{urlencode(query | {'after': next_after})}" if next_after else "",
        "query": urlencode(query),
        "is_long": files.is_long(ReportFile.BALLOTS, report),
    }
    return render(request, "reports/ballots.html", context)


def asked_or_404(request: HttpRequest, report: VoteReport) -> tuple[Asked, Content]:
    """Which ballots an address asks for; a segment the report does not tell apart has none."""
    form = BallotsForm(request.GET)
    segment, content = view_or_404(request, report)
    if not form.is_valid():
        raise Http404
    return form.asked(segment), content


def titles(content: Content) -> tuple[Titles, Titles]:
    """Titles of the features and of the proposals that were named."""
    return (
        {line["feature"]: line["title"] for line in content["features"]},
        {line["proposal"]: line["title"] for line in content["wishes"]},
    )


def reasons(asked: Asked, features: Titles, proposals: Titles) -> list[str]:
    """Why these ballots are listed, each reason as a reader says it."""
    said = [
        asked.segment and value_name(asked.segment.value, asked.segment.dimension),
        asked.mood and MOODS[asked.mood],
        asked.feature and features.get(asked.feature, "?"),
        asked.cell and CELLS[asked.cell],
        asked.verdict and VERDICTS[asked.verdict],
        asked.wish and proposals.get(asked.wish, "?"),
        asked.comment and _("with a comment"),
        asked.comment in CELLS and CELLS[str(asked.comment)],
    ]
    return [str(reason) for reason in said if reason]
