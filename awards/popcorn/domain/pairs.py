"""How many ballots hold two marks together, over the whole window and in each hour."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .columns import Bools, Columns, Ints
from .inputs import LOVED

# As many numbers are held at a time: a file from elsewhere may have any hours and features.
CELLS_AT_A_TIME = 1 << 22
BALLOTS_AT_A_TIME = 1 << 16


@dataclass(frozen=True, eq=False)
class Marks:
    """Which ballot holds which mark; mark 2f is "let down by feature f", 2f + 1 "loved f".

    Ballots stand in the order of their hours: ``order`` gives each place its ballot, and hour k
    takes the places ``starts[k]`` … ``starts[k + 1]``. A pair of marks i < j has the code
    i · ``count`` + j.
    """

    count: int
    order: Ints
    hours: Ints
    starts: Ints
    place: Ints
    mark: Ints

    @classmethod
    def of(cls, columns: Columns) -> "Marks":
        order = np.argsort(columns.hour, kind="stable")
        place_of = np.empty_like(order)
        place_of[order] = np.arange(len(order))
        hours, starts = np.unique(columns.hour[order], return_index=True)
        place = place_of[columns.ballot]
        by_place = np.argsort(place, kind="stable")
        return cls(
            count=2 * columns.feature_count,
            order=order,
            hours=hours,
            starts=np.append(starts, len(order)),
            place=place[by_place],
            mark=(2 * columns.feature + (columns.verdict >= LOVED))[by_place],
        )

    @property
    def ballots(self) -> Ints:
        """Ballots in each hour that has any."""
        return np.diff(self.starts)

    @cached_property
    def holders(self) -> Ints:
        """Ballots that hold each mark."""
        return np.bincount(self.mark, minlength=self.count)

    def holds(self, mark: int) -> Bools:
        """For each place, whether its ballot holds the mark."""
        held = np.zeros(len(self.order), dtype=bool)
        held[self.place[self.mark == mark]] = True
        return held

    @cached_property
    def together(self) -> Ints:
        """Ballots that hold both marks, by code."""
        counts = np.zeros(self.count**2, dtype=np.int64)
        for start in range(0, len(self.order), BALLOTS_AT_A_TIME):
            counts += np.bincount(
                self._codes(start, start + BALLOTS_AT_A_TIME), minlength=len(counts)
            )
        return counts

    def hourly(self, codes: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Ballots that hold both marks of each pair: a row an hour, a column a code.

        Some of the codes with their columns at a time, all in the end.
        """
        size = max(1, CELLS_AT_A_TIME // len(self.hours))
        for first in range(0, len(codes), size):
            some = codes[first : first + size]
            # Pairs that nobody asked for have a column of their own, behind the others.
            column = np.full(self.count**2, len(some))
            column[some] = np.arange(len(some))
            rows = np.zeros((len(self.hours), len(some)), dtype=np.int64)
            for hour, row in enumerate(rows):
                held = column[self._codes(*self.starts[hour : hour + 2])]
                row[:] = np.bincount(held, minlength=len(some) + 1)[:-1]
            yield some, rows

    @cached_property
    def _by_ballot(self) -> Ints:
        """Marks of each ballot in rising order, behind as many -1 as the row has to spare."""
        sizes = np.bincount(self.place, minlength=len(self.order))
        column = np.arange(len(self.place)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        marks = np.full((len(sizes), sizes.max(initial=0)), -1)
        marks[self.place, column] = self.mark
        return np.sort(marks, axis=1)

    def _codes(self, start: int, end: int) -> Ints:
        """The pairs that ballots hold, from one place up to another."""
        marks = self._by_ballot[start:end]
        left, right = np.triu_indices(marks.shape[1], k=1)
        first, second = marks[:, left], marks[:, right]
        codes: Ints = (first * self.count + second)[first >= 0]
        return codes
