"""Due work of the room."""

from celery import shared_task
from django.utils import timezone

from community.notices.domain import keeping


@shared_task(name="notices.forget_old")
def forget_old() -> None:
    """Forget what was read long ago; safe to run twice, at any time."""
    keeping.forget_old(at=timezone.now())
