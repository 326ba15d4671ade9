"""Two wishes made one, each voter counted once, and taken apart as if nothing had been."""

from typing import Any

import pytest

from feedback.proposals.domain import answer_proposal, merge, unmerge
from feedback.proposals.domain.refusals import CannotMerge, NotMerged, NotOfThisProduct
from feedback.proposals.models import Proposal, Vote
from tests.community.members.making import make_member
from tests.feedback.proposals.making import IN_FIRST, IN_SECOND, counts, make_rounds, of_level, put

pytestmark = pytest.mark.django_db
Status = Proposal.Status


def test_who_voted_for_both_counts_once() -> None:
    week, (both, one) = make_rounds(), (of_level(2), make_member())
    old, new = week.wish("录音"), week.wish("通话录音")
    for member, wish in ((both, old), (both, new), (one, old)):
        put(member, wish, week.first, 2)
    merge(proposal=old, into=new, by=None, at=IN_FIRST)
    assert counts(new) == [(3, 2)]  # two of its own, and one person more
    put(one, new, week.first, 2)  # the votes had come back
    assert counts(new) == [(4, 2)]


def test_a_chain_counts_everybody_below_once() -> None:
    week, members = make_rounds(), [make_member() for _ in range(3)]
    wishes = [week.wish(f"录音 {n}") for n in range(3)]
    for member, wish in zip(members, wishes, strict=True):
        put(member, wish, week.first, 2)
    first, second, third = wishes
    merge(proposal=first, into=second, by=None, at=IN_FIRST)
    merge(proposal=second, into=third, by=None, at=IN_FIRST)
    assert counts(third) == [(4, 3)]
    unmerge(proposal=first, by=None, at=IN_FIRST)
    assert counts(first, third) == [(2, 1), (3, 2)]


def test_what_was_spent_elsewhere_meanwhile_stays_there() -> None:
    week, member = make_rounds(), make_member()
    old, new, third = week.wish("录音"), week.wish("通话录音"), week.wish("来电")
    put(member, old, week.first, 2)
    merge(proposal=old, into=new, by=None, at=IN_FIRST)
    put(member, third, week.first, 1)
    unmerge(proposal=old, by=None, at=IN_FIRST)
    assert counts(old, new, third) == [(1, 1), (0, 0), (1, 1)]
    assert put(member, third, week.first, 1).left == 0


@pytest.mark.parametrize("change", ["itself", "other product", "shipped", "into a merged one"])
def test_what_cannot_be_merged(change: str) -> None:
    week = make_rounds()
    old, into = week.wish("录音"), week.wish("通话录音")
    if change == "itself":
        into = old
    elif change == "other product":
        into = make_rounds().wish()
    elif change == "shipped":
        answer_proposal(proposal=old, status=Status.SHIPPED, at=IN_FIRST)
    else:
        merge(proposal=into, into=week.wish("来电"), by=None, at=IN_FIRST)
    with pytest.raises((CannotMerge, NotOfThisProduct)):
        merge(proposal=old, into=into, by=None, at=IN_FIRST)


def test_there_is_nothing_to_take_back_twice() -> None:
    week = make_rounds()
    old, new = week.wish("录音"), week.wish("通话录音")
    merge(proposal=old, into=new, by=None, at=IN_FIRST)
    unmerge(proposal=old, by=None, at=IN_SECOND)
    with pytest.raises(NotMerged):
        unmerge(proposal=old, by=None, at=IN_SECOND)
    said: Any = list(old.changes.order_by("pk").values_list("status", flat=True))
    assert said == ["open", "merged", "open"]
    assert not Vote.objects.exists()
