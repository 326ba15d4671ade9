"""A member as moderators see them, and one's own standing as the member sees it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.members.models import Member
from community.moderation import permissions, queries
from community.moderation.desk import Desk
from community.moderation.domain import sanctions
from community.moderation.domain.log import record
from community.moderation.finding import member_or_404
from community.moderation.forms import AppealForm, NoteForm, SanctionForm
from community.moderation.models import Sanction
from community.moderation.views.finding import at_the_desk, the_member


@require_safe
@at_the_desk
def member(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    """The ladder, the notes and the cases of a member. That it was opened is written down."""
    now, shown = timezone.now(), member_or_404(username)
    by = the_member(request)
    record(by=by, act="read_member", subject=f"member:{username}", at=now, about=[shown.pk])
    suggested = sanctions.suggested(member=shown, at=now)
    form = SanctionForm(initial={"step": suggested.step, "hours": suggested.hours or 24})
    return render(request, "moderation/member.html", _about(request, desk, shown, form))


def _about(
    request: HttpRequest, desk: Desk, shown: Member, form: SanctionForm
) -> dict[str, object]:
    now = timezone.now()
    return {
        "member": shown,
        "sanctions": queries.sanctions_of(shown),
        "notes": queries.notes_of(shown),
        "cases": queries.cases_about(desk, shown),
        "suggested": sanctions.suggested(member=shown, at=now),
        "may_sanction": permissions.may_sanction(request.user, shown),
        "sanction_form": form,
        "note_form": NoteForm(),
        "may_edit_words": permissions.may_edit_words(request.user),
        "may_read_log": permissions.may_read_log(request.user),
        "now": now,
    }


@require_POST
@at_the_desk
def add_note(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    shown, form = member_or_404(username), NoteForm(request.POST)
    if form.is_valid():
        by = the_member(request)
        sanctions.add_note(member=shown, by=by, at=timezone.now(), **form.cleaned_data)
    return redirect("moderation:member", username)


@require_POST
@at_the_desk
def sanction(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    shown, form = member_or_404(username), SanctionForm(request.POST)
    if not permissions.may_sanction(request.user, shown):
        raise Http404
    is_suspension = form.is_valid() and form.cleaned_data["step"] == Sanction.Step.SUSPENSION
    if is_suspension and not permissions.may_suspend(request.user, shown):
        form.add_error("step", _("Only admins suspend."))
    if not form.is_valid():
        page = _about(request, desk, shown, form)
        return render(request, "moderation/member.html", page, status=422)
    sanctions.give(member=shown, by=the_member(request), at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("%(name)s is told of it.") % {"name": shown})
    return redirect("moderation:member", username)


@require_POST
@at_the_desk
def lift(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    given = get_object_or_404(Sanction.objects.select_related("member"), pk=pk)
    if not permissions.may_sanction(request.user, given.member):
        raise Http404
    sanctions.lift(sanction=given, by=the_member(request), at=timezone.now())
    return redirect("moderation:member", given.member.username)


@login_required
@never_cache
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """One's own ladder with the reasons, and who of the staff looked at one's data."""
    own = the_member(request)
    context = {
        "sanctions": queries.sanctions_of(own),
        "looks": queries.looks_at(own),
        "now": timezone.now(),
    }
    return render(request, "moderation/standing.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(Sanction, pk=pk, member=the_member(request))
    if own.appeal or own.lifted_at:
        raise Http404
    form = AppealForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["appeal"]
        try:
            sanctions.appeal(sanction=own, words=words, at=timezone.now())
        except sanctions.AppealedBefore:
            messages.info(request, _("You have appealed already."))
        else:
            messages.success(request, _("Another moderator will read it and answer."))
        return redirect("moderation:standing")
    return render(request, "moderation/appeal.html", {"form": form, "sanction": own})
