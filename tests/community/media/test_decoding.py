"""Only pixels come through, whatever else a file holds."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from community.media.domain import decoding
from tests.community.media.making import photo_with_a_place, picture, promising


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_every_format_becomes_webp(kind: str) -> None:
    encoded = decoding.encode(picture(kind))
    assert (encoded.width, encoded.height, encoded.sizes) == (40, 20, [])
    assert opened(encoded.files[None]).format == "WEBP"


def test_nothing_but_pixels_is_left_of_a_photo() -> None:
    sent = photo_with_a_place()
    encoded = decoding.encode(sent)
    kept = encoded.files[None]
    assert b"secret" in sent
    assert b"secret" not in kept
    assert not opened(kept).getexif()
    assert (encoded.width, encoded.height) == (20, 40)  # upright


def test_a_large_one_is_scaled_down_without_seams() -> None:
    ramp = Image.linear_gradient("L").resize((3_001, 2_503), Image.Resampling.BILINEAR)
    out = BytesIO()
    ramp.save(out, "PNG")
    encoded = decoding.encode(out.getvalue())
    assert 5_900_000 < encoded.width * encoded.height <= decoding.KEPT_PIXELS
    kept = opened(encoded.files[None]).convert("L")
    column = [kept.getpixel((9, y)) for y in range(kept.height)]
    assert column[0] < 3
    assert column[-1] > 252
    # From one row to the next it grows by a tenth; a seam would be a step.
    assert all(-3 <= after - before <= 4 for before, after in pairwise(column))


def test_copies_are_narrower_than_the_picture() -> None:
    encoded = decoding.encode(picture(size=(1000, 50)))
    assert encoded.sizes == [320, 960]
    assert [opened(encoded.files[width]).size for width in (320, 960)] == [(320, 16), (960, 48)]


@pytest.mark.parametrize(("kind", "is_taken"), [("PNG", True), ("WEBP", False), ("AVIF", False)])
def test_formats_that_are_decoded_whole_have_fewer_pixels(
    kind: str, is_taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "MOST_PIXELS_OF", {"WEBP": 799, "AVIF": 799})
    sent = picture(kind)  # 800 pixels
    if is_taken:
        assert decoding.encode(sent).width == 40
    else:
        with pytest.raises(decoding.TooManyPixels):
            decoding.encode(sent)


def test_a_transparent_one_is_kept_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "KEPT_PIXELS_ALPHA", 200)
    out = BytesIO()
    Image.new("RGBA", (40, 20), (255, 0, 0, 9)).save(out, "PNG")
    encoded = decoding.encode(out.getvalue())
    assert (encoded.width, encoded.height) == (20, 10)


@pytest.mark.parametrize(
    "tail", [b"PK\x03\x04 evil.jar", b"<script>alert(1)</script>", b"%PDF-1.7"]
)
def test_a_second_file_behind_the_picture_is_gone(tail: bytes) -> None:
    kept = decoding.encode(picture("GIF") + tail).files[None]
    assert tail not in kept


def test_a_script_inside_a_png_is_gone() -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    sent = picture("PNG", pnginfo=words)
    assert b"<script>" in sent
    assert b"<script>" not in decoding.encode(sent).files[None]


def test_the_first_frame_stands_for_a_moving_picture() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    kept = opened(decoding.encode(out.getvalue()).files[None])
    assert kept.n_frames == 1
    red, _green, blue = kept.convert("RGB").getpixel((4, 4))
    assert red > 4 * blue


def test_transparency_stays() -> None:
    out = BytesIO()
    Image.new("RGBA", (9, 9), (255, 0, 0, 0)).save(out, "PNG")
    kept = opened(decoding.encode(out.getvalue()).files[None]).convert("RGBA")
    assert kept.getpixel((4, 4))[3] == 0


@pytest.mark.parametrize(
    "size", [(5_001, 5_000), (16_000, 12_000), (2**31 - 1, 2**31 - 1)], ids=str
)
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(decoding.TooManyPixels):
        decoding.encode(promising(*size))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        SVG,
        b"<html>",
        b"%!PS-Adobe",
        picture("BMP"),
        picture("TIFF"),
        picture()[:60],
    ],
    ids=["nothing", "gif", "svg", "html", "postscript", "bmp", "tiff", "cut off"],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(decoding.NotAPicture):
        decoding.encode(data)
