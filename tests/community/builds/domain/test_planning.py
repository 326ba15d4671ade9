"""Giving a build its week, moving its edges, calling it off."""

from datetime import date

import pytest

from community.builds.domain import week
from community.builds.domain.calendar import EDGES
from community.builds.domain.refusals import Invalid, OutOfOrder, Taken, TooLate, WrongState
from community.builds.models import Build
from tests.community.builds.making import (
    CLOSE,
    DRAFTED,
    FREEZE,
    FRIDAY,
    HOUR,
    PUBLISH,
    State,
    make_build,
    make_draft,
    make_product,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def build() -> Build:
    return make_build(State.SCHEDULED)


def test_scheduling_writes_every_edge():
    build = make_draft()
    assert week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    assert not week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    build.refresh_from_db()
    assert (build.state, build.release_on) == (State.SCHEDULED, FRIDAY)
    assert (build.publish_at, build.ballots_close_at) == (PUBLISH, CLOSE)
    assert all(getattr(build, edge) for edge in EDGES)


def test_a_release_whose_hour_has_passed_is_refused():
    with pytest.raises(TooLate, match="has passed"):
        week.schedule(build_id=make_draft().pk, release_on=FRIDAY, at=PUBLISH)


def test_one_release_a_day_and_channel(build):
    other = make_draft(build.product)
    with pytest.raises(Taken, match="on that day"):
        week.schedule(build_id=other.pk, release_on=FRIDAY, at=DRAFTED)
    week.cancel(build_id=build.pk, reason="")
    assert week.schedule(build_id=other.pk, release_on=FRIDAY, at=DRAFTED)


def test_another_day_needs_the_draft_first(build):
    with pytest.raises(WrongState):
        week.schedule(build_id=build.pk, release_on=date(2026, 11, 27), at=DRAFTED)
    assert week.unschedule(build_id=build.pk)
    assert not week.unschedule(build_id=build.pk)
    assert week.schedule(build_id=build.pk, release_on=date(2026, 11, 27), at=DRAFTED)


def test_a_cancelled_build_comes_back_as_a_draft(build):
    week.freeze(build_id=build.pk, at=FREEZE)
    assert week.cancel(build_id=build.pk, reason="Holiday.")
    assert not week.cancel(build_id=build.pk, reason="Again.")
    assert week.restore(build_id=build.pk)
    assert not week.restore(build_id=build.pk)
    build.refresh_from_db()
    assert (build.state, build.state_reason) == (State.DRAFT, "")
    assert build.frozen_at is build.publish_at is build.release_on is None


def test_what_went_out_is_not_cancelled():
    build = make_build()
    with pytest.raises(WrongState, match="has gone out already"):
        week.cancel(build_id=build.pk, reason="Oops.")


def test_an_edge_moves_until_it_is_reached(build):
    assert week.move_edge(build_id=build.pk, edge="freeze_at", to=FREEZE + HOUR, at=DRAFTED)
    assert not week.move_edge(build_id=build.pk, edge="freeze_at", to=FREEZE + HOUR, at=DRAFTED)
    with pytest.raises(TooLate, match="“inner test begins” has been reached"):
        week.move_edge(build_id=build.pk, edge="inner_test_at", to=PUBLISH - HOUR, at=PUBLISH)


def test_ballots_move_with_the_release_they_open_with(build):
    week.move_edge(build_id=build.pk, edge="publish_at", to=PUBLISH + HOUR, at=DRAFTED)
    build.refresh_from_db()
    assert build.ballots_open_at == PUBLISH + HOUR


def test_a_held_release_can_be_moved_after_its_hour(build):
    week.hold(build_id=build.pk)
    assert week.move_edge(
        build_id=build.pk, edge="publish_at", to=PUBLISH + 3 * HOUR, at=PUBLISH + HOUR
    )


def test_the_new_moment_lies_ahead(build):
    with pytest.raises(TooLate, match="new moment of “build goes out” has passed"):
        week.move_edge(build_id=build.pk, edge="publish_at", to=FREEZE, at=FREEZE)


def test_edges_keep_their_order(build):
    with pytest.raises(OutOfOrder, match="“tally and vote report” has to come after “ballots"):
        week.move_edge(build_id=build.pk, edge="ballots_close_at", to=CLOSE + HOUR, at=DRAFTED)
    with pytest.raises(OutOfOrder, match="“reminder to vote” has to come after"):
        week.move_edge(build_id=build.pk, edge="reminder_at", to=PUBLISH, at=DRAFTED)


def test_several_edges_move_together(build):
    later = {
        edge: getattr(build, edge) + HOUR
        for edge in EDGES
        if edge > "ballots_close_at" or "w" not in edge
    }
    assert week.move_edges(build_id=build.pk, moves=later, at=DRAFTED)
    build.refresh_from_db()
    assert build.ballots_close_at == CLOSE + HOUR


def test_the_window_can_be_moved_while_it_is_open():
    build = make_build()
    assert week.move_edge(
        build_id=build.pk, edge="ballots_close_at", to=CLOSE - HOUR, at=PUBLISH + HOUR
    )
    with pytest.raises(TooLate, match="has been reached"):
        week.move_edge(build_id=build.pk, edge="publish_at", to=CLOSE, at=PUBLISH + HOUR)


def test_after_the_close_nothing_moves():
    build = make_build(State.CLOSED)
    with pytest.raises(WrongState, match="nothing about it can be moved"):
        week.move_edge(build_id=build.pk, edge="award_at", to=CLOSE + 30 * HOUR, at=CLOSE)


def test_an_unknown_edge_is_refused(build):
    with pytest.raises(Invalid, match="no such edge"):
        week.move_edge(build_id=build.pk, edge="state", to=CLOSE, at=DRAFTED)


def test_a_calendar_of_its_own_is_followed():
    build = make_draft(
        make_product(
            time_zone="Europe/Berlin",
            calendar={"publish": [0, "16:00"], "ballots_open": [0, "16:00"]},
        )
    )
    week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
    build.refresh_from_db()
    assert build.publish_at == PUBLISH + 6 * HOUR
