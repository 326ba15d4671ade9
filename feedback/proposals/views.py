"""Pages of wishes: the list and each of them for everybody, writing and answering for managers."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.builds.models import Product
from community.members.models import Member
from feedback.proposals import domain, permissions, queries
from feedback.proposals.forms import AnswerForm, NewProposalForm, ProposalForm
from feedback.proposals.models import Proposal

PROPOSALS_A_PAGE = 30
FILTERS = ("product", "status", "area")
require_form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    pages = Paginator(queries.listed(**chosen), PROPOSALS_A_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "chosen": chosen,
        "statuses": Proposal.Status.choices,
        "areas": queries.areas(chosen["product"]),
        "products": queries.products_with_proposals(),
        "can_write": permissions.can_write_some(request.user),
        "now": timezone.now(),
    }
    return render(request, "proposals/list.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(queries.with_its_story(pk))
    context = {
        "proposal": proposal,
        "can_edit": permissions.can_edit(request.user, proposal),
        "now": timezone.now(),
    }
    return render(request, "proposals/detail.html", context)


@login_required
@require_form_methods
def create(request: HttpRequest) -> HttpResponse:
    everything = Product.objects.order_by("name")
    mine = [product for product in everything if permissions.can_write(request.user, product)]
    if not mine:
        raise Http404
    form = NewProposalForm(request.POST or None, products=mine)
    if form.is_valid():
        author = cast("Member", request.user)
        proposal = domain.create_proposal(author=author, at=timezone.now(), **form.cleaned_data)
        return redirect(proposal)
    return render(request, "proposals/form.html", {"form": form})


def _editable_or_404(request: HttpRequest, pk: int) -> Proposal:
    proposal = get_object_or_404(queries.with_its_story(pk))
    if not permissions.can_edit(request.user, proposal):
        raise Http404
    return proposal


@login_required
@require_form_methods
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = _editable_or_404(request, pk)
    form = ProposalForm(request.POST or None, instance=proposal)
    if form.is_valid():
        domain.edit_proposal(proposal=proposal, **form.cleaned_data)
        return redirect(proposal)
    return render(request, "proposals/form.html", {"form": form, "proposal": proposal})


@login_required
@require_form_methods
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = _editable_or_404(request, pk)
    form = AnswerForm(request.POST or None, proposal=proposal)
    if form.is_valid() and _answered(form, proposal):
        messages.success(request, _("Everybody sees the answer now."))
        return redirect(proposal)
    return render(request, "proposals/answer.html", {"form": form, "proposal": proposal})


def _answered(form: AnswerForm, proposal: Proposal) -> bool:
    try:
        domain.answer_proposal(proposal=proposal, **form.cleaned_data)
    except domain.ReasonMissing:
        form.add_error("reason", _("Say why: everybody who wished for it will read it."))
        return False
    return True
