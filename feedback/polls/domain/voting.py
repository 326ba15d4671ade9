"""Voting: a ballot is saved as a whole, one for a member and a poll, until the poll closes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from community.builds.domain.window import moment
from community.members.models import Member
from feedback.polls import permissions
from feedback.polls.domain import refusals, window
from feedback.polls.models import Choice, Option, Poll, PollBallot


@dataclass(frozen=True, slots=True)
class SavedVote:
    """What stands in the database; ``revision`` counts every change, from 1."""

    options: tuple[int, ...]
    revision: int


def vote(
    *, poll_id: int, member: Member, options: Sequence[int], at: datetime | None = None
) -> SavedVote:
    """Save or change a member's vote, atomically; the database's clock decides.

    ``options`` are ids, in ranked polls from the one liked best downwards. The same vote again
    changes nothing. Raises Poll.DoesNotExist, NotOpen, Closed, NotEligible, WrongChoices.
    """
    with transaction.atomic():
        poll, now = _held_open(poll_id, member, at)
        chosen = _checked(poll, options)
        return _save(poll, member, chosen, now)


def take_back(*, poll_id: int, member: Member, at: datetime | None = None) -> None:
    """Have voted for nothing after all; without a vote nothing happens.

    Raises Poll.DoesNotExist, NotOpen, Closed, NotEligible.
    """
    with transaction.atomic():
        poll, now = _held_open(poll_id, member, at)
        if PollBallot.objects.filter(poll=poll, member=member).exists():
            _save(poll, member, (), now)


def _held_open(poll_id: int, member: Member, at: datetime | None) -> tuple[Poll, datetime]:
    """The poll, open while the transaction lasts. The lock first, then the row and the clock."""
    window.hold_open(poll_id)
    poll = Poll.objects.to_show().get(pk=poll_id)
    now = moment(at)
    if poll.is_over(now):
        raise refusals.Closed
    if not poll.is_open(now):
        raise refusals.NotOpen
    if not permissions.may_vote(member, poll, now):
        raise refusals.NotEligible
    return poll, now


def _checked(poll: Poll, options: Sequence[int]) -> tuple[int, ...]:
    """The options of a valid vote; those of several choices in the order of the poll."""
    known = list(Option.objects.filter(poll=poll).order_by("place").values_list("pk", flat=True))
    if len(set(options)) < len(options):
        raise refusals.Twice
    if not set(options) <= set(known):
        raise refusals.OfAnotherPoll
    if len(options) < poll.fewest:
        raise refusals.TooFew(poll.fewest)
    if len(options) > poll.most:
        raise refusals.TooMany(poll.most)
    return tuple(options if poll.is_ranked else sorted(options, key=known.index))


def _save(poll: Poll, member: Member, chosen: tuple[int, ...], now: datetime) -> SavedVote:
    """Of many at once the first inserts the ballot, the others wait for its row."""
    fresh = PollBallot(poll=poll, member=member, first_saved_at=now, saved_at=now)
    PollBallot.objects.bulk_create([fresh], ignore_conflicts=True)
    ballot = PollBallot.objects.select_for_update().get(poll=poll, member=member)
    before = tuple(ballot.choices.order_by("rank").values_list("option", flat=True))
    if before == chosen and ballot.revision:
        return SavedVote(chosen, ballot.revision)
    ballot.choices.all().delete()
    Choice.objects.bulk_create(
        Choice(ballot=ballot, option_id=option, rank=rank)
        for rank, option in enumerate(chosen, start=1)
    )
    ballot.revision += 1
    ballot.saved_at = now
    ballot.save(update_fields=["revision", "saved_at"])
    return SavedVote(chosen, ballot.revision)
