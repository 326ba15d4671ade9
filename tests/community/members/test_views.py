"""Pages of members: what everybody sees, and what only the member may touch."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from community.forum.domain.posting import open_topic
from community.forum.models import Board
from community.members import panels
from community.members.domain.devices import add_device, new_key_pair
from community.members.domain.tokens import create_token
from community.members.models import ApiToken, Device, Member
from tests.community.members.making import AT, make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db
PROFILE = {"display_name": "小红", "region": "深圳", "about": "**相机党**", "signature": "米粉"}


def html(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def add_devices(member: Member, count: int) -> None:
    for number in range(count):
        key, _private = new_key_pair()
        add_device(member=member, family=f"Mi {number}", public_key=key, at=AT)


def add_tokens(member: Member, count: int) -> None:
    for number in range(count):
        create_token(
            member=member,
            name=f"script {number}",
            scopes=["read"],
            expires_at=AT + timedelta(days=3650),
            at=AT,
        )


def add_topics(member: Member, count: int) -> None:
    board = Board.objects.get(slug="chat")
    for number in range(count):
        at = AT + timedelta(hours=number)
        open_topic(board=board, title=f"Topic {number}", body="x", author=member, at=at)


# --- the profile ------------------------------------------------------------------------------
def test_a_profile_shows_what_its_member_says(client: Client) -> None:
    member = make_member("ada", display_name="小明")
    Member.objects.update(about="**相机党** <script>x</script>", region="深圳", level=3)
    add_devices(member, 1)
    add_topics(member, 1)
    page = html(client, "members:profile", "ada")
    for shown in ("小明", "深圳", "level 3", "<strong>相机党</strong>", "Mi 0", "Topic 0", "2026"):
        assert shown in page
    assert "<script>x" not in page
    assert "example.org" not in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_profile_in_both_languages(client: Client, language: str) -> None:
    make_member("ada")
    client.cookies["django_language"] = language
    assert f'<html lang="{language}"' in html(client, "members:profile", "ada")


def test_devices_are_shown_only_where_the_member_wants(client: Client) -> None:
    add_devices(make_member("ada"), 1)
    Member.objects.update(devices_seen_by="nobody")
    assert "Mi 0" not in html(client, "members:profile", "ada")


def test_a_closed_account_has_no_profile(client: Client) -> None:
    make_member("ada")
    Member.objects.update(is_active=False)
    assert client.get(reverse("members:profile", args=["ada"])).status_code == 404


def test_only_the_owner_is_offered_to_edit() -> None:
    member = make_member("ada")
    edit = reverse("members:settings")
    assert f'href="{edit}"' not in html(Client(), "members:profile", "ada")
    assert "Edit profile" in html(signed_in(member), "members:profile", "ada")
    assert "Edit profile" not in html(signed_in(make_member()), "members:profile", "ada")


def test_a_chinese_login_name_has_an_address(client: Client) -> None:
    make_member("小明")
    assert client.get("/members/小明/").status_code == 200


# --- settings ---------------------------------------------------------------------------------
SETTINGS = ("settings", "preferences", "devices", "tokens")


@pytest.mark.parametrize("page", SETTINGS)
def test_settings_are_for_who_is_signed_in(client: Client, page: str) -> None:
    url = reverse(f"members:{page}")
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
    answer = signed_in(make_member()).get(url)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_change_the_profile() -> None:
    member = make_member("ada", display_name="小明")
    signed_in(member).post(reverse("members:settings"), PROFILE)
    member.refresh_from_db()
    assert (member.display_name, member.name_skeleton, member.region) == ("小红", "小红", "深圳")


def test_a_taken_name_is_said_at_its_field_and_nothing_is_saved() -> None:
    make_member(display_name="小红")
    member = make_member("ada", display_name="小明")
    answer = signed_in(member).post(reverse("members:settings"), PROFILE)
    assert "display_name" in answer.context["form"].errors
    member.refresh_from_db()
    assert (member.display_name, member.region) == ("小明", "")


def test_fields_nobody_offered_change_nothing() -> None:
    member = make_member("ada")
    forged = PROFILE | {"is_superuser": "1", "is_staff": "1", "level": "5", "username": "root"}
    signed_in(member).post(reverse("members:settings"), forged)
    member.refresh_from_db()
    assert (member.is_superuser, member.is_staff, member.level) == (False, False, 0)
    assert member.username == "ada"


def test_choose_language_and_zone() -> None:
    member = make_member()
    chosen = {"language": "zh-hans", "time_zone": "America/New_York"}
    signed_in(member).post(reverse("members:preferences"), chosen)
    member.refresh_from_db()
    assert (member.language, member.time_zone) == ("zh-hans", "America/New_York")
    refused = signed_in(member).post(reverse("members:preferences"), {"time_zone": "Mars/Base"})
    assert "time_zone" in refused.context["form"].errors


# --- devices ----------------------------------------------------------------------------------
def test_a_device_without_a_key_gets_one_shown_once() -> None:
    client = signed_in(make_member())
    answer = client.post(reverse("members:devices"), {"family": "Mi 5"})
    private_key = answer.context["private_key"]
    assert private_key in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert Device.objects.get().is_main
    assert private_key not in html(client, "members:devices")


def test_a_device_with_a_key_shows_none() -> None:
    public_key, _private = new_key_pair()
    device = {"family": "Mi 5", "public_key": public_key}
    answer = signed_in(make_member()).post(reverse("members:devices"), device)
    assert answer.context["private_key"] == ""


def test_a_bad_key_and_a_used_one_are_refused_in_words() -> None:
    public_key, _private = new_key_pair()
    client = signed_in(make_member())
    client.post(reverse("members:devices"), {"family": "Mi 5", "public_key": public_key})
    for key, says in ((public_key, "Another device"), ("x", "32 bytes")):
        answer = client.post(reverse("members:devices"), {"family": "Mi 6", "public_key": key})
        assert says in answer.content.decode()
    assert Device.objects.count() == 1


def test_families_of_other_rooms_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_families", [lambda: ["Mi 6", "Mi 5"], lambda: ["Mi 5"]])
    page = html(signed_in(make_member()), "members:devices")
    assert page.index('<option value="Mi 5">') < page.index('<option value="Mi 6">')


# --- tokens -----------------------------------------------------------------------------------
def test_a_token_is_shown_once() -> None:
    client = signed_in(make_member())
    answer = client.post(
        reverse("members:tokens"), {"name": "CI", "scopes": ["read", "builds"], "days": "30"}
    )
    key = answer.context["key"]
    assert key in answer.content.decode()
    assert key not in html(client, "members:tokens")
    token = ApiToken.objects.get()
    assert token.scopes == ["read", "builds"]
    assert token.expires_at - token.created_at == timedelta(days=30)


@pytest.mark.parametrize(
    "data", [{"name": "CI", "days": "30"}, {"name": "CI", "scopes": ["root"], "days": "30"}]
)
def test_a_token_needs_a_known_scope(data: dict[str, str]) -> None:
    signed_in(make_member()).post(reverse("members:tokens"), data)
    assert not ApiToken.objects.exists()


def test_limits_are_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("community.members.domain.devices.MOST_DEVICES", 0)
    monkeypatch.setattr("community.members.domain.tokens.MOST_TOKENS", 0)
    client = signed_in(make_member())
    device = client.post(reverse("members:devices"), {"family": "Mi 5"})
    assert "as many devices as one may" in device.content.decode()
    token = client.post(reverse("members:tokens"), {"name": "CI", "scopes": ["read"], "days": "30"})
    assert "as many tokens as one may" in token.content.decode()


# --- other people's things --------------------------------------------------------------------
@pytest.mark.parametrize("action", ["make_device_main", "remove_device", "revoke_token"])
def test_the_things_of_others_are_not_there(action: str) -> None:
    owner = make_member()
    add_devices(owner, 1)
    add_tokens(owner, 1)
    thing = ApiToken.objects.get() if "token" in action else Device.objects.get()
    url = reverse(f"members:{action}", args=[thing.pk])
    assert signed_in(make_member(is_superuser=True)).post(url).status_code == 404
    assert Client().post(url).status_code == 302
    assert signed_in(owner).get(url).status_code == 405
    assert (Device.objects.count(), ApiToken.objects.count()) == (1, 1)
    assert signed_in(owner).post(url).status_code == 302


def test_actions_need_the_token_of_the_form() -> None:
    member = make_member()
    add_tokens(member, 1)
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(member).cookies
    url = reverse("members:revoke_token", args=[ApiToken.objects.get().pk])
    assert client.post(url).status_code == 403
    assert ApiToken.objects.exists()


# --- cost -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("add", "page"),
    [
        (add_devices, "devices"),
        (add_tokens, "tokens"),
        (add_topics, "profile"),
        (add_devices, "profile"),
    ],
)
def test_a_longer_list_costs_no_more_queries(add: Callable[[Member, int], None], page: str) -> None:
    member = make_member()
    client = signed_in(member)
    url = reverse(f"members:{page}", args=[member.username] if page == "profile" else [])
    add(member, 1)
    with_one = queries_for(client, url)
    add(member, 2)
    assert queries_for(client, url) == with_one
