"""A picture file of any camera becomes an upright photo, or says why it cannot.

What comes from outside goes through `photo.decoding`, which calls this in a child process; what
lies in the vault came in that way. Plain 8-bit JPEGs take the quick way through OpenCV; everything
else goes through Pillow.
"""

import datetime as dt
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from woundtrack.errors import PhotoError
from woundtrack.photo.completeness import JPEG_START, ends_early
from woundtrack.photo.exif import CameraFacts, camera_facts
from woundtrack.photo.shape import FIRST_LYING, shrunk, upright
from woundtrack.photo.types import Photo, Pixels
from woundtrack.plain_file import plain_bytes

MAX_PIXELS = 250_000_000
"""Phones reach 200 MP; beyond this a file is a decompression bomb or a map."""
MAX_BYTES = 300 << 20
"""A 16-bit TIFF of 50 MP; no camera's own file is larger."""
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF", "HEIF", "AVIF")
MEDIA_TYPES = {"MPO": "image/jpeg", "HEIF": "image/heic"}
_EXIF_DIRECTORY, _ORIENTATION = 0x8769, 0x0112
_FILLED_GREY = 128
_FILLED_ROWS = 16


@dataclass(frozen=True, slots=True)
class _Header:
    """What an opened, not yet decoded file tells. `orientation` is still to be applied."""

    photo: Photo
    orientation: int
    mode: str
    format: str
    icc: bytes


def read_photo(path: str | Path) -> tuple[Photo, Pixels]:
    """The photo in a file and its upright pixels, decoded in a child process; else PhotoError."""
    from woundtrack.photo.decoding import decoded

    return decoded(read_bytes(path))


