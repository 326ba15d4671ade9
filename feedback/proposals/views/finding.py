"""What an address names, if its reader may see it."""

from typing import cast

from django.http import Http404, HttpRequest

from community.members.models import Member
from feedback.proposals import permissions
from feedback.proposals.models import Proposal
from feedback.proposals.queries.stories import with_its_story


def proposal_or_404(request: HttpRequest, pk: int) -> Proposal:
    found = with_its_story(pk).readable_by(request.user).first()
    if found is None:
        raise Http404
    return found


def managed_or_404(request: HttpRequest, pk: int) -> Proposal:
    """A wish of a product that the reader looks after."""
    found = with_its_story(pk).first()
    if found is None or not permissions.can_answer(request.user, found):
        raise Http404
    return found


def reader(request: HttpRequest) -> Member:
    """Who has signed in; views that ask for it are behind login_required."""
    return cast("Member", request.user)
