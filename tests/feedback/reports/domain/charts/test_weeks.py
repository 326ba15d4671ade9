"""A theme's weeks as bars."""

from feedback.reports.domain.charts.weeks import week_bars


def test_the_last_bar_is_this_build_and_the_tallest_fills_the_height() -> None:
    before, now = week_bars([0.02, 0.01])
    assert (before, now) == ("M72 28v-28.0h8V28z", "M84 28v-14.0h8V28z")


def test_no_share_is_still_seen() -> None:
    assert week_bars([0.0]).now == "M84 28v-2.0h8V28z"
