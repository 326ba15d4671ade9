"""The queue and its cases: who has them in hand, and how they are settled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.moderation import permissions, queries, subjects
from community.moderation.desk import Desk
from community.moderation.domain import cases, sanctions, settling
from community.moderation.finding import case_or_404
from community.moderation.forms import FilterForm, SettleForm
from community.moderation.models import Case, Report
from community.moderation.views.finding import at_the_desk, the_member


@require_safe
@at_the_desk
def queue(request: HttpRequest, desk: Desk) -> HttpResponse:
    filters = FilterForm(request.GET).filters()
    names = subjects.board_names()
    context = {
        "list": queries.queue(desk, the_member(request), filters, request.GET.get("after", "")),
        "filters": filters,
        "boards": {slug: name for slug, name in names.items() if desk.covers(slug)},
        "board_names": names,
        "causes": Case.Cause.choices,
        "reasons": Report.Reason.choices,
        "now": timezone.now(),
        **_desk_tabs(request),
    }
    return render(request, "moderation/queue.html", context)


@require_safe
@at_the_desk
def case(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    return _case_page(request, case_or_404(desk, pk), SettleForm())


def _case_page(
    request: HttpRequest, case: Case, form: SettleForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    author = case.author
    suggested = sanctions.suggested(member=author, at=now) if author else None
    if suggested and suggested.hours:
        form.fields["hours"].initial = suggested.hours
    context = {
        "case": case,
        "look": subjects.looks([(case.kind, case.subject)]).get((case.kind, case.subject)),
        "subject": subjects.find(case.kind),
        "board_names": subjects.board_names(),
        "reports": queries.reports_of(case),
        "earlier": queries.earlier_cases(case) if author else [],
        "sanctions": queries.sanctions_of(author) if author else [],
        "notes": queries.notes_of(author) if author else [],
        "outcomes": settling.outcomes(case),
        "suggested": suggested,
        "may_sanction": case.cause != Case.Cause.APPEAL
        and permissions.may_sanction(request.user, author),
        "may_suspend": permissions.may_suspend(request.user, author),
        "held_by": case.held_by(now),
        "form": form,
        "query": request.GET.urlencode(),
        "now": now,
        **_desk_tabs(request),
    }
    return render(request, "moderation/case.html", context, status=status)


@require_POST
@at_the_desk
def claim(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    shown = case_or_404(desk, pk)
    try:
        cases.claim(case=shown, by=the_member(request), at=timezone.now())
    except (cases.InOtherHands, cases.SettledBefore) as taken:
        messages.warning(request, _told(taken))
    else:
        messages.success(request, _("It is in your hands for 15 minutes."))
    return redirect(shown)


@require_POST
@at_the_desk
def let_go(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    shown = case_or_404(desk, pk)
    cases.let_go(case=shown, by=the_member(request))
    return redirect(shown)


@require_POST
@at_the_desk
def settle(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Settle a case, then on to the next one of the queue as it was filtered."""
    shown, form = case_or_404(desk, pk), SettleForm(request.POST)
    if not form.is_valid() or not _may_settle(request, shown, form):
        return _case_page(request, shown, form, status=422)
    now = timezone.now()
    try:
        settling.settle(
            case=shown,
            outcome=form.cleaned_data["outcome"],
            answer=form.cleaned_data["answer"],
            penalty=form.penalty,
            by=the_member(request),
            at=now,
        )
    except (cases.InOtherHands, cases.SettledBefore) as taken:
        messages.warning(request, _told(taken))
        return redirect(shown)
    except (sanctions.OwnDecision, cases.CannotBeDone):
        form.add_error(None, _("You cannot settle this case like that."))
        return _case_page(request, shown, form, status=422)
    messages.success(request, _("Settled: %(how)s.") % {"how": shown.get_outcome_display()})
    return redirect(_next(request, desk))


def _may_settle(request: HttpRequest, case: Case, form: SettleForm) -> bool:
    step = form.cleaned_data["step"]
    asked = permissions.may_suspend if step == "suspension" else permissions.may_sanction
    if step and not asked(request.user, case.author):
        form.add_error(None, _("This step is not yours to take for this member."))
        return False
    return True


def _next(request: HttpRequest, desk: Desk) -> str:
    filters = FilterForm(request.GET).filters()
    following = queries.next_case(desk, the_member(request), filters, timezone.now())
    address = following.get_absolute_url() if following else reverse("moderation:queue")
    return f"{address}?{request.GET.urlencode()}" if request.GET else address


def _told(taken: cases.InOtherHands | cases.SettledBefore) -> str:
    name = taken.by or _("somebody who left")
    if isinstance(taken, cases.InOtherHands):
        return _("%(name)s has this case in hand.") % {"name": name}
    return _("%(name)s has settled this case already.") % {"name": name}


def _desk_tabs(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_edit_words": permissions.may_edit_words(request.user),
        "may_read_log": permissions.may_read_log(request.user),
    }
