"""Members for tests, made through the domain."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.domain.accounts import create_member
from community.members.models import Member

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
PASSWORD = "correct horse battery"

_numbers = count(1)
_HAN = "甲乙丙丁戊己庚辛壬癸"


def make_member(username: str = "", **fields: Any) -> Member:
    """A member with a verified address, and whatever is given; without a password."""
    number = next(_numbers)
    username = username or f"member{number}"
    named = {
        "display_name": "米" + "".join(_HAN[int(digit)] for digit in str(number)),
        "email": f"{username}@example.org",
        "is_verified": True,
        "at": AT,
        "may_use_reserved_names": True,
    }
    return create_member(username=username, **(named | fields))


def signed_in(member: Member) -> Client:
    """A browser in which the member has signed in."""
    client = Client()
    client.force_login(member, backend="community.members.signed_in.Backend")
    return client


def queries_for(client: Client, url: str) -> int:
    """How many queries a page costs, once what the frame remembers for a moment is there."""
    return min(_queries_once(client, url) for _ in range(2))


def _queries_once(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
