"""How many ballots hold two marks together, over the whole window and in each hour."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .columns import Bools, Columns, Ints
from .inputs import LOVED


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
    def together(self) -> tuple[Ints, Ints]:
        """Ballots that hold both marks, by code: in the window, and in the pair's fullest hour."""
        window = np.zeros(self.count**2, dtype=np.int64)
        fullest = np.zeros_like(window)
        for counts in self._hourly():
            window += counts
            np.maximum(fullest, counts, out=fullest)
        return window, fullest

    def hourly(self, codes: Ints) -> Ints:
        """Ballots that hold both marks of each pair: a row an hour, a column a code."""
        rows = np.zeros((len(self.hours), len(codes)), dtype=np.int64)
        for row, counts in zip(rows, self._hourly(), strict=True):
            row[:] = counts[codes]
        return rows

    @cached_property
    def _by_ballot(self) -> Ints:
        """Marks of each ballot in rising order, behind as many -1 as the row has to spare."""
        sizes = np.bincount(self.place, minlength=len(self.order))
        column = np.arange(len(self.place)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        marks = np.full((len(sizes), sizes.max(initial=0)), -1)
        marks[self.place, column] = self.mark
        return np.sort(marks, axis=1)

    def _hourly(self) -> Iterator[Ints]:
        left, right = np.triu_indices(self._by_ballot.shape[1], k=1)
        for start, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            marks = self._by_ballot[start:end]
            first, second = marks[:, left], marks[:, right]
            codes = (first * self.count + second)[first >= 0]
            yield np.bincount(codes, minlength=self.count**2)
