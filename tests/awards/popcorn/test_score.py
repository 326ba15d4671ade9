"""PopScore: the worked example of the method to its last digit, and what must always hold."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.popcorn.domain.bucket import bucket, standings
from awards.popcorn.domain.columns import Columns, Floats, columns
from awards.popcorn.domain.inputs import Credit, Engineer, Feature, Settings
from awards.popcorn.domain.integrity import WEIGHT_ONE
from awards.popcorn.domain.posterior import draw_joy
from awards.popcorn.domain.ranking import Place, rank
from awards.popcorn.domain.score import (
    Model,
    effective_counts,
    engineer_scores,
    feature_joy,
    fit,
)
from awards.popcorn.domain.simulate import baselines
from awards.popcorn.domain.sums import Sums
from awards.popcorn.domain.world import World
from tests.awards.popcorn.small_week import LIN, MEI, RAJ, ballot, ballots, header

JOY = np.array([0.0, 30.0, 70.0, 100.0])
ONE = np.array([1.0])
ZOE = 4
NAMES = {MEI: "Mei", LIN: "Lin", RAJ: "Raj", ZOE: "Zoe"}
VOTES = np.array([[20, 60, 300, 620], [10, 20, 60, 110], [150, 250, 400, 200], [0, 0, 2, 8]])
SHARES = {(1, LIN): "0.7", (1, MEI): "0.3", (2, MEI): "1", (3, RAJ): "0.8", (3, LIN): "0.2"}
EXAMPLE = header(
    features=tuple(
        Feature(pk, title)
        for pk, title in enumerate(
            ["Smart call recording", "Lock-screen themes", "Battery saver 2", "SMS search"], 1
        )
    ),
    engineers=tuple(Engineer(pk, name) for pk, name in NAMES.items()),
    credits=(
        *(
            Credit(feature, engineer, Decimal(share))
            for (feature, engineer), share in SHARES.items()
        ),
        Credit(4, ZOE, Decimal(1)),
    ),
    segments=(),
    settings=Settings(),
)


def example_model() -> Model:
    return fit(VOTES[None].astype(float), shares=ONE, joy=JOY, smoothing=0, strength=30)


def example_columns() -> Columns:
    """Each vote of the example on a ballot of its own."""
    feature, verdict = (np.repeat(at.ravel(), VOTES.ravel()) for at in np.indices(VOTES.shape))
    one = np.zeros(len(feature), dtype=np.int64)
    return Columns(4, 1, one + 30, one, one, np.arange(len(one)), feature, verdict)


def example_places() -> dict[str, Place]:
    model = example_model()
    drawn = draw_joy(model, draws=4000, seed=b"popcorn!")
    joy = feature_joy(model)
    places = rank(
        EXAMPLE,
        scores=engineer_scores(EXAMPLE, joy),
        drawn=engineer_scores(EXAMPLE, drawn),
        votes=model.effective_votes,
        mean_joy=joy.mean(),
        ballots=1500,
    )
    return {NAMES[place.engineer]: place for place in places}


def test_joy_of_the_worked_example() -> None:
    model = example_model()
    joy = feature_joy(model)
    assert (model.mix * JOY).sum() == pytest.approx(71.06, abs=0.005)
    assert joy.tolist() == pytest.approx([84.40, 77.96, 55.95, 76.79], abs=0.005)
    assert joy.mean() == pytest.approx(73.78, abs=0.005)
    assert (VOTES * JOY).sum(1) / VOTES.sum(1) == pytest.approx([84.80, 79.00, 55.50, 94.00])


def test_scores_of_the_worked_example() -> None:
    scores = {name: float(place.score) for name, place in example_places().items()}
    expected = {"Mei": 77.87, "Lin": 76.54, "Zoe": 75.79, "Raj": 62.81}
    assert scores == pytest.approx(expected, abs=0.005)
    by_hand = (0.3 * 84.39977 + 77.96419 + 0.5 * 73.77781) / 1.8
    assert scores["Mei"] == pytest.approx(by_hand, abs=1e-4)


def test_certainty_of_the_worked_example() -> None:
    places = example_places()
    p_best = {name: float(place.p_best) for name, place in places.items()}
    assert p_best == pytest.approx({"Mei": 0.67, "Lin": 0.06, "Zoe": 0.27, "Raj": 0}, abs=0.025)
    eligible = {name: float(place.p_best_eligible) for name, place in places.items()}
    assert eligible == pytest.approx({"Mei": 0.89, "Lin": 0.11, "Zoe": 0, "Raj": 0}, abs=0.02)
    assert [name for name, place in places.items() if place.is_winner] == ["Mei"]
    assert [place.place for place in places.values()] == [1, 2, 3, None]
    assert places["Zoe"].is_hidden_kernel


def test_other_ways_to_score_the_worked_example() -> None:
    shares = np.zeros((4, 4))
    for credit in EXAMPLE.credits:
        shares[credit.feature - 1, credit.engineer - 1] = credit.share
    nothing = np.zeros(4)
    world = World(shares, nothing, nothing, nothing, nothing, nothing)
    mean, _, first_loves = baselines(world, example_columns())
    assert shares.sum(axis=0).tolist() == pytest.approx([1.3, 0.9, 0.8, 1.0])
    assert mean.tolist() == pytest.approx([80.34, 78.29, 55.50, 94.00], abs=0.005)
    assert first_loves.tolist() == [730, 820, 200, 8]


def test_bucket_of_the_worked_example() -> None:
    data = example_columns()
    rows = standings(EXAMPLE, Sums.of(data, np.full(data.ballot_count, WEIGHT_ONE)))
    assert bucket(EXAMPLE, rows, data.ballot_count) == (1,)
    assert (rows[0].first_loves, rows[0].weighted_first_loves) == (620, 620)


# What must always hold (award-method §5).

COUNTS = st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=2, max_size=5)
VERDICT = st.integers(0, 3)


def fixed(counts: Any, segments: int = 1) -> Model:
    """One way to fill the priors whatever the counts are."""
    mixes = np.array([[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]])[:segments]
    shares = np.array([0.6, 0.4]) if segments > 1 else ONE
    return Model(np.array(counts, float), shares, JOY, mixes.mean(axis=0), 30, mixes, 20)


def scores(counts: Any, segments: int = 1) -> tuple[Floats, Floats]:
    joy = feature_joy(fixed(counts, segments))
    features = tuple(Feature(pk + 1, "f") for pk in range(len(joy)))
    signed = (
        Credit(1, MEI, Decimal("0.4")),
        Credit(1, LIN, Decimal("0.6")),
        *(Credit(feature.id, LIN, Decimal(1)) for feature in features[1:]),
    )
    build = header(
        features=features, engineers=(Engineer(MEI, "M"), Engineer(LIN, "L")), credits=signed
    )
    return joy, engineer_scores(build, joy)


@given(COUNTS, VERDICT, st.none() | VERDICT)
def test_one_voter_moves_a_feature_by_a_bounded_step(
    counts: list[list[int]], new: int, old: int | None
) -> None:
    before = np.array([counts], float)
    after = before.copy()
    after[0, 0, new] += 1
    if old is not None and before[0, 0, old]:
        after[0, 0, old] -= 1
    bound = 100 / (min(before[0, 0].sum(), after[0, 0].sum()) + 30)
    assert abs(scores(after)[0][0] - scores(before)[0][0]) <= bound + 1e-9


@given(COUNTS)
def test_no_votes_make_the_mean_of_the_build(counts: list[list[int]]) -> None:
    model = fit(np.array([[[0, 0, 0, 0], *counts]], float), shares=ONE, joy=JOY)
    assert feature_joy(model)[0] == pytest.approx((model.mix * JOY).sum())


@given(COUNTS, VERDICT, VERDICT)
def test_a_better_verdict_never_hurts(counts: list[list[int]], one: int, other: int) -> None:
    worse, better = sorted([one, other])
    before = np.array([counts], float)
    before[0, 0, worse] += 1
    after = before.copy()
    after[0, 0, worse] -= 1
    after[0, 0, better] += 1
    for lower, higher in zip(scores(before), scores(after), strict=True):
        assert (higher >= lower - 1e-9).all()


@given(COUNTS, COUNTS, st.integers(0, 1))
def test_a_first_love_never_hurts(
    counts: list[list[int]], others: list[list[int]], segment: int
) -> None:
    features = min(len(counts), len(others))
    before = np.array([counts[:features], others[:features]], float)
    after = before.copy()
    after[segment, 0, 3] += 1
    for lower, higher in zip(scores(before, 2), scores(after, 2), strict=True):
        assert (higher >= lower - 1e-9).all()


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.floats(0, 100))
def test_a_co_author_moves_credit_and_creates_none(parts: list[int], joy: float) -> None:
    shares = [Decimal(part) / 40 for part in parts]
    shares.append(1 - sum(shares))
    team = tuple(Engineer(pk, "e") for pk in range(1, len(shares) + 1))
    build = header(
        features=(Feature(1, "f"),),
        engineers=team,
        credits=tuple(Credit(1, row.id, share) for row, share in zip(team, shares, strict=True)),
    )
    drawn = engineer_scores(build, np.array([joy]))
    earned = [
        score * (float(share) + 0.5) - 0.5 * joy for score, share in zip(drawn, shares, strict=True)
    ]
    assert sum(earned) == pytest.approx(joy, abs=1e-6)


def test_kish_counts_equal_weights_as_votes() -> None:
    data = columns(header(), ballots(200))
    equal = effective_counts(Sums.of(data, np.full(200, WEIGHT_ONE // 4)))
    votes = Counter(zip(data.segment[data.ballot], data.feature, data.verdict, strict=True))
    assert {cell: count for cell, count in np.ndenumerate(equal) if count} == pytest.approx(votes)


def test_kish_counts_unequal_weights_as_fewer() -> None:
    voters = [ballot(number, loved=(1,)) for number in range(4)]
    weight = np.array([4, 1, 1, 0]) * WEIGHT_ONE // 4
    assert effective_counts(Sums.of(columns(header(), voters), weight)).sum() == pytest.approx(
        36 / 18
    )


@pytest.mark.parametrize(
    ("counts", "strength"),
    [
        # Fewer than three features were judged by more than one voter.
        ([[5, 5, 5, 5], [9, 1, 1, 1], [0, 0, 1, 0]], 30),
        # Features that are all alike: only the build counts.
        ([[5, 5, 5, 5], [5, 5, 5, 5], [5, 5, 5, 5]], 200),
        # Voters who all agree on each feature: only the feature counts.
        ([[50, 0, 0, 0], [0, 0, 50, 0], [0, 0, 0, 50]], 4),
    ],
)
def test_prior_strength(counts: list[list[int]], strength: float) -> None:
    model = fit(np.array([counts], float), shares=ONE, joy=JOY)
    assert model.strength == strength


def test_prior_strength_finds_the_ratio_of_variances() -> None:
    random = np.random.default_rng(3)
    mixes = random.dirichlet([8, 12, 10, 10], size=3000)  # concentration 40
    counts = random.multinomial(50, mixes)[None].astype(float)
    assert fit(counts, shares=ONE, joy=JOY).strength == pytest.approx(40, rel=0.1)


def test_segment_strength_finds_the_ratio_of_variances() -> None:
    random = np.random.default_rng(4)
    features = random.dirichlet([20, 20, 20, 20], size=2000)
    here = np.array([random.dirichlet(60 * mix, size=2) for mix in features])
    counts = random.multinomial(40, here).transpose(1, 0, 2).astype(float)
    model = fit(counts, shares=np.array([0.5, 0.5]), joy=JOY)
    assert model.segment_strength == pytest.approx(60, rel=0.15)


def test_segments_that_share_few_features_get_the_usual_strength() -> None:
    counts = np.array([[[5, 5, 5, 5]] * 4, [[0, 0, 0, 1]] * 4], float)
    assert fit(counts, shares=np.array([0.5, 0.5]), joy=JOY).segment_strength == 30


def test_an_audience_counts_by_its_size_not_by_its_votes() -> None:
    loved, hated = [[0, 0, 0, 90]] * 3, [[900, 0, 0, 0]] * 3
    counts = np.array([loved, hated], float)
    joy = [
        feature_joy(replace(fixed(counts, 2), shares=np.array(p))) for p in ([0.9, 0.1], [0.1, 0.9])
    ]
    assert joy[0][0] > 70
    assert joy[1][0] < 30


def test_draws_surround_the_estimate() -> None:
    model = fixed([[[20, 10, 30, 40]] * 2, [[5, 5, 5, 0]] * 2], 2)
    drawn = draw_joy(model, draws=4000, seed=b"\0" * 8)
    assert drawn.mean(axis=1) == pytest.approx(feature_joy(model), abs=0.5)


def test_a_build_without_features_has_no_scores() -> None:
    build = header(features=(), engineers=(), credits=())
    assert engineer_scores(build, np.zeros((0, 5))).shape == (0, 5)
