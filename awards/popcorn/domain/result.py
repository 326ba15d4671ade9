"""The whole award from its inputs: bucket, ranking, discounts, and what they were without."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from .bucket import Standing, bucket, standings
from .columns import Columns, Floats
from .inputs import Header
from .integrity import COORDINATION_ONE, Block, Weights, weigh
from .posterior import draw_joy
from .ranking import Place, decimal, interval, rank
from .score import Model, effective_counts, engineer_scores, feature_joy, fit
from .sums import Sums


@dataclass(frozen=True, slots=True)
class FeatureScore:
    """One feature's joy J (0 … 100, with 90 % interval) and what the bucket goes by."""

    feature: int
    joy: Decimal
    joy_low: Decimal
    joy_high: Decimal
    effective_votes: Decimal
    # Raw counts of the four verdicts, worst first.
    verdicts: tuple[int, int, int, int]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who holds the bucket (features) and who wins (engineers, in the order of the ranking).

    No winners: "not enough votes this week". Hidden kernels (爆米花豆) are engineers who may be as
    good as the winner but had too few votes to be eligible.
    """

    bucket: tuple[int, ...]
    winners: tuple[int, ...]
    hidden_kernels: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Judgement:
    """What follows from the sums of the ballots; ``mean_joy`` is J̄, the strengths k0 and k1."""

    ballots: int
    mean_joy: Decimal
    feature_strength: Decimal
    segment_strength: Decimal
    outcome: Outcome
    without_discount: Outcome
    features: tuple[FeatureScore, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, eq=False)
class Result(Judgement):
    """An award as computed; ``weights`` is for the product's managers and stands in no bundle.

    ``discounted`` counts ballots.
    """

    discounted: int
    blocks: tuple[Block, ...]
    weights: Weights


def compute(header: Header, columns: Columns, digest: bytes) -> Result:
    """Compute the award of frozen ballots; the first eight bytes of the digest seed its draws."""
    weights = weigh(header, columns)
    return Result(
        **vars(judge(header, *both_sums(columns, weights), digest)),
        discounted=int((weights.coordination < COORDINATION_ONE).sum()),
        blocks=weights.blocks,
        weights=weights,
    )


def both_sums(columns: Columns, weights: Weights) -> tuple[Sums, Sums]:
    """With the discount for coordination, and without it: the same object where there is none."""
    sums = Sums.of(columns, weights.weight)
    if (weights.coordination == COORDINATION_ONE).all():
        return sums, sums
    return sums, Sums.of(columns, weights.undiscounted)


def judge(header: Header, sums: Sums, undiscounted: Sums, digest: bytes) -> Judgement:
    """Judge by sums of the ballots; the first eight bytes of the digest seed the draws."""
    judged = _judge(header, sums, digest[:8])
    without = judged if sums is undiscounted else _judge(header, undiscounted, digest[:8])
    return Judgement(
        ballots=int(sums.ballots.sum()),
        mean_joy=decimal(judged.joy.mean() if len(judged.joy) else 0.0),
        feature_strength=decimal(judged.model.strength),
        segment_strength=decimal(judged.model.segment_strength),
        outcome=judged.outcome,
        without_discount=without.outcome,
        features=_feature_scores(sums, judged),
        places=judged.places,
    )


@dataclass(frozen=True, eq=False)
class _Judged:
    """The award as some weights of the ballots have it."""

    model: Model
    joy: Floats
    drawn: Floats
    standings: list[Standing]
    places: tuple[Place, ...]
    outcome: Outcome


def _judge(header: Header, sums: Sums, seed: bytes) -> _Judged:
    settings, ballots = header.settings, int(sums.ballots.sum())
    model = fit(
        effective_counts(sums),
        shares=np.array([float(segment.share) for segment in header.segments] or [1.0]),
        joy=np.array([float(points) for points in settings.joy]),
    )
    joy = feature_joy(model)
    drawn = draw_joy(model, draws=settings.draws, seed=seed)
    rows = standings(header, sums)
    places = rank(
        header,
        scores=engineer_scores(header, joy),
        drawn=engineer_scores(header, drawn),
        votes=model.effective_votes,
        mean_joy=float(joy.mean()) if len(joy) else 0.0,
        ballots=ballots,
    )
    outcome = Outcome(
        bucket=bucket(header, rows, ballots),
        winners=tuple(place.engineer for place in places if place.is_winner),
        hidden_kernels=tuple(place.engineer for place in places if place.is_hidden_kernel),
    )
    return _Judged(model, joy, drawn, rows, places, outcome)


def _feature_scores(sums: Sums, judged: _Judged) -> tuple[FeatureScore, ...]:
    verdicts = sums.verdicts.sum(axis=0)
    low, high = interval(judged.drawn)
    return tuple(
        FeatureScore(
            feature=standing.feature,
            joy=decimal(judged.joy[at]),
            joy_low=decimal(low[at]),
            joy_high=decimal(high[at]),
            effective_votes=decimal(judged.model.effective_votes[at]),
            verdicts=tuple(verdicts[at].tolist()),
            standing=standing,
        )
        for at, standing in enumerate(judged.standings)
    )
