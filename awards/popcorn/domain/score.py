"""PopScore: how good features and engineers' work were for the people they are for.

Arrays: H segments, F features, four verdicts in the order of ``inputs.VERDICTS``, E engineers; a
trailing axis D, where there is one, holds posterior draws. Only + - × ÷ √ in a fixed order are
used, so that every machine computes the same bits.
"""

from dataclasses import dataclass, replace

import numpy as np

from .columns import Floats
from .inputs import Header
from .sums import Sums

FEATURE_STRENGTH = (4.0, 200.0)
SEGMENT_STRENGTH = (4.0, 400.0)
# Used when fewer than three features have more than one effective vote.
USUAL_STRENGTH = 30.0
FEWEST_FEATURES = 3


@dataclass(frozen=True, eq=False)
class Model:
    """Effective votes and the priors that steady them (award-method §3, steps 1, 2 and 4).

    ``counts`` H×F×4 effective votes; ``shares`` H shares of the installed base; ``joy`` 4 points;
    ``mix`` 4 and ``segment_mixes`` H×4 verdicts of the whole build; strengths in votes.
    """

    counts: Floats
    shares: Floats
    joy: Floats
    mix: Floats
    strength: float
    segment_mixes: Floats
    segment_strength: float

    @property
    def feature_alpha(self) -> Floats:
        """Dirichlet parameters of the features' mixes, F×4 (step 3)."""
        counts: Floats = self.counts.sum(axis=0)
        return counts + self.strength * self.mix

    def segment_alpha(self, segment: int, feature: int | slice, mixes: Floats) -> Floats:
        """Dirichlet parameters in a segment, given the mixes …×4 of the feature or features."""
        prior = normalized(mixes * (self.segment_mixes[segment] / self.mix))
        return self.counts[segment, feature] + self.segment_strength * prior

    @property
    def effective_votes(self) -> Floats:
        """Effective votes of each feature, F."""
        votes: Floats = self.counts.sum(axis=(0, 2))
        return votes


def effective_counts(sums: Sums) -> Floats:
    """Weighted verdicts scaled to Kish's effective size (Σw)²/Σw², H×F×4 (step 1).

    Kish, Survey Sampling (1965), §11.7.
    """
    total, square = sums.weight.sum(axis=2), sums.square.sum(axis=2)
    scale: Floats = total / np.maximum(square, 1)
    return sums.weight * scale[:, :, None]


def fit(
    counts: Floats,
    *,
    shares: Floats,
    joy: Floats,
    smoothing: float = 1.0,
    strength: float | None = None,
) -> Model:
    """Fit the priors to effective votes H×F×4 (steps 2 and 4).

    ``smoothing`` is added to each verdict of the build mix; more than one segment needs it
    positive. ``strength`` fixes k0, which is estimated otherwise.
    """
    verdicts = counts.sum(axis=1)
    pooled = verdicts.sum(axis=0)
    mix = (pooled + smoothing) / (pooled.sum() + 4 * smoothing)
    # A segment without votes is taken to judge like the whole build.
    segment_mixes = (verdicts + 4 * smoothing * mix) / (
        verdicts.sum(axis=1, keepdims=True) + 4 * smoothing
    )
    if strength is None:
        strength = _feature_strength(counts.sum(axis=0), joy)
    first = Model(counts, shares, joy, mix, strength, segment_mixes, USUAL_STRENGTH)
    if len(counts) == 1:
        return first
    return replace(first, segment_strength=_segment_strength(first))


def feature_joy(model: Model) -> Floats:
    """J_f: expected joy of the installed base, F (steps 3 to 5)."""
    mixes = normalized(model.feature_alpha)
    if len(model.counts) == 1:
        return expected_joy(model, mixes)
    joy = np.zeros(len(mixes))
    for segment, share in enumerate(model.shares):
        here = normalized(model.segment_alpha(segment, slice(None), mixes))
        joy += share * expected_joy(model, here)
    return joy


