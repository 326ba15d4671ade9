"""Attacks on the secrecy of ballots, as a manager and as an engineer: none finds a voter's choice.

Each has its control: the same attack on figures made without the defence finds somebody.
"""

from collections import Counter

import pytest

from community.builds.models import Engineer, Product
from feedback.fourgrid.models import Ballot
from feedback.reports.domain.counting import Voters
from feedback.reports.domain.folding import DIMENSIONS, FEWEST, OTHER, value
from feedback.reports.domain.inbox import inbox
from feedback.reports.domain.listing import Asked, Row, every_row
from feedback.reports.domain.themes.keeping import faces
from feedback.reports.models import VoteReport
from tests.community.builds.making import make_member
from tests.feedback.reports.making import FROZEN, close, open_build, put, random_votes, store

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_report(made_product: Product) -> VoteReport:
    build = open_build(made_product)
    put(random_votes(build, 150))
    close(build)
    return store(build_id=build.pk, at=FROZEN)


def rows(report: VoteReport, **asked: object) -> list[Row]:
    return list(every_row(report, Asked(**asked), at=FROZEN))


def left_over(told: dict[str, dict[str, int]], listed: list[Row]) -> list[int]:
    """A theme's figures less the rows of its list, for each segment that both tell."""
    return [
        ballots - sum(row.segments[dimension] == name for row in listed)
        for dimension in DIMENSIONS
        for name, ballots in told.get(dimension.value, {}).items()
        if name != OTHER
    ]


def test_a_theme_less_its_list_is_nobody(report: VoteReport) -> None:
    themes = list(report.themes.all())
    assert themes
    for theme in themes:
        assert set(left_over(theme.faces, rows(report, theme=theme.pk))) <= {0}


def test_control_true_segments_of_a_theme_would_tell_a_few(report: VoteReport) -> None:
    found = set()
    for theme in report.themes.all():
        ballots = Ballot.objects.filter(pk__in=theme.remarks.values("ballot")).with_verification()
        true = {
            pk: tuple(value(Voters(*voters), dimension) for dimension in DIMENSIONS)
            for pk, *voters in ballots.values_list("pk", *Voters._fields)
        }
        found |= set(left_over(faces(true), rows(report, theme=theme.pk)))
    assert found & set(range(1, FEWEST))


def test_a_segment_less_its_list_is_nobody_or_five(report: VoteReport) -> None:
    for part in report.slices.exclude(value=OTHER):
        listed = sum(row.segments[part.dimension] == part.value for row in rows(report))
        assert part.ballots - listed == 0 or part.ballots - listed >= FEWEST


def test_rows_that_show_the_same_are_five_or_show_nothing(report: VoteReport) -> None:
    alike = Counter(tuple(row.segments.values()) for row in rows(report))
    assert all(n >= FEWEST for face, n in alike.items() if set(face) != {OTHER})


def test_neither_order_nor_time_finds_a_row(report: VoteReport) -> None:
    listed = rows(report)
    assert all(row.hour.minute == row.hour.second == 0 for row in listed)
    hours = [row.hour for row in listed]
    assert hours not in (sorted(hours), sorted(hours, reverse=True))


def test_an_engineers_list_laid_beside_a_managers_has_another_order(report: VoteReport) -> None:
    engineer = make_member()
    Engineer.objects.filter(name="林浩").update(member=engineer)
    for entry in inbox(engineer)[0][0].entries:
        place = f"feature:{entry.feature}"
        in_list = [row.comments[place] for row in rows(report) if place in row.comments]
        if len(entry.praise) >= FEWEST and len(set(in_list)) > 1:
            assert entry.praise != in_list
            break
    else:
        pytest.fail("no feature has enough praise")
