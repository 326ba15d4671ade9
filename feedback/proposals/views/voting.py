"""Votes of a wish round, given and taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from feedback.proposals import domain, permissions
from feedback.proposals.queries.rounds import builds_with_a_round
from feedback.proposals.views.finding import proposal_or_404, reader


@login_required
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Have so many votes on a wish in the round of a build; 0 takes all of them back."""
    proposal = proposal_or_404(request, pk)
    now = timezone.now()
    if not permissions.can_vote(request.user, now):
        raise PermissionDenied
    build = get_object_or_404(builds_with_a_round(now), slug=request.POST.get("build", ""))
    votes = request.POST.get("votes", "")
    try:
        purse = domain.put_votes(
            member=reader(request),
            proposal=proposal,
            build=build,
            votes=int(votes) if votes in {"0", "1", "2", "3"} else -1,
        )
    except domain.WishRefused as refused:
        messages.error(request, str(refused))
    else:
        left = ngettext("%(n)d vote left.", "%(n)d votes left.", purse.left) % {"n": purse.left}
        taken = _("Your votes are yours again.") if votes == "0" else _("Your votes are in.")
        messages.success(request, f"{taken} {left}")
    return redirect(f"{proposal.get_absolute_url()}#votes")
