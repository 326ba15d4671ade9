"""Quiet hours and digests by the clock on the wall, also when it changes."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from community.notices.domain.hours import end_of_quiet, is_quiet, next_digest

BERLIN = ZoneInfo("Europe/Berlin")  # forward at 02:00 on 2026-03-29, back at 03:00 on 2026-10-25


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("clock", "begin", "end", "quiet"),
    [
        ("22:00", 22, 7, True),
        ("06:59", 22, 7, True),
        ("07:00", 22, 7, False),
        ("21:59", 22, 7, False),
        ("13:00", 13, 14, True),
        ("14:00", 13, 14, False),
    ],
)
def test_quiet_is_half_open(clock: str, begin: int, end: int, quiet: bool) -> None:
    moment = at(f"2026-06-01T{clock}:00+02:00")
    assert is_quiet(moment, BERLIN, time(begin), time(end)) is quiet


@pytest.mark.parametrize(
    ("moment", "until", "end"),
    [
        ("2026-06-01T23:30:00+02:00", time(7), "2026-06-02T07:00+02:00"),
        ("2026-06-01T12:00:00+02:00", time(7), "2026-06-01T12:00+02:00"),
        # One hour shorter, one hour longer.
        ("2026-03-28T23:00:00+01:00", time(7), "2026-03-29T07:00+02:00"),
        ("2026-10-24T23:00:00+02:00", time(7), "2026-10-25T07:00+01:00"),
        # The clock never says 02:30; it is past it when it says 03:00.
        ("2026-03-28T23:00:00+01:00", time(2, 30), "2026-03-29T03:00+02:00"),
        # It says 02:30 twice, and is quiet until the first time.
        ("2026-10-24T23:00:00+02:00", time(2, 30), "2026-10-25T02:30+02:00"),
    ],
)
def test_quiet_ends_at_its_hour(moment: str, until: time, end: str) -> None:
    assert end_of_quiet(at(moment), BERLIN, time(22), until) == at(end)


@pytest.mark.parametrize(
    ("after", "hour", "is_weekly", "due"),
    [
        ("2026-06-01T07:00+02:00", 8, False, "2026-06-01T08:00+02:00"),
        ("2026-06-01T08:00+02:00", 8, False, "2026-06-02T08:00+02:00"),
        ("2026-06-03T08:00+02:00", 8, True, "2026-06-08T08:00+02:00"),
        ("2026-03-28T12:00+01:00", 2, False, "2026-03-29T03:00+02:00"),
    ],
)
def test_a_digest_is_due_at_its_hour(after: str, hour: int, is_weekly: bool, due: str) -> None:
    assert next_digest(at(after), BERLIN, hour, is_weekly=is_weekly) == at(due)
