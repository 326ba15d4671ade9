"""What happens to pictures by itself."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from community.media.domain import pictures
from community.media.domain.links import cards


@shared_task(name="media.remove_unused")
def remove_unused() -> int:
    """Remove pictures that nothing written shows."""
    return pictures.remove_unused(at=timezone.now())


@shared_task(name="media.fetch_link_cards")
def fetch_link_cards() -> int:
    """Ask other sites for the pages that something written links to."""
    if not settings.LINK_PREVIEWS:
        return 0
    return cards.fetch_waiting(at=timezone.now(), agent=settings.LINK_PREVIEW_AGENT)
