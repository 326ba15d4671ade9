"""Oneself by the API: profile, privacy, preferences, devices; and what others get to see."""

from base64 import b64encode
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.members.domain.relations import relate
from community.members.models import DataDownload, Device, Member, Relation
from tests.community.forum.api.making import Caller
from tests.community.members.making import AT, make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> Member:
    return make_member("mei", display_name="小米粉")


def test_what_is_not_named_stays(mei: Member) -> None:
    api, hao = Caller(mei), make_member("hao")
    assert api("PATCH", "profile/", {"region": "北京", "about": "**你好**"})[0] == 200
    told = api("PATCH", "profile/", {"signature": "_x_"})[1]
    assert (told["display_name"], told["region"], told["about"]) == ("小米粉", "北京", "**你好**")
    for wrong in (hao.display_name, "x", "a\u200bb"):
        status, problem = api("PATCH", "profile/", {"display_name": wrong})
        assert (status, list(problem["errors"])) == (400, ["display_name"])
    assert api("PATCH", "privacy/", {"is_ranked": False})[1]["region_seen_by"] == "everybody"
    assert api("PATCH", "privacy/", {"written_to_by": "everybody"})[0] == 400
    zone = {"time_zone": "Asia/Tokyo"}
    assert api("PATCH", "preferences/", zone)[1] == zone | {"language": ""}
    assert api("PATCH", "preferences/", {"time_zone": "Mars/Olympus"})[0] == 400


def test_a_profile_shows_what_its_member_shows(mei: Member) -> None:
    Member.objects.filter(pk=mei.pk).update(region="北京", region_seen_by="followed")
    hao, stranger = make_member("hao"), make_member()
    relate(member=mei, other=hao, kind=Relation.Kind.FOLLOWS, at=AT)
    seen = {who: Caller(who).get("members/Mei/")["region"] for who in (None, stranger, hao, mei)}
    assert seen == {None: "", stranger: "", hao: "北京", mei: "北京"}
    assert [row["username"] for row in Caller().get("members/?initial=x")["results"]] == ["mei"]
    assert Caller().get("members/?region=北京")["results"] == []
    Member.objects.filter(pk=mei.pk).update(is_active=False)
    assert Caller()("GET", "members/mei/")[0] == 404


def test_devices_are_added_led_and_removed(mei: Member) -> None:
    api, hao = Caller(mei), Caller(make_member("hao"))
    key = b64encode(b"1" * 32).decode()
    status, first = api("POST", "devices/", {"family": "Fold 2", "public_key": key})
    assert (status, first["is_main"]) == (201, True)
    assert (
        hao("POST", "devices/", {"family": "Fold 2", "public_key": key})[1]["code"] == "key_taken"
    )
    assert api("POST", "devices/", {"family": "Fold 2", "public_key": "x"})[0] == 400
    other = b64encode(b"2" * 32).decode()
    second = api("POST", "devices/", {"family": "One", "public_key": other})[1]["id"]
    assert hao("PUT", f"devices/{second}/main/")[0] == 404
    assert api("PUT", f"devices/{second}/main/")[0] == 204
    assert hao("DELETE", f"devices/{second}/")[0] == 404
    assert api("DELETE", f"devices/{second}/")[0] == 204
    assert Device.objects.get().is_main


def test_the_list_of_members_costs_the_same_however_long(mei: Member) -> None:
    client = signed_in(mei)
    with_one = queries_for(client, "/api/v1/members/")
    make_member(), make_member()
    assert queries_for(client, "/api/v1/members/") == with_one


def test_what_is_ones_own_costs_the_same_however_long(mei: Member) -> None:
    client, asked, now = signed_in(mei), [], timezone.now()
    names = ("api_device_list", "api_download_list", "members:data")
    for number in range(3):
        key = bytes([number]) * 32
        Device.objects.create(member=mei, family="One", public_key=key, added_at=AT)
        DataDownload.objects.create(
            member=mei,
            asked_at=now,
            made_at=now,
            expires_at=now + timedelta(days=1),
            file_name=f"downloads/{number}.zip",
        )
        asked.append([queries_for(client, reverse(name)) for name in names])
    assert asked[2] == asked[0]
