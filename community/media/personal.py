"""A member's pictures: in the copy of their data, and gone with their words."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage

from community.media.domain import portraits
from community.media.domain.pictures import remove, stored_name
from community.media.models import Picture
from community.members.models import Member


def files(member: Member) -> Iterator[tuple[str, bytes]]:
    """Every picture the member sent, as it is kept."""
    for picture in Picture.objects.kept().filter(member=member).iterator():
        name = picture.file_name(None)
        with default_storage.open(stored_name(name)) as file:
            yield f"pictures/{name}", file.read()


def erase(member: Member, keeps_words: bool, at: datetime) -> None:
    """The photograph goes; pictures go with the words that show them."""
    portraits.remove(member=member)
    if not keeps_words:
        remove(Picture.objects.filter(member=member))
