"""Due work of the room: reports of tallied builds, and live ones that are old."""

from celery import shared_task
from django.utils import timezone

from feedback.reports import domain
from feedback.reports.domain import telling


@shared_task(name="reports.store_due")
def store_due() -> None:
    """Look for builds that wait for a report; safe to run twice, at any time."""
    domain.store_due(at=timezone.now())


@shared_task(name="reports.tell_due")
def tell_due() -> None:
    """Tell managers of the reports whose hour has come; safe to run twice, at any time."""
    telling.tell_due(at=timezone.now())
