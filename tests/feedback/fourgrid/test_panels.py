"""Who may see results when, and what a build's page shows of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from community.builds.models import Build
from community.members.models import Member
from feedback.fourgrid import panels, queries
from feedback.fourgrid.domain import drafts, tally
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot

AFTER_CLOSE = {"result_rule": Build.ResultRule.AFTER_CLOSE}


@pytest.fixture(autouse=True)
def _no_cache(db: None) -> None:
    cache.clear()


@pytest.fixture
def manager(member: Member, build: Build, make_member: Callable[..., Member]) -> Member:
    manager = make_member()
    build.product.managers.add(manager)
    return manager


def seen_by(user: Any, build: Build) -> tuple[bool, bool]:
    build.refresh_from_db()
    return queries.may_see_rough(user, build), queries.may_see_exact(user, build)


def vote(member: Member, build: Build, answers: Answers) -> None:
    save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)


def close(build: Build) -> None:
    now = timezone.now()
    Build.objects.filter(pk=build.pk).update(
        state=Build.State.CLOSED, closed_at=now, ballots_close_at=now, tally_at=now
    )
    build.refresh_from_db()
    tally.count(build_id=build.pk, at=now)


def line(user: Any, build: Build, feature: int) -> str:
    request = RequestFactory().get("/")
    request.user = user
    html = panels.verdicts(request, build, [feature]).get(feature, "")
    return " ".join(html.replace("<", " <").split())


def button(user: Any, build: Build) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return panels.action(request, build)


def test_before_voting_only_managers_see_results(
    member: Member, manager: Member, build: Build
) -> None:
    assert seen_by(AnonymousUser(), build) == (False, False)
    assert seen_by(member, build) == (False, False)
    assert seen_by(manager, build) == (True, True)


def test_a_voter_sees_rough_results_until_the_close(
    member: Member, build: Build, answers: Answers
) -> None:
    vote(member, build, answers)
    assert seen_by(member, build) == (True, False)
    assert seen_by(AnonymousUser(), build) == (False, False)
    close(build)
    assert seen_by(member, build) == seen_by(AnonymousUser(), build) == (True, True)


def test_a_build_may_show_nothing_before_the_close(
    member: Member, make_build: Callable[..., Build]
) -> None:
    build = make_build(**AFTER_CLOSE)
    vote(member, build, Answers(1, (), (), ()))
    assert seen_by(member, build) == (False, False)


def test_a_build_taken_back_keeps_its_results_to_its_managers(
    member: Member, manager: Member, build: Build, answers: Answers
) -> None:
    vote(member, build, answers)
    Build.objects.filter(pk=build.pk).update(
        state=Build.State.RECALLED, closed_at=timezone.now(), state_reason="it eats batteries"
    )
    assert seen_by(member, build) == (False, False)
    assert seen_by(manager, build) == (True, True)


def test_rough_results_speak_of_many_only(
    make_member: Callable[..., Member], build: Build, answers: Answers, features: list[int]
) -> None:
    voters = [make_member() for _ in range(queries.FEWEST_NAMED)]
    for n, voter in enumerate(voters):
        loved, let_down = ((), features[:1]) if n < 5 else (features[:1], ())
        vote(voter, build, Answers(1, tuple(loved), tuple(let_down), ()))
    assert "about 8 in 10" in line(voters[0], build, features[0])
    assert "too few" in line(voters[0], build, features[1])


def test_rough_results_stand_still_for_a_while(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    queries.rough_verdicts(build.pk)
    for _ in range(queries.FEWEST_NAMED):
        vote(make_member(), build, answers)
    assert queries.rough_verdicts(build.pk) == {}


def test_exact_results_keep_a_few_voters_secret(
    make_member: Callable[..., Member],
    manager: Member,
    build: Build,
    answers: Answers,
) -> None:
    voters = [make_member() for _ in range(5)]
    for voter in voters[:4]:
        vote(voter, build, answers)
    assert "provisional" in line(manager, build, answers.loved[0])
    vote(voters[4], build, Answers(1, answers.loved[:1], (), ()))
    close(build)
    assert "5 loved it" in line(AnonymousUser(), build, answers.loved[0])
    assert "fewer than five" in line(AnonymousUser(), build, answers.loved[1])
    assert "4 loved it" in line(manager, build, answers.loved[1])
    assert "provisional" not in line(manager, build, answers.loved[0])


def test_nothing_is_shown_before_voting(member: Member, build: Build, features: list[int]) -> None:
    assert line(member, build, features[0]) == ""


def test_the_button_says_what_can_be_done(member: Member, build: Build, answers: Answers) -> None:
    assert "Fill in your four grids" in button(AnonymousUser(), build)
    assert "Fill in your four grids" in button(member, build)
    drafts.keep(member_id=member.pk, build_id=build.pk, raw={"mood": "sad"}, at=timezone.now())
    assert "Go on with your four grids" in button(member, build)
    vote(member, build, answers)
    assert "Change your four grids" in button(member, build)
    close(build)
    assert "Your four grids" in button(member, build)
    assert button(AnonymousUser(), build) == ""


def test_experience_tells_the_build_it_was_given_for(build: Build) -> None:
    source = f"build:{build.pk}"
    assert panels.voted_builds([source, "build:0"]) == {
        source: (str(build), f"/builds/{build.slug}/")
    }
