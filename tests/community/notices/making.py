"""Members who are told things."""

from datetime import UTC, datetime, timedelta
from typing import Any

from community.members.models import Member
from community.notices.domain import telling

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def tell(*members: Member, source: str = "/a/1/", at: datetime = NOW, **changed: Any) -> int:
    said: dict[str, Any] = {
        "kind": "test.reply",
        "about": "topic:1",
        "url": source,
        "words": {"title": "It hangs"},
        "by": None,
    }
    ids = [member.pk for member in members]
    return telling.tell(members=ids, at=at, **said | changed)
