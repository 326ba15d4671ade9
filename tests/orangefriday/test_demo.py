"""The demo community: a window is open on whatever day it is started."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from orangefriday.demo import calendar, people
from orangefriday.demo.remarks import AND, Remarks, Side, written
from orangefriday.demo.weeks import ENGINEERS, WEEKS

HOURS_OF_A_WEEK = [datetime(2026, 11, 16, tzinfo=UTC) + timedelta(hours=n) for n in range(168)]


@pytest.mark.parametrize("at", HOURS_OF_A_WEEK, ids=lambda at: at.strftime("%a-%H"))
def test_one_window_is_open_for_hours_and_the_next_opens_after_it(at: datetime) -> None:
    weeks = calendar.weeks(at, 8)
    due = datetime.combine(weeks.due, datetime.min.time(), calendar.SHANGHAI) + timedelta(hours=17)
    assert at + calendar.LEAST_OPEN <= weeks.closes_at < due


@pytest.mark.parametrize("at", HOURS_OF_A_WEEK[::24], ids=lambda at: at.strftime("%a"))
def test_every_release_is_a_past_friday(at: datetime) -> None:
    weeks = calendar.weeks(at, 8)
    assert {day.weekday() for day in (*weeks.awarded, weeks.open, weeks.due)} == {4}
    assert len(set(weeks.awarded)) == 8
    assert weeks.awarded[-1] < weeks.open <= at.date() < weeks.due


def test_every_change_is_signed_by_somebody_known() -> None:
    signed = {key for week in WEEKS for change in week for key in change[4].split()}
    assert signed <= set(ENGINEERS)


def test_nicknames_are_all_different() -> None:
    names = list(people.nicknames())
    assert len({name for name, _display in names}) == len({shown for _name, shown in names}) == 4200


def test_passwords_are_drawn_anew_each_time() -> None:
    first, second = ({one.password for one in people.accounts()} for _ in range(2))
    assert not first & second


@pytest.mark.parametrize("side", ["problems", "praise"])
def test_what_people_write_speaks_of_changes_there_are(side: Side) -> None:
    titles = {change[0] for week in WEEKS for change in week}
    assert set(written(side)) - {AND} <= titles


@pytest.mark.parametrize("side", ["problems", "praise"])
def test_of_a_hundred_comments_on_a_change_few_say_the_same(side: Side) -> None:
    remarks, said = Remarks(np.random.default_rng(1)), list[str]()
    for title, _chinese, area, _kind, _engineers in WEEKS[7]:
        said += [remarks.about(side, title, area) for _ in range(100)]
    assert len(set(said)) > len(said) * 0.8
    assert not [text for text in said if len(text) > 140 or "[" in text or "{n}" in text]
