"""Two workers compute, announce or correct at once: one award, one topic, one answer.

The controls show that the races are real: with the defence off they are lost.
"""

from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError

from awards.popcorn.domain import award as awards
from awards.popcorn.models import Award
from community.builds.models import Build
from community.forum.models import Topic
from tests.awards.popcorn.making import AWARD, TALLIED, awarded_week, closed_week, computed_week
from tests.community.builds.making import make_member
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def compute_twice(build: Build) -> list[object]:
    return at_once(
        *2 * [lambda: awards.compute(build_id=build.pk, at=TALLIED)], refusals=(DatabaseError,)
    )


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row lock, and both are in the middle before either goes on."""
    meet = Barrier(2, timeout=20)

    def together(build: Build, **fields: Any) -> Award:
        meet.wait()
        return store(build, **fields)

    store = awards.store
    monkeypatch.setattr(awards, "_locked", lambda pk: Build.objects.get(pk=pk))
    monkeypatch.setattr(awards, "store", together)


def test_two_workers_compute_one_award() -> None:
    one, other = compute_twice(closed_week(ballots=30))
    assert one == other == Award.objects.get()


@pytest.mark.usefixtures("unlocked")
def test_control_without_the_lock_one_of_them_fails() -> None:
    answers = compute_twice(closed_week(ballots=30))
    assert sorted(type(answer).__name__ for answer in answers) == ["Award", "IntegrityError"]


def announce_twice(build: Build) -> list[object]:
    return at_once(
        *2 * [lambda: awards.announce(build_id=build.pk, at=AWARD)], refusals=(DatabaseError,)
    )


def topics() -> int:
    return Topic.objects.filter(title__contains="Popcorn Award").count()


def test_an_award_announced_by_two_opens_one_topic() -> None:
    one, other = announce_twice(computed_week(ballots=5).build)
    assert one == other == Award.objects.get()
    assert topics() == 1


def test_control_without_the_lock_only_the_database_refuses_the_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meet = Barrier(2, timeout=20)

    def together(award: Award, **fields: Any) -> Topic:
        meet.wait()
        return open_topic(award, **fields)

    open_topic = awards.announcement.open_topic
    build = computed_week(ballots=5).build
    monkeypatch.setattr(awards, "_locked", lambda pk: Build.objects.get(pk=pk))
    monkeypatch.setattr(awards.announcement, "open_topic", together)
    answers = announce_twice(build)
    assert sorted(isinstance(answer, DatabaseError) for answer in answers) == [False, True]


def test_one_correction_sent_twice_is_made_once() -> None:
    old, by = awarded_week(ballots=5), make_member()
    one, other = at_once(
        *2
        * [
            lambda: awards.correct(
                build_id=old.build_id, corrects=1, reason="A credit.", by=by, at=AWARD
            )
        ]
    )
    assert one == other
    assert (Award.objects.count(), topics()) == (2, 2)
