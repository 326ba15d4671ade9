"""What happens to accounts by itself."""

import pytest
from allauth.account.models import EmailAddress

from community.members.models import Member
from community.members.tasks import forget_unverified
from tests.community.members.making import make_member

pytestmark = pytest.mark.django_db


def test_who_never_verified_is_forgotten_once() -> None:
    member = make_member(is_verified=False)
    EmailAddress.objects.create(user=member, email=member.email)
    make_member()
    Member.objects.update(date_joined="2026-01-01T00:00Z")
    assert [forget_unverified(), forget_unverified()] == [1, 0]
