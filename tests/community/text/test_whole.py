"""Whole numbers that somebody made up are none."""

import pytest

from community.text.moments import moment_and_id
from community.text.whole import BIGINT, INTEGER, number, numbers


@pytest.mark.parametrize(
    "made_up", ["", "-1", "1.0", " 1", "٣", "²", "1" * 5000, str(BIGINT), "0" * 30]
)
def test_what_was_made_up_is_no_number(made_up: str) -> None:
    assert number(made_up) is None


def test_a_number_ends_where_its_column_ends() -> None:
    assert [number(str(INTEGER - 1), below=INTEGER), number(str(INTEGER), below=INTEGER)] == [
        INTEGER - 1,
        None,
    ]
    assert numbers(["7", "x", "0", "1" * 5000]) == [7, 0]


@pytest.mark.parametrize("key", ["", "~", "7~7", "2026-11-20T09:00:00Z~", f"x~{BIGINT}"])
def test_a_key_needs_its_moment_and_its_id(key: str) -> None:
    assert moment_and_id(key) is None
