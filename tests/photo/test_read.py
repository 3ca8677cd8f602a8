"""Any camera's file becomes the same upright photo, or one clear refusal."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.Image import Transpose

from tests.photo.conftest import HEIGHT_PX, WIDTH_PX, scene
from woundtrack.errors import PhotoError
from woundtrack.explain import UNKNOWN, explain
from woundtrack.photo.read import (
    MAX_PIXELS,
    decode_photo,
    photo_facts,
    read_photo,
    thumbnail_jpeg,
)
from woundtrack.sentences import SENTENCES

Encode = Callable[..., bytes]

STORED_AS = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}
"""How an upright picture is stored so that the EXIF orientation makes it upright again."""


def stored(picture: Image.Image, orientation: int) -> tuple[Image.Image, bytes]:
    """The picture as a camera held that way stores it, and its EXIF block."""
    turn = STORED_AS[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    return (picture if turn is None else picture.transpose(turn)), exif.tobytes()


def refusal(data: bytes) -> str:
    """The code with which these bytes are refused."""
    with pytest.raises(PhotoError) as caught:
        decode_photo(data)
    return caught.value.code


def outcome(data: bytes) -> str | np.ndarray:
    """The code with which these bytes are refused, or the pixels they give."""
    try:
        photo, pixels = decode_photo(data)
    except PhotoError as error:
        return error.code
    return pixels.reshape(photo.height_px, photo.width_px, 3)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_of_every_format_gives_the_same_upright_picture(
    picture: Image.Image, upright_bgr: np.ndarray, encoded: Encode, form: str, orientation: int
) -> None:
    image, exif = stored(picture, orientation)
    options = {"PNG": {}, "TIFF": {}, "JPEG": {}}.get(form, {"quality": 95})
    data = encoded(image, form, exif=exif, **options)
    photo, pixels = decode_photo(data)
    assert (photo.width_px, photo.height_px) == (WIDTH_PX, HEIGHT_PX)
    assert np.abs(pixels.astype(int) - upright_bgr).mean() < 4
    assert photo_facts(data) == photo
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_upright(
    picture: Image.Image, upright_bgr: np.ndarray, encoded: Encode, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    _, pixels = decode_photo(encoded(picture, "JPEG", exif=exif.tobytes()))
    assert np.abs(pixels.astype(int) - upright_bgr).mean() < 4


def test_a_grey_jpeg_has_three_equal_channels(picture: Image.Image, encoded: Encode) -> None:
    _, pixels = decode_photo(encoded(picture.convert("L"), "JPEG"))
    assert pixels.shape == (HEIGHT_PX, WIDTH_PX, 3)
    assert (pixels[..., 0] == pixels[..., 2]).all()


def test_a_cmyk_jpeg_keeps_its_colours(
    picture: Image.Image, upright_bgr: np.ndarray, encoded: Encode
) -> None:
    _, pixels = decode_photo(encoded(picture.convert("CMYK"), "JPEG"))
    assert np.abs(pixels.astype(int) - upright_bgr).mean() < 6


def png_16bit(pixels: np.ndarray) -> bytes:
    """A 16-bit RGB PNG of (height, width, 3) uint16, written chunk by chunk."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_16_bit_png_becomes_8_bit(picture: Image.Image, upright_bgr: np.ndarray) -> None:
    _, pixels = decode_photo(png_16bit(np.asarray(picture).astype(np.uint16) * 257))
    assert np.abs(pixels.astype(int) - upright_bgr).max() <= 1


def test_a_16_bit_grey_png_becomes_8_bit(encoded: Encode) -> None:
    levels = (np.arange(96 * 64, dtype=np.uint16).reshape(64, 96) * 10).astype(np.uint16)
    _, pixels = decode_photo(encoded(Image.fromarray(levels), "PNG"))
    assert (pixels[..., 1] == levels >> 8).all()


@pytest.mark.parametrize("mode", ["P", "1", "LA", "RGBA"])
def test_palettes_bitmaps_and_alpha_are_read(
    picture: Image.Image, encoded: Encode, mode: str
) -> None:
    photo, pixels = decode_photo(encoded(picture.convert(mode), "PNG"))
    assert pixels.shape == (photo.height_px, photo.width_px, 3)


