"""On which days the demo's members came, and what they looked for in vain."""

from datetime import datetime, timedelta

from django.db import connection

from community.forum.domain import misses
from community.members.domain import active_days

DAYS = 84
# Of a hundred members how many come, Monday to Sunday: the release is on Friday evening.
LIKELY = (9, 11, 6, 7, 16, 22, 14)
_COME = """
INSERT INTO members_activeday (member_id, active_on)
SELECT m.id, day::date
  FROM generate_series(%s::date, %s::date, '1 day') AS day, members_member m
 WHERE m.date_joined::date <= day::date
   -- The same members on the same days, however often the demo is loaded.
   AND abs(hashtext(m.username || day::date)) %% 100
       < (%s::integer[])[extract(isodow FROM day)::integer]
    OR m.last_login::date = day::date
ON CONFLICT DO NOTHING
"""
MISSED = (
    ("双卡双待 切换", 14), ("wallpaper engine", 9), ("方言语音包", 8), ("dual clock weidget", 6),
    ("侧边栏 计算器", 5), ("NFC 门禁 加密卡", 4), ("landscape keyboard split", 3), ("全局自由窗", 3),
)  # fmt: skip


def come(*, at: datetime) -> None:
    """Note who came in the last weeks, and count the days that are over."""
    today = active_days.day_of(at)
    with connection.cursor() as cursor:
        cursor.execute(_COME, [today - timedelta(days=DAYS - 1), today, list(LIKELY)])
    active_days.count_days(at=at)
    for n, (question, times) in enumerate(MISSED):
        for back in range(times):
            misses.record(question=question, on=today - timedelta(days=(back * 5 + n) % 27))
