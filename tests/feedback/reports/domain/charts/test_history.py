"""An area through the weeks."""

from itertools import pairwise

import pytest

from feedback.reports.domain.charts.history import NAME_ROOM, History, history
from feedback.reports.domain.content import Interval


def drawn(number: int, **size: float) -> History:
    joy = Interval(value=60, low=50, high=70)
    return history([(str(n), str(n), joy) for n in range(number)], **size)


def test_the_oldest_is_on_the_left() -> None:
    found = drawn(5)
    xs = [week.x for week in found.weeks]
    assert xs == sorted(xs)
    assert (xs[0], xs[-1]) == (found.left, found.right)


def test_more_joy_is_higher() -> None:
    (week,) = drawn(1).weeks
    assert week.high < week.y < week.low
    assert week.tone == "love"


@pytest.mark.parametrize(("number", "width"), [(2, 340.0), (8, 340.0), (26, 340.0), (26, 1040.0)])
def test_names_under_the_axis_do_not_touch(number: int, width: float) -> None:
    named = [week.x for week in drawn(number, width=width).weeks if week.is_named]
    assert all(b - a >= NAME_ROOM for a, b in pairwise(named))
    assert drawn(number, width=width).weeks[-1].is_named


def test_the_line_goes_through_every_week() -> None:
    assert len(drawn(4).line.split()) == 4