def test_what_is_transparent_is_white(encoded: Encode) -> None:
    clear = Image.new("RGBA", (20, 10), (200, 0, 0, 0))
    _, pixels = decode_photo(encoded(clear, "PNG"))
    assert (pixels == 255).all()


def test_the_first_picture_of_an_mpo_is_taken(
    picture: Image.Image, upright_bgr: np.ndarray, encoded: Encode
) -> None:
    second = Image.new("RGB", (40, 40), "green")
    data = encoded(picture, "MPO", save_all=True, append_images=[second], quality=97)
    photo, pixels = decode_photo(data)
    assert photo.media_type == "image/jpeg"
    assert np.abs(pixels.astype(int) - upright_bgr).mean() < 4


def wide_gamut_profile() -> bytes:
    """An RGB profile that is not sRGB: its red and green primaries change places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", profile[128:132])[0]
    for entry in range(132, 132 + 12 * count, 12):
        if profile[entry : entry + 4] in (b"rXYZ", b"gXYZ"):
            swap = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}
            profile[entry : entry + 4] = swap[bytes(profile[entry : entry + 4])]
    return bytes(profile)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_colour_profile_other_than_srgb_is_applied(encoded: Encode, form: str) -> None:
    flat = Image.new("RGB", (64, 48), (200, 60, 60))
    _, pixels = decode_photo(encoded(flat, form, icc_profile=wide_gamut_profile()))
    blue, green, red = pixels[20, 20].astype(int)
    assert green > 180
    assert max(red, blue) < 90


def test_an_srgb_profile_and_a_broken_one_change_nothing(encoded: Encode) -> None:
    flat = Image.new("RGB", (64, 48), (200, 60, 60))
    _, plain = decode_photo(encoded(flat, "JPEG"))
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (own, b"not a profile" * 20):
        _, pixels = decode_photo(encoded(flat, "JPEG", icc_profile=profile))
        assert (pixels == plain).all()


def test_a_photo_of_108_megapixels_is_read(encoded: Encode) -> None:
    phone = np.full((9000, 12000, 3), 90, np.uint8)
    phone[:100] = 200
    done, data = cv2.imencode(".jpg", phone)
    assert done
    photo, pixels = decode_photo(data.tobytes())
    assert photo.width_px * photo.height_px == 108_000_000
    assert abs(int(pixels[50, 50, 0]) - 200) < 4


# -- what is refused, and how


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIF", "AVIF"])
def test_a_file_cut_short_is_truncated(encoded: Encode, form: str, part: float) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), form)
    assert refusal(data[: int(len(data) * part)]) == "photo.truncated"


def test_a_cut_jpeg_with_a_thumbnail_is_truncated(encoded: Encode) -> None:
    """The end marker of the thumbnail in its header is not the photo's."""
    exif = Image.Exif()
    thumbnail = encoded(Image.new("RGB", (16, 16), "red"), "JPEG")
    exif.get_ifd(0x8769)[0x927C] = thumbnail
    noise = np.random.default_rng(1).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), "JPEG", exif=exif.tobytes())
    assert thumbnail in data
    assert refusal(data[: len(data) // 2]) == "photo.truncated"


def test_a_cut_jpeg_whose_end_was_put_back_is_damaged(encoded: Encode) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), "JPEG")
    assert refusal(data[: len(data) // 2] + b"\xff\xd9") == "photo.damaged"


def test_a_jpeg_without_its_end_marker_is_truncated(picture: Image.Image, encoded: Encode) -> None:
    data = encoded(picture, "JPEG")
    assert data.endswith(b"\xff\xd9")
    assert refusal(data[:-2]) == "photo.truncated"
    with pytest.raises(PhotoError):
        photo_facts(data[:-2])


def test_text_is_not_a_photo() -> None:
    assert refusal(b"Dear colleague, the photo is attached.\n" * 10) == "photo.not_a_photo"


def test_no_bytes_are_empty() -> None:
    assert refusal(b"") == "photo.empty"


def bomb_png(side: int) -> bytes:
    """A PNG that claims side × side px and holds almost nothing."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    blocks = b"IHDR" + header
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + blocks
    body = b"IDAT" + zlib.compress(b"\0" * 1000)
    data += struct.pack(">I", zlib.crc32(blocks)) + struct.pack(">I", len(body) - 4) + body
    return data + struct.pack(">I", zlib.crc32(body)) + bytes(4) + b"IEND\xae\x42\x60\x82"


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [16_000, 30_000, 60_000])
def test_a_decompression_bomb_is_too_large_before_decoding(side: int) -> None:
    assert side * side > MAX_PIXELS
    assert refusal(bomb_png(side)) == "photo.too_large"
    with pytest.raises(PhotoError):
        photo_facts(bomb_png(side))


def test_files_that_vanish_or_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.jpg", tmp_path / "a" / "b.jpg"):
        with pytest.raises(PhotoError) as caught:
            read_photo(path)
        assert caught.value.code == "photo.gone"
    with pytest.raises(PhotoError) as caught:
        read_photo(tmp_path)
    assert caught.value.code == "photo.unreadable"


def test_a_file_may_have_any_name(tmp_path: Path, picture: Image.Image, encoded: Encode) -> None:
    path = tmp_path / "pied gauche – été (№1) 傷口.jpg"
    path.write_bytes(encoded(picture, "PNG"))
    photo, _ = read_photo(path)
    assert photo.media_type == "image/png"
    assert photo.byte_count == path.stat().st_size


def test_every_refusal_has_its_sentence() -> None:
    for code in ("truncated", "not_a_photo", "empty", "too_large", "gone", "unreadable", "damaged"):
        assert f"photo.{code}" in SENTENCES
        assert explain(PhotoError(f"photo.{code}", limit_mp=250)) != UNKNOWN


def seeds() -> list[bytes]:
    """Small valid files of each format, to be spoiled."""
    files = []
    for form in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF"):
        stream = io.BytesIO()
        scene().save(stream, format=form)
        files.append(stream.getvalue())
    return files


SEEDS = seeds()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400))
def test_random_bytes_are_refused_and_nothing_else(data: bytes) -> None:
    with pytest.raises(PhotoError):
        decode_photo(data)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    st.floats(0, 1),
)
def test_a_spoiled_file_is_read_or_refused(
    data: bytes, changes: list[tuple[float, int]], kept: float
) -> None:
    spoiled = bytearray(data)
    for place, value in changes:
        spoiled[int(place * (len(spoiled) - 1))] = value
    for whole in (bytes(spoiled), bytes(spoiled[: int(kept * len(spoiled))])):
        found = outcome(whole)
        assert not isinstance(found, str) or found in SENTENCES


def test_a_thumbnail_is_small_and_keeps_its_shape() -> None:
    pixels = np.zeros((3000, 4000, 3), np.uint8)
    small = Image.open(io.BytesIO(thumbnail_jpeg(pixels)))
    assert small.size == (512, 384)
    assert not small.getexif()
    tiny = Image.open(io.BytesIO(thumbnail_jpeg(pixels[:10, :20])))
    assert tiny.size == (20, 10)


@pytest.mark.real_photos
def test_the_real_odd_files(real_photos: Path) -> None:
    expected = {
        "made_here/trunc_50pct.jpg": "photo.truncated",
        "made_here/trunc_90pct.jpg": "photo.truncated",
        "made_here/trunc_header_600B.jpg": "photo.truncated",
        "made_here/bitrot_40bytes.jpg": "photo.damaged",
        "made_here/text_named.jpg": "photo.not_a_photo",
        "made_here/zero_bytes.jpg": "photo.empty",
        "pillow/truncated_jpeg.jpg": "photo.truncated",
        "pillow/decompression_bomb.gif": "photo.too_large",
        "pillow/negative_size.ppm": "photo.not_a_photo",
        "pillow/png_decompression_dos.png": "photo.damaged",
    }
    for name, code in expected.items():
        with pytest.raises(PhotoError) as caught:
            read_photo(real_photos / "exif" / name)
        assert caught.value.code == code, name


@pytest.mark.real_photos
def test_the_real_orientations_agree(real_photos: Path) -> None:
    _, first = read_photo(real_photos / "exif" / "recurser" / "Landscape_1.jpg")
    for number in range(2, 9):
        _, pixels = read_photo(real_photos / "exif" / "recurser" / f"Landscape_{number}.jpg")
        assert pixels.shape == first.shape
        small = [cv2.resize(p, (90, 60), interpolation=cv2.INTER_AREA) for p in (first, pixels)]
        difference = np.abs(small[0].astype(int) - small[1])
        # Each picture carries its own number; everything else is the same.
        assert np.median(difference) <= 3, number
