"""What happens to wishes by itself; each safe to run at any time, twice, and where it broke off."""

from celery import shared_task
from django.utils import timezone

from feedback.proposals.crediting import credit_wishes
from feedback.proposals.domain import rounds, shipping, telling, writing


@shared_task(name="proposals.credit")
def credit() -> None:
    """Give experience for accepted and shipped wishes."""
    credit_wishes(at=timezone.now())


@shared_task(name="proposals.advance_rounds")
def advance_rounds() -> None:
    """Open and close wish rounds by the week of their builds."""
    rounds.advance()


@shared_task(name="proposals.ship")
def ship() -> None:
    """Ship the wishes whose build went out, and tell everybody who asked."""
    now = timezone.now()
    shipping.ship_due(at=now)
    shipping.tell_shipped(at=now)


@shared_task(name="proposals.tell_answers")
def tell_answers() -> None:
    """Tell everybody who asked what managers answered."""
    telling.tell_answers(at=timezone.now())


@shared_task(name="proposals.give_topics")
def give_topics() -> None:
    """Open a topic for wishes from before there were any."""
    writing.give_topics(at=timezone.now())
