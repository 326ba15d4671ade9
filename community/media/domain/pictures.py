"""Keeping pictures: taking them in within limits, saying they are used, clearing the rest away."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from community.media.domain import decoding
from community.media.models import Picture
from community.members.models import Member

MOST_BYTES = 8_000_000
MOST_A_MINUTE = 10
PICTURES_A_DAY, BYTES_A_DAY = 30, 60_000_000  # of level 0; each level adds as much again
UNUSED_FOR = timedelta(days=1)
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_ADDRESS = re.compile(r"/pictures/([0-9a-f]{32})(?:-\d+)?\.webp")


class PictureRefused(Exception):
    """Nothing was kept; ``str()`` says why in the reader's language, ``code`` to a program."""

    code = "refused"


class TooLarge(PictureRefused):
    code = "too_large"


class Unreadable(PictureRefused):
    code = "not_a_picture"


class TooManyPixels(PictureRefused):
    code = "too_many_pixels"


class TooOften(PictureRefused):
    code = "too_often"


class TooMuchToday(PictureRefused):
    code = "too_much_today"


def keep(*, file: IO[bytes], member: Member, at: datetime, is_portrait: bool = False) -> Picture:
    """The member's picture, re-encoded and stored; sent again it is the one kept before.

    A portrait is its middle alone, and another picture than the whole one.

    Raises PictureRefused: TooLarge, Unreadable, TooManyPixels, TooOften, TooMuchToday.
    """
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLarge(_("The picture is larger than 8 MB."))
    digest = sha256(b"portrait" * is_portrait + data).digest()
    claim = _claim(digest, len(data), member, at)
    if claim.is_kept:
        return claim
    if claim.refusal:
        raise _refused(claim.refusal)
    try:
        return _store(claim, _encoded(data, is_portrait=is_portrait))
    except decoding.NotAPicture as error:
        raise _refuse(claim, Picture.Refusal.NOT_A_PICTURE) from error
    except decoding.TooManyPixels as error:
        raise _refuse(claim, Picture.Refusal.TOO_MANY_PIXELS) from error


def mark_used(texts: Iterable[str]) -> None:
    """Keep for good every picture whose address stands in these texts: addresses, or Markdown."""
    keys = {key for text in texts for key in _ADDRESS.findall(text)}
    if keys:
        Picture.objects.kept().filter(key__in=keys, is_used=False).update(is_used=True)


def remove_unused(*, at: datetime) -> int:
    """Remove what nothing has shown for a day, with its files; gives how many."""
    return remove(Picture.objects.unused_before(at - UNUSED_FOR))


def remove(pictures: Iterable[Picture]) -> int:
    """Remove pictures and their files: from then on their addresses answer 404."""
    return sum(_removed(picture.pk) for picture in pictures)


def stored_name(file_name: str) -> str:
    """Where a file of a picture lies in the storage."""
    return f"pictures/{file_name[:2]}/{file_name}"


def _claim(digest: bytes, size: int, member: Member, at: datetime) -> Picture:
    """The row of this upload; the member's own row is locked, so that no limit is overrun."""
    with transaction.atomic():
        owner = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        claimed = Picture.objects.filter(member=owner, digest=digest).first()
        if claimed:
            return claimed
        _refuse_excess(owner, size, at)
        return Picture.objects.create(
            key=secrets.token_hex(16), member=owner, digest=digest, bytes=size, created_at=at
        )


def _refuse_excess(member: Member, size: int, at: datetime) -> None:
    today = Picture.objects.filter(member=member).sent_since(at - _DAY)
    if today.sent_since(at - _MINUTE).count() >= MOST_A_MINUTE:
        raise TooOften(_("You have sent many pictures within a minute. Wait a moment."))
    allowance = 1 + member.level
    volume = today.aggregate(bytes=Sum("bytes", default=0))["bytes"] + size
    if today.count() >= PICTURES_A_DAY * allowance or volume > BYTES_A_DAY * allowance:
        raise TooMuchToday(_("You have sent as many pictures as you may in a day."))


def _encoded(data: bytes, *, is_portrait: bool) -> decoding.Encoded:
    return decoding.encode_portrait(data) if is_portrait else decoding.encode(data)


def _store(picture: Picture, encoded: decoding.Encoded) -> Picture:
    with transaction.atomic():
        current = Picture.objects.select_for_update().get(pk=picture.pk)
        if current.is_kept:  # sent twice at once, and the other was quicker
            return current
        for width, data in encoded.files.items():
            default_storage.save(stored_name(current.file_name(width)), ContentFile(data))
        current.width, current.height = encoded.width, encoded.height
        current.sizes = encoded.sizes
        current.bytes = sum(len(data) for data in encoded.files.values())
        current.is_kept = True
        current.save(update_fields=["width", "height", "sizes", "bytes", "is_kept"])
    return current


def _refuse(picture: Picture, refusal: Picture.Refusal) -> PictureRefused:
    """Remember the refusal, so that the same file sent again costs nothing."""
    Picture.objects.filter(pk=picture.pk, is_kept=False).update(refusal=refusal)
    return _refused(refusal)


def _refused(refusal: str) -> PictureRefused:
    if refusal == Picture.Refusal.TOO_MANY_PIXELS:
        return TooManyPixels(
            _(
                "The picture has too many pixels: at most 25 million, as WebP 9 million, as AVIF"
                " 7 million. Make it smaller, or save it as a JPEG."
            )
        )
    return Unreadable(_("This is not a JPEG, PNG, GIF, WebP or AVIF picture that can be read."))


def _removed(pk: int) -> bool:
    """Files first: what is broken off in between is found again by its row."""
    with transaction.atomic():
        picture = Picture.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if picture is None:
            return False
        for width in (None, *decoding.WIDTHS):
            default_storage.delete(stored_name(picture.file_name(width)))
        picture.delete()
    return True
