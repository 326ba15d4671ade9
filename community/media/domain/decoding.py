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
# Larger ones are scaled down to this: a screen's height of a long screenshot stays readable.
KEPT_PIXELS = 6_000_000
LONGEST_SIDE = 16_383  # WebP's own limit
THUMBNAIL_WIDTHS = (320, 960)
QUALITY, EFFORT = 80, 2
_ONE_AT_A_TIME = Lock()  # up to 400 MB while decoding: once in each process, not once a thread


class NotAPicture(Exception):
    """The bytes are no picture of a known format, or a broken one."""


class TooManyPixels(Exception):
    """The header promises more than MOST_PIXELS; nothing was decoded."""


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


def _decoded(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            _refuse_bomb(opened)
            opened.draft("RGB", opened.size if _fits(opened) else _kept_size(opened))
            return _fitted(_plain(ImageOps.exif_transpose(opened)))
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except Exception as error:  # hostile bytes make decoders fail in every way there is
        raise NotAPicture from error


def _refuse_bomb(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits of red, green, blue and, where there is transparency, alpha."""
    if image.mode.startswith("I"):  # sixteen bits of grey would be cut off, not scaled
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _fits(image: Image.Image) -> bool:
    return image.width * image.height <= KEPT_PIXELS and max(image.size) <= LONGEST_SIDE


def _kept_size(image: Image.Image) -> tuple[int, int]:
    scale = min(
        math.sqrt(KEPT_PIXELS / (image.width * image.height)), LONGEST_SIDE / max(image.size)
    )
    return max(1, int(image.width * scale)), max(1, int(image.height * scale))


def _fitted(image: Image.Image) -> Image.Image:
    return image if _fits(image) else _resized(image, _kept_size(image))


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    return _resized(image, (width, max(1, round(image.height * width / image.width))))


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _webp(image: Image.Image) -> bytes:
    """Only pixels are handed over, so that nothing the decoder remembers is written again."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "WEBP", quality=QUALITY, method=EFFORT)
    return out.getvalue()
