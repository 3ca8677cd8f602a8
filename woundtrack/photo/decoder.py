"""The child process that reads pictures from outside: `decoding` asks it, and believes little.

It is asked in JSON, `{"do": …, "size": …, "cpu_seconds": …, "growth_bytes": …}`, and answers with a
`Told`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TypeAlias

import numpy as np

from woundtrack.child.limits import Bounds
from woundtrack.child.process import READY, receive_block, send_block
from woundtrack.errors import PhotoError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.store.codec import codec_for


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a picture, beside a block of bytes."""

    refused: str = ""
    """The code of the PhotoError; empty where it was read."""
    photo: Photo | None = None
    codes: tuple[str, ...] = ()
    orientation: int = 1
    """How the pixels are still to be turned."""
    shape: tuple[int, int, int] = (0, 0, 0)
    """Of the block: height, width, channels."""


Answer: TypeAlias = tuple[Told, Pixels]
_NOTHING = np.zeros(0, np.uint8)
THUMBNAIL_PX = 512
_OPENCV_NO_MEMORY = -4


def serve(pipe: Connection) -> None:
    """Answer until the pipe closes."""
    _load()
    bounds = Bounds()
    pipe.send_bytes(READY)
    while True:
        try:
            asked = json.loads(pipe.recv_bytes())
            data = receive_block(pipe, asked["size"]).tobytes()
        except (EOFError, OSError):
            return
        bounds.allow(cpu_seconds=asked["cpu_seconds"], growth_bytes=asked["growth_bytes"])
        told, block = _answer(asked["do"], data)
        del data
        pipe.send_bytes(json.dumps(codec_for(Told)[0](told)).encode())
        send_block(pipe, block.reshape(-1).data)
        del block
        bounds.rest()


def _load() -> None:
    """Everything that reading needs, for afterwards there is little memory and no file."""
    import cv2
    import zxingcpp
    from PIL import Image, ImageCms

    from woundtrack.photo import code, colour
    from woundtrack.photo.read import decode_photo, thumbnail_jpeg

    cv2.setNumThreads(1)
    Image.init()
    tiny = cv2.imencode(".jpg", np.zeros((8, 8, 3), np.uint8))[1].tobytes()
    code.find_codes(decode_photo(tiny)[1])
    thumbnail_jpeg(decode_photo(tiny)[1])
    colour.to_srgb(
        Image.new("RGB", (1, 1)), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )
    del zxingcpp


def _answer(name: str, data: bytes) -> Answer:
    try:
        return _WORK[name](data)
    except PhotoError as error:
        return Told(error.code), _NOTHING
    except MemoryError:
        return Told("photo.too_much_memory"), _NOTHING
    except Exception as error:  # noqa: BLE001 - decoders raise anything on hostile bytes
        full = getattr(error, "code", None) == _OPENCV_NO_MEMORY
        return Told("photo.too_much_memory" if full else "photo.damaged"), _NOTHING


def _look(data: bytes) -> Answer:
    """The photo's facts, the codes in it, and a small copy."""
    from woundtrack.photo.code import code_text, find_codes

    photo, small, pixels = _read(data)
    codes = tuple(code_text(code) for code in find_codes(pixels))
    return Told(photo=photo, codes=codes, shape=_shape(small)), small


def _glance(data: bytes) -> Answer:
    """The photo's facts and a small copy."""
    photo, small, _pixels = _read(data)
    return Told(photo=photo, shape=_shape(small)), small


def _read(data: bytes) -> tuple[Photo, Pixels, Pixels]:
    from woundtrack.photo.read import stored_photo
    from woundtrack.photo.shape import shrunk, upright

    photo, pixels, orientation = stored_photo(data)
    small = upright(shrunk(pixels, longest_px=THUMBNAIL_PX), orientation)
    return photo, np.ascontiguousarray(small), pixels


def _pixels(data: bytes) -> Answer:
    """The photo's facts and its pixels as stored: whoever asked turns them."""
    from woundtrack.photo.read import stored_photo

    photo, pixels, orientation = stored_photo(data)
    told = Told(photo=photo, orientation=orientation, shape=_shape(pixels))
    return told, np.ascontiguousarray(pixels)


def _logo(data: bytes) -> Answer:
    from woundtrack.report.logo import small_rgba

    image = small_rgba(data)
    return Told(shape=_shape(image)), image


def _cells(data: bytes) -> Answer:
    """A map of tissues, to be compared with what is said of it."""
    import cv2

    cells = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if cells is None:
        raise PhotoError("photo.damaged")
    return Told(shape=(*cells.shape, 1)), np.asarray(cells, np.uint8)


def _shape(pixels: Pixels) -> tuple[int, int, int]:
    height, width, channels = pixels.shape
    return height, width, channels


_WORK: dict[str, Callable[[bytes], Answer]] = {
    "look": _look,
    "glance": _glance,
    "pixels": _pixels,
    "logo": _logo,
    "cells": _cells,
}
