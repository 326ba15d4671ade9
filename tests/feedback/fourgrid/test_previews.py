"""What managers are shown of the last build before they save settings of votes."""

from typing import Any

import pytest

from community.builds.domain import product_week
from community.builds.domain.product_week import CALENDAR
from community.builds.models import Build, Product
from community.builds.sections import Preview, Question, Section, preview, section
from feedback.fourgrid import previews
from feedback.fourgrid.domain import voting_rules
from feedback.fourgrid.sections import ELIGIBILITY, INSTALLED_BASE
from tests.community.builds.making import (
    CLOSE,
    DAY,
    FRIDAY,
    HOUR,
    PUBLISH,
    make_build,
    make_product,
)
from tests.feedback.reports.making import close, put, vote

pytestmark = pytest.mark.django_db
BASE = {"Mi 4": "0.4000", "Mi 5": "0.6000"}
NO_SHARES: dict[str, Any] = {"shares": {}}


@pytest.fixture
def product() -> Product:
    return make_product("phone")


@pytest.fixture
def build(product: Product) -> Build:
    return make_build(product=product, release_on=FRIDAY)


def tried(build: Build, of: Section, after: dict[str, Any]) -> Preview:
    """What all rooms say of other settings on a build that closed just now."""
    return preview(of, question(build, of.read(build.product), after))


def question(build: Build, before: dict[str, Any], after: dict[str, Any]) -> Question:
    close(build)
    build.refresh_from_db()
    return Question(product=build.product, build=build, before=before, after=after, at=CLOSE + DAY)


def figures(seen: Preview, table: str) -> list[tuple[Any, Any]]:
    """Before and after in the first column of a table."""
    (found,) = [each for each in seen.tables if each.name == table]
    return [(row.changes[0].before, row.changes[0].after) for row in found.rows]


def test_the_ballots_that_count_under_other_rules(build: Build) -> None:
    put([vote(build)], verified=1)
    put([vote(build) for _n in range(2)], verified=0)
    young = [vote(build) for _n in range(2)]
    put(young, verified=0)
    type(young[0].member).objects.filter(pk__in=[b.member_id for b in young]).update(
        date_joined=build.published_at
    )
    close(build)
    build.refresh_from_db()
    plain = voting_rules.read(build.product)
    counted = {
        rule: voting_rules.turnout(build, plain | {rule: True}).ballots
        for rule in voting_rules.RULES
    }
    assert counted == {"requires_verified_install": 1, "requires_older_account": 3}
    assert voting_rules.turnout(build, plain).ballots == 5


def test_rules_that_leave_no_ballot_are_warned_of(build: Build) -> None:
    put([vote(build)], verified=0)
    rules = {"requires_verified_install": True, "requires_older_account": False}
    seen = tried(build, ELIGIBILITY, rules)
    assert figures(seen, "turnout")[1:] == [(1, 0), (0, 1)]
    assert [sentence.split()[0] for sentence in seen.warnings] == ["No", "No"]


def test_rules_that_leave_ballots_are_not(build: Build) -> None:
    put([vote(build)], verified=0)
    rules = {"requires_verified_install": False, "requires_older_account": True}
    seen = tried(build, ELIGIBILITY, rules)
    assert figures(seen, "turnout")[1:] == [(1, 1), (0, 0)]
    assert seen.warnings == []


def test_the_ballots_within_another_window(build: Build) -> None:
    early, late = vote(build), vote(build, first_saved_at=CLOSE - HOUR, saved_at=CLOSE - HOUR)
    put([early, late], verified=0)
    calendar = section(CALENDAR)
    assert calendar
    week = product_week.values_of("Asia/Shanghai", {"ballots_close": (4, "12:00")})
    assert figures(tried(build, calendar, week), "in-time") == [(2, 1)]


@pytest.mark.parametrize(
    ("shares", "warnings"),
    [
        ({}, []),
        ({"Toaster": "1.0000"}, []),
        ({"Toaster": "0.6000", "Mi 4": "0.4000"}, ["Fewer than 5 voters have Mi 4:"]),
        (BASE, ["Fewer than 5 voters have Mi 4, Mi 5:", "6 ballots come from devices"]),
    ],
)
def test_shares_of_devices_nobody_votes_with_are_warned_of(
    build: Build, shares: dict[str, str], warnings: list[str]
) -> None:
    put([vote(build, family="Toaster") for _n in range(6)], verified=0)
    seen = previews.of_installed_base(question(build, NO_SHARES, {"shares": shares}))
    assert [
        told.startswith(warned) for told, warned in zip(seen.warnings, warnings, strict=True)
    ] == [True] * len(warnings)


def test_before_the_first_build_nothing_would_have_been_different(product: Product) -> None:
    for each in (INSTALLED_BASE, ELIGIBILITY, section(CALENDAR)):
        assert each
        now = each.read(product)
        question = Question(product=product, build=None, before=now, after=now, at=PUBLISH)
        seen = preview(each, question)
        assert [
            table for table in seen.tables if table.name in {"families", "turnout", "in-time"}
        ] == []
