"""The ballots of an award added up by device family: computed once, kept with the award."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from awards.popcorn.domain.columns import Columns, Ints
from awards.popcorn.domain.inputs import VERDICTS, Header
from awards.popcorn.domain.integrity import Weights
from awards.popcorn.domain.result import both_sums
from awards.popcorn.domain.sums import Sums
from awards.popcorn.models import Award, AwardSums


@dataclass(frozen=True, eq=False)
class ByFamily:
    """Sums with a segment for each family as voters have it, none folded into "other".

    ``undiscounted`` is the same object where nothing was discounted.
    """

    families: tuple[str, ...]
    sums: Sums
    undiscounted: Sums

    @property
    def ballots(self) -> dict[str, int]:
        """How many voters each family has."""
        return dict(zip(self.families, self.sums.ballots.tolist(), strict=True))


def by_family(families: Sequence[str], columns: Columns, weights: Weights) -> ByFamily:
    """``families`` are those of the columns' ballots, in their order."""
    order = {family: at for at, family in enumerate(sorted({*families}) or [""])}
    segment = np.array([order[family] for family in families], dtype=np.int64)
    laid_out = replace(columns, segment_count=len(order), segment=segment)
    return ByFamily(tuple(order), *both_sums(laid_out, weights))


def keep(award: Award, header: Header, voters: ByFamily) -> None:
    """Keep the sums with their award; the second time, nothing is done."""
    sums, undiscounted = voters.sums, voters.undiscounted
    row = AwardSums(
        award=award,
        families=list(voters.families),
        features=[feature.id for feature in header.features],
        ballots=sums.ballots.tolist(),
        verdicts=_flat(sums.verdicts),
        weight=_flat(sums.weight),
        square=_flat(sums.square),
        undiscounted_weight=_flat(undiscounted.weight),
        undiscounted_square=_flat(undiscounted.square),
    )
    AwardSums.objects.bulk_create([row], ignore_conflicts=True)


def kept_by(award: Award, header: Header) -> ByFamily | None:
    """What an award keeps; None when it keeps nothing, or other features than the build has."""
    row: AwardSums | None = getattr(award, "sums", None)
    if row is None or row.features != [feature.id for feature in header.features]:
        return None
    shape = (len(row.families), len(row.features), len(VERDICTS))
    ballots = np.array(row.ballots, dtype=np.int64)
    verdicts, weight, square, plain_weight, plain_square = (
        np.array(numbers, dtype=np.int64).reshape(shape)
        for numbers in (
            row.verdicts,
            row.weight,
            row.square,
            row.undiscounted_weight,
            row.undiscounted_square,
        )
    )
    sums = Sums(ballots, verdicts, weight, square)
    is_plain = row.weight == row.undiscounted_weight
    undiscounted = sums if is_plain else Sums(ballots, verdicts, plain_weight, plain_square)
    return ByFamily(tuple(row.families), sums, undiscounted)


def _flat(sums: Ints) -> list[int]:
    flat: list[int] = sums.reshape(-1).tolist()
    return flat
