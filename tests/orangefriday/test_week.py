"""Which week it is, and where the first navigation slot leads."""

from datetime import datetime, timedelta

import pytest

from community.builds.models import Build
from orangefriday import week
from tests.community.builds.making import AWARD, CLOSE, DAY, HOUR, PUBLISH, State, make_build

pytestmark = pytest.mark.django_db
MONDAY = PUBLISH + 2 * DAY + 7 * HOUR  # Monday 00:00 in Shanghai
THURSDAY = MONDAY + 3 * DAY


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    week.forget()


def next_week() -> Build:
    return make_build(State.SCHEDULED, release_on=(PUBLISH + timedelta(days=7)).date())


def test_the_build_with_open_ballots_is_this_weeks() -> None:
    build = make_build(State.PUBLISHED)
    next_week()
    assert week.current_build(PUBLISH + DAY) == build


def test_a_closed_build_stays_until_its_award_is_due() -> None:
    build, coming = make_build(State.CLOSED), next_week()
    assert [week.current_build(AWARD - HOUR), week.current_build(AWARD)] == [build, coming]


def test_without_a_coming_build_the_last_one_stays() -> None:
    build = make_build(State.AWARDED)
    assert week.current_build(AWARD + 30 * DAY) == build


def test_a_site_without_builds_has_no_week() -> None:
    assert week.current_build(PUBLISH) is None
    assert week.as_context(PUBLISH)["first_slot"] is None


@pytest.mark.parametrize(
    ("at", "is_report"),
    [
        (MONDAY - HOUR, False),
        (MONDAY, True),
        (THURSDAY - timedelta(seconds=1), True),
        (THURSDAY, False),
    ],
)
def test_the_first_slot_turns_from_monday_to_wednesday(at: datetime, is_report: bool) -> None:
    slot = week.first_slot(make_build(State.PUBLISHED), at)
    assert slot is not None
    assert slot.is_report is is_report


@pytest.mark.parametrize(
    ("at", "place"),
    [
        (PUBLISH - 6 * DAY, 0),
        (PUBLISH - 3 * DAY, 1),
        (PUBLISH - HOUR, 2),
        (PUBLISH, 3),
        (PUBLISH + DAY, 4),
        (CLOSE, 5),
    ],
)
def test_the_strip_stands_at_the_stage_that_goes_on(at: datetime, place: int) -> None:
    strip = week.strip(make_build(State.SCHEDULED), at)
    assert strip is not None
    assert strip.place == place


@pytest.mark.parametrize(
    ("at", "deadline"), [(PUBLISH - HOUR, PUBLISH), (PUBLISH, CLOSE), (CLOSE, AWARD), (AWARD, None)]
)
def test_the_countdown_runs_to_what_comes_next(at: datetime, deadline: datetime | None) -> None:
    strip = week.strip(make_build(State.SCHEDULED), at)
    assert strip is not None
    assert strip.deadline == deadline


def test_a_draft_has_no_strip() -> None:
    assert week.strip(make_build(State.DRAFT), PUBLISH) is None
