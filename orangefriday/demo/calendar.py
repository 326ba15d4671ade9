"""When the demo's builds went out, whatever day it is started on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
# A window that closes sooner than this after the start would be no demo of voting.
LEAST_OPEN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Release days, oldest first; the ballots of the open build close at ``closes_at``.

    ``moved`` says that the close is later than the calendar has it: from Wednesday to Friday no
    window would be open, so the demo's manager has moved the edge.
    """

    awarded: tuple[date, ...]
    open: date
    due: date
    closes_at: datetime
    moved: bool


def weeks(at: datetime, count: int) -> Weeks:
    """The demo's weeks as seen at a moment: ``count`` awarded builds, one open, one due."""
    here = at.astimezone(SHANGHAI)
    friday = here.date() - timedelta(days=(here.weekday() - 4) % 7)
    if datetime.combine(friday, time(17), SHANGHAI) > here:
        friday -= WEEK
    natural = datetime.combine(friday + timedelta(days=5), time(0), SHANGHAI)
    due = friday + WEEK
    closes_at, moved = natural, natural - here < LEAST_OPEN
    if moved:
        hour = here.replace(minute=0, second=0, microsecond=0)
        closes_at = max(datetime.combine(due, time(12), SHANGHAI), hour + LEAST_OPEN + HOUR)
        if closes_at + LEAST_OPEN > datetime.combine(due, time(17), SHANGHAI):
            due += WEEK
    awarded = tuple(friday - WEEK * n for n in range(count, 0, -1))
    return Weeks(awarded, friday, due, closes_at, moved)
