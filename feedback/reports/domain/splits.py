"""Features on which the segments of a dimension disagree by more than chance."""

from collections.abc import Iterable, Iterator, Sequence
from math import erfc, exp, lgamma, log, sqrt

import numpy as np

from feedback.reports.domain.content import VERDICTS, FeatureLine, Split, SplitSide
from feedback.reports.domain.folding import OTHER
from feedback.reports.domain.slices import Slice

# Segments with fewer votes on a feature say nothing about it.
FEWEST_VOTES = 5
# Of the splits that are told, at most this share is expected to be chance.
FALSE_SHARE = 0.05
# Among many ballots everything differs a little: what is worth telling is this many points wide.
WIDE = 5.0

# One feature as each segment of a dimension sees it.
Sides = dict[str, FeatureLine]


def splits(slices: Iterable[Slice], points: Sequence[float]) -> list[Split]:
    """The features that split segments, the widest split first.

    "other" is left out: it is nobody's voice.
    """
    tried = list(_sides(slices))
    chances = benjamini_hochberg([chance(list(sides.values()), points) for _, sides in tried])
    found = [
        _split(dimension, sides, p)
        for (dimension, sides), p in zip(tried, chances, strict=True)
        if p < FALSE_SHARE
    ]
    wide = [split for split in found if _width(split) >= WIDE]
    return sorted(wide, key=lambda split: (-_width(split), split["feature"], split["dimension"]))


def _sides(slices: Iterable[Slice]) -> Iterator[tuple[str, Sides]]:
    found: dict[tuple[str, int], Sides] = {}
    for dimension, value, content in slices:
        for line in content["features"]:
            if value != OTHER and line["named"] >= FEWEST_VOTES:
                found.setdefault((dimension, line["feature"]), {})[value] = line
    return ((dimension, sides) for (dimension, _), sides in found.items() if len(sides) > 1)


def chance(lines: Sequence[FeatureLine], points: Sequence[float]) -> float:
    """How likely segments that agree differ as much in mean joy as these do.

    The Cochran–Mantel–Haenszel test of mean scores (Agresti, Categorical Data Analysis, §8.4):
    Q = (N − 1) · Σ n (mean − mean of all)² / Σ (joy − mean of all)², χ² with one degree of
    freedom less than segments.
    """
    counts = np.array([[line["verdicts"][verdict] for verdict in VERDICTS] for line in lines])
    worth = np.asarray(points)
    votes, total = counts.sum(axis=1), counts.sum()
    mean = (counts @ worth).sum() / total
    spread = (counts.sum(axis=0) * (worth - mean) ** 2).sum()
    if spread == 0:
        return 1.0
    between = (votes * (counts @ worth / votes - mean) ** 2).sum()
    return chi_square_tail(float((total - 1) * between / spread), len(lines) - 1)


def chi_square_tail(x: float, freedom: int) -> float:
    """P(χ² > x), by the recurrence of the incomplete gamma function for half and whole orders."""
    half = x / 2
    if half <= 0:
        return 1.0
    order, tail = (0.5, erfc(sqrt(half))) if freedom % 2 else (1.0, exp(-half))
    while order < freedom / 2:
        tail += exp(order * log(half) - half - lgamma(order + 1))
        order += 1
    return min(tail, 1.0)


def benjamini_hochberg(chances: Sequence[float]) -> list[float]:
    """Adjust for many comparisons: keep those under q, and a share of q of them is chance."""
    adjusted, least = [1.0] * len(chances), 1.0
    worst_first = sorted(range(len(chances)), key=lambda n: -chances[n])
    for rank, n in zip(range(len(chances), 0, -1), worst_first, strict=True):
        least = min(least, chances[n] * len(chances) / rank)
        adjusted[n] = least
    return adjusted


def _split(dimension: str, sides: Sides, p: float) -> Split:
    by_joy = sorted(sides, key=lambda value: _side(value, sides[value])["joy"]["value"])
    least, most = by_joy[0], by_joy[-1]
    return Split(
        dimension=dimension,
        feature=sides[most]["feature"],
        title=sides[most]["title"],
        most=_side(most, sides[most]),
        least=_side(least, sides[least]),
        p=float(f"{p:.2g}"),
    )


def _side(value: str, line: FeatureLine) -> SplitSide:
    assert line["joy"] is not None  # noqa: S101 - named at least FEWEST_VOTES times
    return SplitSide(value=value, named=line["named"], joy=line["joy"])


def _width(split: Split) -> float:
    return split["most"]["joy"]["value"] - split["least"]["joy"]["value"]
