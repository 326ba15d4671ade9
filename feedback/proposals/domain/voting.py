"""Giving votes and taking them back: within the budget of the round, while it is open."""

from datetime import datetime

from django.db import transaction

from community.builds.domain.window import moment
from community.builds.models import Build
from community.members.models import Member
from feedback.proposals.domain import window
from feedback.proposals.domain.counting import add, brought_by
from feedback.proposals.domain.refusals import (
    BudgetSpent,
    NotVotable,
    RoundClosed,
    RoundNotOpen,
    TooManyOnOne,
)
from feedback.proposals.domain.rounds import round_of
from feedback.proposals.models import BUDGETS, MOST_ON_ONE, Proposal, Vote, WishRound
from feedback.proposals.queries.rounds import Purse, purse_of


def put_votes(
    *, member: Member, proposal: Proposal, build: Build, votes: int, at: datetime | None = None
) -> Purse:
    """Let a member have so many votes on a proposal in a build's round, 0 to MOST_ON_ONE.

    Said again it changes nothing; fewer than before are taken back. Votes that were carried along
    stay. By the database's clock; ``at`` sets the moment in a development database only. Raises
    TooManyOnOne, RoundNotOpen, RoundClosed, NotVotable, BudgetSpent.
    """
    if not 0 <= votes <= MOST_ON_ONE:
        raise TooManyOnOne
    if build.product_id != proposal.product_id:
        raise NotVotable
    wish_round = round_of(build)
    with transaction.atomic():
        window.hold_open([wish_round.pk])
        now = moment(at)
        _require_open(wish_round.pk, now)
        is_votable = _is_votable(proposal.pk)
        window.one_at_a_time(member.pk)
        before = brought_by(proposal.pk, member.pk)
        _change(member, proposal, wish_round, votes, now, is_votable=is_votable)
        after = brought_by(proposal.pk, member.pk)
        add(proposal.pk, votes=after[0] - before[0], voters=after[1] - before[1])
        return purse_of(member, wish_round.pk, proposal)


def _require_open(round_id: int, now: datetime) -> None:
    wish_round = WishRound.objects.select_related("build").get(pk=round_id)
    closes_at = wish_round.build.wishes_close_at
    if wish_round.closed_at or (closes_at and closes_at <= now):
        raise RoundClosed
    if not WishRound.objects.open(now).filter(pk=round_id).exists():
        raise RoundNotOpen


def _is_votable(proposal_id: int) -> bool:
    """As the proposal is now; its row stays locked, so no answer comes in between."""
    Proposal.objects.select_for_update().get(pk=proposal_id)
    votable = Proposal.objects.visible().filter(status__in=Proposal.VOTABLE)
    return votable.filter(pk=proposal_id).exists()


def _change(
    member: Member,
    proposal: Proposal,
    wish_round: WishRound,
    votes: int,
    now: datetime,
    *,
    is_votable: bool,
) -> None:
    """What is accepted takes no more votes, but gives back those of a round that is open."""
    standing = Vote.objects.standing().filter(member=member, round=wish_round)
    here = standing.filter(proposal=proposal)
    given = list(here.given().order_by("-nth"))
    if votes < len(given):
        Vote.objects.filter(pk__in=[vote.pk for vote in given[: len(given) - votes]]).delete()
    elif votes > len(given):
        if not is_votable:
            raise NotVotable
        taken = set(here.values_list("nth", flat=True))
        nths = [nth for nth in range(1, MOST_ON_ONE + 1) if nth not in taken]
        if len(nths) < votes - len(given):
            raise TooManyOnOne
        _give(member, proposal, wish_round, nths[: votes - len(given)], now)


def _give(
    member: Member, proposal: Proposal, wish_round: WishRound, nths: list[int], now: datetime
) -> None:
    """One row a vote, each in a slot of the budget that is free."""
    own = Vote.objects.standing().given().filter(member=member, round=wish_round)
    taken = dict(own.values_list("slot", "budget"))
    budget = max([BUDGETS[member.level], *taken.values()])
    free = [slot for slot in range(1, budget + 1) if slot not in taken]
    if len(free) < len(nths):
        raise BudgetSpent
    Vote.objects.bulk_create(
        Vote(
            round=wish_round,
            member=member,
            proposal=proposal,
            slot=slot,
            budget=budget,
            nth=nth,
            cast_at=now,
        )
        for slot, nth in zip(free, nths, strict=False)
    )
