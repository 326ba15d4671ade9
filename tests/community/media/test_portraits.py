"""A member's photograph: a small square in the place of the letter, gone when it is taken away."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from community.media.domain import pictures, portraits
from community.media.models import Picture
from community.members import personal
from community.members.models import Member
from community.moderation.domain import cases, settling
from community.moderation.models import LogEntry
from tests.community.media.making import photo_with_a_place, picture
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def fetched(address: str) -> bytes:
    """What is there; b"" for nothing."""
    answer = Client().get(address)
    return answer.getvalue() if answer.status_code == 200 else b""


def is_there(*addresses: str) -> list[bool]:
    return [bool(fetched(address)) for address in addresses]


def taken(member: Member, data: bytes) -> Picture:
    return portraits.take(file=BytesIO(data), member=member, at=NOW)


def test_a_photograph_is_its_middle_without_what_its_camera_knew() -> None:
    member = make_member()
    kept = taken(member, photo_with_a_place())
    with Image.open(BytesIO(fetched(member.photo_url))) as face:
        assert (face.size, "exif" in face.info) == ((96, 96), False)
    assert (kept.width, kept.height, is_there(member.photo_large_url)) == (320, 320, [True])


def test_it_stands_in_the_place_of_the_letter() -> None:
    member = make_member()
    taken(member, picture())
    assert f'src="{member.photo_url}"' in signed_in(member).get("/members/").content.decode()


def test_the_one_before_goes_and_a_picture_of_a_post_stays() -> None:
    member = make_member()
    whole = pictures.keep(file=BytesIO(picture()), member=member, at=NOW)
    taken(member, picture())
    before = member.photo_url
    taken(member, picture(size=(60, 60)))
    assert is_there(before, member.photo_url, whole.address()) == [False, True, True]
    assert portraits.remove(member=member)
    assert Member.objects.get(pk=member.pk).photo == ""
    assert not portraits.remove(member=member)


def test_nothing_clears_it_away_while_it_is_shown() -> None:
    member = make_member()
    taken(member, picture())
    assert pictures.remove_unused(at=NOW + 3 * pictures.UNUSED_FOR) == 0


def test_the_page_takes_it_and_takes_it_away() -> None:
    member = make_member()
    client = signed_in(member)
    sent = SimpleUploadedFile("me.png", picture(), content_type="image/png")
    client.post("/settings/photograph/", {"photograph": sent})
    assert Member.objects.get(pk=member.pk).photo
    client.post("/settings/photograph/remove/")
    assert not Member.objects.get(pk=member.pk).photo
    assert client.delete("/api/v1/photograph/").status_code == 204


def test_moderators_clear_words_and_photograph_and_an_undo_brings_the_words() -> None:
    member, admin = make_member(), make_member(is_superuser=True)
    Member.objects.filter(pk=member.pk).update(about="Buy!", signature="Buy more!")
    taken(member, picture())
    case = cases.report(
        kind="member", subject=member.pk, reporter=make_member(), reason="spam", at=NOW
    ).case
    settling.settle(case=case, outcome="hidden", by=admin, at=NOW)
    member.refresh_from_db()
    assert (member.about, member.signature, member.photo) == ("", "", "")
    entry = LogEntry.objects.get(act="clear_profile")
    signed_in(admin).post(f"/moderation/log/{entry.pk}/undo/")
    member.refresh_from_db()
    assert (member.about, member.signature, member.photo) == ("Buy!", "Buy more!", "")


def test_it_goes_with_the_account_also_where_words_stay() -> None:
    member = make_member()
    taken(member, picture())
    address = member.photo_url
    for erase in personal.erasers():
        erase(member, True, NOW)
    assert is_there(address) == [False]
