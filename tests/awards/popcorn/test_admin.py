"""In the administration awards are looked at, never edited."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.awards.popcorn.making import awarded_week
from tests.community.builds.making import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_member(is_staff=True, is_superuser=True))
    return client


def test_awards_are_listed_and_read(admin: Client) -> None:
    award = awarded_week(ballots=5)
    assert award.build.version in admin.get(changes("award")).content.decode()
    page = admin.get(reverse("admin:popcorn_award_change", args=[award.pk]))
    assert b'name="_save"' not in page.content


@pytest.mark.parametrize("model", ["award", "discountoverride"])
def test_nothing_is_added(admin: Client, model: str) -> None:
    assert admin.get(changes(model)).status_code == 200
    assert admin.get(reverse(f"admin:popcorn_{model}_add")).status_code == 403


def test_no_award_is_deleted(admin: Client) -> None:
    award = awarded_week(ballots=5)
    answer = admin.post(reverse("admin:popcorn_award_delete", args=[award.pk]), {"post": "yes"})
    assert answer.status_code == 403


def changes(model: str) -> str:
    return reverse(f"admin:popcorn_{model}_changelist")
