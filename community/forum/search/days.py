"""Days as people type them into a search: 2026-11-20, 2026年11月, 2026, today, 昨天, 7d, 2周."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from community.text.fold import fold

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_AGO = re.compile(
    r"(\d{1,4}) ?(d|days?|天|日|w|weeks?|周|星期|m|months?|个?月|y|years?|年)(?:前|内)?"
)
_DAYS = {
    "d": 1,
    "天": 1,
    "日": 1,
    "w": 7,
    "周": 7,
    "星": 7,
    "m": 30,
    "月": 30,
    "个": 30,
    "y": 365,
    "年": 365,
}
_WORDS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2}


def begin_of(text: str, now: datetime) -> datetime | None:
    """The moment a day, month or year begins in the reader's time zone; None for no day."""
    folded, today = fold(text).strip(), timezone.localdate(now)
    day = _named(folded, today) or _written(folded)
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _named(text: str, today: date) -> date | None:
    if text in _WORDS:
        return today - timedelta(days=_WORDS[text])
    if not _DATE.fullmatch(text) and (ago := _AGO.fullmatch(text)):
        return today - timedelta(days=int(ago[1]) * _DAYS[ago[2][0]])
    return None


def _written(text: str) -> date | None:
    written = _DATE.fullmatch(text)
    if not written:
        return None
    year, month, day = (int(number or 1) for number in written.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
