"""A clinic's logo: any picture made small, without metadata, fit to be kept and printed."""

import io
from typing import Any

import numpy as np

from woundtrack.errors import PhotoError, ReportError
from woundtrack.photo.types import Pixels
from woundtrack.records.letterhead import LOGO_BYTES, LOGO_PX

_JPEG_QUALITIES = (92, 85, 75, 60)


def logo_of(data: bytes) -> bytes:
    """The picture as a PNG, or as a JPEG where that would be too large, within `LOGO_PX`.

    Clear parts of a PNG stay clear. Raises ReportError report.not_a_logo, and PhotoError
    photo.no_reader.
    """
    from PIL import Image

    from woundtrack.photo.decoding import NO_READER, logo_rgba

    try:
        image = Image.fromarray(logo_rgba(data))
    except PhotoError as error:
        if error.code == NO_READER:
            raise
        raise ReportError("report.not_a_logo") from error
    png = _saved(image, format="PNG", optimize=True)
    if len(png) <= LOGO_BYTES:
        return png
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    jpegs = (_saved(flat, format="JPEG", quality=quality) for quality in _JPEG_QUALITIES)
    found = next((jpeg for jpeg in jpegs if len(jpeg) <= LOGO_BYTES), b"")
    if not found:
        raise ReportError("report.not_a_logo")
    return found


def small_rgba(data: bytes) -> Pixels:
    """The picture made small, (height, width, 4), RGBA; in the child process that reads it.

    Raises PhotoError: a photo's reader knows every kind of broken file.
    """
    from PIL import Image

    from woundtrack.photo.read import decode_photo

    _photo, pixels = decode_photo(data)
    image = Image.fromarray(pixels[:, :, ::-1].copy()).convert("RGBA")
    with Image.open(io.BytesIO(data)) as original:
        if original.mode in ("RGBA", "LA", "PA") or "transparency" in original.info:
            # Read over white above: clear parts show what they are laid on.
            image = original.convert("RGBA")
    image.thumbnail(LOGO_PX)
    return np.asarray(image, np.uint8)


def _saved(image: Any, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, **options)
    return file.getvalue()
