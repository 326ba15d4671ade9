"""All that judging needs of the ballots: their verdicts added up by segment and feature."""

from dataclasses import dataclass

import numpy as np

from .columns import Columns, Ints
from .inputs import VERDICTS


@dataclass(frozen=True, eq=False)
class Sums:
    """What the voters of H segments say of F features.

    ``ballots`` H, those without any verdict included; H×F×4 each: ``verdicts`` counts them,
    ``weight`` adds up whole ``WEIGHT_ONE``-ths and ``square`` their squares. Whole numbers add up
    exactly in any order; 64 bits hold the squares of 50 million ballots.
    """

    ballots: Ints
    verdicts: Ints
    weight: Ints
    square: Ints

    @classmethod
    def of(cls, columns: Columns, weight: Ints) -> "Sums":
        """``weight`` holds N whole ``WEIGHT_ONE``-ths."""
        shape = (columns.segment_count, columns.feature_count, len(VERDICTS))
        cell = np.ravel_multi_index(
            (columns.segment[columns.ballot], columns.feature, columns.verdict), shape
        )
        each = weight[columns.ballot]
        verdicts, total, square = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        np.add.at(verdicts.reshape(-1), cell, 1)
        np.add.at(total.reshape(-1), cell, each)
        np.add.at(square.reshape(-1), cell, each**2)
        ballots = np.bincount(columns.segment, minlength=columns.segment_count)
        return cls(ballots.astype(np.int64), verdicts, total, square)

    def merged(self, into: Ints, count: int) -> "Sums":
        """Segments joined: ``into`` says for each which of ``count`` it becomes."""

        def joined(rows: Ints) -> Ints:
            sums = np.zeros((count, *rows.shape[1:]), dtype=np.int64)
            np.add.at(sums, into, rows)
            return sums

        return Sums(*map(joined, (self.ballots, self.verdicts, self.weight, self.square)))
