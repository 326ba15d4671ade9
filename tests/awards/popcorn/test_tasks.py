"""Due work is found as rows: awards to compute, awards to announce, also after a stop."""

import logging

import pytest

from awards.popcorn import tasks
from awards.popcorn.domain import award as awards
from awards.popcorn.models import Award
from tests.awards.popcorn.making import (
    AWARD,
    TALLIED,
    closed_week,
    computed_week,
    keep_knobs,
    manager_of,
)
from tests.community.builds.making import DAY, MINUTE, State, make_build

pytestmark = pytest.mark.django_db


def test_a_counted_build_is_computed_once() -> None:
    build = closed_week(ballots=5)
    assert tasks.compute_all_due(TALLIED) == [build.pk]
    assert tasks.compute_all_due(TALLIED) == []


def test_what_is_not_counted_or_recalled_waits() -> None:
    make_build(State.CLOSED)
    make_build(State.RECALLED)
    assert tasks.compute_all_due(TALLIED) == []


def test_a_build_that_fails_does_not_keep_the_others_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken, sound = closed_week(ballots=1), closed_week(ballots=1)
    keep_knobs(broken, shrinkage="0.00")
    with caplog.at_level(logging.CRITICAL):
        assert tasks.compute_all_due(TALLIED) == [sound.pk]


def test_an_award_is_announced_at_its_hour() -> None:
    award = computed_week(ballots=5)
    assert tasks.announce_all_due(AWARD - MINUTE) == []
    assert tasks.announce_all_due(AWARD) == [award.build_id]
    assert tasks.announce_all_due(AWARD) == []


def test_an_award_computed_after_its_hour_is_announced_late() -> None:
    build = closed_week(ballots=5)
    tasks.compute_all_due(AWARD + DAY)
    tasks.announce_all_due(AWARD + DAY)
    assert Award.objects.get(build=build).announced_at == AWARD + DAY


def test_what_is_withheld_is_left_alone_also_in_a_later_revision() -> None:
    old = computed_week(ballots=5)
    manager = manager_of(old.build)
    new = awards.correct(build_id=old.build_id, corrects=1, reason="x", by=manager, at=TALLIED)
    awards.withhold(build_id=old.build_id, reason="Disputed.", by=manager)
    assert tasks.announce_all_due(AWARD) == []
    assert set(Award.objects.values_list("revision", "state")) == {
        (1, "computed"),
        (new.revision, "withheld"),
    }


def test_the_tasks_look_at_the_clock() -> None:
    award = computed_week(ballots=5)
    tasks.compute_due()
    tasks.announce_due()
    award.refresh_from_db()
    assert award.state in {"computed", "announced"}
