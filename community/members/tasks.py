"""What happens to accounts by itself."""

from celery import shared_task
from django.utils import timezone

from community.members.domain import accounts, active_days, downloads, erasure, keeping_less


@shared_task(name="members.forget_unverified")
def forget_unverified() -> int:
    """Free the names of who never showed that the address is theirs."""
    return accounts.forget_unverified(at=timezone.now())


@shared_task(name="members.make_downloads")
def make_downloads() -> None:
    """Make the copies of their data that members wait for; safe to run twice, at any time."""
    downloads.make_waiting(at=timezone.now())


@shared_task(name="members.erase_due")
def erase_due() -> None:
    """Forget everybody whose week to undo is over; safe to run twice, at any time."""
    erasure.erase_due(at=timezone.now())


@shared_task(name="members.keep_less")
def keep_less() -> None:
    """Shorten old addresses, remove old copies and old tries; safe to run at any time."""
    now = timezone.now()
    keeping_less.shorten_addresses(at=now)
    keeping_less.forget_failures(at=now)
    downloads.remove_expired(at=now)


@shared_task(name="members.count_days")
def count_days() -> None:
    """Count the days that are over, and forget who came on old ones; safe to run twice."""
    now = timezone.now()
    active_days.count_days(at=now)
    active_days.forget_old(at=now)
