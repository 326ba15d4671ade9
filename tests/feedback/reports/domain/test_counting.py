"""The counting statement against a naive recount in Python."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta

import pytest

from community.builds.models import Install
from feedback.fourgrid.models import Ballot
from feedback.proposals.models import Proposal
from feedback.reports.domain.counting import Counted, Voters, count
from tests.community.builds.making import DRAFTED
from tests.feedback.reports.making import close, open_build, put, random_votes

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def made_ballots(stage: None) -> list[Ballot]:
    build = open_build()
    for n in range(4):
        Proposal.objects.create(product=build.product, title=f"Wish {n}", created_at=DRAFTED)
    put(random_votes(build, 120))
    # Too late to count as verified.
    Install.objects.filter(device__family="Redmi 3").update(
        reported_at=build.ballots_close_at + HOUR
    )
    close(build)
    build.refresh_from_db()
    return list(Ballot.objects.filter(build=build).counted().with_verification())


@pytest.fixture
def ballots(made_ballots: list[Ballot], db: None) -> list[Ballot]:
    return deepcopy(made_ballots)


@pytest.fixture
def counted(ballots: list[Ballot]) -> Counted:
    build = ballots[0].build
    return count(build_id=build.pk, opened_at=build.ballots_open_at)


def voters(ballot: Ballot) -> Voters:
    return Voters(ballot.family, ballot.level, ballot.region, ballot.is_verified)


def test_groups_are_the_ballots_alike_in_every_dimension(
    ballots: list[Ballot], counted: Counted
) -> None:
    assert counted.groups == Counter(map(voters, ballots))
    assert {True, False} == {group.is_verified for group in counted.groups}


def test_hours_count_first_saves(ballots: list[Ballot], counted: Counted) -> None:
    opened_at = ballots[0].build.ballots_open_at
    assert counted.hours == Counter((b.first_saved_at - opened_at) // HOUR for b in ballots)


ANSWERS: dict[str, Callable[[Ballot], list[int]]] = {
    "mood": lambda ballot: [ballot.mood],
    "loved_most": lambda ballot: ballot.loved[:1],
    "loved": lambda ballot: ballot.loved[1:],
    "let_down": lambda ballot: ballot.let_down[1:],
    "let_down_most": lambda ballot: ballot.let_down[:1],
    "wishes_first": lambda ballot: ballot.wishes[:1],
    "wishes": lambda ballot: ballot.wishes[1:],
    "comment": lambda ballot: [
        int(key.removeprefix("feature:")) for key in ballot.comments if ":" in key
    ],
    "comment_let_down": lambda ballot: [0] * ("let_down" in ballot.comments),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_answers_are_counted_by_label(ballots: list[Ballot], counted: Counted, kind: str) -> None:
    naive: dict[str, Counter[int]] = {}
    for ballot in ballots:
        naive.setdefault(ballot.region, Counter()).update(ANSWERS[kind](ballot))
    found = counted.by([group.region for group in counted.groups])
    assert {region: answers.kinds[kind] for region, answers in found.items()} == naive


def test_ballots_add_up(ballots: list[Ballot], counted: Counted) -> None:
    whole = counted.whole()
    assert whole.ballots == counted.ballots == len(ballots)
    assert whole.verified == sum(ballot.is_verified for ballot in ballots)


@pytest.mark.django_db
def test_a_build_without_ballots_counts_none() -> None:
    build = open_build()
    assert count(build_id=build.pk, opened_at=build.ballots_open_at).whole().ballots == 0
