"""What happens to accounts by itself."""

from celery import shared_task
from django.utils import timezone

from community.members.domain import accounts


@shared_task(name="members.forget_unverified")
def forget_unverified() -> int:
    """Free the names of who never showed that the address is theirs."""
    return accounts.forget_unverified(at=timezone.now())
