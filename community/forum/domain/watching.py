"""How closely members watch topics, tags and boards."""

from datetime import datetime

from community.forum.models import Topic, Watch
from community.forum.queries.watching import Watched, name_of
from community.members.models import Member


def watch(*, member: Member, what: Watched, level: Watch.Level, at: datetime) -> None:
    """Watch something as closely as this from now on; said again, what was said last holds."""
    name = name_of(what)
    Watch.objects.bulk_create(
        [Watch(member=member, level=level, changed_at=at, **{name: what})],
        update_conflicts=True,
        unique_fields=["member", name],
        update_fields=["level", "changed_at"],
    )


def track(*, member_id: int, topic: Topic, at: datetime) -> None:
    """Whoever opens a topic or replies tracks it, unless they chose how closely to watch it."""
    tracked = Watch(member_id=member_id, topic=topic, level=Watch.Level.TRACKING, changed_at=at)
    Watch.objects.bulk_create([tracked], ignore_conflicts=True)
