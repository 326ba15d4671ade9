"""Pictures are kept once, within limits, and only while something shows them."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage

from community.media.domain import pictures
from community.media.models import Picture
from community.members.models import Member
from tests.community.media.making import picture, promising
from tests.community.members.making import AT, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> Member:
    return make_member("mei")


def keep(member: Member, data: bytes = b"", seconds: int = 0) -> Picture:
    at = AT + timedelta(seconds=seconds)
    return pictures.keep(file=BytesIO(data or picture()), member=member, at=at)


def files_of(kept: Picture) -> list[bool]:
    names = [kept.file_name(), kept.file_name(320)]
    return [default_storage.exists(pictures.stored_name(name)) for name in names]


def test_a_picture_is_stored_with_its_copies(mei: Member) -> None:
    kept = keep(mei, picture(size=(400, 200)))
    assert files_of(kept) == [True, True]
    assert (kept.width, kept.height, kept.sizes) == (400, 200, [320])
    assert kept.markdown == f"![](/pictures/{kept.key}.webp)"
    assert kept.thumbnail == f"/pictures/{kept.key}-320.webp"


def test_the_same_file_sent_again_is_the_same_picture(mei: Member) -> None:
    assert keep(mei) == keep(mei)
    assert keep(make_member()) != keep(mei)


def test_what_was_broken_off_is_finished_when_it_is_sent_again(mei: Member) -> None:
    kept = keep(mei)
    Picture.objects.update(is_kept=False)
    default_storage.delete(pictures.stored_name(kept.file_name()))
    assert keep(mei) == kept
    assert files_of(kept)[0]


def test_a_refused_file_is_not_decoded_again(mei: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(pictures.TooManyPixels):
        keep(mei, promising(9_000, 9_000))
    monkeypatch.delattr(pictures.decoding, "encode")
    with pytest.raises(pictures.TooManyPixels):
        keep(mei, promising(9_000, 9_000))


def test_a_file_may_be_too_large(mei: Member) -> None:
    with pytest.raises(pictures.TooLarge):
        keep(mei, bytes(pictures.MOST_BYTES + 1))


def send(member: Member, count: int, size: int = 1) -> None:
    Picture.objects.bulk_create(
        Picture(key=f"{n:032x}", member=member, digest=n.to_bytes(32), bytes=size, created_at=AT)
        for n in range(count)
    )


def test_a_member_sends_so_many_in_a_minute(mei: Member) -> None:
    send(mei, pictures.MOST_A_MINUTE)
    with pytest.raises(pictures.TooOften):
        keep(mei, seconds=59)
    assert keep(mei, seconds=60).is_kept


@pytest.mark.parametrize(
    ("count", "size"), [(pictures.PICTURES_A_DAY, 1), (1, pictures.BYTES_A_DAY)]
)
def test_a_higher_level_sends_more_in_a_day(mei: Member, count: int, size: int) -> None:
    send(mei, count, size)
    with pytest.raises(pictures.TooMuchToday):
        keep(mei, seconds=90)
    Member.objects.filter(pk=mei.pk).update(level=1)
    assert keep(mei, seconds=90).is_kept


def test_what_nothing_shows_is_removed_after_a_day(mei: Member) -> None:
    shown, unshown = keep(mei), keep(mei, picture(size=(400, 9)))
    pictures.mark_used([f"Look: {shown.markdown} /pictures/{'0' * 32}.webp"])
    assert pictures.remove_unused(at=AT + pictures.UNUSED_FOR) == 0
    assert pictures.remove_unused(at=AT + pictures.UNUSED_FOR + timedelta(seconds=1)) == 1
    assert list(Picture.objects.all()) == [shown]
    assert files_of(unshown) == [False, False]
    assert files_of(shown)[0]
