"""What happens to wishes by itself."""

from celery import shared_task
from django.utils import timezone

from feedback.proposals.crediting import credit_wishes


@shared_task(name="proposals.credit")
def credit() -> None:
    """Give experience for accepted and shipped wishes; safe to run twice, at any time."""
    credit_wishes(at=timezone.now())
