"""Notices by the API: listed, counted, read, chosen."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from community.members.models import Member
from community.notices.models import Choice, Notice, PushSubscription
from tests.community.forum.api.making import Caller
from tests.community.members.making import AT, make_member, queries_for, signed_in
from tests.community.notices.making import tell
from tests.community.notices.test_push import BROWSER, SECRET

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


def test_the_list_of_browsers_costs_the_same_however_long(mei: Member) -> None:
    asked = []
    for number in range(3):
        endpoint = f"https://push.example.org/{number}"
        PushSubscription.objects.create(
            member=mei, endpoint=endpoint, public_key=b"k", secret=b"s", created_at=AT
        )
        asked.append(queries_for(signed_in(mei), reverse("api_browser_list")))
    assert asked[2] == asked[0]


def test_choices_change_what_is_named_alone(mei: Member) -> None:
    api, said = Caller(mei), {"channel": "email", "is_on": True}
    changed: dict[str, Any] = {"kind": "test.watched"} | said
    status, answer = api("PATCH", "notices/choices/", [changed, {"kind": "no.such"} | said])
    assert (status, Choice.objects.count()) == (200, 1)
    assert changed | {"can_change": True} in answer
    fixed = {"kind": "test.warning", "channel": "site", "is_on": False}
    assert fixed not in api("PATCH", "notices/choices/", [fixed])[1]
    assert api("PATCH", "notices/choices/", [{"kind": "x"}])[0] == 400


def test_quiet_hours_and_digest_change_by_what_is_named(mei: Member) -> None:
    api, address = Caller(mei), "notices/rhythm/"
    quiet = {"quiet_from": "22:30", "quiet_until": "07:00"}
    assert api("PATCH", address, quiet | {"digest": "daily"})[0] == 200
    status, told = api("PATCH", address, {"digest_hour": 6})
    assert (status, told["digest_hour"], told["digest"]) == (200, 6, "daily")
    assert quiet.items() <= told.items()
    assert told["digest_at"]
    for field, wrong in (("quiet_until", None), ("quiet_until", "22:30"), ("digest_hour", "6")):
        assert list(api("PATCH", address, {field: wrong})[1]["errors"]) == [field]


def test_a_browser_takes_pushes_until_it_is_removed(mei: Member) -> None:
    api, hao, address = Caller(mei), Caller(make_member("hao")), "notices/browsers/"
    said = {"endpoint": "https://push.example/1", "keys": {"p256dh": BROWSER, "auth": SECRET}}
    ids = {api("POST", address, said)[1]["id"] for _time in range(2)}
    (kept,) = api.get(address)["results"]
    assert (ids, kept["service"], "endpoint" in kept) == ({kept["id"]}, "push.example", False)
    swapped = {"p256dh": SECRET, "auth": BROWSER}
    assert list(api("POST", address, said | {"keys": swapped})[1]["errors"]) == ["keys"]
    assert api("POST", address, said | {"endpoint": "http://push.example/1"})[0] == 400
    assert hao("DELETE", f"{address}{kept['id']}/")[0] == 404
    assert api("DELETE", f"{address}{kept['id']}/")[0] == 204
    assert api.get(address)["results"] == []


@pytest.mark.parametrize("position", ["nonsense", "9999-12-31T23:59:59-23:59", "1" * 30, "５"])
def test_a_cursor_that_was_made_up_leads_nowhere(mei: Member, position: str) -> None:
    cursor = b64encode(urlencode({"p": position}).encode()).decode()
    assert Caller(mei)("GET", f"notices/?{urlencode({'cursor': cursor})}")[0] == 404
