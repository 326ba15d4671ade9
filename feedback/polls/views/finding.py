"""The poll an address names, if its reader may see it."""

from typing import cast

from django.http import Http404, HttpRequest

from community.members.models import Member
from feedback.polls import permissions
from feedback.polls.models import Poll


def poll_or_404(request: HttpRequest, pk: int) -> Poll:
    poll = Poll.objects.to_show().filter(pk=pk).first()
    if poll is None or not permissions.may_read_poll(request.user, poll):
        raise Http404
    return poll


def managed_or_404(request: HttpRequest, pk: int) -> Poll:
    poll = poll_or_404(request, pk)
    if not permissions.may_manage(request.user, poll):
        raise Http404
    return poll


def the_member(request: HttpRequest) -> Member:
    """Who has signed in; views that ask for it are behind login_required."""
    return cast("Member", request.user)
