"""What managers say of wishes: one by one, a whole round at once, two as one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from community.builds.models import Build
from feedback.proposals import domain, permissions
from feedback.proposals.forms.answering import AnswerForm, DecideForm, MergeForm
from feedback.proposals.models import Proposal
from feedback.proposals.queries import rounds
from feedback.proposals.views.finding import managed_or_404, reader

require_form_methods = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_form_methods
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = managed_or_404(request, pk)
    form = AnswerForm(request.POST or None, proposal=proposal)
    if form.is_valid():
        try:
            domain.answer_proposal(
                proposal=proposal, by=reader(request), at=timezone.now(), **form.cleaned_data
            )
        except domain.ReasonMissing as refused:
            form.add_error("reason", str(refused))
        except domain.WishRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(proposal)
    return render(request, "proposals/answer.html", {"form": form, "proposal": proposal})


@login_required
@require_form_methods
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """The wishes of a round as its votes fell, several answered at once."""
    begun = rounds.builds_with_a_round(timezone.now()).select_related("product")
    build = get_object_or_404(begun, slug=slug)
    if not permissions.can_decide(request.user, build.product):
        raise Http404
    form = DecideForm(request.POST or None, build=build)
    if form.is_valid() and _decided(request, form, build):
        return redirect("proposals:decide", slug=slug)
    context = {
        "build": build,
        "form": form,
        "standings": rounds.standings(build),
        "chosen": request.POST.getlist("wish"),
        "is_closed": build.wishes_close_at and build.wishes_close_at <= timezone.now(),
        "now": timezone.now(),
    }
    return render(request, "proposals/decide.html", context)


def _decided(request: HttpRequest, form: DecideForm, build: Build) -> bool:
    """Answer what was chosen; whatever refused its answer stays in the list, with the reason."""
    status, chosen = form.cleaned_data["status"], list(form.cleaned_data["wish"])
    is_accepted = status == Proposal.Status.ACCEPTED
    refused = domain.answer_many(
        proposals=chosen,
        status=status,
        reason=form.cleaned_data["reason"],
        accepted_for=build if is_accepted else None,
        by=reader(request),
        at=timezone.now(),
    )
    for proposal, why in refused.items():
        form.add_error(None, f"{proposal}: {why}")
    if done := len(chosen) - len(refused):
        messages.success(
            request, ngettext("%(n)d wish answered.", "%(n)d wishes answered.", done) % {"n": done}
        )
    return not refused


@login_required
@require_form_methods
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = managed_or_404(request, pk)
    form = MergeForm(request.POST or None, proposal=proposal)
    if form.is_valid():
        into = form.cleaned_data["into"]
        try:
            domain.merge(proposal=proposal, into=into, by=reader(request), at=timezone.now())
        except domain.WishRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(into)
    return render(request, "proposals/merge.html", {"form": form, "proposal": proposal})


@login_required
@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = managed_or_404(request, pk)
    try:
        domain.unmerge(proposal=proposal, by=reader(request), at=timezone.now())
    except domain.WishRefused as refused:
        messages.error(request, str(refused))
    return redirect(proposal)
