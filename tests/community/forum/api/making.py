"""The forum's API as somebody calls it."""

from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from community.forum.domain.posting import open_topic, reply
from community.forum.models import Board, Post, Topic
from community.members.models import Member
from tests.community.members.making import make_member, signed_in

JSON = "application/json"


class Caller:
    """Somebody with a session, or a visitor; sends JSON and gives (status, JSON)."""

    def __init__(self, member: Member | None = None) -> None:
        self.client = signed_in(member) if member else Client()

    def __call__(
        self, method: str, address: str, sent: Any = None, **headers: str
    ) -> tuple[int, Any]:
        answer = self.client.generic(
            method,
            address if address.startswith("http") else f"/api/v1/{address}",
            "" if sent is None else self.client._encode_json(sent, JSON),
            JSON,
            headers=headers,
        )
        return answer.status_code, answer.json() if answer.content else None

    def get(self, address: str) -> Any:
        status, found = self("GET", address)
        assert status == 200, found
        return found


def a_topic(author: Member | None = None, board: str = "chat", **fields: Any) -> Topic:
    """A topic that was opened just now: it may still be edited and taken back."""
    given = {"title": "标题", "body": "一", "at": timezone.now()} | fields
    return open_topic(board=Board.objects.get(slug=board), author=author or make_member(), **given)


def a_reply(
    topic: Topic, author: Member | None = None, body: str = "二", at: datetime | None = None
) -> Post:
    return reply(
        topic=topic,
        author=author or make_member(),
        body=body,
        submission_key=None,
        at=at or timezone.now(),
    )
