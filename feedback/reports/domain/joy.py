"""Joy: how glad those who named a feature are, 0 to 100, and how sure that is.

The rule is the award's (award-method §3, steps 2 and 3) with every voter weighing the same:
verdicts are a draw from a Dirichlet distribution that leans towards the mix of the whole build,
the more so the fewer ballots there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from feedback.reports.domain.content import Interval

Floats = NDArray[np.float64]

# Points of loved_most, loved, let_down, let_down_most, unless the product has its own.
POINTS = (100.0, 70.0, 30.0, 0.0)
STRENGTHS = (4.0, 200.0)
USUAL_STRENGTH = 30.0
FEWEST_FEATURES = 3
# How much of the distribution lies below the ends of the interval.
ENDS = (0.05, 0.95)
Z90 = 1.6449
STEPS = 1000


@dataclass(frozen=True)
class Joy:
    """Mean and variance of a joy, in shares of 100 points."""

    mean: float
    variance: float

    def interval(self) -> Interval:
        """The mean with its 90 % interval, in points."""
        low, high = beta_quantiles(self.mean, self.variance, ENDS)
        return Interval(
            value=round(self.mean * 100, 2),
            low=round(low * 100, 2),
            high=round(high * 100, 2),
        )


def joys(verdicts: Sequence[Sequence[int]], points: Sequence[float] = POINTS) -> list[Joy]:
    """Joy of each feature from its verdicts in the order of VERDICTS, F×4."""
    counts = np.asarray(verdicts, dtype=np.float64).reshape(-1, 4)
    worth = np.asarray(points, dtype=np.float64) / 100
    # Step 2: the mix of the whole build, and how many votes it weighs.
    mix = (counts.sum(axis=0) + 1) / (counts.sum() + 4)
    return _posterior(counts + strength(counts, worth) * mix, worth)


def plain_joys(verdicts: Sequence[Sequence[int]], points: Sequence[float] = POINTS) -> list[Joy]:
    """Joy of each row by its own verdicts alone (Jeffreys' prior), to be compared across builds.

    Leaning towards the mix of its build would carry what other features did into the comparison.
    """
    counts = np.asarray(verdicts, dtype=np.float64).reshape(-1, 4)
    return _posterior(counts + 0.5, np.asarray(points, dtype=np.float64) / 100)


def _posterior(alpha: Floats, worth: Floats) -> list[Joy]:
    """Mean and variance of Σ worth·p for p ~ Dirichlet(alpha), row by row."""
    total = alpha.sum(axis=1)
    mean = alpha @ worth / total
    variance = (alpha @ worth**2 / total - mean**2) / (total + 1)
    return [Joy(float(m), float(v)) for m, v in zip(mean, variance, strict=True)]


def strength(counts: Floats, worth: Floats) -> float:
    """k0: how many votes the build's mix weighs; the variance within features over that between.

    Method of moments for unequal counts (Bühlmann and Straub, ASTIN Bulletin 5, 1970).
    """
    counts = counts[counts.sum(axis=1) > 1]
    if len(counts) < FEWEST_FEATURES:
        return USUAL_STRENGTH
    votes = counts.sum(axis=1)
    mean = counts @ worth / votes
    within = (counts * (worth - mean[:, None]) ** 2).sum() / (votes - 1).sum()
    center = votes @ mean / votes.sum()
    spread = votes @ (mean - center) ** 2 - (len(counts) - 1) * within
    between = spread / (votes.sum() - votes @ votes / votes.sum())
    low, high = STRENGTHS
    return float(np.clip(within / between, low, high)) if between > 0 else high


def beta_quantiles(mean: float, variance: float, at: Sequence[float]) -> list[float]:
    """Quantiles of the beta distribution with this mean and variance, to 1e-4 of a share.

    A joy lies between 0 and 1 like a beta variable, and two moments fix it; summing its density
    over a fine grid needs no random draws, so that every run gives the same figures.
    """
    size = mean * (1 - mean) / variance - 1
    a, b = mean * size, (1 - mean) * size
    reach = 8 * variance**0.5
    edges = np.linspace(max(mean - reach, 0), min(mean + reach, 1), STEPS + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    density = (a - 1) * np.log(middles) + (b - 1) * np.log1p(-middles)
    below = np.concatenate([[0.0], np.cumsum(np.exp(density - density.max()))])
    return [float(np.interp(share, below / below[-1], edges)) for share in at]


def share_interval(part: int, whole: int) -> Interval:
    """A share of ballots with its 90 % interval; ``whole`` is at least 1.

    E. B. Wilson, JASA 22 (1927): holds at 0 and 1, and for a handful of ballots.
    """
    share, z2 = part / whole, Z90**2
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    reach = Z90 * sqrt(share * (1 - share) / whole + z2 / (4 * whole**2)) / (1 + z2 / whole)
    return Interval(
        value=round(share, 4),
        low=round(max(middle - reach, 0), 4),
        high=round(min(middle + reach, 1), 4),
    )
