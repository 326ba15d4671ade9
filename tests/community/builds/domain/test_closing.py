"""The end of the window: closed, extended once, recalled, awarded."""

import pytest
from django.test import override_settings

from community.builds.domain import week
from community.builds.domain.refusals import Invalid, NotAllowedHere, TooEarly, TooLate, WrongState
from community.builds.models import Build
from tests.community.builds.making import (
    AWARD,
    CLOSE,
    HOUR,
    MINUTE,
    PUBLISH,
    State,
    make_build,
    make_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def build() -> Build:
    return make_build()


@pytest.fixture
def late() -> Build:
    build = make_build(State.SCHEDULED)
    week.publish(build_id=build.pk, at=PUBLISH + 3 * HOUR)
    return build


def test_the_window_closes_once(build):
    assert week.close(build_id=build.pk, at=CLOSE)
    assert not week.close(build_id=build.pk, at=CLOSE + HOUR)
    build.refresh_from_db()
    assert (build.state, build.closed_at) == (State.CLOSED, CLOSE)


def test_not_a_second_too_early(build):
    with pytest.raises(TooEarly, match="The ballots close on"):
        week.close(build_id=build.pk, at=CLOSE - MINUTE / 60)


def test_by_itself_the_clock_of_the_database_decides(build):
    # The window of every build made here lies in November 2026.
    Build.objects.filter(pk=build.pk).update(ballots_close_at="2099-01-01T00:00Z", tally_at=None)
    with pytest.raises(TooEarly):
        week.close(build_id=build.pk)


def test_elsewhere_nobody_sets_the_clock(build):
    with override_settings(LOCAL=False, DEBUG=False), pytest.raises(NotAllowedHere):
        week.close(build_id=build.pk, at=CLOSE)


def test_only_what_went_out_closes():
    with pytest.raises(WrongState, match="is a draft"):
        week.close(build_id=make_draft().pk, at=CLOSE)


def test_a_window_gets_back_what_it_lost_once(late):
    assert week.extend(build_id=late.pk, at=PUBLISH + 4 * HOUR)
    assert not week.extend(build_id=late.pk, at=PUBLISH + 5 * HOUR)
    late.refresh_from_db()
    assert late.ballots_close_at == CLOSE + 3 * HOUR
    assert late.award_at == AWARD + 3 * HOUR
    assert late.extended_at == PUBLISH + 4 * HOUR


def test_an_hour_is_not_enough_to_extend():
    build = make_build(State.SCHEDULED)
    week.publish(build_id=build.pk, at=PUBLISH + HOUR)
    with pytest.raises(Invalid, match="more than an hour"):
        week.extend(build_id=build.pk, at=PUBLISH + 2 * HOUR)


def test_after_the_close_nothing_is_extended(late):
    with pytest.raises(TooLate, match="The ballots closed on"):
        week.extend(build_id=late.pk, at=CLOSE)
    week.close(build_id=late.pk, at=CLOSE)
    with pytest.raises(WrongState):
        week.extend(build_id=late.pk, at=CLOSE)


def test_a_recall_stops_the_ballots_and_says_why(build):
    assert week.recall(build_id=build.pk, reason="It does not start.", at=PUBLISH + HOUR)
    assert not week.recall(build_id=build.pk, reason="Again.", at=PUBLISH + HOUR)
    build.refresh_from_db()
    assert (build.state, build.state_reason) == (State.RECALLED, "It does not start.")
    assert not build.is_open_for_ballots(PUBLISH + 2 * HOUR)
    assert build.topic is not None
    assert "It does not start\\." in build.topic.posts.get(number=2).body


def test_a_recall_needs_no_topic(build):
    build.topic.delete()
    assert week.recall(build_id=build.pk, reason="It does not start.", at=PUBLISH + HOUR)


def test_a_locked_topic_does_not_keep_a_build_out(build):
    type(build.topic).objects.update(is_locked=True)
    assert week.recall(build_id=build.pk, reason="It does not start.", at=PUBLISH + HOUR)


def test_a_recall_needs_a_reason_and_an_open_window(build):
    with pytest.raises(Invalid, match="Say why"):
        week.recall(build_id=build.pk, reason=" ", at=PUBLISH + HOUR)
    with pytest.raises(TooLate):
        week.recall(build_id=build.pk, reason="Too late.", at=CLOSE)
    with pytest.raises(WrongState):
        week.recall(build_id=make_draft().pk, reason="Never was.", at=CLOSE)


def test_an_award_ends_the_week(build):
    with pytest.raises(WrongState, match="still open"):
        week.mark_awarded(build_id=build.pk)
    week.close(build_id=build.pk, at=CLOSE)
    assert week.mark_awarded(build_id=build.pk)
    assert not week.mark_awarded(build_id=build.pk)
    with pytest.raises(WrongState, match="recalled"):
        week.mark_awarded(build_id=make_build(State.RECALLED).pk)
