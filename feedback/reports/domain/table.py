"""The table of features: a line with its shares, in the order the reader chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.reports.domain.content import AreaLine, FeatureLine

SORTS = ("title", "named", "loved", "let_down", "joy", "comments")


@dataclass(frozen=True)
class Row:
    """A feature or an area with its verdicts taken together cell by cell."""

    line: FeatureLine | AreaLine

    @property
    def loved(self) -> int:
        """Ballots that name it in cell 2."""
        return self.line["verdicts"]["loved_most"] + self.line["verdicts"]["loved"]

    @property
    def let_down(self) -> int:
        """Ballots that name it in cell 3."""
        return self.line["verdicts"]["let_down_most"] + self.line["verdicts"]["let_down"]

    @property
    def loved_share(self) -> float:
        return self.loved / self.line["named"] if self.line["named"] else 0.0

    @property
    def let_down_share(self) -> float:
        return self.let_down / self.line["named"] if self.line["named"] else 0.0


@dataclass(frozen=True)
class FeatureRow(Row):
    """A feature as the table shows it."""

    line: FeatureLine

    @property
    def names(self) -> list[str]:
        return [engineer["name"] for engineer in self.line["engineers"]]

    def key(self, by: str) -> tuple[str, float]:
        """What it is sorted by, for one of ``SORTS``."""
        line = self.line
        numbers = {
            "named": line["named"],
            "loved": self.loved_share,
            "let_down": self.let_down_share,
            "joy": line["joy"]["value"] if line["joy"] else 0.0,
            "comments": line["comments"],
        }
        return line["title"].casefold() if by == "title" else "", numbers.get(by, 0.0)


def feature_rows(lines: Sequence[FeatureLine], sort: str = "") -> list[FeatureRow]:
    """Rows by one of ``SORTS``, downwards after a "-"; by default the most named first.

    Features nobody named come last in any order.
    """
    by = sort.removeprefix("-")
    if by not in SORTS:
        sort, by = "-named", "named"
    rows = [FeatureRow(line) for line in lines]
    rows.sort(key=lambda row: row.key(by), reverse=sort.startswith("-"))
    rows.sort(key=lambda row: not row.line["named"])
    return rows


def worst(lines: Sequence[FeatureLine], number: int) -> list[FeatureRow]:
    """The features that let most people down."""
    rows = sorted((FeatureRow(line) for line in lines), key=lambda row: -row.let_down)
    return [row for row in rows[:number] if row.let_down]
