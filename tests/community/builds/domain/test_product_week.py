"""A product's calendar: what is warned of before it is saved."""

from datetime import UTC, date, datetime, timedelta

import pytest

from community.builds.domain import product_week
from community.builds.domain.refusals import Invalid

EARLY = datetime(2026, 1, 1, tzinfo=UTC)


def told(values: dict[str, object], first: date, at: datetime = EARLY) -> list[str]:
    days = [first + timedelta(weeks=week) for week in range(3)]
    return list(product_week.clashes(values, days, at))


def calendar(zone: str = "Asia/Shanghai", **rules: list[object]) -> dict[str, object]:
    return {"time_zone": zone, "rules": rules}


def test_the_usual_week_clashes_with_nothing():
    assert told(calendar(), date(2026, 11, 20)) == []


def test_a_vote_that_lasts_into_the_next_release_is_a_clash():
    late = calendar(
        ballots_close=[8, "24:00"],
        tally=[9, "00:10"],
        award=[9, "10:00"],
        slot_returns=[10, "00:00"],
    )
    sentences = told(late, date(2026, 11, 20))
    assert len(sentences) == 4
    assert "“ballots close” comes after the next build is out" in sentences[0]


@pytest.mark.parametrize(
    ("day", "word"), [(date(2026, 3, 27), "skip the hour"), (date(2026, 10, 23), "twice")]
)
def test_hours_that_the_clocks_skip_or_show_twice_are_named(day, word):
    night = calendar("Europe/Berlin", publish=[2, "02:30"], ballots_open=[2, "02:30"])
    sentences = told(night, day)
    assert len(sentences) == 2
    assert all(word in sentence for sentence in sentences)


def test_an_edge_that_has_passed_is_named():
    at = datetime(2026, 11, 19, tzinfo=UTC)
    assert (
        "2026-11-20: “change list is frozen” has passed"
        in told(calendar(), date(2026, 11, 20), at)[0]
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (calendar("Mars"), "time_zone"),
        (calendar(publish=["0", "x"]), "rules"),
        (calendar(none=[0, "17:00"]), "rules"),
    ],
)
def test_what_makes_no_week_is_refused_by_name(values, field):
    with pytest.raises(Invalid) as refused:
        product_week.check(values)
    assert refused.value.field == field
