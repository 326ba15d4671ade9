"""Themes of a stored report."""

import pytest

from community.builds.models import Product
from feedback.fourgrid.models import Ballot
from feedback.reports.domain.themes import reading
from feedback.reports.domain.themes.keeping import faces, features
from feedback.reports.models import Theme
from tests.feedback.reports.domain.themes.making import (
    CRASH,
    DRAIN,
    LAG,
    the_theme,
    themed_report,
)
from tests.feedback.reports.making import FROZEN, close, open_build, put, store, vote

pytestmark = pytest.mark.django_db


def test_a_report_is_stored_with_its_themes(product: Product) -> None:
    report = themed_report(product, *CRASH, *DRAIN, "好", "meh")

    crash = the_theme(report, "crash")
    assert (crash.ballots, crash.remarks.count()) == (6, 6)
    assert the_theme(report, "battery").ballots == 5
    assert report.content["remarks"]["let_down"] == {"comments": 13, "grouped": 11}
    assert report.content["remarks"]["loved"] == {"comments": 0, "grouped": 0}


def test_a_ballot_counts_once_however_often_it_says_so(product: Product) -> None:
    build = open_build(product)
    feature = build.features.order_by("pk")[0].pk
    twice = {"let_down": "相机闪退", f"feature:{feature}": "camera crashes"}
    put(vote(build, comments=twice, let_down=[feature]) for _ in range(5))
    close(build)
    theme = store(build_id=build.pk, at=FROZEN).themes.get()

    assert (theme.ballots, theme.remarks.count()) == (5, 10)
    assert theme.features == [[feature, 5]]


def test_comments_at_loved_features_are_praise_and_those_of_staff_are_nothing(
    product: Product,
) -> None:
    build = open_build(product)
    feature = build.features.order_by("pk")[0].pk
    put(
        vote(build, comments={f"feature:{feature}": text}, loved=[feature], is_staff=n == 5)
        for n, text in enumerate(("smooth", "流畅", "so smooth", "丝滑", "动画流畅", "smooth!"))
    )
    close(build)
    theme = store(build_id=build.pk, at=FROZEN).themes.get()

    assert (theme.side, theme.ballots) == ("loved", 5)


def test_a_theme_goes_on_from_build_to_build(product: Product) -> None:
    first = themed_report(product, *CRASH, *DRAIN)
    second = themed_report(product, *LAG, *CRASH, weeks=1)

    assert the_theme(second, "crash").follows == the_theme(first, "crash")
    assert the_theme(second, "gallery").follows is None


def test_the_same_comments_give_the_same_themes(product: Product) -> None:
    stored = [
        [
            (theme.label, theme.centre, theme.ballots)
            for theme in themed_report(product, *comments, weeks=weeks).themes.order_by("pk")
        ]
        for weeks, comments in enumerate((CRASH + DRAIN, CRASH + DRAIN))
    ]
    assert stored[0] == stored[1]


def test_segments_of_a_theme_are_folded() -> None:
    voices = dict(enumerate([("A", "0", "x", "yes")] * 6 + [("B", "0", "y", "no")] * 5))
    voices[99] = ("C", "0", "x", "yes")
    told = faces(voices)

    assert told["family"] == {"A": 6, "other": 6}
    assert told["level"] == {"0": 12}
    assert told["verified"] == {"yes": 7, "no": 5}
    assert features([(1, "feature:7")] * 9) == []


def test_no_theme_copies_what_somebody_wrote(product: Product) -> None:
    themed_report(product, *CRASH)
    columns = {field.name for field in Theme._meta.concrete_fields}

    assert not columns & {"text", "quotes", "comments"}
    assert Ballot.objects.filter(comments__let_down="相机闪退").count() == 1


def test_quotes_that_say_the_same_come_last() -> None:
    said = ("相机闪退了", "相机闪退了！", "闪退，扫码的时候", "camera crashes")
    quotes = [reading.Quote(text, 1, b"") for text in said]
    told = [quote.text for quote in reading.chosen(quotes, 3)]
    assert told == ["相机闪退了", "闪退，扫码的时候", "camera crashes"]
    assert len(reading.chosen(quotes[:2], 3)) == 2
