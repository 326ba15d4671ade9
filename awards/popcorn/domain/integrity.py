"""What each ballot weighs: trust in the account × discount for coordination.

Weights are whole numbers of ``WEIGHT_ONE``-ths, so that their sums are exact and the order of the
ballots changes no bit. The discount is graded and never a deletion (CopyCatch, Beutel et al. 2013;
Buterin 2019 on pairwise bounded influence).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from .columns import Bools, Columns, Floats, Ints
from .inputs import FULL_TRUST_DAYS, Header
from .pairs import Marks

TRUST_ONE = 40  # 0.25 + 0.75 · days / 30 is a whole number of fortieths
COORDINATION_ONE = 10_000
WEIGHT_ONE = TRUST_ONE * COORDINATION_ONE

FEWEST_BALLOTS = 150
DEVIATIONS, TIMES, SURPLUS = 6, 4, 8
# Honest voters name some features together: whoever uses the one uses the other.
CORRELATED = 3
WINDOW_EXPECTED, HOUR_EXPECTED = 0.5, 0.25
HOUR_BALLOTS, HOURS = 20, 12


@dataclass(frozen=True, slots=True)
class Block:
    """Why ballots are discounted: more of them hold two marks than independent voters would.

    Marks read "loved:12" and "let_down:7"; ``hour`` is None for the whole window. ``ballots`` were
    cast there, ``together`` (O) hold both marks, ``expected`` (E) would, ``coordination`` is E/O.
    An overridden block discounts nothing.
    """

    first: str
    second: str
    hour: int | None
    ballots: int
    together: int
    expected: Decimal
    coordination: Decimal
    is_overridden: bool


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights of N ballots, in the order of the columns.

    ``trust`` counts fortieths, ``coordination`` ten-thousandths; ``reason`` is the position in
    ``blocks`` of the block that discounts the ballot, -1 for none.
    """

    trust: Ints
    coordination: Ints
    reason: Ints
    blocks: tuple[Block, ...]

    @property
    def weight(self) -> Ints:
        """Trust × coordination in ``WEIGHT_ONE``-ths."""
        return self.trust * self.coordination

    @property
    def undiscounted(self) -> Ints:
        """Trust alone in ``WEIGHT_ONE``-ths."""
        return self.trust * COORDINATION_ONE


def trust(age_days: Ints) -> Ints:
    """t = clip(0.25 + 0.75 · age / 30, 0.25, 1) in fortieths, for ages in whole days."""
    return TRUST_ONE // 4 + np.clip(age_days, 0, FULL_TRUST_DAYS)


def weigh(header: Header, columns: Columns) -> Weights:
    """Weigh every ballot (award-method §2); below 150 ballots nothing is discounted."""
    coordination = np.full(columns.ballot_count, COORDINATION_ONE)
    reason = np.full(columns.ballot_count, -1)
    blocks: tuple[Block, ...] = ()
    if columns.ballot_count >= FEWEST_BALLOTS:
        marks = Marks.of(columns)
        pairs = sorted([*_window_pairs(marks), *_hour_pairs(marks)])
        blocks = tuple(_block(header, marks, pair) for pair in pairs)
        _discount(marks, pairs, blocks, coordination, reason)
    return Weights(trust(columns.age_days), coordination, reason, blocks)


class _Pair(NamedTuple):
    """Two marks that too many ballots hold; ``hour`` is the hour's position, -1 the window."""

    first: int
    second: int
    hour: int
    ballots: int
    together: int
    expected: float


def _window_pairs(marks: Marks) -> list[_Pair]:
    ballots = len(marks.order)
    codes = np.flatnonzero(marks.together > SURPLUS)
    together = marks.together[codes]
    first, second = np.divmod(codes, marks.count)
    expected = np.maximum(_independent(marks, codes), WINDOW_EXPECTED)
    return [
        _Pair(int(first[at]), int(second[at]), -1, ballots, int(together[at]), expected[at])
        for at in np.flatnonzero(_is_flagged(together, expected))
    ]


