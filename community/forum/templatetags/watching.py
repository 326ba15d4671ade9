"""`{% load watching %}`: how closely the reader watches what a page is about."""

from django import template

from community.forum.looks import WatchChoice
from community.forum.queries.watching import Watched, level_of, name_of
from community.members.permissions import User

register = template.Library()


@register.simple_tag
def watch_choice(user: User, what: Watched) -> WatchChoice | None:
    """{% watch_choice user topic as choice %}: None for visitors; one prepared look-up."""
    if not user.is_authenticated:
        return None
    return WatchChoice(name=name_of(what), pk=what.pk, level=level_of(user, what))
