"""Closing polls: the result is counted and stored once, then the voters are told."""

from datetime import datetime

from django.db import transaction

from community.builds.domain.window import moment
from community.notices.domain.telling import tell
from feedback.polls.domain import refusals, window
from feedback.polls.domain.counting import count, profiles_of
from feedback.polls.models import Choice, Poll

CLOSED = "polls.closed"


def close(*, poll_id: int, at: datetime | None = None) -> bool:
    """Count a poll whose end has come and store the result; False if there is nothing to do."""
    with transaction.atomic():
        window.hold_closed(poll_id)
        now = moment(at)
        poll = Poll.objects.due(now).select_for_update().filter(pk=poll_id).first()
        if poll is None:
            return False
        _store(poll, now)
    return True


def end(*, poll_id: int, at: datetime | None = None) -> None:
    """Close a poll now, before its time; one that has closed stays as it is.

    Raises NotOpen for one that has not opened: that one is withdrawn.
    """
    with transaction.atomic():
        window.hold_closed(poll_id)
        now = moment(at)
        poll = Poll.objects.select_for_update().get(pk=poll_id)
        if poll.closed_at is not None:
            return
        if poll.opens_at >= now:
            raise refusals.NotOpen
        if not poll.is_over(now):
            poll.closes_at = now
        _store(poll, now)


def tell_voters(*, poll_id: int, at: datetime) -> int:
    """Tell who voted that the poll has closed, once; gives how many were told."""
    with transaction.atomic():
        untold = Poll.objects.untold().select_for_update(of=("self",), skip_locked=True)
        poll = untold.select_related("topic__board").filter(pk=poll_id).first()
        if poll is None:
            return 0
        ballots = Choice.objects.filter(ballot__poll=poll)
        board = poll.topic.board
        told = tell(
            kind=CLOSED,
            members=ballots.values_list("ballot__member", flat=True).distinct(),
            about=f"poll:{poll.pk}",
            url=poll.get_absolute_url(),
            words={"title": poll.title, "place": board.name, "place_zh": board.name_zh},
            by=None,
            at=at,
        )
        Poll.objects.filter(pk=poll.pk).update(told_at=at)
    return told


def _store(poll: Poll, now: datetime) -> None:
    options = list(poll.options.order_by("place").values_list("pk", flat=True))
    poll.outcome = count(poll, options, profiles_of([poll.pk])[poll.pk])
    poll.closed_at = now
    poll.save(update_fields=["closes_at", "outcome", "closed_at"])
