"""Whatever is called in whatever order: budgets add up, and nobody counts twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from community.builds.models import Build
from community.members.models import Member
from feedback.proposals.domain import WishRefused, answer_proposal, merge, rounds, unmerge
from feedback.proposals.domain.counting import recount
from feedback.proposals.models import Proposal, Vote
from feedback.proposals.queries.rounds import purse_of
from tests.community.members.making import make_member
from tests.feedback.proposals.making import CLOSED, IN_BOTH, counts, make_rounds, of_level, put

MEMBERS, WISHES = st.integers(0, 1), st.integers(0, 2)
ANSWERS = st.sampled_from(["open", "under_review", "accepted", "deferred", "declined", "shipped"])
State = list[Any]


class Votes(RuleBasedStateMachine):
    """Two members, three wishes, two rounds of which the first closes on the way."""

    members: list[Member]
    wishes: list[Proposal]
    builds: list[Build]

    def __init__(self) -> None:
        super().__init__()
        self.at: datetime = IN_BOTH
        self.world = transaction.atomic()
        self.world.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @rule(member=MEMBERS, wish=WISHES, build=st.integers(0, 1), votes=st.integers(0, 3))
    def vote(self, member: int, wish: int, build: int, votes: int) -> None:
        with transaction.atomic():
            self.quietly(
                put, self.members[member], self.wishes[wish], self.builds[build], votes, self.at
            )

    @rule(wish=WISHES, status=ANSWERS)
    def answer(self, wish: int, status: str) -> None:
        proposal = Proposal.objects.get(pk=self.wishes[wish].pk)
        self.quietly(answer_proposal, proposal=proposal, status=status, reason="x", at=self.at)

    @rule(wish=WISHES, into=WISHES)
    def merge_and_back(self, wish: int, into: int) -> None:
        """A merge and its reversal are inverse, wherever they happen."""
        before = self.state()
        proposal, other = (Proposal.objects.get(pk=self.wishes[n].pk) for n in (wish, into))
        if self.quietly(merge, proposal=proposal, into=other, by=None, at=self.at):
            unmerge(proposal=proposal, by=None, at=self.at)
            assert self.state() == before

    @rule(wish=WISHES, into=WISHES)
    def merge(self, wish: int, into: int) -> None:
        proposal, other = (Proposal.objects.get(pk=self.wishes[n].pk) for n in (wish, into))
        self.quietly(merge, proposal=proposal, into=other, by=None, at=self.at)

    @rule(wish=WISHES)
    def unmerge(self, wish: int) -> None:
        proposal = Proposal.objects.get(pk=self.wishes[wish].pk)
        self.quietly(unmerge, proposal=proposal, by=None, at=self.at)

    @precondition(lambda self: self.at == IN_BOTH)
    @rule()
    def close_the_first(self) -> None:
        self.at = CLOSED + timedelta(hours=1)
        rounds.advance(at=self.at)

    @invariant()
    def spent_and_left_are_the_budget(self) -> None:
        for member, budget in zip(self.members, (2, 4), strict=True):
            for build in self.builds:
                own = rounds.round_of(build)
                purse = purse_of(member, own.pk)
                slots = Vote.objects.standing().given().filter(member=member, round=own).count()
                assert (purse.spent, purse.spent + purse.left) == (slots, budget)
                assert purse.left >= 0

    @invariant()
    def nobody_counts_twice(self) -> None:
        seen = counts(*self.wishes)
        recount([wish.pk for wish in self.wishes])
        assert counts(*self.wishes) == seen
        assert all(voters <= len(self.members) and votes >= voters for votes, voters in seen)

    def state(self) -> State:
        """Everything a merge may touch, but for its own history."""
        votes = Vote.objects.order_by("pk").values_list("pk", "slot", "nth", "returned_for")
        wishes = Proposal.objects.order_by("pk").values_list(
            *("pk", "status", "status_reason", "merged_into", "vote_count", "voter_count")
        )
        return [list(votes), list(wishes)]

    @staticmethod
    def quietly(act: Any, *args: Any, **named: Any) -> bool:
        try:
            act(*args, **named)
        except WishRefused:
            return False
        return True


@pytest.mark.django_db
def test_budgets_add_up_and_nobody_counts_twice() -> None:
    week = make_rounds()
    Votes.members = [make_member(), of_level(2)]
    Votes.wishes = [week.wish(f"录音 {n}") for n in range(3)]
    Votes.builds = [week.first, week.second]
    run_state_machine_as_test(
        Votes,
        settings=settings(
            max_examples=8,
            stateful_step_count=10,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
