"""Following up a theme, a feature or a comment; and the engineer's inbox."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.builds.models import Engineer
from community.builds.views.member import the_member
from community.forum.domain.posting import PostingTooFast, TextRefused
from feedback.reports import queries
from feedback.reports.domain import following
from feedback.reports.domain.following import Source, Written
from feedback.reports.domain.inbox import inbox as letters
from feedback.reports.domain.listing import ballot_at
from feedback.reports.forms import FollowForm, NoteForm, SourceForm
from feedback.reports.models import FollowUp, VoteReport
from feedback.reports.permissions import has_inbox
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
    source, said = _source_or_404(request, report)
    engineers = queries.engineers_for(report, source.feature, source.theme)
    forms: dict[str, Any] = {kind: FollowForm(initial=_first(source), prefix=kind) for kind in ACTS}
    forms[Kind.NOTE] = NoteForm(initial=_first(source), prefix=Kind.NOTE, engineers=engineers)
    kind = request.POST.get("kind", "")
    if kind in forms:
        forms[kind] = (
            NoteForm(request.POST, prefix=kind, engineers=engineers)
            if kind == Kind.NOTE
            else FollowForm(request.POST, prefix=kind)
        )
        if forms[kind].is_valid() and _made(request, source, kind, forms[kind]):
            return redirect(request.get_full_path())
    context = {
        "build": report.build,
        "report": report,
        "source": source,
        "said": said,
        "forms": [(each, Kind(each).label, form) for each, form in forms.items()],
        "chosen": kind,
        "follow_ups": queries.follow_ups_of(source.report, source.theme, source.feature),
    }
    return render(request, "reports/follow.html", context)


def _made(request: HttpRequest, source: Source, kind: str, form: Any) -> bool:
    given = form.cleaned_data
    written = Written(
        title=given["title"],
        text=given["text"],
        by=the_member(request),
        at=timezone.now(),
        key=given["key"],
    )
    try:
        if kind == Kind.NOTE:
            following.write_note(source, written, given["engineer"])
        else:
            ACTS[kind](source, written)
    except PostingTooFast:
        form.add_error(None, _("You wrote a lot within a minute; wait a moment."))
        return False
    except TextRefused:
        form.add_error(None, _("There are words in it that may not be posted."))
        return False
    messages.success(request, _("Done. What becomes of it is shown below."))
    return True


def _first(source: Source) -> dict[str, Any]:
    """What the forms begin with; the words of a ballot are not made public by themselves."""
    of = source.theme or source.feature
    return {"title": str(of)[:120] if of else "", "text": "", "key": uuid4()}


def _source_or_404(request: HttpRequest, report: VoteReport) -> tuple[Source, str]:
    form = SourceForm(request.GET)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    if pk := given["theme"]:
        theme = get_object_or_404(report.themes.all(), pk=pk)
        theme.report = report
        return Source(report=report, theme=theme), ""
    if pk := given["feature"]:
        return Source(report=report, feature=get_object_or_404(report.build.features, pk=pk)), ""
    return _comment_or_404(report, given["ballot"], given["place"])


def _comment_or_404(report: VoteReport, handle: str, place: str) -> tuple[Source, str]:
    found = ballot_at(report, handle, at=timezone.now())
    if not found or place not in found[1].comments:
        raise Http404
    pk, row = found
    return Source(report=report, ballot=pk, place=place), row.comments[place]


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What came back to an engineer: verdicts, praise, complaints, thanks, notes."""
    if not has_inbox(request.user):
        raise Http404
    member = the_member(request)
    notes = list(FollowUp.objects.notes_to(member).select_related("made_by", "report__build")[:30])
    following.mark_notes_read(member=member, at=timezone.now())
    context = {
        "letters": letters(member),
        "notes": notes,
        "engineer": Engineer.objects.filter(member=member).first(),
    }
    return render(request, "reports/inbox.html", context)
