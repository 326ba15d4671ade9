"""What verdicts are worth: the room that judges builds says so, and a report agrees with it.

It registers in its AppConfig.ready()::

    worth.register(joy_of_build)
"""

from collections.abc import Callable, Sequence

from community.builds.models import Build
from feedback.reports.domain.joy import POINTS

Judge = Callable[[Build], Sequence[float]]

_judges: list[Judge] = []


def register(judge: Judge) -> None:
    """Count joy by the points that a judge goes by on each build, best first."""
    _judges.append(judge)


def points_of(build: Build) -> tuple[float, ...]:
    """Joy of loved_most, loved, let_down, let_down_most on a build; the usual where none judges."""
    return next((tuple(judge(build)) for judge in _judges), POINTS)
