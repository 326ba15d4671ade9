"""Who wins: eligibility, co-winners, hidden kernels and the order of the ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .columns import Bools, Floats, Ints
from .inputs import Header
from .score import credit_rows

Number = TypeVar("Number", np.int64, np.float64)

# A hidden kernel would stand on the podium, and is not known to a handful alone: the totals an
# engineer may see need five voters.
PODIUM = 3
KERNEL_VOTES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """One engineer's row of the ranking; ``place`` is None when not eligible.

    ``score`` is PopScore, 0 … 100, with its 90 % interval ``score_low`` … ``score_high``.
    ``p_best`` is the probability of the highest score of all, ``p_best_eligible`` among the
    eligible (0 for others), ``p_reaches_winner`` that of at least the winner's (0 without one).
    ``place_low`` … ``place_high`` is the 90 % interval of the place among the eligible, for the
    others the place they would have. ``effective_votes`` is Σ share · n_eff.
    """

    engineer: int
    place: int | None
    is_winner: bool
    is_hidden_kernel: bool
    score: Decimal
    score_low: Decimal
    score_high: Decimal
    p_best: Decimal
    p_best_eligible: Decimal
    p_reaches_winner: Decimal
    place_low: int
    place_high: int
    effective_votes: Decimal


def rank(
    header: Header,
    *,
    scores: Floats,
    drawn: Floats,
    votes: Floats,
    mean_joy: float,
    ballots: int,
) -> tuple[Place, ...]:
    """Rank the engineers (award-method §3, steps 7 to 9), best first.

    ``scores`` E, ``drawn`` E×D posterior draws of them, ``votes`` F effective votes, ``ballots``
    how many were counted, ``mean_joy`` J̄. The eligible come first, then the others.
    """
    merits = _merits(header, scores, drawn, votes, ballots)
    order = sorted(range(len(merits)), key=merits.__getitem__, reverse=True)
    # Equal merits share the place of the first of them.
    place = {merits[at]: number for number, at in reversed(list(enumerate(order, start=1)))}
    is_eligible = np.array([merit.is_eligible for merit in merits], dtype=np.bool_)
    kernels = _hidden_kernels(merits, decimal(mean_joy))
    certainty = _certainty(drawn, is_eligible, order)
    threshold = header.settings.co_winner_threshold
    return tuple(
        Place(
            engineer=header.engineers[at].id,
            place=place[merits[at]] if is_eligible[at] else None,
            is_winner=bool(is_eligible[at])
            and (place[merits[at]] == 1 or certainty[at].p_reaches_winner >= threshold),
            is_hidden_kernel=merits[at] in kernels,
            score=merits[at].score,
            p_best=merits[at].p_best,
            effective_votes=merits[at].votes,
            **certainty[at]._asdict(),
        )
        for at in order
    )


class _Merit(NamedTuple):
    """What the order goes by, in this order."""

    is_eligible: bool
    score: Decimal
    p_best: Decimal
    votes: Decimal


class _Certainty(NamedTuple):
    """What the draws say of one engineer; named as in ``Place``."""

    score_low: Decimal
    score_high: Decimal
    place_low: int
    place_high: int
    p_best_eligible: Decimal
    p_reaches_winner: Decimal


def _merits(
    header: Header, scores: Floats, drawn: Floats, votes: Floats, ballots: int
) -> list[_Merit]:
    floor = max(Decimal(header.settings.floor_votes), header.settings.floor_share * ballots)
    return [
        _Merit(total >= floor, decimal(score), decimal(p_best, 5), total)
        for score, p_best, total in zip(
            scores, _p_best(drawn), effective_votes(header, votes), strict=True
        )
    ]


def _certainty(drawn: Floats, is_eligible: Bools, order: Sequence[int]) -> list[_Certainty]:
    p_best_eligible = np.zeros(len(drawn))
    p_best_eligible[is_eligible] = _p_best(drawn[is_eligible])
    reaches = np.zeros(len(drawn))
    if is_eligible.any():
        reaches = (drawn >= drawn[order[0]]).mean(axis=1)
    bands = (*interval(drawn), *interval(_places(drawn, is_eligible)))
    return [
        _Certainty(
            decimal(low), decimal(high), int(first), int(last), decimal(best, 5), decimal(reach, 5)
        )
        for low, high, first, last, best, reach in zip(
            *bands, p_best_eligible, reaches, strict=True
        )
    ]


def _hidden_kernels(merits: Sequence[_Merit], mean_joy: Decimal) -> set[_Merit]:
    """Above the average, not eligible, and yet one of the three highest known scores."""
    known = [merit for merit in merits if merit.is_eligible or merit.votes >= KERNEL_VOTES]
    podium = sorted((merit.score for merit in known), reverse=True)[:PODIUM]
    return {
        merit
        for merit in known
        if not merit.is_eligible and merit.score in podium and merit.score > mean_joy
    }


def effective_votes(header: Header, votes: Floats) -> list[Decimal]:
    """Effective votes on each engineer's work, Σ_f share · n_f."""
    totals = [0.0] * len(header.engineers)
    for engineer, feature, share in credit_rows(header):
        totals[engineer] += share * float(votes[feature])
    return [decimal(total) for total in totals]


def decimal(number: float, places: int = 4) -> Decimal:
    """Round to fixed decimals, so that the last bits of a machine never show."""
    return Decimal(f"{number:.{places}f}")


def _p_best(drawn: Floats) -> Floats:
    """Share of the draws in which each has the highest score; a tie is shared out."""
    if not len(drawn):
        return np.zeros(0)
    is_best = drawn == drawn.max(axis=0)
    shares: Floats = is_best / is_best.sum(axis=0)
    means: Floats = shares.mean(axis=1)
    return means


def _places(drawn: Floats, is_eligible: Bools) -> Ints:
    """In each draw, one more than the eligible who score higher, E×D."""
    places, eligible = np.ones(drawn.shape, dtype=np.int64), drawn[is_eligible]
    for engineer, row in enumerate(drawn):
        places[engineer] += (eligible > row).sum(axis=0)
    return places


def interval(drawn: NDArray[Number]) -> tuple[NDArray[Number], NDArray[Number]]:
    """The middle 90 % of the draws, as draws that occurred."""
    ordered = np.sort(drawn, axis=1)
    draws = drawn.shape[1]
    return ordered[:, -(-draws // 20) - 1], ordered[:, -(-19 * draws // 20) - 1]
