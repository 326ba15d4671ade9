"""One area through the weeks: its joy from build to build, with 90 % intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.reports.domain.composing import EVEN
from feedback.reports.domain.content import Interval

LEFT, RIGHT, TOP, BOTTOM = 34.0, 16.0, 12.0, 26.0
TICKS = (0, 25, 50, 75, 100)
# Fewer names under the axis than this many units apart would touch.
NAME_ROOM = 64.0


@dataclass(frozen=True)
class Week:
    """The area in one build."""

    name: str
    slug: str
    joy: Interval
    x: float
    y: float
    low: float
    high: float
    is_named: bool

    @property
    def tone(self) -> str:
        return "love" if self.joy["value"] >= EVEN else "letdown"


@dataclass(frozen=True)
class History:
    """A line through the weeks, the oldest on the left."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    ticks: list[tuple[int, float]]
    weeks: list[Week]

    @property
    def line(self) -> str:
        """The points of the SVG polyline."""
        return " ".join(f"{week.x:.1f},{week.y:.1f}" for week in self.weeks)


def history(
    builds: Sequence[tuple[str, str, Interval]], *, width: float = 1040.0, height: float = 260.0
) -> History:
    """Lay out (version, slug, joy), the oldest build first."""
    right, bottom = width - RIGHT, height - BOTTOM

    def up(joy: float) -> float:
        return round(bottom - joy / 100 * (bottom - TOP), 1)

    step = (right - LEFT) / max(len(builds) - 1, 1)
    every = max(1, round(NAME_ROOM / step + 0.5)) if len(builds) > 1 else 1
    weeks = [
        Week(
            name,
            slug,
            joy,
            x=round(LEFT + n * step if len(builds) > 1 else (LEFT + right) / 2, 1),
            y=up(joy["value"]),
            low=up(joy["low"]),
            high=up(joy["high"]),
            # Counted from the latest, which must have its name.
            is_named=(len(builds) - 1 - n) % every == 0,
        )
        for n, (name, slug, joy) in enumerate(builds)
    ]
    return History(width, height, LEFT, right, bottom, [(t, up(t)) for t in TICKS], weeks)
