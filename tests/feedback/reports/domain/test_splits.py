"""Which features divide the segments, and which only seem to."""

from random import Random

import pytest

from feedback.reports.domain.catalogue import Catalogue, Change
from feedback.reports.domain.composing import compose
from feedback.reports.domain.counting import Answers
from feedback.reports.domain.joy import POINTS
from feedback.reports.domain.slices import Slice
from feedback.reports.domain.splits import (
    benjamini_hochberg,
    chance,
    chi_square_tail,
    splits,
)
from feedback.reports.models import Dimension

VERDICTS = ("loved_most", "loved", "let_down", "let_down_most")
Rows = list[list[int]]


def slice_of(value: str, rows: Rows, dimension: Dimension = Dimension.FAMILY) -> Slice:
    """What a segment says, from its verdicts on each feature."""
    changes = [Change(n, f"Change {n}", "", "fix", "", ()) for n in range(len(rows))]
    answers = Answers(ballots=max(map(sum, rows)))
    for n, row in enumerate(rows):
        for verdict, ballots in zip(VERDICTS, row, strict=True):
            answers.kinds[verdict][n] = ballots
    return Slice(dimension, value, compose(answers, Catalogue(tuple(changes), {})))


LIKE, DISLIKE, MIXED = [60, 30, 5, 5], [5, 5, 30, 60], [25, 25, 25, 25]


def test_a_divided_feature_is_told_with_both_sides() -> None:
    found = splits([slice_of("Mi 5", [LIKE, MIXED]), slice_of("Redmi", [DISLIKE, MIXED])], POINTS)
    assert [(s["feature"], s["most"]["value"], s["least"]["value"]) for s in found] == [
        (0, "Mi 5", "Redmi")
    ]
    assert found[0]["p"] < 1e-6


def test_agreement_is_no_split() -> None:
    assert splits([slice_of("Mi 5", [LIKE]), slice_of("Redmi", [LIKE])], POINTS) == []


def test_other_is_nobodys_voice() -> None:
    assert splits([slice_of("Mi 5", [LIKE]), slice_of("other", [DISLIKE])], POINTS) == []


def test_a_handful_of_votes_says_nothing() -> None:
    assert splits([slice_of("Mi 5", [LIKE]), slice_of("Redmi", [[0, 0, 0, 4]])], POINTS) == []


def test_a_certain_but_narrow_difference_is_not_worth_telling() -> None:
    nearly = [24_000, 25_000, 26_000, 25_000]
    thousands = [25_000] * 4
    assert (
        chance(
            [
                s.content["features"][0]
                for s in (slice_of("a", [nearly]), slice_of("b", [thousands]))
            ],
            POINTS,
        )
        < 1e-4
    )
    assert splits([slice_of("a", [nearly]), slice_of("b", [thousands])], POINTS) == []


def test_dimensions_are_not_mixed() -> None:
    by_level = slice_of("1", [DISLIKE], Dimension.LEVEL)
    assert splits([slice_of("Mi 5", [LIKE]), by_level], POINTS) == []


def test_chance_alone_seldom_splits() -> None:
    """Forty features judged by four equal segments, fifty builds: next to nothing is told."""
    random, told = Random(5), 0
    for _ in range(50):
        rows = [
            [[random.choices(range(4), k=40).count(v) for v in range(4)] for _ in range(40)]
            for _ in range(4)
        ]
        told += bool(splits([slice_of(str(n), segment) for n, segment in enumerate(rows)], POINTS))
    assert told <= 6


def test_no_variety_is_no_evidence() -> None:
    same = [slice_of(value, [[9, 0, 0, 0]]).content["features"][0] for value in ("a", "b")]
    assert chance(same, POINTS) == 1.0


@pytest.mark.parametrize(
    ("x", "freedom", "p"),
    [
        (3.8415, 1, 0.05),
        (5.9915, 2, 0.05),
        (7.8147, 3, 0.05),
        (43.773, 30, 0.05),
        (15.086, 5, 0.01),
        (0.0, 4, 1.0),
        (9_000_000.0, 120, 0.0),
    ],
)
def test_chi_square(x: float, freedom: int, p: float) -> None:
    assert chi_square_tail(x, freedom) == pytest.approx(p, abs=1e-5)


def test_benjamini_hochberg() -> None:
    assert benjamini_hochberg([0.01, 0.04, 0.03, 0.5]) == pytest.approx(
        [0.04, 0.04 * 4 / 3, 0.04 * 4 / 3, 0.5]
    )
