"""A photo as it may be shown: cut, masked in its pixels, and encoded with nothing beside them."""

import math
import struct
from collections.abc import Iterable, Iterator
from enum import StrEnum

import numpy as np

from woundtrack.deidentify.types import Crop, Mask
from woundtrack.errors import ExportError
from woundtrack.outline.crops import Window
from woundtrack.photo.types import Pixels

MOST_PX = 3000
"""No picture is longer: writing is looked for in the very picture that leaves, and no finer."""
MASK_GREY = 128
JPEG_QUALITY = 92
_SUB_PX = 4
"""Bits of a part of a px that corners are drawn with."""
_JPEG_PLAIN = frozenset((0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD))
"""Frames and tables (ITU-T T.81, table B.1): what pixels need, and nothing else."""
_JFIF, _JFIF_BYTES = 0xE0, 14
"""JFIF's own segment without a thumbnail: density and version alone."""
_PNG_PLAIN = (b"IHDR", b"IDAT", b"IEND")


class PictureFormat(StrEnum):
    """How a picture is encoded, and the ending of its name."""

    JPEG = "jpg"
    PNG = "png"


def frame_of(crop: Crop) -> Window:
    """Where the picture's px lie in the photo: as large as there, or reduced by a whole number.

    Up to that number less one of the crop's last rows and columns are left out.
    """
    fold = max(1, math.ceil(max(crop.width_px, crop.height_px) / MOST_PX))
    size = max(1, crop.width_px // fold), max(1, crop.height_px // fold)
    return Window(float(crop.left_px), float(crop.top_px), 1.0 / fold, *size)


def shown(pixels: Pixels, crop: Crop, masks: Iterable[Mask] = ()) -> Pixels:
    """What is left of a photo (BGR): the crop with its masks painted, reduced as `frame_of` says.

    Masks are painted before anything is reduced, so that nothing below them shows through.
    """
    import cv2

    frame = frame_of(crop)
    fold = round(1 / frame.factor)
    bottom, right = crop.top_px + fold * frame.height, crop.left_px + fold * frame.width
    cut = pixels[crop.top_px : bottom, crop.left_px : right].copy()
    paint_masks(cut, masks, corner_px=(crop.left_px, crop.top_px))
    if fold == 1:
        return cut
    size = (frame.width, frame.height)
    return np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA), np.uint8)


def paint_masks(
    pixels: Pixels, masks: Iterable[Mask], *, corner_px: tuple[int, int] = (0, 0)
) -> None:
    """Paint masks of a photo over some of its pixels, the first of which lies at `corner_px`."""
    import cv2

    grey = (MASK_GREY,) * 3
    for mask in masks:
        corners = np.array(mask.polygon_px) - corner_px
        whole = np.round(np.clip(corners, -1e5, 1e5) * (1 << _SUB_PX)).astype(np.int32)
        cv2.fillPoly(pixels, [whole], grey, cv2.LINE_8, _SUB_PX)
        cv2.polylines(pixels, [whole], True, grey, 2, cv2.LINE_8, _SUB_PX)


def encoded(pixels: Pixels, picture_format: PictureFormat) -> bytes:
    """The picture file of some pixels (BGR, sRGB): these alone, as `check_plain` proves."""
    import cv2

    options = (
        [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY] if picture_format is PictureFormat.JPEG else []
    )
    done, data = cv2.imencode(f".{picture_format}", pixels, options)
    if not done:
        raise ExportError("deidentify.not_plain")
    plain = bytes(data)
    check_plain(plain)
    return plain


def check_plain(data: bytes) -> None:
    """Refuse a picture file that holds anything but pixels: every segment is looked at.

    Raises ExportError deidentify.not_plain: for metadata, a colour profile, a thumbnail, a
    comment, or bytes behind the end.
    """
    check = _is_plain_png if data.startswith(b"\x89PNG\r\n\x1a\n") else _is_plain_jpeg
    try:
        plain = check(data)
    except (IndexError, struct.error):
        plain = False
    if not plain:
        raise ExportError("deidentify.not_plain")


def _is_plain_jpeg(data: bytes) -> bool:
    if data[:2] != b"\xff\xd8":
        return False
    at = 2
    while True:
        mark, kind = data[at], data[at + 1]
        if mark != 0xFF:
            return False
        if kind == 0xD9:
            return at + 2 == len(data)
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        body, at = data[at + 4 : at + 2 + length], at + 2 + length
        jfif = kind == _JFIF and body.startswith(b"JFIF\0") and length == _JFIF_BYTES + 2
        if kind == 0xDA:
            at = _after_scan(data, at)
        elif not (jfif or kind in _JPEG_PLAIN):
            return False


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: in coded pixels 0xFF is followed by 0 or a restart."""
    while not (data[at] == 0xFF and data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7):
        at = data.index(b"\xff", at + 1) if b"\xff" in data[at + 1 :] else len(data)
    return at


def _is_plain_png(data: bytes) -> bool:
    kinds = list(_png_kinds(data))
    return kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and set(kinds) <= set(_PNG_PLAIN)


def _png_kinds(data: bytes) -> Iterator[bytes]:
    """The kind of each chunk; one that no PNG has for what lies behind the end."""
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8]
        yield kind
        at += 12 + length
        if kind == b"IEND" and at != len(data):
            yield b"    "
