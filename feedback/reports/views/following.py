"""Following up a theme, a feature or a comment; and the engineer's inbox."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.builds.views.member import the_member
from community.forum.refusals import REFUSALS, said
from feedback.reports import queries
from feedback.reports.domain import following
from feedback.reports.domain.following import Source, Written
from feedback.reports.domain.themes import reading
from feedback.reports.forms import BugForm, FollowForm, NoteForm, SourceForm
from feedback.reports.models import FollowUp, VoteReport
from feedback.reports.views.finding import report_or_404

Kind = FollowUp.Kind
ACTS: dict[str, Callable[[Source, Written], FollowUp]] = {
    Kind.PROPOSAL: following.propose,
    Kind.TOPIC: following.open_bug,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a proposal, a bug topic or a note of what the address names."""
    report = report_or_404(request, slug)
    form = SourceForm(request.GET)
    found = form.found_in(report, at=timezone.now()) if form.is_valid() else None
    if found is None:
        raise Http404
    source, words = found
    kind = request.POST.get("kind", "")
    forms: dict[str, FollowForm] = {
        each: _form(each, source, request.POST if each == kind else None) for each in Kind.values
    }
    if kind in forms and forms[kind].is_valid() and _made(request, source, kind, forms[kind]):
        return redirect(request.get_full_path())
    context = {
        "build": report.build,
        "report": report,
        "source": source,
        "said": [words] if words else _quotes(report, source),
        "forms": [(each, Kind(each).label, form) for each, form in forms.items()],
        "chosen": kind,
        "follow_ups": queries.follow_ups_of(report, source.theme, source.feature, source.comment),
    }
    return render(request, "reports/follow.html", context)


def _form(kind: str, source: Source, data: QueryDict | None) -> FollowForm:
    how: dict[str, Any] = {"data": data, "prefix": kind, "initial": _first(source)}
    if kind == Kind.NOTE:
        engineers = queries.engineers_for(source.report, source.about, source.theme)
        return NoteForm(engineers=engineers, **how)
    return BugForm(source=source, **how) if kind == Kind.TOPIC else FollowForm(**how)


def _made(request: HttpRequest, source: Source, kind: str, form: Any) -> bool:
    given = form.cleaned_data
    written = Written(
        title=given["title"],
        text=given["text"],
        by=the_member(request),
        at=timezone.now(),
        key=given["key"],
        device=given.get("device", ""),
    )
    try:
        if kind == Kind.NOTE:
            following.write_note(source, written, given["engineer"])
        else:
            ACTS[kind](source, written)
    except following.NoBoard:
        form.add_error(None, _("This site has no board for bugs."))
        return False
    except REFUSALS as refused:
        form.add_error(None, said(refused))
        return False
    messages.success(request, _("Done. What becomes of it is shown below."))
    return True


def _quotes(report: VoteReport, source: Source) -> list[str]:
    """Of a theme, the comments that say it most plainly."""
    if source.theme is None:
        return []
    sized = [(source.theme, source.theme.ballots)]
    (line,) = reading.told(report, sized, quotes=reading.MOST_QUOTES)
    return [quote.text for quote in line.quotes]


def _first(source: Source) -> dict[str, Any]:
    """What the forms begin with; the words of a ballot are not made public by themselves."""
    of = source.theme or source.about
    return {"title": str(of)[:120] if of else "", "text": "", "key": uuid4()}
