"""Pictures for tests, good and evil."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

from community.media.models import Picture
from community.members.models import Member
from tests.community.members.making import AT


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def photo_with_a_place() -> bytes:
    """A JPEG taken sideways, whose EXIF says where."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010E] = "secret words"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 26.0)
    return picture("JPEG", exif=exif, comment=b"secret comment")


def promising(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b""))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def kept_picture(member: Member) -> Picture:
    """One that a member sent and nothing shows yet; its files are not there."""
    return Picture.objects.create(
        key="a" * 32,
        member=member,
        digest=bytes(32),
        width=1,
        height=1,
        bytes=1,
        created_at=AT,
        is_kept=True,
    )
