"""Managers put themes right, and the next build remembers."""

from copy import deepcopy

import pytest

from community.builds.models import Product
from community.members.models import Member
from feedback.reports.domain.themes import correcting
from feedback.reports.models import Theme, ThemeCorrection, VoteReport
from tests.community.builds.making import HOUR
from tests.feedback.reports.domain.themes.making import (
    CRASH,
    DRAIN,
    LAG,
    the_theme,
    themed_report,
)
from tests.feedback.reports.making import FROZEN

pytestmark = pytest.mark.django_db
LATER = FROZEN + HOUR


@pytest.fixture(scope="module")
def made_first(made_product: Product) -> VoteReport:
    return themed_report(made_product, *CRASH, *DRAIN)


@pytest.fixture
def first(made_first: VoteReport, db: None) -> VoteReport:
    return deepcopy(made_first)


def state(report: VoteReport) -> list[tuple[object, ...]]:
    """Everything that a correction may change."""
    themes = Theme.objects.filter(report=report).order_by("pk")
    return [
        (t.pk, str(t), t.ballots, t.faces, t.is_ignored, t.merged_into_id, t.remarks.count())
        for t in themes
    ]


def correct(report: VoteReport, kind: str, manager: Member) -> ThemeCorrection:
    crash, drain = the_theme(report, "crash"), the_theme(report, "battery")
    match kind:
        case "merge":
            return correcting.merge(theme=drain, into=crash, by=manager, at=LATER)
        case "rename":
            return correcting.rename(theme=crash, name="Camera dies", by=manager, at=LATER)
        case _:
            return correcting.ignore(theme=crash, by=manager, at=LATER)


@pytest.mark.parametrize("kind", ["merge", "rename", "ignore"])
def test_undoing_is_the_inverse(first: VoteReport, manager: Member, kind: str) -> None:
    before = state(first)
    correction = correct(first, kind, manager)
    assert state(first) != before

    correcting.undo(correction=correction, by=manager, at=LATER)
    correcting.undo(correction=correction, by=manager, at=LATER)
    assert state(first) == before


def test_splitting_moves_comments_and_undoing_brings_them_back(
    product: Product, manager: Member
) -> None:
    report = themed_report(product, *CRASH, *(f"{text} 视频" for text in CRASH))
    theme, before = the_theme(report, "crash"), state(report)
    correction = correcting.split(theme=theme, word="#video", by=manager, at=LATER)

    assert correction.other
    assert (correction.other.remarks.count(), theme.remarks.count()) == (6, 6)
    assert str(Theme.objects.get(pk=correction.other_id)).startswith("video")
    correcting.undo(correction=correction, by=manager, at=LATER)
    assert state(report) == before


def test_no_part_has_fewer_than_five_ballots(first: VoteReport, manager: Member) -> None:
    with pytest.raises(correcting.TooFew):
        correcting.split(theme=the_theme(first, "crash"), word="#camera", by=manager, at=LATER)


def test_one_theme_stands_under_one_other(first: VoteReport, manager: Member) -> None:
    crash, drain = the_theme(first, "crash"), the_theme(first, "battery")
    merged = correcting.merge(theme=drain, into=crash, by=manager, at=LATER)
    for theme, into in ((drain, crash), (crash, drain), (crash, crash)):
        with pytest.raises(correcting.NotBesideIt):
            correcting.merge(theme=theme, into=into, by=manager, at=LATER)
    with pytest.raises(correcting.HasMerged):
        correcting.split(theme=crash, word="#camera", by=manager, at=LATER)
    assert Theme.objects.get(pk=crash.pk).ballots == 11
    correcting.undo(correction=merged, by=manager, at=LATER)


def test_what_is_built_on_is_undone_last(product: Product, manager: Member) -> None:
    report = themed_report(product, *CRASH, *DRAIN, *LAG)
    crash, drain, lag = (the_theme(report, word) for word in ("crash", "battery", "gallery"))
    one = correcting.merge(theme=drain, into=crash, by=manager, at=LATER)
    two = correcting.merge(theme=crash, into=lag, by=manager, at=LATER)

    assert Theme.objects.get(pk=lag.pk).ballots == 16
    with pytest.raises(correcting.BuiltOn):
        correcting.undo(correction=one, by=manager, at=LATER)
    correcting.undo(correction=two, by=manager, at=LATER)
    correcting.undo(correction=one, by=manager, at=LATER)


def test_the_next_build_remembers_a_merge_and_a_name(first: VoteReport, manager: Member) -> None:
    correct(first, "merge", manager)
    correct_name = the_theme(first, "crash")
    correcting.rename(theme=correct_name, name="Power and camera", by=manager, at=LATER)
    for weeks in (1, 2):
        report = themed_report(first.build.product, *DRAIN, *CRASH, *LAG, weeks=weeks)
        assert sorted(str(theme) for theme in report.themes.all()) == [
            "Power and camera",
            "gallery · lag",
        ]
        assert report.themes.get(name="Power and camera").ballots == 11


def test_the_next_build_remembers_what_is_ignored(first: VoteReport, manager: Member) -> None:
    correction = correct(first, "ignore", manager)
    second = themed_report(first.build.product, *CRASH, *LAG, weeks=1)
    assert [str(theme) for theme in second.themes.told()] == ["gallery · lag"]

    correcting.undo(correction=correction, by=manager, at=LATER)
    third = themed_report(first.build.product, *CRASH, *LAG, weeks=2)
    assert third.themes.told().count() == 2


def test_the_next_build_remembers_a_split(product: Product, manager: Member) -> None:
    said = (*CRASH, *(f"{text} 视频" for text in CRASH))
    first = themed_report(product, *said)
    correcting.split(theme=the_theme(first, "crash"), word="#video", by=manager, at=LATER)
    second = themed_report(product, *said, weeks=1)

    assert sorted(theme.ballots for theme in second.themes.all()) == [6, 6]
    assert {theme.follows_id for theme in second.themes.all()} == {
        theme.pk for theme in first.themes.all()
    }
