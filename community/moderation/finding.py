"""What an address of the desk names, if it is there: for pages and the API."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from community.members.models import Member
from community.moderation.desk import Desk
from community.moderation.models import Case


def case_or_404(desk: Desk, pk: int) -> Case:
    with_people = Case.objects.select_related("author", "claimed_by", "settled_by")
    return get_object_or_404(with_people.within(desk.boards), pk=pk)


def member_or_404(username: str) -> Member:
    """A member by login name, gone or not; the database knows no name with a NUL in it."""
    if "\0" in username:
        raise Http404
    return get_object_or_404(Member, username=username.lower())
