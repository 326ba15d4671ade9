"""What a profile says is judged, and others can report it."""

import pytest
from django.utils import timezone

from community.members.models import Member
from community.moderation.models import WatchedWord
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("action", "kept"), [("block", ""), ("review", ""), ("replace", "Win the ＊＊")]
)
def test_watched_words_are_judged_in_profiles(action: str, kept: str) -> None:
    WatchedWord.objects.create(pattern="lottery", action=action, added_at=timezone.now())
    member = make_member()
    sent = {"display_name": member.display_name, "about": "Win the lottery"}
    signed_in(member).post("/settings/", sent)
    assert Member.objects.get(pk=member.pk).about == kept


def test_a_profile_is_reported_by_others_alone() -> None:
    member = make_member()
    address, profile = f"/report/member/{member.pk}/", f"/members/{member.username}/"
    assert address in signed_in(make_member()).get(profile).content.decode()
    assert address not in signed_in(member).get(profile).content.decode()
