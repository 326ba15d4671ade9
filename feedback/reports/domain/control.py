"""Whether an area moved by more than its usual ups and downs: a control chart over builds.

The share of those who named an area that it let down, build by build, with limits three standard
errors from the usual share. A plain p chart has only the luck of the draw in its limits, and of
thousands of ballots everything is then "out"; this one widens them by how much the area sways
anyway (p′ chart: D. B. Laney, Improved control charts for attributes, Quality Engineering 14(4),
2002). Eight in a row on one side is a shift even inside the limits (L. S. Nelson, Journal of
Quality Technology 16(4), 1984).
"""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from feedback.reports.domain.content import AreaLine, Control, ControlPoint, Signal

# With fewer builds before, nobody knows what is usual.
FEWEST_BUILDS = 6
SIGMAS = 3
# Mean of the difference of two standard normal draws.
MEAN_RANGE = 1.128
IN_A_ROW = 8


class Week(NamedTuple):
    """How many named an area on one build, and how many of them it let down."""

    build: str
    slug: str
    named: int
    let_down: int


def week(build: str, slug: str, line: AreaLine) -> Week:
    """An area's line as the chart counts it."""
    verdicts = line["verdicts"]
    return Week(build, slug, line["named"], verdicts["let_down"] + verdicts["let_down_most"])


def control(area: str, weeks: Sequence[Week]) -> Control:
    """Judge the last week by those before it; weeks in order, each named at least once."""
    before = weeks[:-1]
    usual, sway = _usual(before) if len(before) >= FEWEST_BUILDS else (None, 1.0)
    points = [_point(one, usual, sway) for one in weeks]
    return Control(
        area=area,
        usual=None if usual is None else round(usual, 4),
        signal="early" if usual is None else _signal(points, usual),
        points=points,
    )


def _usual(weeks: Sequence[Week]) -> tuple[float, float]:
    """The share of all weeks together, and how much wider than chance they sway, at least 1."""
    named = sum(one.named for one in weeks)
    # As if one more had said yes and one no, so that a share of nothing has limits too.
    share = (sum(one.let_down for one in weeks) + 1) / (named + 2)
    z = [(one.let_down / one.named - share) / _error(share, one.named) for one in weeks]
    moves = [abs(after - before) for before, after in pairwise(z)]
    return share, max(sum(moves) / len(moves) / MEAN_RANGE, 1.0)


def _error(share: float, named: int) -> float:
    return sqrt(share * (1 - share) / named)


def _point(one: Week, usual: float | None, sway: float) -> ControlPoint:
    share = one.let_down / one.named
    reach = None if usual is None else SIGMAS * sway * _error(usual, one.named)
    return ControlPoint(
        build=one.build,
        slug=one.slug,
        named=one.named,
        share=round(share, 4),
        low=None if usual is None or reach is None else round(max(usual - reach, 0), 4),
        high=None if usual is None or reach is None else round(min(usual + reach, 1), 4),
    )


def is_beyond(point: ControlPoint) -> bool:
    """Whether a build lies outside its limits."""
    low, high = point["low"], point["high"]
    return low is not None and high is not None and not low <= point["share"] <= high


def _signal(points: Sequence[ControlPoint], usual: float) -> Signal:
    last = points[-1]
    if is_beyond(last):
        return "worse" if last["share"] > usual else "better"
    row = [point["share"] for point in points[-IN_A_ROW:]]
    if len(row) == IN_A_ROW and min(row) > usual:
        return "drifts_worse"
    if len(row) == IN_A_ROW and max(row) < usual:
        return "drifts_better"
    return "steady"
