"""Gifts for tests."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from community.builds.models import Engineer
from community.gifts.models import Gift
from community.media.models import Picture
from community.members.models import Member


def make_picture(member: Member) -> Picture:
    """A picture that is kept, without its files."""
    key = uuid4()
    return Picture.objects.create(
        key=key.hex,
        member=member,
        digest=key.bytes * 2,
        width=40,
        height=20,
        bytes=100,
        is_kept=True,
        created_at=timezone.now(),
    )


def make_gift(member: Member, engineer: Engineer | None, **fields: Any) -> Gift:
    """A gift on the wall."""
    filled = {"words": "A scarf.", "created_at": timezone.now(), "picture": make_picture(member)}
    return Gift.objects.create(member=member, engineer=engineer, **filled | fields)
