"""Where on the week strip we are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from orangefriday.display.week import Stage, WeekStrip

START = datetime(2026, 11, 16, tzinfo=UTC)
STAGES = tuple(
    Stage(
        name=name,
        detail="",
        starts_at=START + timedelta(days=day),
        ends_at=START + timedelta(days=day + 1),
    )
    for day, name in enumerate(("wishes", "building", "inner test", "release"))
)


@pytest.mark.parametrize(
    ("days", "name", "following", "percent"),
    [
        (-1, "wishes", "building", "0.0"),
        (0, "wishes", "building", "0.0"),
        (1.5, "building", "inner test", "37.5"),
        (3, "release", None, "75.0"),
        (9, "release", None, "100.0"),
    ],
)
def test_the_dot_follows_the_clock(
    days: float, name: str, following: str | None, percent: str
) -> None:
    strip = WeekStrip(stages=STAGES, at=START + timedelta(days=days))
    assert (strip.now.name, strip.next and strip.next.name, strip.percent) == (
        name,
        following,
        percent,
    )


def test_a_stage_without_length_is_over_at_once() -> None:
    moment = Stage(name="release", detail="", starts_at=START, ends_at=START)
    assert WeekStrip(stages=(moment,), at=START).percent == "100.0"


def test_stages_are_marked_passed_now_and_next() -> None:
    strip = WeekStrip(stages=STAGES, at=START + timedelta(days=1.5))
    assert [state for _, state in strip.marked] == ["is-passed", "is-now", "is-next", "is-next"]


@pytest.mark.parametrize(("days", "ahead"), [(0.5, "release"), (2.5, "release"), (3.5, None)])
def test_the_countdown_stands_with_what_it_runs_to(days: float, ahead: str | None) -> None:
    release = replace(STAGES[3], moment=STAGES[3].starts_at)
    stages, at = (*STAGES[:3], release), START + timedelta(days=days)
    strip = WeekStrip(stages=stages, at=at, deadline=release.moment)
    assert strip.awaited == release
    assert (strip.ahead.name if strip.ahead else None) == ahead
