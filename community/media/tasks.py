"""What happens to pictures by itself."""

from celery import shared_task
from django.utils import timezone

from community.media.domain import pictures


@shared_task(name="media.remove_unused")
def remove_unused() -> int:
    """Remove pictures that nothing written shows."""
    return pictures.remove_unused(at=timezone.now())
