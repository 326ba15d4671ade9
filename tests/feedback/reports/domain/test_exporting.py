"""Files: what they hold, and that no spreadsheet runs it."""

import csv
from datetime import UTC, datetime
from types import GeneratorType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reports.domain.catalogue import Catalogue, Change
from feedback.reports.domain.composing import compose
from feedback.reports.domain.content import Content
from feedback.reports.domain.counting import Answers
from feedback.reports.domain.exporting import BOM, ballots_csv, features_csv, harmless
from feedback.reports.domain.listing import Row
from feedback.reports.models import Dimension

EVIL = '=HYPERLINK("http://example.org")'


@pytest.fixture
def content() -> Content:
    answers = Answers(ballots=9)
    answers.kinds["loved_most"][1] = 6
    answers.kinds["let_down"][1] = 2
    changes = (
        Change(1, EVIL, "Camera", "fix", "", (("林浩", 0.7), ("Mei", 0.3))),
        Change(2, "拼音, 搜索", "", "feature", "", ()),
    )
    return compose(answers, Catalogue(changes, {}))


def read(lines: GeneratorType) -> list[dict[str, str]]:
    text = "".join(lines)
    assert text.startswith(BOM)
    return list(csv.DictReader(text.removeprefix(BOM).splitlines()))


def test_features(content: Content) -> None:
    first, second = read(features_csv(content))
    assert (first["named"], first["loved_most"], first["let_down"]) == ("8", "6", "2")
    assert (first["loved_share"], first["engineers"]) == ("0.75", "林浩 0.7; Mei 0.3")
    assert (second["title"], second["joy"]) == ("拼音, 搜索", "")


def test_a_title_is_no_formula(content: Content) -> None:
    assert read(features_csv(content))[0]["title"] == f"'{EVIL}"


def test_ballots(content: Content) -> None:
    row = Row(
        handle="ab" * 32,
        hour=datetime(2026, 11, 20, 9, tzinfo=UTC),
        mood="happy",
        loved=[2],
        let_down=[1],
        wishes=[7],
        comments={"mood": "-1", "feature:2": "好"},
        segments=dict.fromkeys(Dimension, "other"),
    )
    (found,) = read(ballots_csv([row], content))
    assert (found["hour"], found["mood"]) == ("2026-11-20T09:00:00+00:00", "happy")
    assert (found["loved_1"], found["loved_2"], found["let_down_1"]) == (
        "拼音, 搜索",
        "",
        f"'{EVIL}",
    )
    assert (found["wish_1"], found["family"]) == ("", "other")
    assert (found["comment_mood"], found["comment_features"]) == ("'-1", "拼音, 搜索: 好")


def test_lines_come_one_by_one(content: Content) -> None:
    lines = ballots_csv(iter(()), content)
    assert isinstance(lines, GeneratorType)
    assert next(lines).startswith(BOM)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "\n=1"]
)
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["早上起来只有80%", "1 = 1", "", -3, 0.5, None])
def test_the_rest_stays_as_it_is(cell: str | float | None) -> None:
    assert harmless(cell) == cell


@given(st.text())
def test_no_text_begins_with_a_formula(text: str) -> None:
    assert not str(harmless(text)).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
