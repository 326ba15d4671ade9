"""The medals on a member's profile."""

from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string

from community.honours import queries
from community.honours.permissions import may_give
from community.members.models import Member


def medals_on_profile(request: HttpRequest, member: Member, at: datetime) -> str:
    """What the member holds; an invitation where it is one's own and empty."""
    medals, is_own = queries.medals_of(member, at), request.user.pk == member.pk
    if not (medals or is_own):
        return ""
    context = {"medals": medals, "may_take_back": may_give(request.user), "now": at}
    return render_to_string("honours/wall.html", context, request=request)
