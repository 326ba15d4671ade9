"""Faces of some of the demo's members; the others are letters."""

from datetime import datetime
from io import BytesIO

from community.media.domain import portraits
from community.members.models import Member
from orangefriday.demo.drawings import drawing
from orangefriday.demo.regulars import regulars

FACES = ("cat", "oranges", "postcard", "bouquet", "mug", "popcorn", "cookies", "patch")


def show(*, at: datetime) -> None:
    """Give a photograph to the fan, and to those who write the most."""
    writers = sorted(regulars(), key=lambda regular: -regular.weight)
    names = ["fan", *(regular.username for regular in writers)][: len(FACES)]
    members = {member.username: member for member in Member.objects.filter(username__in=names)}
    for name, face in zip(names, FACES, strict=False):
        if member := members.get(name):
            portraits.take(file=BytesIO(drawing(face, is_square=True)), member=member, at=at)
