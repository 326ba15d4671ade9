"""The feature map: how many named a feature (up) against let-down or love (across)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from feedback.reports.domain.charts.labels import GAP, LINE, Box, Label, place, width
from feedback.reports.domain.composing import EVEN
from feedback.reports.domain.content import FeatureLine, Interval, Quadrant

RADIUS = 7.0
TICKS = (1, 2, 5)
MOST_TICKS = 6
MARGIN_LEFT, MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM = 46.0, 10.0, 12.0, 30.0


@dataclass(frozen=True)
class Point:
    """One feature: its dot, its interval from ``low`` to ``high``, its label if there is room."""

    line: FeatureLine
    joy: Interval
    x: float
    y: float
    low: float
    high: float
    label: Label | None

    @property
    def tone(self) -> str:
        return "love" if self.joy["value"] >= EVEN else "letdown"


@dataclass(frozen=True)
class Corner:
    """The name of a quadrant, written in its outer corner."""

    quadrant: Quadrant
    x: float
    y: float
    is_right: bool


@dataclass(frozen=True)
class FeatureMap:
    """The map of everything that was named."""

    width: float
    height: float
    plot: Box
    even: float
    # The height of the middle feature: above it are the many.
    many: float
    # Number and height.
    ticks: list[tuple[int, float]]
    corners: list[Corner]
    points: list[Point]
    # Features nobody named are not on the map.
    left_out: int

    @property
    def below(self) -> float:
        """The base line of the words under the map."""
        return self.plot.bottom + LINE + 4


def feature_map(
    lines: Sequence[FeatureLine],
    names: dict[Quadrant, str],
    *,
    width: float = 640.0,
    height: float = 430.0,
) -> FeatureMap | None:
    """Lay out the map, the most named features getting their labels first.

    ``names`` are the quadrants in the reader's language: labels keep clear of them. None when
    nothing was named.
    """
    named = sorted((line for line in lines if line["joy"]), key=lambda line: -line["named"])
    if not named:
        return None
    plot = Box(MARGIN_LEFT, MARGIN_TOP, width - MARGIN_RIGHT, height - MARGIN_BOTTOM)
    scale = _Scale(plot, [line["named"] for line in named])
    corners = _corners(plot)
    return FeatureMap(
        width=width,
        height=height,
        plot=plot,
        even=scale.across(EVEN),
        many=scale.up(_middle(named)),
        ticks=scale.ticks(),
        corners=corners,
        points=_points(named, scale, plot, [_corner_box(c, names[c.quadrant]) for c in corners]),
        left_out=len(lines) - len(named),
    )


class _Scale:
    """From joy and reach to places in the plot; reach is logarithmic."""

    def __init__(self, plot: Box, reaches: Sequence[int]) -> None:
        self.plot = plot
        # A little room, so that no dot sits on the frame and the corners' names stay free.
        self.bottom = log10(min(reaches)) - 0.12
        self.top = log10(max(reaches)) + 0.12
        self.lowest, self.highest = min(reaches), max(reaches)

    def across(self, joy: float) -> float:
        inside = self.plot.right - self.plot.left - 2 * RADIUS
        return round(self.plot.left + RADIUS + joy / 100 * inside, 1)

    def up(self, reach: float) -> float:
        share = (log10(reach) - self.bottom) / (self.top - self.bottom)
        room = LINE + GAP
        inside = self.plot.bottom - self.plot.top - 2 * room
        return round(self.plot.bottom - room - share * inside, 1)

    def ticks(self) -> list[tuple[int, float]]:
        powers = range(floor(log10(self.lowest)), ceil(log10(self.highest)) + 1)
        for steps in (TICKS, (1, 5), (1,)):
            numbers = [step * 10**power for power in powers for step in steps]
            inside = [n for n in numbers if self.lowest <= n <= self.highest]
            if len(inside) <= MOST_TICKS:
                break
        return [(n, self.up(n)) for n in inside or [self.lowest]]


def _middle(named: Sequence[FeatureLine]) -> float:
    """The least reach that counts as many."""
    many = [line["named"] for line in named if line["quadrant"] in {"loved_by_many", "hurts_many"}]
    return min(many)


def _corners(plot: Box) -> list[Corner]:
    top, bottom = plot.top + LINE, plot.bottom - GAP
    left, right = plot.left + GAP, plot.right - GAP
    return [
        Corner("hurts_many", left, top, is_right=False),
        Corner("loved_by_many", right, top, is_right=True),
        Corner("hurts_few", left, bottom, is_right=False),
        Corner("hidden_gem", right, bottom, is_right=True),
    ]


def _corner_box(corner: Corner, name: str) -> Box:
    long = width(name)
    left = corner.x - long if corner.is_right else corner.x
    return Box(left, corner.y - LINE, left + long, corner.y + GAP / 2)


def _points(
    named: Sequence[FeatureLine], scale: _Scale, plot: Box, taken: list[Box]
) -> list[Point]:
    spots = []
    for line in named:
        assert line["joy"]  # noqa: S101 - the others are left out
        joy = line["joy"]
        x, y = scale.across(joy["value"]), scale.up(line["named"])
        low, high = scale.across(joy["low"]), scale.across(joy["high"])
        spots.append((line, joy, x, y, low, high))
        taken.append(Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS))
        taken.append(Box(low, y - 2, high, y + 2))
    titles = [(line["title"], x, y) for line, _, x, y, _, _ in spots]
    labels = place(titles, frame=plot, taken=taken)
    return [
        Point(line, joy, x, y, low, high, label)
        for (line, joy, x, y, low, high), label in zip(spots, labels, strict=True)
    ]
