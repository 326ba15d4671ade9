"""What is due is done in its order, also after a stop."""

import pytest

from community.builds.domain import week
from community.builds.domain.week import due
from community.builds.models import Build
from tests.community.builds.making import (
    CLOSE,
    DRAFTED,
    FREEZE,
    HOUR,
    PUBLISH,
    State,
    add_feature,
    make_build,
)

pytestmark = pytest.mark.django_db


def taken(at):
    return [step.did for step in week.advance(at=at) if not step.refused]


def test_each_step_comes_at_its_hour_and_once():
    make_build(State.SCHEDULED)
    assert taken(DRAFTED) == []
    assert taken(FREEZE) == ["frozen"]
    assert taken(PUBLISH) == ["published"]
    assert taken(PUBLISH) == []
    assert taken(CLOSE) == ["closed"]
    assert taken(CLOSE + HOUR) == []


def test_after_a_stop_the_week_is_caught_up():
    build = make_build(State.SCHEDULED)
    assert taken(CLOSE - HOUR) == ["frozen", "published"]
    build.refresh_from_db()
    assert build.ballots_open_at == CLOSE - HOUR
    assert taken(CLOSE) == ["closed"]


def test_a_held_build_stays():
    build = make_build(State.SCHEDULED)
    week.hold(build_id=build.pk)
    assert taken(PUBLISH) == ["frozen"]


def test_a_refusal_is_told_and_keeps_nobody_waiting():
    incomplete = make_build(State.SCHEDULED)
    add_feature(incomplete, title="Dual clock")
    make_build(State.SCHEDULED)
    steps = week.advance(at=PUBLISH)
    assert [step.did for step in steps if not step.refused] == ["frozen", "published"]
    assert {step.build_id for step in steps if "“Dual clock”" in step.refused} == {incomplete.pk}


def test_a_build_that_breaks_keeps_nobody_waiting(monkeypatch, caplog):
    broken, fine = make_build(State.SCHEDULED), make_build(State.SCHEDULED)

    def freeze(*, build_id, at):
        if build_id == broken.pk:
            raise RuntimeError("disk")
        return week.freeze(build_id=build_id, at=at)

    monkeypatch.setattr(due, "freeze", freeze)
    assert [step.build_id for step in week.advance(at=FREEZE)] == [fine.pk]
    assert f"Build {broken.version} could not be frozen" in caplog.text


def test_by_itself_the_clock_of_the_database_decides():
    build = make_build(State.SCHEDULED)
    Build.objects.filter(pk=build.pk).update(freeze_at="2000-01-01T00:00Z", plan_due_at=None)
    steps = week.advance()
    assert steps[0] == week.Step(build.pk, build.version, "frozen")
