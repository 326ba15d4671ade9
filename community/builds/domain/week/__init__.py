"""The week of a build: draft → scheduled → published → closed → awarded, cancelled or recalled.

Every step is guarded and safe to ask for twice: it answers whether this call did it.
"""

from community.builds.domain.week.closing import close, extend, mark_awarded, recall
from community.builds.domain.week.due import Step, advance
from community.builds.domain.week.planning import (
    cancel,
    move_edge,
    move_edges,
    restore,
    schedule,
    unschedule,
)
from community.builds.domain.week.publishing import freeze, hold, publish, release

__all__ = [
    "Step",
    "advance",
    "cancel",
    "close",
    "extend",
    "freeze",
    "hold",
    "mark_awarded",
    "move_edge",
    "move_edges",
    "publish",
    "recall",
    "release",
    "restore",
    "schedule",
    "unschedule",
]
