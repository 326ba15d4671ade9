"""What an award is computed from: ballots, features, engineers, credits and settings."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

import numpy as np

Row = TypeVar("Row")

# The four verdicts, worst first; an array of verdicts holds positions in this tuple.
VERDICTS = ("let_down_most", "let_down", "loved", "loved_most")
LET_DOWN_MOST, LET_DOWN, LOVED, LOVED_MOST = range(4)

# Trust is full at this age, so the open ballots tell nothing more of an account.
FULL_TRUST_DAYS = 30
MOST_NAMED = 5
# Stands first in a cell whose "most" does not count: what follows is not promoted to it.
LEFT_OUT = 0
MOST_HOURS = 2000
MOST_JOY, MOST_SHRINKAGE = 100, 100
# What a bundle from elsewhere may ask of the machine that checks it.
MOST_ROWS, MOST_DRAWS = 2000, 20_000


class InputError(ValueError):
    """The inputs contradict each other; the message names the row."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One change of the build."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Engineer:
    """Somebody credited on the build."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Credit:
    """An engineer's share of one feature; the shares of a feature sum to 1."""

    feature: int
    engineer: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Segment:
    """A device family and its share of the build's installed base."""

    name: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class Override:
    """A discount taken back by two people: marks as in ``integrity.Block``, hour None = window."""

    first: str
    second: str
    hour: int | None
    reason: str

    def block(self) -> tuple[str, str, int]:
        """Which pair-block is meant, as something that sorts: the whole window is hour -1."""
        return self.first, self.second, -1 if self.hour is None else self.hour


@dataclass(frozen=True, slots=True)
class Settings:
    """The product's settings of the award, frozen with each award.

    ``joy`` holds the points of the four verdicts, worst first; ``shrinkage`` is λ.
    """

    joy: tuple[Decimal, Decimal, Decimal, Decimal] = (
        Decimal(0),
        Decimal(30),
        Decimal(70),
        Decimal(100),
    )
    shrinkage: Decimal = Decimal("0.5")
    co_winner_threshold: Decimal = Decimal("0.3")
    floor_votes: int = 30
    floor_share: Decimal = Decimal("0.01")
    bucket_ballots: int = 100
    draws: int = 4000

    def __post_init__(self) -> None:
        if list(self.joy) != sorted(self.joy) or not 0 <= self.joy[0] < self.joy[3] <= MOST_JOY:
            raise InputError("The four joy points must rise within 0 … 100.")
        if not 0 < self.shrinkage <= MOST_SHRINKAGE:
            raise InputError(f"The shrinkage λ must lie in (0, {MOST_SHRINKAGE}].")
        if not 0 < self.co_winner_threshold <= 1 or not 0 <= self.floor_share <= 1:
            raise InputError("The co-winner threshold and the floor are shares of 1.")
        if self.floor_votes < 1 or self.bucket_ballots < 0:
            raise InputError("The floors must not be negative.")
        if not 1 <= self.draws <= MOST_DRAWS:
            raise InputError(f"The draws must lie in 1 … {MOST_DRAWS}.")


@dataclass(frozen=True, slots=True)
class Ballot:
    """One counted ballot: ids of features in order, the first of each cell is the "most".

    ``age_days`` is clipped to 0 … 30, ``hour`` counts from the opening of the window. Verdicts
    that do not count (on one's own feature) have left the cells before; where that was a "most",
    ``LEFT_OUT`` stands in its place before the others.
    """

    pseudonym: str
    age_days: int
    hour: int
    segment: str
    loved: tuple[int, ...] = ()
    let_down: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        named = _behind_gap(self.loved) + _behind_gap(self.let_down)
        if LEFT_OUT in named:
            raise InputError(
                f"Ballot {self.pseudonym}: only a first verdict is left out, before another."
            )
        if not 0 <= self.age_days <= FULL_TRUST_DAYS:
            raise InputError(f"Ballot {self.pseudonym}: age_days is not in 0 … {FULL_TRUST_DAYS}.")
        if not 0 <= self.hour <= MOST_HOURS:
            raise InputError(f"Ballot {self.pseudonym}: hour is not in 0 … {MOST_HOURS}.")
        if len(set(named)) != len(named):
            raise InputError(f"Ballot {self.pseudonym}: a feature is named twice.")
        if max(len(self.loved), len(self.let_down)) > MOST_NAMED:
            raise InputError(f"Ballot {self.pseudonym}: a cell names more than {MOST_NAMED}.")


def _behind_gap(cell: tuple[int, ...]) -> tuple[int, ...]:
    """The verdicts of a cell without a first one that was left out."""
    return cell[1:] if len(cell) > 1 and cell[0] == LEFT_OUT else cell


@dataclass(frozen=True)
class Header:
    """Everything about the build that is not a ballot.

    ``segments`` may be empty: then all voters are one. ``staff_ballots`` and ``own_verdicts``
    count what was left out before counting. A correction names the ``corrects`` digest and why.
    Raises ``InputError`` when credits and rows do not fit together.
    """

    build: str
    published_at: str
    features: tuple[Feature, ...]
    engineers: tuple[Engineer, ...]
    credits: tuple[Credit, ...]
    code_version: str
    segments: tuple[Segment, ...] = ()
    settings: Settings = field(default_factory=Settings)
    overrides: tuple[Override, ...] = ()
    staff_ballots: int = 0
    own_verdicts: int = 0
    numpy_version: str = np.__version__
    corrects: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        # One order for every row: the order in which they were given can change nothing.
        settle = partial(object.__setattr__, self)
        settle("features", _in_order("features", self.features, lambda row: row.id))
        settle("engineers", _in_order("engineers", self.engineers, lambda row: row.id))
        settle(
            "credits", _in_order("credits", self.credits, lambda row: (row.feature, row.engineer))
        )
        settle("segments", _in_order("segments", self.segments, lambda row: row.name))
        settle("overrides", _in_order("overrides", self.overrides, Override.block))
        self._check_credits()
        if self.segments and sum(segment.share for segment in self.segments) != 1:
            raise InputError("The shares of the installed base do not sum to 1.")
        if any(segment.share < 0 for segment in self.segments):
            raise InputError("A share of the installed base is negative.")

    @property
    def overridden(self) -> frozenset[tuple[str, str, int | None]]:
        """Marks and hour of the pair-blocks that discount nothing."""
        return frozenset((row.first, row.second, row.hour) for row in self.overrides)

    def _check_credits(self) -> None:
        shares: defaultdict[int, Decimal] = defaultdict(Decimal)
        for credit in self.credits:
            if credit.share <= 0:
                raise InputError(f"Feature {credit.feature}: a credit's share is not positive.")
            shares[credit.feature] += credit.share
        if any(feature.id <= LEFT_OUT for feature in self.features):
            raise InputError("A feature's id is not positive.")
        if shares.keys() != {feature.id for feature in self.features}:
            raise InputError("The credits do not name exactly the features of the build.")
        if {credit.engineer for credit in self.credits} != {row.id for row in self.engineers}:
            raise InputError("The credits do not name exactly the engineers of the build.")
        for feature, share in shares.items():
            if share != 1:
                raise InputError(f"Feature {feature}: its shares sum to {share}, not to 1.")


def _in_order(what: str, rows: tuple[Row, ...], key: Callable[[Row], Any]) -> tuple[Row, ...]:
    if len(rows) > MOST_ROWS or len({key(row) for row in rows}) != len(rows):
        raise InputError(f"The {what} hold a row twice, or more than {MOST_ROWS} rows.")
    return tuple(sorted(rows, key=key))
