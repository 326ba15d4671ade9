"""Joy and its intervals against closed forms and the worked example of the award."""

from math import pi, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reports.domain import joy
from feedback.reports.domain.joy import beta_quantiles, joys, plain_joys, share_interval, strength

# loved_most, loved, let_down, let_down_most of award-method §4.
EXAMPLE = [[620, 300, 60, 20], [110, 60, 20, 10], [200, 400, 250, 150], [8, 2, 0, 0]]
counts = st.lists(st.integers(0, 2000), min_size=4, max_size=4)


def test_the_worked_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joy, "strength", lambda *_: 30.0)
    # The build's mix is smoothed here, by which the example differs in the second decimal.
    assert [round(each.mean * 100, 1) for each in joys(EXAMPLE)] == [84.4, 78.0, 56.0, 76.8]


def test_few_votes_lean_towards_the_build() -> None:
    many, _, _, few = joys(EXAMPLE)
    assert abs(many.mean - 0.848) < 0.005
    assert few.mean < 0.94 - 0.02


def test_no_votes_give_the_mean_of_the_build() -> None:
    named, unnamed = joys([[10, 10, 10, 10], [0, 0, 0, 0]])
    assert unnamed.mean == pytest.approx(named.mean)
    assert unnamed.variance > named.variance


def test_own_points_of_the_product() -> None:
    low, high = joys([[5, 5, 5, 5], [9, 0, 0, 0]], (100, 50, 50, 0))
    assert low.mean < high.mean
    assert plain_joys([[0, 10, 10, 0]], (100, 50, 50, 0))[0].mean == pytest.approx(0.5)


def test_the_strength_is_within_over_between_variance() -> None:
    worth = np.array([1.0, 0.7, 0.3, 0.0])
    apart = np.array([[90.0, 10, 0, 0], [0, 0, 10, 90], [30, 20, 20, 30]])
    assert strength(apart, worth) == 4.0
    assert strength(np.array([[30.0, 20, 20, 30]] * 3), worth) == 200.0
    assert strength(apart[:2], worth) == joy.USUAL_STRENGTH


@pytest.mark.parametrize(
    ("mean", "variance", "below"),
    [
        (1 / 2, 1 / 12, lambda share: share),  # uniform
        (2 / 3, 1 / 18, lambda share: share**0.5),  # beta(2, 1)
        (1 / 3, 1 / 18, lambda share: 1 - (1 - share) ** 0.5),  # beta(1, 2)
        (1 / 2, 1 / 8, lambda share: sin(pi * share / 2) ** 2),  # arcsine
    ],
)
def test_beta_quantiles(mean, variance, below) -> None:
    at = (0.05, 0.5, 0.95)
    assert beta_quantiles(mean, variance, at) == pytest.approx([below(x) for x in at], abs=2e-3)


def test_an_interval_holds_nine_draws_of_ten() -> None:
    posterior = joys(EXAMPLE)[2]
    size = posterior.mean * (1 - posterior.mean) / posterior.variance - 1
    draws = np.random.default_rng(1).beta(
        posterior.mean * size, (1 - posterior.mean) * size, 100_000
    )
    interval = posterior.interval()
    inside = np.mean((draws * 100 > interval["low"]) & (draws * 100 < interval["high"]))
    assert inside == pytest.approx(0.9, abs=0.005)


@given(st.lists(counts, min_size=1, max_size=6))
def test_an_interval_holds_its_value(verdicts: list[list[int]]) -> None:
    for posterior in joys(verdicts):
        interval = posterior.interval()
        assert 0 <= interval["low"] <= interval["value"] <= interval["high"] <= 100


@given(counts)
def test_a_love_never_hurts(verdicts: list[int]) -> None:
    loved_more = [verdicts[0] + 1, *verdicts[1:]]
    assert plain_joys([loved_more])[0].mean > plain_joys([verdicts])[0].mean


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.213), (10, 10, 0.787, 1.0), (640, 1000, 0.6147, 0.6645)],
)
def test_a_share_with_its_interval(part: int, whole: int, low: float, high: float) -> None:
    interval = share_interval(part, whole)
    assert interval["value"] == part / whole
    assert (interval["low"], interval["high"]) == pytest.approx((low, high), abs=1e-4)
