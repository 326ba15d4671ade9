"""Votes: within the budget, three on one at most, only while the round is open."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from community.members.models import Member
from feedback.proposals.domain import answer_proposal, rounds, voting, window
from feedback.proposals.domain.refusals import (
    BudgetSpent,
    NotVotable,
    RoundClosed,
    RoundNotOpen,
    TooManyOnOne,
    WishRefused,
)
from feedback.proposals.models import Proposal, Vote
from tests.community.builds.making import DRAFTED, HOUR
from tests.community.members.making import make_member
from tests.feedback.proposals.making import (
    CLOSED,
    IN_BOTH,
    IN_FIRST,
    IN_SECOND,
    counts,
    make_rounds,
    of_level,
    put,
)
from tests.racing import at_once

Status = Proposal.Status


@pytest.mark.django_db
@pytest.mark.parametrize(("level", "budget"), list(enumerate((2, 2, 4, 6, 8, 10))))
def test_a_level_has_its_budget_in_each_round(level: int, budget: int) -> None:
    member, week = of_level(level), make_rounds()
    purse = put(member, week.wish(), week.first, 1)
    assert (purse.budget, purse.spent, purse.left) == (budget, 1, budget - 1)


@pytest.mark.django_db
def test_votes_are_given_taken_back_and_given_elsewhere() -> None:
    member, week = make_member(), make_rounds()
    one, other = week.wish("一"), week.wish("二")
    assert put(member, one, week.first, 2).left == 0
    with pytest.raises(BudgetSpent):
        put(member, other, week.first, 1)
    assert put(member, one, week.first, 1).left == 1
    assert put(member, other, week.first, 1).here == 1
    assert counts(one, other) == [(1, 1), (1, 1)]
    assert put(member, one, week.first, 0).left == 1
    assert counts(one, other) == [(0, 0), (1, 1)]


@pytest.mark.django_db
def test_three_on_one_at_most_in_the_domain_and_in_the_database() -> None:
    member, week = of_level(5), make_rounds()
    wish = week.wish()
    with pytest.raises(TooManyOnOne):
        put(member, wish, week.first, 4)
    put(member, wish, week.first, 3)
    vote = Vote.objects.filter(nth=3).get()
    for change in ({"nth": 4, "slot": 4}, {"nth": 3, "slot": 4}, {"nth": 1, "slot": 11}):
        again = Vote(**{f.attname: getattr(vote, f.attname) for f in Vote._meta.concrete_fields})
        again.pk = None
        for name, value in change.items():
            setattr(again, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)


@pytest.mark.django_db
def test_each_of_two_open_rounds_has_a_budget_of_its_own() -> None:
    member, week = make_member(), make_rounds()
    wish = week.wish()
    assert put(member, wish, week.first, 2, IN_BOTH).left == 0
    assert put(member, wish, week.second, 2, IN_BOTH).left == 0
    assert counts(wish) == [(4, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "refused"), [(DRAFTED, RoundNotOpen), (CLOSED, RoundClosed), (IN_SECOND, RoundClosed)]
)
def test_nothing_is_given_or_taken_outside_the_window(at: Any, refused: type[WishRefused]) -> None:
    member, week = make_member(), make_rounds()
    wish = week.wish()
    put(member, wish, week.first, 1)
    for votes in (0, 2):
        with pytest.raises(refused):
            put(member, wish, week.first, votes, at)
    assert counts(wish) == [(1, 1)]


@pytest.mark.django_db
def test_a_closed_round_stays_closed_though_its_edge_is_moved() -> None:
    member, week = make_member(), make_rounds()
    wish = week.wish()
    put(member, wish, week.first, 1)
    assert [rounds.advance(at=CLOSED) for _again in range(2)] == [[week.first.pk], []]
    type(week.first).objects.filter(pk=week.first.pk).update(wishes_close_at=CLOSED + HOUR)
    with pytest.raises(RoundClosed):
        put(member, wish, week.first, 2, CLOSED)


@pytest.mark.django_db
def test_what_is_accepted_gives_votes_back_but_takes_no_more() -> None:
    member, week = make_member(), make_rounds()
    wish = week.wish()
    put(member, wish, week.first, 1)
    answer_proposal(proposal=wish, status=Status.ACCEPTED, at=IN_FIRST)
    with pytest.raises(NotVotable):
        put(member, wish, week.first, 2)
    assert put(member, wish, week.first, 0).left == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "left", "counted"), [("declined", 2, 1), ("shipped", 2, 1), ("accepted", 1, 1)]
)
def test_votes_come_back_when_a_wish_ends(status: str, left: int, counted: int) -> None:
    member, week = make_member(), make_rounds()
    wish, other = week.wish("一"), week.wish("二")
    put(member, wish, week.first, 1)
    answer_proposal(proposal=wish, status=status, reason="x", at=IN_FIRST)
    assert put(member, other, week.first, 0).left == left
    assert counts(wish) == [(counted, 1)]  # how many had asked stays known


@pytest.mark.django_db
def test_deferred_votes_go_along_once_and_cost_nothing_there() -> None:
    member, week = of_level(2), make_rounds()
    wish = week.wish()
    put(member, wish, week.first, 2)
    put(member, wish, week.second, 2, IN_BOTH)
    rounds.advance(at=CLOSED)
    answer_proposal(proposal=wish, status=Status.DEFERRED, reason="x", at=IN_SECOND)
    for _again in range(2):
        rounds.advance(at=IN_SECOND)
    second = Vote.objects.filter(round__build=week.second)
    # Two of its own, and one of the two that were to come along: three on one at most.
    assert [(v.nth, v.slot) for v in second.order_by("nth")] == [(1, 1), (2, 2), (3, None)]
    assert put(member, wish, week.second, 2, IN_SECOND).left == 2
    assert counts(wish) == [(4, 1)]


def vote_at_once(week: Any, member: Member) -> tuple[int, list[str]]:
    """Two tabs spend the whole budget on two wishes; gives the votes and what was refused."""
    wishes = [week.wish("一"), week.wish("二")]

    acts = [lambda wish=wish: put(member, wish, week.first, 2) for wish in wishes]
    answers = at_once(*acts, refusals=(WishRefused, IntegrityError))
    refused = [type(answer).__name__ for answer in answers if isinstance(answer, Exception)]
    return Vote.objects.standing().count(), refused


@pytest.fixture
def both_look_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen the free slots before one of them gives a vote, if nothing keeps them."""
    barrier, give = Barrier(2), voting.Vote.objects.bulk_create

    def wait(rows: Any, **options: Any) -> Any:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=0.4)
        return give(rows, **options)

    monkeypatch.setattr(voting.Vote.objects, "bulk_create", wait)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("both_look_first")
