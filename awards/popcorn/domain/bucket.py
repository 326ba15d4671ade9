"""The Popcorn Bucket (爆米花奖 · 大神): the most first-place loves make the project of the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from .inputs import LET_DOWN, LOVED_MOST, Header
from .integrity import WEIGHT_ONE
from .sums import Sums


@dataclass(frozen=True, slots=True)
class Standing:
    """A feature's first-place loves and let-downs ("most" included), raw and weighted."""

    feature: int
    first_loves: int
    let_downs: int
    weighted_first_loves: Decimal
    weighted_let_downs: Decimal


def standings(header: Header, sums: Sums) -> list[Standing]:
    """Count what the bucket goes by, features in the order of the header; exactly."""
    votes, weight = sums.verdicts.sum(axis=0), sums.weight.sum(axis=0)
    return [
        Standing(feature.id, int(loves), int(downs), _exact(weighted_loves), _exact(weighted_downs))
        for feature, loves, downs, weighted_loves, weighted_downs in zip(
            header.features,
            votes[:, LOVED_MOST],
            votes[:, : LET_DOWN + 1].sum(axis=1),
            weight[:, LOVED_MOST],
            weight[:, : LET_DOWN + 1].sum(axis=1),
            strict=True,
        )
    ]


def bucket(header: Header, rows: Sequence[Standing], ballots: int) -> tuple[int, ...]:
    """Features that hold the bucket: one, several that tie, or none (too few ballots, no love)."""
    loved = [row for row in rows if row.first_loves]
    if ballots < header.settings.bucket_ballots or not loved:
        return ()
    best = max(_merit(row) for row in loved)
    return tuple(row.feature for row in loved if _merit(row) == best)


def _merit(row: Standing) -> tuple[Decimal, Decimal]:
    return row.weighted_first_loves, -row.weighted_let_downs


def _exact(sum_of_weights: np.int64) -> Decimal:
    return Decimal(int(sum_of_weights)) / WEIGHT_ONE
