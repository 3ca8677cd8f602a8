"""Small files that are sound and unpack to as much as the limits let in, or more."""

import io
import struct
import zlib

import numpy as np

from benchmarks.hostile_seeds import png_chunk

SIDE_PX = 15_500
"""240 megapixels: just within what is read at all."""
_SCANS = 400
_MODES = {"GIF": "L"}
_SIZES = {"WEBP": (9000, 9000)}


def bombs() -> dict[str, bytes]:
    """Each bomb by what it is."""
    jpeg = _jpeg()
    return {
        "bomb jpeg": jpeg,
        "bomb jpeg turned": jpeg[:2] + _TURNED + jpeg[2:],
        "bomb jpeg scans": _scans(),
        "bomb png": _png(2, 8),
        "bomb png 16 bit": _png(2, 16),
        "bomb png palette": _png(0, 1),
        "bomb tiff": _pillow("TIFF", compression="tiff_adobe_deflate"),
        "bomb tiff lzw": _pillow("TIFF", compression="tiff_lzw"),
        "bomb webp": _pillow("WEBP", lossless=True, quality=0, method=0),
        "bomb gif": _pillow("GIF"),
    }


_EXIF = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x0112, 3, 1, 6) + bytes(4)
_TURNED = b"\xff\xe1" + struct.pack(">H", len(_EXIF) + 2) + _EXIF


def _jpeg() -> bytes:
    import cv2

    grey = np.full((SIDE_PX, SIDE_PX), 90, np.uint8)
    return cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 10])[1].tobytes()


def _scans() -> bytes:
    """A progressive JPEG whose last scan comes over and over: each goes over the whole picture."""
    import cv2

    way = [cv2.IMWRITE_JPEG_PROGRESSIVE, 1, cv2.IMWRITE_JPEG_QUALITY, 10]
    data = cv2.imencode(".jpg", np.full((9000, 9000, 3), 90, np.uint8), way)[1].tobytes()
    last = data.rfind(b"\xff\xda")
    return data[:last] + data[last:-2] * _SCANS + b"\xff\xd9"


def _png(colour: int, depth: int) -> bytes:
    side = SIDE_PX if depth == 8 else 10_000
    bits = {0: 1, 2: 3}[colour] * depth * side
    head = struct.pack(">IIBBBBB", side, side, depth, colour, 0, 0, 0)
    pack = zlib.compressobj(9)
    row = bytes(1 + (bits + 7) // 8)
    body = b"".join([*(pack.compress(row) for _ in range(side)), pack.flush()])
    chunks = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _pillow(form: str, **options: object) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.new(_MODES.get(form, "RGB"), _SIZES.get(form, (15_500, 15_500)), 90).save(
        stream, form, **options
    )
    return stream.getvalue()