@pytest.mark.parametrize(
    ("is_guarded", "refused"), [(True, ["BudgetSpent"]), (False, ["IntegrityError"])]
)
def test_of_two_tabs_at_once_one_is_told_that_the_budget_is_spent(
    monkeypatch: pytest.MonkeyPatch, *, is_guarded: bool, refused: list[str]
) -> None:
    if not is_guarded:  # the control: without the lock only the slots hold, and say so rudely
        monkeypatch.setattr(window, "one_at_a_time", lambda _member: None)
    assert vote_at_once(make_rounds(), make_member()) == (2, refused)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("is_guarded", "late"), [(True, 0), (False, 1)])
def test_closing_waits_for_the_vote_under_way(
    monkeypatch: pytest.MonkeyPatch, *, is_guarded: bool, late: int
) -> None:
    week, member = make_rounds(), make_member()
    wish, begun, seen = week.wish(), Barrier(2), []
    wish_round = rounds.round_of(week.first)
    if not is_guarded:  # the control: the round closes while a vote is not in yet
        monkeypatch.setattr(window, "hold_closed", lambda _rounds: None)
    give = voting._give

    def slowly(*args: Any) -> None:
        begun.wait(timeout=5)
        with suppress(BrokenBarrierError):
            closed.wait(timeout=0.4)
        give(*args)

    closed = Barrier(2)
    monkeypatch.setattr(voting, "_give", slowly)

    def close() -> None:
        begun.wait(timeout=5)
        rounds.close(round_id=wish_round.pk, at=CLOSED)
        seen.append(Vote.objects.count())
        with suppress(BrokenBarrierError):
            closed.wait(timeout=0.1)

    at_once(lambda: put(member, wish, week.first, 1), close)
    assert Vote.objects.count() - seen[0] == late
