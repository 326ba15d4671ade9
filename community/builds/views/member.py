"""Who is asking, once it is known that somebody is signed in."""

from typing import cast

from django.http import HttpRequest

from community.members.models import Member


def the_member(request: HttpRequest) -> Member:
    """The signed-in member; only behind ``login_required``."""
    return cast("Member", request.user)
