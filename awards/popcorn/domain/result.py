"""The whole award from its inputs: bucket, ranking, discounts, and what they were without."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from .bucket import Standing, bucket, standings
from .columns import Columns, Floats, Ints
from .inputs import Header
from .integrity import COORDINATION_ONE, Block, Weights, weigh
from .posterior import draw_joy
from .ranking import Place, decimal, interval, rank
from .score import Model, effective_counts, engineer_scores, feature_joy, fit


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
class Result:
    """An award as computed; ``weights`` is for the product's managers and stands in no bundle.

    ``mean_joy`` is J̄; the strengths are k0 and k1 in votes; ``discounted`` counts ballots.
    """

    ballots: int
    discounted: int
    mean_joy: Decimal
    feature_strength: Decimal
    segment_strength: Decimal
    outcome: Outcome
    without_discount: Outcome
    features: tuple[FeatureScore, ...]
    places: tuple[Place, ...]
    blocks: tuple[Block, ...]
    weights: Weights


def compute(header: Header, columns: Columns, digest: bytes) -> Result:
    """Compute the award of frozen ballots; the first eight bytes of the digest seed its draws."""
    weights = weigh(header, columns)
    judged = _judge(header, columns, weights.weight, digest[:8])
    is_discounted = weights.coordination < COORDINATION_ONE
    undiscounted = judged
    if is_discounted.any():
        undiscounted = _judge(header, columns, weights.undiscounted, digest[:8])
    return Result(
        ballots=columns.ballot_count,
        discounted=int(is_discounted.sum()),
        mean_joy=decimal(judged.joy.mean() if len(judged.joy) else 0.0),
        feature_strength=decimal(judged.model.strength),
        segment_strength=decimal(judged.model.segment_strength),
        outcome=judged.outcome,
        without_discount=undiscounted.outcome,
        features=_feature_scores(columns, judged),
        places=judged.places,
        blocks=weights.blocks,
        weights=weights,
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


def _judge(header: Header, columns: Columns, weight: Ints, seed: bytes) -> _Judged:
    settings = header.settings
    model = fit(
        effective_counts(columns, weight),
        shares=np.array([float(segment.share) for segment in header.segments] or [1.0]),
        joy=np.array([float(points) for points in settings.joy]),
    )
    joy = feature_joy(model)
    drawn = draw_joy(model, draws=settings.draws, seed=seed)
    rows = standings(header, columns, weight)
    places = rank(
        header,
        scores=engineer_scores(header, joy),
        drawn=engineer_scores(header, drawn),
        votes=model.effective_votes,
        mean_joy=float(joy.mean()) if len(joy) else 0.0,
        ballots=columns.ballot_count,
    )
    outcome = Outcome(
        bucket=bucket(header, rows, columns.ballot_count),
        winners=tuple(place.engineer for place in places if place.is_winner),
        hidden_kernels=tuple(place.engineer for place in places if place.is_hidden_kernel),
    )
    return _Judged(model, joy, drawn, rows, places, outcome)


def _feature_scores(columns: Columns, judged: _Judged) -> tuple[FeatureScore, ...]:
    cells = columns.feature * 4 + columns.verdict
    verdicts = np.bincount(cells, minlength=4 * columns.feature_count).reshape(-1, 4)
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
