"""From bytes a stranger sent to pictures of our own making: decoded, turned upright, encoded anew.

Nothing of the file survives but its pixels: no EXIF, place, profile, comment, second file in it.
"""

import math
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
MOST_PIXELS = 25_000_000
# Their decoders hold a picture up to four times before the first pixel can be had: 16 bytes each,
# 20 of an AVIF with ten bits a colour, and what a file says of its bits need not be so.
MOST_PIXELS_OF = {"WEBP": 9_000_000, "AVIF": 7_000_000}
# Larger ones are scaled down to this: a screen's height of a long screenshot stays readable.
KEPT_PIXELS = 6_000_000
# With transparency encoding takes half as much again.
KEPT_PIXELS_ALPHA = 4_000_000
LONGEST_SIDE = 16_383  # WebP's own limit
STRIP = 256  # rows scaled at once
ORIENTATION = 0x0112  # of EXIF: how the camera was held
THUMBNAIL_WIDTHS = (320, 960)
# A face is square: whole, and as it stands beside names.
PORTRAIT_SIDE, FACE_SIDE = 320, 96
WIDTHS = (FACE_SIDE, *THUMBNAIL_WIDTHS)
QUALITY, ALPHA_QUALITY, EFFORT = 80, 50, 2
# Up to 150 MB: once in each process, not once a thread.
_ONE_AT_A_TIME = Lock()
_TURN = Image.Transpose
_TURNS = {
    2: _TURN.FLIP_LEFT_RIGHT,
    3: _TURN.ROTATE_180,
    4: _TURN.FLIP_TOP_BOTTOM,
    5: _TURN.TRANSPOSE,
    6: _TURN.ROTATE_270,
    7: _TURN.TRANSVERSE,
    8: _TURN.ROTATE_90,
}


class NotAPicture(Exception):
    """The bytes are no picture of a known format, or a broken one."""


class TooManyPixels(Exception):
    """The header promises more than its format may have; nothing was decoded."""


@dataclass(frozen=True, kw_only=True)
class Encoded:
    """WebP files of one picture: the whole one under None, copies under their width in pixels."""

    width: int
    height: int
    files: dict[int | None, bytes]

    @property
    def sizes(self) -> list[int]:
        return sorted(width for width in self.files if width)


def encode(data: bytes) -> Encoded:
    """The first frame of a picture as WebP, whole and as thumbnails.

    The format is told by content, never by name. Raises NotAPicture, TooManyPixels.
    """
    with _ONE_AT_A_TIME:
        image = _decoded(data)
        return Encoded(
            width=image.width,
            height=image.height,
            files={None: _webp(image)}
            | {
                width: _webp(_narrowed(image, width))
                for width in THUMBNAIL_WIDTHS
                if width < image.width
            },
        )


def encode_portrait(data: bytes) -> Encoded:
    """The middle of a picture as a square, whole and as a face. Raises as encode does."""
    with _ONE_AT_A_TIME:
        whole = ImageOps.fit(
            _decoded(data), (PORTRAIT_SIDE, PORTRAIT_SIDE), Image.Resampling.LANCZOS
        )
        return Encoded(
            width=PORTRAIT_SIDE,
            height=PORTRAIT_SIDE,
            files={None: _webp(whole), FACE_SIDE: _webp(_narrowed(whole, FACE_SIDE))},
        )


def _decoded(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            _refuse_bomb(opened)
            opened.draft("RGB", opened.size if _fits(opened) else _kept_size(opened))
            opened.load()
            return _upright(_fitted(opened), opened.getexif().get(ORIENTATION))
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except Exception as error:  # hostile bytes make decoders fail in every way there is
        raise NotAPicture from error


def _refuse_bomb(image: Image.Image) -> None:
    most = MOST_PIXELS_OF.get(image.format or "", MOST_PIXELS)
    if image.width * image.height > most:
        raise TooManyPixels


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits of red, green, blue and, where there is transparency, alpha."""
    if image.mode.startswith("I"):  # sixteen bits of grey would be cut off, not scaled
        image = image.point(lambda value: value / 256).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    # Of the same mode it would be a copy.
    return image if image.mode == mode else image.convert(mode)


def _kept_pixels(image: Image.Image) -> int:
    return KEPT_PIXELS_ALPHA if image.has_transparency_data else KEPT_PIXELS


def _fits(image: Image.Image) -> bool:
    return image.width * image.height <= _kept_pixels(image) and max(image.size) <= LONGEST_SIDE


def _kept_size(image: Image.Image) -> tuple[int, int]:
    pixels = image.width * image.height
    scale = min(math.sqrt(_kept_pixels(image) / pixels), LONGEST_SIDE / max(image.size))
    return max(1, int(image.width * scale)), max(1, int(image.height * scale))


def _fitted(image: Image.Image) -> Image.Image:
    """Plain, and no larger than what is kept.

    Strip by strip: at 25 million pixels a second copy of everything would be 100 MB.
    """
    if _fits(image):
        return _plain(image)
    width, height = _kept_size(image)
    kept = Image.new("RGBA" if image.has_transparency_data else "RGB", (width, height))
    for top in range(0, height, STRIP):
        kept.paste(_strip(image, (width, height), top), (0, top))
    return kept


def _strip(image: Image.Image, size: tuple[int, int], top: int) -> Image.Image:
    """The rows from `top` on of the picture scaled to a size, drawn from their rows of it."""
    width, height = size
    bottom, scale = min(top + STRIP, height), image.height / height
    # What the filter reads beyond the strip, so that no seam is seen.
    margin = math.ceil(2 * scale) + 1
    first = max(0, math.floor(top * scale) - margin)
    last = min(image.height, math.ceil(bottom * scale) + margin)
    rows = _plain(image.crop((0, first, image.width, last)))
    box = (0, top * scale - first, image.width, min(bottom * scale - first, rows.height))
    return rows.resize((width, bottom - top), Image.Resampling.BICUBIC, box=box)


def _upright(image: Image.Image, orientation: int | None) -> Image.Image:
    turn = _TURNS.get(orientation or 1)
    return image if turn is None else image.transpose(turn)


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    return _resized(image, (width, max(1, round(image.height * width / image.width))))


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _webp(image: Image.Image) -> bytes:
    """Only pixels are handed over, so that nothing the decoder remembers is written again."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "WEBP", quality=QUALITY, alpha_quality=ALPHA_QUALITY, method=EFFORT)
    return out.getvalue()
