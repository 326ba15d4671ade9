"""How often somebody may ask for what costs work and changes nothing."""

from datetime import datetime

from django.core.cache import caches

PREVIEWS_A_MINUTE = 90


def may_preview(member_id: int, at: datetime) -> bool:
    """A brake in each process's memory: typing is never stopped, a machine soon."""
    counts = caches["moments"]
    key = f"forum-previews:{member_id}:{at:%H%M}"
    count = int(counts.get(key, 0)) + 1
    counts.set(key, count, timeout=60)
    return count <= PREVIEWS_A_MINUTE
