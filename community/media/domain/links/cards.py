"""Cards of links: asked for when something is written, fetched by a task, shown when kept."""

import html
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F

from community.media.domain.links.addresses import LONGEST, Refused
from community.media.domain.links.fetching import INTERNET, Net, fetch
from community.media.domain.links.reading import read
from community.media.models import LinkCard

AT_ONCE = 20
HELD_FOR = timedelta(minutes=5)  # one worker fetches; after that it is taken to be dead
MOST_TRIES = 2
# A paragraph that is nothing but a link.
_LONE = re.compile(r'<p><a href="(https?://[^"]+)"[^>]*>[^<]*</a></p>')


def lone_link(rendered: str) -> str:
    """The first link that stands alone in a paragraph of rendered Markdown; "" if none does."""
    match = _LONE.search(rendered)
    address = html.unescape(match[1]) if match else ""
    return address if len(address) <= LONGEST else ""


def ask(rendered: str, *, at: datetime) -> None:
    """Have the card of a text's lone link fetched, unless it was before. Nothing if turned off."""
    address = lone_link(rendered) if settings.LINK_PREVIEWS else ""
    if address:
        card = LinkCard(digest=_digest(address), address=address, asked_at=at)
        LinkCard.objects.bulk_create([card], ignore_conflicts=True)


def cards_of(texts: Iterable[str]) -> dict[str, LinkCard]:
    """Cards that are there for the lone links of rendered texts, by their address; one query."""
    addresses = {lone_link(text) for text in texts} - {""} if settings.LINK_PREVIEWS else set()
    if not addresses:
        return {}
    cards = LinkCard.objects.filter(
        digest__in=map(_digest, addresses), state=LinkCard.State.FETCHED
    )
    return {card.address: card for card in cards}


def fetch_waiting(*, at: datetime, agent: str, net: Net = INTERNET) -> int:
    """Fetch some of what was asked for; gives how many cards there are more. Safe to run twice."""
    waiting = LinkCard.objects.filter(state=LinkCard.State.WAITING, asked_at__lte=at)
    keys = list(waiting.order_by("asked_at").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_fetched(key, at, agent, net) for key in keys)


def _fetched(key: int, at: datetime, agent: str, net: Net) -> bool:
    """Put off first, so that no other worker asks too and a crash is tried once more."""
    rows = LinkCard.objects.filter(pk=key, state=LinkCard.State.WAITING, asked_at__lte=at)
    if not rows.update(asked_at=at + HELD_FOR, tries=F("tries") + 1):
        return False
    if LinkCard.objects.filter(pk=key, tries__gt=MOST_TRIES).update(state=LinkCard.State.FAILED):
        return False
    card = LinkCard.objects.get(pk=key)
    try:
        page = fetch(card.address, agent=agent, net=net)
        said = read(page)
    except Refused:
        LinkCard.objects.filter(pk=key).update(state=LinkCard.State.FAILED)
        return False
    host = urlsplit(page.address).hostname or ""
    LinkCard.objects.filter(pk=key).update(
        state=LinkCard.State.FETCHED,
        title=said.title,
        text=said.text,
        site=said.site,
        host=host[:255],
    )
    return True


def _digest(address: str) -> bytes:
    return sha256(address.encode()).digest()
