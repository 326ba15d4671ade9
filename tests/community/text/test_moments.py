"""Moments that somebody made up are none."""

from datetime import UTC, datetime

import pytest

from community.text.moments import moment


def test_a_moment_is_told_in_utc() -> None:
    assert moment("2026-11-20 17:00:00+08:00") == datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "made_up", ["", "soon", "2026-11-20", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00"]
)
def test_what_was_made_up_is_no_moment(made_up: str) -> None:
    assert moment(made_up) is None
