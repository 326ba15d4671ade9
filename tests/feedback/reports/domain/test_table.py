"""Orders of the table of features."""

import pytest

from feedback.reports.domain.catalogue import Catalogue, Change
from feedback.reports.domain.composing import compose
from feedback.reports.domain.content import FeatureLine
from feedback.reports.domain.counting import Answers
from feedback.reports.domain.table import feature_rows, worst


@pytest.fixture
def lines() -> list[FeatureLine]:
    answers = Answers(ballots=50)
    titles = {1: "beta", 2: "Alpha", 3: "gamma", 4: "nobody"}
    for pk, (loved, let_down, comments) in {1: (30, 10, 0), 2: (1, 9, 4), 3: (8, 0, 2)}.items():
        answers.kinds["loved"][pk] = loved
        answers.kinds["let_down_most"][pk] = let_down
        answers.kinds["comment"][pk] = comments
    changes = tuple(Change(pk, title, "", "fix", "", ()) for pk, title in titles.items())
    return compose(answers, Catalogue(changes, {}))["features"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", [1, 2, 3]),
        ("-named", [1, 2, 3]),
        ("named", [3, 2, 1]),
        ("title", [2, 1, 3]),
        ("-loved", [3, 1, 2]),
        ("let_down", [3, 1, 2]),
        ("-joy", [3, 1, 2]),
        ("-comments", [2, 3, 1]),
        ("-area", [1, 2, 3]),
    ],
)
def test_orders(lines: list[FeatureLine], sort: str, order: list[int]) -> None:
    """Whatever the order, what nobody named comes last."""
    assert [row.line["feature"] for row in feature_rows(lines, sort)] == [*order, 4]


def test_shares_are_of_those_who_named_it(lines: list[FeatureLine]) -> None:
    first = feature_rows(lines)[0]
    assert (first.loved, first.loved_share, first.let_down_share) == (30, 0.75, 0.25)


def test_nothing_named_has_no_shares(lines: list[FeatureLine]) -> None:
    last = feature_rows(lines)[-1]
    assert (last.loved_share, last.let_down_share) == (0, 0)


def test_the_worst_let_most_people_down(lines: list[FeatureLine]) -> None:
    assert [row.line["feature"] for row in worst(lines, 3)] == [1, 2]
