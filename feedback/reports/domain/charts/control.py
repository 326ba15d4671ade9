"""A control chart of one area: its builds, what is usual, and the limits."""

from dataclasses import dataclass

from feedback.reports.domain.content import Control, ControlPoint
from feedback.reports.domain.control import is_beyond

LEFT, RIGHT, TOP, BOTTOM = 44.0, 12.0, 10.0, 22.0
# Fewer names under the axis than this many units apart would touch.
NAME_ROOM = 64.0
# Shares this far apart fill the height, so that chance does not look like a mountain.
LEAST_SPAN = 0.2


@dataclass(frozen=True)
class Dot:
    """The area on one build."""

    point: ControlPoint
    x: float
    y: float
    is_named: bool

    @property
    def tone(self) -> str:
        """Blue where more were let down than usual, orange where fewer."""
        if not is_beyond(self.point):
            return "faint"
        return "letdown" if self.point["share"] > (self.point["high"] or 0) else "love"


@dataclass(frozen=True)
class ControlChart:
    """Dots in a line, the oldest on the left, in the band of what is usual."""

    control: Control
    width: float
    height: float
    left: float
    right: float
    bottom: float
    ticks: list[tuple[float, float]]
    dots: list[Dot]
    # y of the usual share; the band's outline as an SVG path.
    usual: float | None
    band: str

    @property
    def line(self) -> str:
        """The points of the SVG polyline."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)


def control_chart(
    control: Control, *, width: float = 1040.0, height: float = 240.0, is_small: bool = False
) -> ControlChart:
    """Lay a control chart out; a small one has neither names nor a scale."""
    left, right, bottom = (
        (2.0, width - 6.0, height - 4.0) if is_small else (LEFT, width - RIGHT, height - BOTTOM)
    )
    low, high = _span(control)

    def up(share: float) -> float:
        top = 4.0 if is_small else TOP
        return round(bottom - (share - low) / (high - low) * (bottom - top), 1)

    points = control["points"]
    step = (right - left) / max(len(points) - 1, 1)
    every = max(1, round(NAME_ROOM / step + 0.5))
    dots = [
        Dot(
            point,
            x=round(left + n * step if len(points) > 1 else (left + right) / 2, 1),
            y=up(point["share"]),
            # Counted from the latest, which must have its name.
            is_named=(len(points) - 1 - n) % every == 0,
        )
        for n, point in enumerate(points)
    ]
    upper = [(dot.x, up(dot.point["high"])) for dot in dots if dot.point["high"] is not None]
    lower = [(dot.x, up(dot.point["low"])) for dot in dots if dot.point["low"] is not None]
    usual = control["usual"]
    return ControlChart(
        control,
        width,
        height,
        left,
        right,
        bottom,
        ticks=[(share, up(share)) for share in (low, (low + high) / 2, high)],
        dots=dots,
        usual=None if usual is None else up(usual),
        band=_outline(upper + lower[::-1]),
    )


def _span(control: Control) -> tuple[float, float]:
    """The shares at the bottom and at the top: all dots and limits, to whole twentieths."""
    seen = [
        share
        for point in control["points"]
        for share in (point["share"], point["low"], point["high"])
        if share is not None
    ]
    middle, half = (min(seen) + max(seen)) / 2, max(max(seen) - min(seen), LEAST_SPAN) / 2
    low, high = max(middle - half, 0.0), min(middle + half, 1.0)
    return int(low * 20) / 20, -(int(-high * 20 - 0.999)) / 20


def _outline(corners: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z" if corners else ""
