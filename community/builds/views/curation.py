"""Claims to decide, and engineers who are one person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.builds import permissions, queries
from community.builds.domain import claims, engineers
from community.builds.domain.refusals import Refused
from community.builds.forms.engineers import MergeForm
from community.builds.models import Engineer, EngineerClaim
from community.builds.views.member import the_member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def curate(request: HttpRequest) -> HttpResponse:
    """Waiting claims, merged names, and a form to merge two."""
    if not permissions.can_open_studio(request.user):
        raise Http404
    everybody = queries.curated_engineers(request.user)
    form = MergeForm(request.POST or None, engineers=everybody)
    if request.method == "POST" and form.is_valid():
        try:
            engineers.merge(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            merged = _("%(engineer)s is read as %(into)s from now on.")
            messages.success(request, merged % form.cleaned_data)
            return redirect("builds:curate")
    context = {
        "form": form,
        "claims": queries.waiting_claims(request.user),
        "engineers": everybody.filter(merged_into=None),
        "merged": everybody.exclude(merged_into=None).select_related("merged_into"),
    }
    return render(request, "builds/curate.html", context)


@login_required
@require_POST
def decide_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Accept (``decision=accept``) or refuse a claim."""
    claim = get_object_or_404(EngineerClaim.objects.select_related("engineer"), pk=claim_id)
    if not permissions.can_decide_claim(request.user, claim):
        raise Http404
    try:
        claims.decide(
            claim_id=claim.pk,
            is_accepted=request.POST.get("decision") == "accept",
            by=the_member(request),
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("builds:curate")


@login_required
@require_POST
def unmerge(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a merge back."""
    engineer = get_object_or_404(Engineer, slug=slug)
    if not permissions.can_curate(request.user, engineer):
        raise Http404
    engineers.unmerge(engineer=engineer)
    return redirect("builds:curate")


@login_required
@require_POST
def let_go(request: HttpRequest, slug: str) -> HttpResponse:
    """Part an engineer from the member they were taken for."""
    engineer = get_object_or_404(Engineer, slug=slug)
    if not permissions.can_curate(request.user, engineer):
        raise Http404
    claims.let_go(engineer=engineer)
    return redirect("builds:engineer", engineer.slug)
