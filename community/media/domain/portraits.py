"""A member's photograph: square, small, shown wherever their face is."""

from datetime import datetime
from typing import IO

from django.db import transaction

from community.media.domain import pictures
from community.media.models import Picture
from community.members.models import Member


def take(*, file: IO[bytes], member: Member, at: datetime) -> Picture:
    """Show this picture's middle as the member's face, in the place of the one before.

    Raises PictureRefused, as pictures.keep does.
    """
    picture = pictures.keep(file=file, member=member, at=at, is_portrait=True)
    with transaction.atomic():
        before = _locked(member).photo
        Picture.objects.filter(pk=picture.pk).update(is_used=True)
        _show(member, picture.key)
    if before != picture.key:
        pictures.remove(_kept_as(member, before))
    return picture


def remove(*, member: Member) -> bool:
    """Take a member's photograph away, also from under its address; False without one."""
    with transaction.atomic():
        before = _locked(member).photo
        _show(member, "")
    return bool(pictures.remove(_kept_as(member, before)))


def _locked(member: Member) -> Member:
    locked: Member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    return locked


def _show(member: Member, key: str) -> None:
    Member.objects.filter(pk=member.pk).update(photo=key)
    member.photo = key


def _kept_as(member: Member, key: str) -> list[Picture]:
    return list(Picture.objects.filter(member=member, key=key)) if key else []
