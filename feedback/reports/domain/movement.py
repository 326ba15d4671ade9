"""Whether a joy differs from the same area's earlier builds by more than noise.

Noise has three sources: few votes now, few votes then, and that an area goes up and down from
build to build anyway. The last is learned from all areas together, for one area has few builds.
"""

from collections.abc import Mapping, Sequence
from math import sqrt

from feedback.reports.domain.content import Against, Movement
from feedback.reports.domain.joy import Joy

# 99 %: among twenty features, noise alone raises a flag every fifth week.
Z99 = 2.5758

# Joys of an area in earlier builds.
History = Mapping[str, Sequence[Joy]]


def against(joy: Joy, before: Sequence[Joy], sway: float | None) -> Against:
    """Compare a joy with those of earlier builds; ``sway`` is the variance between builds."""
    if not before or sway is None:
        why: Movement = "early" if before else "new"
        return Against(movement=why, low=None, high=None, builds=len(before))
    weights = [1 / (then.variance + sway) for then in before]
    usual = sum(w * then.mean for w, then in zip(weights, before, strict=True)) / sum(weights)
    reach = Z99 * sqrt(joy.variance + sway + 1 / sum(weights))
    movement: Movement = "steady"
    if abs(joy.mean - usual) > reach:
        movement = "better" if joy.mean > usual else "worse"
    return Against(
        movement=movement,
        low=round(max(usual - reach, 0) * 100, 2),
        high=round(min(usual + reach, 1) * 100, 2),
        builds=len(before),
    )


def sway(history: History) -> float | None:
    """Variance of an area's joy between builds beyond that of few votes; None when unknown.

    DerSimonian and Laird, Controlled Clinical Trials 7 (1986), with the areas pooled.
    """
    excess = size = 0.0
    for joys in (joys for joys in history.values() if len(joys) > 1):
        weights = [1 / joy.variance for joy in joys]
        total = sum(weights)
        mean = sum(w * joy.mean for w, joy in zip(weights, joys, strict=True)) / total
        excess += sum(w * (joy.mean - mean) ** 2 for w, joy in zip(weights, joys, strict=True))
        excess -= len(joys) - 1
        size += total - sum(w * w for w in weights) / total
    return max(excess / size, 0.0) if size else None