def expected_joy(model: Model, mixes: Floats) -> Floats:
    """Joy points of mixes …×4, summed in one fixed order."""
    points: Floats = (mixes * model.joy).sum(axis=-1)
    return points


def engineer_scores(header: Header, joy: Floats) -> Floats:
    """S_e from joy F or F×D: E or E×D, drawn to the mean feature by λ (step 6)."""
    pull = float(header.settings.shrinkage)
    scores = np.zeros((len(header.engineers), *joy.shape[1:]))
    if not len(joy):
        return scores
    scores += pull * (joy.sum(axis=0) / len(joy))
    parts: Floats = np.full((len(scores), *[1] * (joy.ndim - 1)), pull)
    for engineer, feature, share in credit_rows(header):
        scores[engineer] += share * joy[feature]
        parts[engineer] += share
    return scores / parts


def credit_rows(header: Header) -> list[tuple[int, int, float]]:
    """Position of the engineer, position of the feature and share of each credit."""
    engineers = {engineer.id: at for at, engineer in enumerate(header.engineers)}
    features = {feature.id: at for at, feature in enumerate(header.features)}
    return [
        (engineers[credit.engineer], features[credit.feature], float(credit.share))
        for credit in header.credits
    ]


def normalized(amounts: Floats) -> Floats:
    """Amounts divided by their sum along the last axis."""
    total: Floats = amounts.sum(axis=-1, keepdims=True)
    return amounts / total


def _feature_strength(counts: Floats, joy: Floats) -> float:
    """k0: variance within features over variance between them; ``counts`` F×4."""
    votes, mean, squares = _moments(counts, joy)
    if np.count_nonzero(votes) < FEWEST_FEATURES:
        return USUAL_STRENGTH
    return _strength(votes[None], mean[None], squares, FEATURE_STRENGTH)


def _segment_strength(model: Model) -> float:
    """k1: variance within segments over variance between the segments of a feature.

    What a segment thinks of the whole build is no difference on this feature and is taken off.
    """
    mixes = normalized(model.feature_alpha)
    votes, mean, squares = _moments(model.counts, model.joy)
    for segment, segment_mix in enumerate(model.segment_mixes):
        usual = normalized(mixes * (segment_mix / model.mix))
        mean[segment] -= expected_joy(model, usual)
    if np.count_nonzero((votes > 0).sum(axis=0) > 1) < FEWEST_FEATURES:
        return USUAL_STRENGTH
    return _strength(votes.T, mean.T, squares, SEGMENT_STRENGTH)


def _moments(counts: Floats, joy: Floats) -> tuple[Floats, Floats, Floats]:
    """Votes, mean joy and sum of squares of cells …×4; cells of one vote or less count none."""
    votes = counts.sum(axis=-1)
    kept = np.where((votes > 1)[..., None], counts, 0.0)
    votes = kept.sum(axis=-1)
    mean = (kept * joy).sum(axis=-1) / np.maximum(votes, 1)
    return votes, mean, (kept * (joy - mean[..., None]) ** 2).sum(axis=-1)


def _strength(votes: Floats, mean: Floats, squares: Floats, bounds: tuple[float, float]) -> float:
    """Credibility constant of cells in groups, G×C, by the method of moments.

    Bühlmann & Straub, ASTIN Bulletin 5 (1970): E within-variance over between-variance.
    """
    has_votes = votes > 0
    total = np.maximum(votes.sum(axis=1), 1)
    center = (votes * mean).sum(axis=1) / total
    between_squares = (votes * (mean - center[:, None]) ** 2).sum()
    freedom = (np.maximum(has_votes.sum(axis=1), 1) - 1).sum()
    within = squares.sum() / (votes - has_votes).sum()
    size = (votes.sum(axis=1) - (votes**2).sum(axis=1) / total).sum()
    between = (between_squares - freedom * within) / size
    low, high = bounds
    return float(min(max(within / between, low), high)) if between > 0 else high
