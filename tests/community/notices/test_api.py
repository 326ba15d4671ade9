"""Notices by the API: listed, counted, read, chosen."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest

from community.members.models import Member
from community.notices.models import Choice, Notice
from tests.community.forum.api.making import Caller
from tests.community.members.making import make_member, queries_for, signed_in
from tests.community.notices.making import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> Member:
    return make_member("mei")


def test_notices_are_listed_counted_and_read(mei: Member) -> None:
    api, hao = Caller(mei), make_member("hao")
    tell(mei, by=hao.pk)
    tell(mei, kind="test.watched", source="/2")
    tell(hao, source="/3")
    (only,) = api.get("notices/?kind=test.reply&unread=true")["results"]
    assert (only["text"], only["url"]) == (f"{hao} answered in It hangs", "/a/1/")
    assert api("POST", f"notices/{only['id']}/read/")[0] == 204
    assert api.get("notices/unread/") == {"unread": 1}
    others = Notice.objects.exclude(member=mei).get().pk
    assert api("POST", f"notices/{others}/read/")[0] == 404
    assert api("POST", "notices/read/", {})[1] == {"unread": 0}


def test_the_list_costs_the_same_however_long(mei: Member) -> None:
    client = signed_in(mei)

    def cost(*sources: str) -> int:
        for source in sources:
            tell(mei, about=source, source=source, by=make_member().pk)
        return queries_for(client, "/api/v1/notices/")

    assert cost("/1") == cost("/2", "/3")


def test_choices_change_what_is_named_alone(mei: Member) -> None:
    api, said = Caller(mei), {"channel": "email", "is_on": True}
    changed: dict[str, Any] = {"kind": "test.watched"} | said
    status, answer = api("PATCH", "notices/choices/", [changed, {"kind": "no.such"} | said])
    assert (status, Choice.objects.count()) == (200, 1)
    assert changed | {"can_change": True} in answer
    fixed = {"kind": "test.warning", "channel": "site", "is_on": False}
    assert fixed not in api("PATCH", "notices/choices/", [fixed])[1]
    assert api("PATCH", "notices/choices/", [{"kind": "x"}])[0] == 400


@pytest.mark.parametrize("position", ["nonsense", "9999-12-31T23:59:59-23:59", "1" * 30, "５"])
def test_a_cursor_that_was_made_up_leads_nowhere(mei: Member, position: str) -> None:
    cursor = b64encode(urlencode({"p": position}).encode()).decode()
    assert Caller(mei)("GET", f"notices/?{urlencode({'cursor': cursor})}")[0] == 404
