"""Members in the administration: standing and roles, and no secrets."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from community.members.domain.devices import add_device, new_key_pair
from community.members.domain.tokens import create_token
from community.members.models import ApiToken, Member
from tests.community.members.making import AT, make_member, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return signed_in(make_member("chief", is_staff=True, is_superuser=True))


def test_a_member_is_suspended_here_and_not_renamed(admin: Client) -> None:
    member = make_member("ada", display_name="小明")
    add_device(member=member, family="Mi 5", public_key=new_key_pair()[0], at=AT)
    url = reverse("admin:members_member_change", args=[member.pk])
    assert admin.get(reverse("admin:members_member_changelist"), {"q": "ada"}).status_code == 200
    page = admin.get(url).content.decode()
    assert "Mi 5" in page
    assert 'name="password"' not in page
    form = {
        "display_name": "官方",
        "level": "3",  # kept by the ledger: left alone
        "is_active": "on",
        "suspended_until_0": "2026-12-01",
        "suspended_until_1": "00:00:00",
        "suspension_reason": "广告",
        "devices-TOTAL_FORMS": "0",
        "devices-INITIAL_FORMS": "0",
    }
    assert admin.post(url, form).status_code == 302
    member.refresh_from_db()
    assert (member.display_name, member.level, member.suspension_reason) == ("小明", 0, "广告")


def test_nobody_is_added_by_hand(admin: Client) -> None:
    for model in ("member", "apitoken"):
        assert admin.get(reverse(f"admin:members_{model}_add")).status_code == 403


def test_tokens_are_seen_without_their_keys(admin: Client) -> None:
    token, _key = create_token(
        member=make_member(), name="CI", scopes=["read"], expires_at=AT + timedelta(days=1), at=AT
    )
    assert b"CI" in admin.get(reverse("admin:members_apitoken_changelist")).content
    page = admin.get(reverse("admin:members_apitoken_change", args=[token.pk])).content.decode()
    assert "digest" not in page
    admin.post(reverse("admin:members_apitoken_delete", args=[token.pk]), {"post": "yes"})
    assert not ApiToken.objects.exists()


def test_staff_without_rights_see_nothing() -> None:
    client = signed_in(make_member(is_staff=True))
    assert client.get(reverse("admin:members_member_changelist")).status_code == 403
    assert Member.objects.count() == 1
