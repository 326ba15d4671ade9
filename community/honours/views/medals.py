"""Every medal, applying for one, taking one back."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.honours import permissions, queries
from community.honours.domain import applying
from community.honours.domain import medals as granting
from community.honours.forms import ApplicationForm, TakeBackForm
from community.honours.models import Medal, MedalGrant
from community.honours.words import sentence
from community.members.models import Member


@require_safe
def medals(request: HttpRequest) -> HttpResponse:
    """Every medal, how to earn it, and which are the reader's."""
    now = timezone.now()
    context = {
        "medals": queries.all_medals(),
        "held": queries.stages_held(request.user, now),
        "applications": queries.applications_of(request.user),
        "is_visitor": not request.user.is_authenticated,
        "now": now,
    }
    return render(request, "honours/medals.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a medal in one's own words; staff decide in the queue."""
    now, member = timezone.now(), cast("Member", request.user)
    medal = get_object_or_404(Medal, slug=slug, is_by_application=True)
    form = ApplicationForm(request.POST or None)
    stage = queries.stage_to_ask_for(medal, member, now)
    if stage is None:
        messages.info(request, sentence(applying.HeldAlready()))
        return redirect(medal)
    may_apply = permissions.may_apply(member, medal, now)
    if form.is_valid() and may_apply:
        try:
            applying.apply(medal=medal, member=member, words=form.cleaned_data["words"], at=now)
        except (applying.HeldAlready, applying.WaitsAlready, applying.RefusedLately) as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("Staff will read it and answer."))
            return redirect(medal)
    status = 422 if form.is_bound else 200
    context = {"form": form, "medal": medal, "stage": stage, "may_apply": may_apply, "now": now}
    return render(request, "honours/apply.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """End a grant, saying why; for admins."""
    if not permissions.may_give(request.user):
        raise Http404
    now, by = timezone.now(), cast("Member", request.user)
    held = MedalGrant.objects.held(now).select_related("stage__medal", "member")
    grant = get_object_or_404(held, pk=pk)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        granting.take_back(grant=grant, by=by, reason=form.cleaned_data["end_reason"], at=now)
        messages.success(request, _("%(name)s is told of it.") % {"name": grant.member})
        return redirect("members:profile", grant.member.username)
    status = 422 if form.is_bound else 200
    return render(request, "honours/take_back.html", {"form": form, "grant": grant}, status=status)