def _independent(marks: Marks, codes: Ints) -> Floats:
    """How many ballots of the window would hold both marks if voters judged independently.

    The smaller of two estimates: ballots that name both features · p_i · p_j, p the share of those
    naming a feature that hold its mark; and three times b · c / d, with b and c ballots of one mark
    alone and d of neither. A ring adds to the ballots that hold both and so cannot raise that.
    """
    window = marks.together
    first, second = np.divmod(codes, marks.count)
    named = marks.holders.reshape(-1, 2).sum(axis=1)
    share = (marks.holders + 1) / np.repeat(named + 2, 2)
    both_named = window.reshape(len(named), 2, len(named), 2).sum(axis=(1, 3))
    first_alone = marks.holders[first] - window[codes]
    second_alone = marks.holders[second] - window[codes]
    neither = len(marks.order) - marks.holders[first] - second_alone
    expected: Floats = np.minimum(
        both_named[first // 2, second // 2] * share[first] * share[second],
        CORRELATED * first_alone * second_alone / np.maximum(neither, 1),
    )
    return expected


def _hour_pairs(marks: Marks) -> Iterator[_Pair]:
    is_busy = marks.ballots >= HOUR_BALLOTS
    if is_busy.sum() < HOURS:
        return
    hours, ballots = np.flatnonzero(is_busy), marks.ballots[is_busy]
    # What no window holds so often, no hour does.
    for codes, rows in marks.hourly(np.flatnonzero(marks.together > SURPLUS)):
        together = rows[is_busy]
        # The median alone is 0 for a rare pair, and would make a busy hour look like a crowd.
        usual = np.median(together / ballots[:, None], axis=0)
        rate = np.maximum(usual, _independent(marks, codes) / len(marks.order))
        expected = np.maximum(rate * ballots[:, None], HOUR_EXPECTED)
        for hour, pair in np.argwhere(_is_flagged(together, expected)):
            first, second = divmod(int(codes[pair]), marks.count)
            yield _Pair(
                first,
                second,
                int(hours[hour]),
                int(ballots[hour]),
                int(together[hour, pair]),
                expected[hour, pair],
            )


def _is_flagged(together: Ints, expected: Floats) -> Bools:
    surplus = together - expected
    return (
        (surplus / np.sqrt(expected + 1) > DEVIATIONS)
        & (together > TIMES * expected)
        & (surplus > SURPLUS)
    )


def _block(header: Header, marks: Marks, pair: _Pair) -> Block:
    first, second = (_mark_name(header, mark) for mark in (pair.first, pair.second))
    hour = None if pair.hour < 0 else int(marks.hours[pair.hour])
    # Never quite nothing: a discount is no deletion.
    coordination = max(1, round(COORDINATION_ONE * pair.expected / pair.together))
    return Block(
        first=first,
        second=second,
        hour=hour,
        ballots=pair.ballots,
        together=pair.together,
        expected=Decimal(f"{pair.expected:.4f}"),
        coordination=Decimal(coordination) / COORDINATION_ONE,
        is_overridden=(first, second, hour) in header.overridden,
    )


def _mark_name(header: Header, mark: int) -> str:
    return f"{('let_down', 'loved')[mark % 2]}:{header.features[mark // 2].id}"


def _discount(
    marks: Marks, pairs: list[_Pair], blocks: Sequence[Block], coordination: Ints, reason: Ints
) -> None:
    """Write each ballot's discount and reason; the smallest coordination wins."""
    holds = {mark: marks.holds(mark) for mark in {mark for pair in pairs for mark in pair[:2]}}
    mildest_first = sorted(range(len(pairs)), key=lambda at: (-blocks[at].coordination, at))
    for at in mildest_first:
        if blocks[at].is_overridden:
            continue
        pair = pairs[at]
        scope = slice(None) if pair.hour < 0 else slice(*marks.starts[pair.hour : pair.hour + 2])
        held = holds[pair.first][scope] & holds[pair.second][scope]
        ballots = marks.order[scope][held]
        coordination[ballots] = int(blocks[at].coordination * COORDINATION_ONE)
        reason[ballots] = at
