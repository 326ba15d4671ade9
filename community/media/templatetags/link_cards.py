"""`{% load link_cards %}`: cards below posts whose paragraph is nothing but a link."""

from collections.abc import Iterable
from typing import Protocol

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from community.media.domain.links.cards import cards_of, lone_link
from community.media.models import LinkCard
from community.text.stencils import late

register = template.Library()


class Written(Protocol):
    """A post, or what else is rendered text."""

    @property
    def rendered(self) -> SafeString: ...


@register.simple_tag
@late
def link_cards(written: Iterable[Written]) -> dict[str, LinkCard]:
    """All cards of a page at once: `{% link_cards shared.posts as cards %}`."""
    return cards_of(str(one.rendered) for one in written)


@register.simple_tag
@late
def link_card(one: Written, cards: dict[str, LinkCard] | str) -> SafeString | str:
    """The card of one post, or nothing: `{% link_card post cards %}`."""
    card = cards.get(lone_link(str(one.rendered))) if isinstance(cards, dict) and cards else None
    return render_to_string("media/link_card.html", {"card": card}) if card else ""
