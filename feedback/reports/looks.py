"""How the rows of a report look: what decides between the branches of their stencils."""

from typing import NamedTuple, Self

from feedback.reports.domain.content import Control, FeatureLine, Movement, Quadrant, Signal
from feedback.reports.domain.themes.reading import Line


class FeatureLook(NamedTuple):
    """A feature's row in the table."""

    has_area: bool
    quadrant: Quadrant | None
    is_named: bool
    has_comments: bool
    movement: Movement | None
    has_usual: bool  # it is known where its joy would lie as usual

    @classmethod
    def of(cls, line: FeatureLine) -> Self:
        against = line["against"]
        return cls(
            has_area=bool(line["area"]),
            quadrant=line["quadrant"],
            is_named=bool(line["named"]),
            has_comments=bool(line["comments"]),
            movement=against["movement"] if against else None,
            has_usual=bool(against and against["low"] is not None),
        )


class MovedLook(NamedTuple):
    """An area's row in what moved."""

    signal: Signal
    has_usual: bool

    @classmethod
    def of(cls, control: Control) -> Self:
        return cls(control["signal"], has_usual=control["points"][-1]["low"] is not None)


class FactsLook(NamedTuple):
    """What is told beside a theme."""

    has_devices: bool
    has_change: bool

    @classmethod
    def of(cls, line: Line) -> Self:
        return cls(has_devices=bool(line.devices), has_change=bool(line.change))
