"""Small sound pictures of every kind that is read, to be spoiled by `hostile_changes`."""

import io
import struct
import zlib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
from PIL import Image, ImageCms, PngImagePlugin
from PIL.ExifTags import IFD, Base

from woundtrack.photo.code import new_patient_code

SIZE_PX = (56, 40)
PAYLOADS = (
    f"WT1:{new_patient_code(bytes(range(4)))}:A:12", "https://example.org/?x=<script>",
    "../../etc/passwd", "%s%n{0.__class__}",
    "<img src=file:///etc/passwd>", "WT1:" + "A" * 900,
)  # fmt: skip
"""What codes say: one of ours, and what no code of ours may do."""


@cache
def seeds() -> Mapping[str, bytes]:
    """Each sound file by what it is."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    picture = _picture()
    pictures = {**_jpegs(picture), **_pngs(picture), **_tiffs(picture), **_others(picture)}
    return MappingProxyType({**pictures, **_codes()})


def _picture() -> Image.Image:
    random = np.random.default_rng(5)
    width, height = SIZE_PX
    coarse = random.integers(60, 220, (height // 8, width // 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize(SIZE_PX, Image.Resampling.BICUBIC)


def _jpegs(picture: Image.Image) -> dict[str, bytes]:
    turned, exif = camera_exif(), camera_exif()
    turned[Base.Orientation] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return {
        "jpeg": _file(picture, "JPEG", quality=90),
        "jpeg progressive": _file(picture, "JPEG", progressive=True),
        "jpeg grey": _file(picture.convert("L"), "JPEG"),
        "jpeg cmyk": _file(picture.convert("CMYK"), "JPEG"),
        "jpeg exif": _file(picture, "JPEG", exif=exif),
        "jpeg turned": _file(picture, "JPEG", exif=turned, progressive=True),
        "jpeg icc": _file(picture, "JPEG", icc_profile=_other(profile)),
        "jpeg restarts": _file(picture, "JPEG", restart_marker_blocks=2),
        "mpo": _file(picture, "MPO", save_all=True, append_images=[picture.rotate(180)]),
    }


def _pngs(picture: Image.Image) -> dict[str, bytes]:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "a wound", zip=True)
    text.add_itxt("Title", "left calf", lang="en", zip=True)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    deep = np.asarray(picture.convert("L")).astype(np.uint16) * 257
    return {
        "png": _file(picture, "PNG"),
        "png alpha": _file(picture.convert("RGBA"), "PNG"),
        "png palette": _file(picture.convert("P"), "PNG", transparency=3),
        "png one bit": _file(picture.convert("1"), "PNG"),
        "png 16 bit": _file(Image.fromarray(deep), "PNG"),
        "png texts": _file(picture, "PNG", pnginfo=text, exif=camera_exif()),
        "png icc": _file(picture, "PNG", icc_profile=_other(profile)),
        "png interlaced": _interlaced(np.asarray(picture.convert("L"))),
        "png moving": _file(picture, "PNG", save_all=True, append_images=[picture.rotate(90)]),
    }


def _tiffs(picture: Image.Image) -> dict[str, bytes]:
    ways = ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg", "group4", "zstd")
    made = {
        f"tiff {way}": _file(
            picture.convert("1") if way == "group4" else picture, "TIFF", compression=way
        )
        for way in ways
    }
    deep = np.asarray(picture.convert("L")).astype(np.uint16) * 257
    made["tiff 16 bit"] = _file(Image.fromarray(deep), "TIFF")
    made["tiff cmyk"] = _file(picture.convert("CMYK"), "TIFF", compression="tiff_lzw")
    made["tiff pages"] = _file(
        picture, "TIFF", save_all=True, append_images=[picture.rotate(90)], exif=camera_exif()
    )
    return made


def _others(picture: Image.Image) -> dict[str, bytes]:
    more = {"save_all": True, "append_images": [picture.rotate(90), picture.rotate(180)]}
    return {
        "heic": _file(picture, "HEIF", quality=60, exif=camera_exif().tobytes()),
        "heic alpha": _file(picture.convert("RGBA"), "HEIF", quality=60),
        "avif": _file(picture, "AVIF", quality=60),
        "webp": _file(picture, "WEBP", exif=camera_exif()),
        "webp lossless": _file(picture.convert("RGBA"), "WEBP", lossless=True),
        "webp moving": _file(picture, "WEBP", **more),
        "gif": _file(picture.convert("P"), "GIF", **more),
        "bmp": _file(picture, "BMP"),
        "bmp palette": _file(picture.convert("P"), "BMP"),
    }


def _codes() -> dict[str, bytes]:
    import cv2

    made = {}
    for number, payload in enumerate(PAYLOADS):
        modules = np.asarray(cv2.QRCodeEncoder.create().encode(payload), np.uint8)
        quiet = cv2.copyMakeBorder(modules, 4, 4, 4, 4, cv2.BORDER_CONSTANT, value=255)
        large = Image.fromarray(quiet).resize((quiet.shape[1] * 3, quiet.shape[0] * 3), 0)
        form = "JPEG" if number % 2 else "PNG"
        made[f"qr {number} {form.lower()}"] = _file(large, form)
    return made


def camera_exif() -> Image.Exif:
    """EXIF as a camera writes it."""
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model] = "Maker", "Model"
    inner = exif.get_ifd(IFD.Exif)
    inner[Base.DateTimeOriginal] = "2026:03:17 09:30:00"
    inner[Base.FocalLength], inner[Base.FocalLengthIn35mmFilm] = 4.25, 26
    inner[Base.MakerNote] = bytes(range(64))
    return exif


def _other(profile: bytes) -> bytes:
    """The profile with two primaries changed about: one that has to be applied."""
    return profile.replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ").replace(b"tXYZ", b"gXYZ")


def _interlaced(levels: np.ndarray) -> bytes:
    """An 8-bit grey PNG in the seven passes of Adam7 (ISO/IEC 15948, 8.2)."""
    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
              (1, 0, 2, 1))  # fmt: skip
    rows = b"".join(
        b"\0" + row.tobytes()
        for top, left, down, right in passes
        for row in levels[top::down, left::right]
    )
    height, width = levels.shape
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 1)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", zlib.compress(rows))
        + png_chunk(b"IEND", b"")
    )


def png_chunk(name: bytes, body: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _file(picture: Image.Image, form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()
