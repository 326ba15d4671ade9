"""Writing wishes down and saying them better; what others have wished for shows meanwhile."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from community.builds.models import Product
from community.forum.refusals import REFUSALS, said
from community.text.whole import number
from feedback.proposals import domain, permissions
from feedback.proposals.domain.writing import board_of_wishes
from feedback.proposals.forms.writing import NewProposalForm, ProposalForm, words_of
from feedback.proposals.models import Proposal
from feedback.proposals.queries.similar import similar_proposals
from feedback.proposals.views.finding import proposal_or_404, reader

BEGUN_WITH = ("title", "area", "device", "body")
require_form_methods = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_form_methods
def create(request: HttpRequest) -> HttpResponse:
    """A new wish; ?title=, &area=, &device= and &body= begin it."""
    now = timezone.now()
    may_write = permissions.can_propose(request.user, board_of_wishes(), now)
    begun = {name: request.GET[name] for name in BEGUN_WITH if name in request.GET}
    form = NewProposalForm(
        request.POST or None, user=request.user, said=begun, origin=_origin(request)
    )
    if may_write and form.is_valid() and (proposal := _created(request, form)):
        return redirect(proposal)
    context = {"form": form, "may_write": may_write, "now": now}
    return render(request, "proposals/new.html", context, status=200 if may_write else 403)


def _created(request: HttpRequest, form: NewProposalForm) -> Proposal | None:
    try:
        return domain.create_proposal(
            author=reader(request), at=timezone.now(), **form.cleaned_data
        )
    except REFUSALS as refused:
        form.add_error(None, said(refused))
    return None


@login_required
@require_form_methods
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_or_404(request, pk)
    if not permissions.can_edit(request.user, proposal, now):
        raise Http404
    form = ProposalForm(
        request.POST or None,
        user=request.user,
        initial=words_of(proposal),
        origin=_origin(request),
    )
    if form.is_valid():
        try:
            domain.edit_proposal(proposal=proposal, by=reader(request), at=now, **form.cleaned_data)
        except REFUSALS as refused:
            form.add_error(None, said(refused))
        else:
            return redirect(proposal)
    return render(request, "proposals/edit.html", {"form": form, "proposal": proposal})


@login_required
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """A fragment for who is writing: wishes like ?title=, of its &area= and &device= first."""
    said_so_far = {name: request.GET.get(name, "")[:120] for name in ("title", "area", "device")}
    product = number(request.GET.get("product", ""))
    found = similar_proposals(
        user=request.user,
        product=Product.objects.filter(pk=product).first() if product else None,
        **said_so_far,
    )
    return render(request, "proposals/similar.html", {"proposals": found})


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
