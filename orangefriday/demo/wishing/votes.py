"""Votes on the demo's wishes, in every round that has begun."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from numpy.random import Generator

from community.builds.models import Build
from community.members.models import Member
from feedback.proposals.models import BUDGETS, MOST_ON_ONE, Proposal, Vote, WishRound
from orangefriday.demo.wishing.lives import Life, decided_at, ended_at

VOTERS = 110  # in each round


def cast_votes(
    rng: Generator, builds: list[Build], lives: list[Life], people: Sequence[Member], at: datetime
) -> None:
    """In every round that has begun some members spend their budgets on what they like."""
    liked = rng.gamma(0.8, size=len(lives)) + 0.05
    votes: list[Vote] = []
    for build in builds:
        if build.wishes_open_at is None or build.wishes_close_at is None:
            continue
        if build.wishes_open_at >= at:
            continue
        is_closed = build.wishes_close_at <= at
        wish_round = WishRound.objects.create(
            build=build, closed_at=build.wishes_close_at if is_closed else None
        )
        until = min(build.wishes_close_at, at)
        open_ones = [n for n, life in enumerate(lives) if _takes_votes(life, build, until)]
        chances = liked[open_ones] / liked[open_ones].sum()
        for pick in rng.choice(len(people), VOTERS, replace=False):
            chosen = rng.choice(open_ones, min(5, len(open_ones)), replace=False, p=chances)
            moment = build.wishes_open_at + (until - build.wishes_open_at) * rng.random()
            wishes = [lives[n] for n in chosen]
            votes += _spend(rng, wish_round, people[pick], wishes, moment, at)
    Vote.objects.bulk_create(votes, batch_size=1000)


def _takes_votes(life: Life, build: Build, until: datetime) -> bool:
    """Whether it was there in a round, and not yet decided when the round opened."""
    if life.proposal.created_at >= until or build.wishes_open_at is None:
        return False
    return life.build is None or decided_at(life.build) > build.wishes_open_at


def _spend(
    rng: Generator, wish_round: WishRound, member: Member, wishes: list[Life], moment: datetime,
    at: datetime,
) -> Iterator[Vote]:  # fmt: skip
    budget = BUDGETS[member.level]
    slot = 0
    for life in wishes:
        for nth in range(1, int(rng.integers(1, MOST_ON_ONE + 1)) + 1):
            if slot == budget:
                return
            slot += 1
            ended = life.proposal.status in Proposal.RETURNS_VOTES
            yield Vote(
                round=wish_round,
                member=member,
                proposal=life.proposal,
                slot=slot,
                budget=budget,
                nth=nth,
                cast_at=max(moment, life.proposal.created_at),
                returned_at=ended_at(life, at) if ended else None,
                returned_for=life.proposal.status if ended else "",
            )
