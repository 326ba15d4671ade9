"""Reporting: what a member tells moderators about something they may read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.moderation import subjects
from community.moderation.domain import cases
from community.moderation.forms import ReportForm
from community.moderation.views.finding import the_member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The form with the reasons; thanks, and back to where it was."""
    subject = subjects.find(kind)
    if subject is None or not subject.may_report(request.user, pk):
        raise Http404
    look = subjects.looks([(kind, pk)])[kind, pk]
    form = ReportForm(request.POST or None)
    if form.is_valid():
        try:
            cases.report(
                kind=kind,
                subject=pk,
                reporter=the_member(request),
                reason=form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
                at=timezone.now(),
            )
        except cases.ReportedBefore:
            messages.info(request, _("You have reported it already; a moderator will look at it."))
        else:
            messages.success(request, _("Thank you. A moderator will look at it."))
        return redirect(look.url)
    context = {"form": form, "look": look, "subject": subject}
    return render(request, "moderation/report_form.html", context)
