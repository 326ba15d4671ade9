"""Who sits at the desk, and what is asked for: all else answers 404."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from community.members.models import Member
from community.moderation import permissions
from community.moderation.desk import Desk

P = ParamSpec("P")


def at_the_desk(
    view: Callable[Concatenate[HttpRequest, Desk, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A moderators' page: the view is given the desk; for everybody else there is no such page."""

    @wraps(view)
    def seated(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        desk = permissions.desk_of(request.user)
        if desk is None:
            raise Http404
        return view(request, desk, *args, **kwargs)

    return login_required(never_cache(seated))  # type: ignore[return-value]  # wrapped, it is called as before


def the_member(request: HttpRequest) -> Member:
    return cast("Member", request.user)
