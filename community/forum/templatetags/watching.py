"""`{% load watching %}`: how closely the reader watches what a page is about."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.forum.models import Watch
from community.forum.queries.watching import Watched, level_of, name_of
from community.members.permissions import User

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class WatchChoice:
    """What the reader can choose from, and what holds now."""

    MEANINGS: ClassVar[tuple[tuple[Watch.Level, str | Promise], ...]] = (
        (Watch.Level.WATCHING, _("You are told of every post.")),
        (Watch.Level.TRACKING, _("New posts are counted; you are told of answers and mentions.")),
        (Watch.Level.NORMAL, _("You are told of answers and mentions.")),
        (Watch.Level.MUTED, _("You are told nothing.")),
    )

    name: str  # topic, tag or board
    pk: int
    level: Watch.Level

    @property
    def look(self) -> "WatchLook":
        return WatchLook(self.name, self.level)


class WatchLook(NamedTuple):
    """What decides how the choice looks."""

    name: str
    level: Watch.Level

    @property
    def meanings(self) -> tuple[tuple[Watch.Level, str | Promise], ...]:
        return WatchChoice.MEANINGS


@register.simple_tag
def watch_choice(user: User, what: Watched) -> WatchChoice | None:
    """{% watch_choice user topic as choice %}: None for visitors; one prepared look-up."""
    if not user.is_authenticated:
        return None
    return WatchChoice(name=name_of(what), pk=what.pk, level=level_of(user, what))