def read_bytes(path: str | Path) -> bytes:
    """A photo file's bytes; PhotoError gone, unreadable, empty or file_too_large."""
    try:
        data = plain_bytes(Path(path), most=MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise PhotoError("photo.gone") from None
    except OSError:
        raise PhotoError("photo.unreadable") from None
    if data is None:
        raise PhotoError("photo.file_too_large", limit_mb=MAX_BYTES >> 20)
    if not data:
        raise PhotoError("photo.empty")
    return data


def photo_facts(data: bytes) -> Photo:
    """The facts of a photo from its header, without decoding the picture."""
    with _open(data) as image:
        header = _header(image, data)
    if ends_early(data):
        raise PhotoError("photo.truncated")
    return header.photo


def decode_photo(data: bytes, *, reduced: int = 1) -> tuple[Photo, Pixels]:
    """The photo in these bytes and its upright 8-bit BGR pixels; PhotoError otherwise.

    Decoded here: for bytes of the vault. A plain JPEG may be read `reduced` by 2, 4 or 8, which is
    quicker; its pixels are then each the mean of as many, and a last row or column may stand for
    fewer.
    """
    photo, pixels, orientation = stored_photo(data, reduced=reduced)
    return photo, upright(pixels, orientation)


def stored_photo(data: bytes, *, reduced: int = 1) -> tuple[Photo, Pixels, int]:
    """As `decode_photo`, its pixels as they are stored, and the EXIF orientation to turn them."""
    with _open(data) as image:
        header = _header(image, data)
        if ends_early(data):
            raise PhotoError("photo.truncated")
        pixels = _decode_plain_jpeg(data, header, reduced)
        if pixels is None:
            pixels, reduced = _decode_with_pillow(image, header), 1
    sides = [header.photo.height_px, header.photo.width_px]
    if header.orientation >= FIRST_LYING:
        sides.reverse()
    if list(pixels.shape[:2]) != [-(-side // reduced) for side in sides]:
        raise PhotoError("photo.damaged")
    return header.photo, pixels, header.orientation


def thumbnail_jpeg(pixels: Pixels, *, longest_px: int = 512) -> bytes:
    """A small JPEG of a photo, its longest side at most `longest_px`."""
    import cv2

    small = shrunk(pixels, longest_px=longest_px)
    done, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 85])
    if not done:
        raise PhotoError("photo.damaged")
    return bytes(encoded)


def _open(data: bytes) -> Any:
    """The file opened by Pillow, its size checked, nothing decoded."""
    if not data:
        raise PhotoError("photo.empty")
    from PIL import Image, UnidentifiedImageError

    _prepare_pillow()
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise PhotoError("photo.too_large", limit_mp=MAX_PIXELS // 1_000_000) from None
    except UnidentifiedImageError:
        raise PhotoError(_why_unidentified(data)) from None
    except Exception as failure:  # noqa: BLE001 - decoders raise anything on hostile bytes
        raise _failed(failure, data) from None
    if image.width * image.height > MAX_PIXELS:
        raise PhotoError("photo.too_large", limit_mp=MAX_PIXELS // 1_000_000)
    if image.width < 1 or image.height < 1:
        raise PhotoError("photo.damaged")
    return image


def _prepare_pillow() -> None:
    """Our pixel limit, HEIC, and no warnings on the terminal about what we check ourselves."""
    from PIL import Image

    if Image.MAX_IMAGE_PIXELS == MAX_PIXELS:
        return
    import pillow_heif
    from PIL import AvifImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

    del AvifImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # they register
    Image.preinit()
    pillow_heif.register_heif_opener()
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def _why_unidentified(data: bytes) -> str:
    pictures = data.startswith((JPEG_START, b"\x89PNG")) or data[4:8] == b"ftyp"
    if not pictures:
        return "photo.not_a_photo"
    return "photo.truncated" if ends_early(data) else "photo.damaged"


def _failed(failure: Exception, data: bytes) -> PhotoError:
    if isinstance(failure, MemoryError):
        return PhotoError("photo.too_much_memory")
    short = isinstance(failure, EOFError) or "truncated" in str(failure).lower()
    return PhotoError("photo.truncated" if short or ends_early(data) else "photo.damaged")


def _header(image: Any, data: bytes) -> _Header:
    tags = _tags(image)
    orientation = _orientation(image, tags)
    width, height = image.size
    if orientation >= FIRST_LYING:
        width, height = height, width
    now = dt.datetime.now()  # noqa: DTZ005 - EXIF times are local, without zone
    facts = camera_facts(tags, width_px=width, height_px=height, now=now)
    photo = _photo(facts, image.format, width=width, height=height, byte_count=len(data))
    icc = image.info.get("icc_profile")
    return _Header(photo, orientation, image.mode, image.format, icc if icc else b"")


def _photo(facts: CameraFacts, name: str, *, width: int, height: int, byte_count: int) -> Photo:
    return Photo(
        width_px=width,
        height_px=height,
        media_type=MEDIA_TYPES.get(name, f"image/{name.lower()}"),
        byte_count=byte_count,
        taken_at=facts.taken_at,
        camera=facts.camera,
        focal_px=facts.focal_px,
        focal_relative_sd=facts.focal_relative_sd,
    )


def _tags(image: Any) -> dict[int, object]:
    """Main and Exif directories merged; empty where they cannot be parsed."""
    try:
        exif = image.getexif()
        return {**dict(exif), **dict(exif.get_ifd(_EXIF_DIRECTORY))}
    except Exception:  # noqa: BLE001 - broken EXIF must not lose the picture
        return {}


def _orientation(image: Any, tags: dict[int, object]) -> int:
    """EXIF orientation 1 to 8 still to be applied to this image's size and pixels.

    HEIC comes turned by its decoder, TIFF by Pillow's: their tag is already spent.
    """
    value = tags.get(_ORIENTATION)
    spent = image.format in ("HEIF", "TIFF")
    return value if isinstance(value, int) and 1 <= value <= 8 and not spent else 1


def _decode_plain_jpeg(data: bytes, header: _Header, reduced: int = 1) -> Pixels | None:
    """The quick way for RGB and grey JPEGs; None where it is not one or does not decode."""
    if header.format not in ("JPEG", "MPO") or header.mode not in ("RGB", "L"):
        return None
    import cv2

    size = {
        1: cv2.IMREAD_COLOR,
        2: cv2.IMREAD_REDUCED_COLOR_2,
        4: cv2.IMREAD_REDUCED_COLOR_4,
        8: cv2.IMREAD_REDUCED_COLOR_8,
    }[reduced]
    flags = size | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    except cv2.error:
        return None
    if decoded is None:
        return None
    pixels = np.asarray(decoded, dtype=np.uint8)
    _refuse_filled(pixels, _FILLED_ROWS // reduced)
    if header.icc and header.mode == "RGB":
        from woundtrack.photo.colour import pixels_to_srgb

        pixels = pixels_to_srgb(pixels, header.icc)
    return pixels


def _refuse_filled(pixels: Pixels, rows: int) -> None:
    """Rows that were lost before the end marker are decoded as exact mid-grey: damaged."""
    last_rows = pixels[-rows:]
    if pixels[-1, -1, 0] != _FILLED_GREY or not (last_rows == _FILLED_GREY).all():
        return
    # A strip at a time: one of 250 megapixels compared as a whole would take as much again.
    if not all((strip == _FILLED_GREY).all() for strip in np.array_split(pixels, 64)):
        raise PhotoError("photo.damaged")


def _decode_with_pillow(image: Any, header: _Header) -> Pixels:
    import cv2

    try:
        image.load()
        rgb = np.asarray(_as_rgb(image, header))
    except PhotoError:
        raise
    except Exception as failure:  # noqa: BLE001 - decoders raise anything on hostile bytes
        raise _failed(failure, b"") from None
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _as_rgb(image: Any, header: _Header) -> Any:
    """A loaded Pillow image of any mode as 8-bit sRGB, transparency over white."""
    from PIL import Image

    from woundtrack.photo.colour import to_srgb

    if image.mode in ("I", "F"):
        raise PhotoError("photo.not_a_photo")
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.new("RGBA", layer.size, (255, 255, 255, 255))
        image.alpha_composite(layer)
        image = image.convert("RGB")
    if image.mode not in ("RGB", "CMYK"):
        image = image.convert("RGB")
    if header.icc:
        image = to_srgb(image, header.icc)
    return image.convert("RGB")
