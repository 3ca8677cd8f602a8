"""Pictures from outside, read in a child process: what crashes, hangs or swells there, ends there.

Everything that did not come out of this clinic's own vault is read through here. The child's
answer is looked at as if the picture had written it.
"""

import json
import math
from dataclasses import dataclass
from functools import cache

from woundtrack.child import most_at_once
from woundtrack.child.limits import GROWTH_BYTES
from woundtrack.child.process import (
    ChildCrashedError,
    Children,
    ChildSlowError,
    ChildUnavailableError,
)
from woundtrack.errors import PhotoError
from woundtrack.photo.code import CardCode, parse_code
from woundtrack.photo.decoder import THUMBNAIL_PX, Told, serve
from woundtrack.photo.exif import CAMERA_LENGTH
from woundtrack.photo.read import FORMATS, MAX_PIXELS, MEDIA_TYPES, thumbnail_jpeg
from woundtrack.photo.shape import upright
from woundtrack.photo.types import Photo, Pixels
from woundtrack.records.letterhead import LOGO_PX
from woundtrack.store.codec import CodecError, codec_for
from woundtrack.store.tissue_checks import MAX_CELLS

CPU_SECONDS, CPU_SECONDS_PER_BYTE, MOST_CPU_SECONDS = 1.5, 2e-6, 60.0
GROWTH_PER_BYTE = 24
"""What a file may cost: more where it is large, for then there is something to be read."""
CLOCK_FACTOR = 2.0
"""How much longer it may take by the clock, where the machine has other work."""
_MOST_CODES = 64
NO_READER = "photo.no_reader"
UNSAFE = frozenset({"photo.crashed", "photo.too_slow", "photo.too_much_memory"})
"""What became of files that the program itself must not decode."""
_MEDIA_TYPES = {MEDIA_TYPES.get(name, f"image/{name.lower()}") for name in (*FORMATS, "MPO")}
_REFUSED = {
    ChildUnavailableError: NO_READER,
    ChildSlowError: "photo.too_slow",
    ChildCrashedError: "photo.crashed",
}
_BLOCKS = {
    "look": (3, THUMBNAIL_PX**2),
    "glance": (3, THUMBNAIL_PX**2),
    "pixels": (3, MAX_PIXELS),
    "logo": (4, math.prod(LOGO_PX)),
    "cells": (1, MAX_CELLS**2),
}
"""What comes with an answer: how many channels, of at most how many pixels."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be known of a photo file before it is kept."""

    photo: Photo
    codes: tuple[CardCode, ...]
    thumbnail: bytes
    """A JPEG, made here of pixels."""


def look(data: bytes, *, codes: bool = True) -> Seen:
    """A photo file decoded whole elsewhere. Raises PhotoError, as every function here."""
    told, small = _asked("look" if codes else "glance", data)
    found = (parse_code(text) for text in told.codes[:_MOST_CODES])
    return Seen(_photo_of(told, data), tuple(code for code in found if code), thumbnail_jpeg(small))


def decoded(data: bytes) -> tuple[Photo, Pixels]:
    """The photo in these bytes and its upright 8-bit BGR pixels, decoded elsewhere."""
    told, stored = _asked("pixels", data)
    photo, pixels = _photo_of(told, data), upright(stored, told.orientation)
    if pixels.shape[:2] != (photo.height_px, photo.width_px):
        raise PhotoError("photo.crashed")
    return photo, pixels


def logo_rgba(data: bytes) -> Pixels:
    """A picture made small for a letterhead, (height, width, 4), RGBA."""
    return _asked("logo", data)[1]


def tissue_cells(png: bytes) -> Pixels:
    """A map of tissues, (height, width, 1)."""
    return _asked("cells", png)[1]


def warm() -> None:
    """Have the reader ready before it is needed. Raises PhotoError photo.no_reader."""
    try:
        _children().warm()
    except ChildUnavailableError:
        raise PhotoError(NO_READER) from None


def close() -> None:
    """Let idle readers go; the next picture starts one."""
    _children().close()


def reader_ids() -> tuple[int, ...]:
    """The process numbers of the idle readers."""
    return _children().process_ids()


@cache
def _children() -> Children:
    """One set of children a process, for they belong to it and end with it."""
    return Children(serve, most=most_at_once())


def _asked(do: str, data: bytes) -> tuple[Told, Pixels]:
    cpu_seconds = min(CPU_SECONDS + CPU_SECONDS_PER_BYTE * len(data), MOST_CPU_SECONDS)
    words = {
        "do": do,
        "size": len(data),
        "cpu_seconds": cpu_seconds,
        "growth_bytes": GROWTH_BYTES + GROWTH_PER_BYTE * len(data),
    }
    try:
        answer, block = _children().ask(
            json.dumps(words).encode(),
            data,
            seconds=cpu_seconds * CLOCK_FACTOR,
            size_of=lambda answer: math.prod(told_by(do, answer).shape),
        )
    except (ChildUnavailableError, ChildSlowError, ChildCrashedError) as error:
        raise PhotoError(_REFUSED[type(error)]) from None
    told = told_by(do, answer)
    if told.refused:
        raise PhotoError(told.refused, limit_mp=MAX_PIXELS // 1_000_000)
    return told, block.reshape(told.shape)


def told_by(do: str, answer: bytes) -> Told:
    """What a child's words say, asked to `do` it. Raises ValueError where they are none."""
    try:
        told: Told = codec_for(Told)[1](json.loads(answer))
    except (CodecError, RecursionError) as error:
        raise ValueError("not an answer") from error
    channels, most = _BLOCKS[do]
    height, width, deep = told.shape
    if told.refused:
        fits = told.refused in _CODES and told.shape == Told().shape
    else:
        fits = min(height, width) > 0 and height * width <= most and deep == channels
    if not fits:
        raise ValueError("not an answer")
    return told


def _photo_of(told: Told, data: bytes) -> Photo:
    """The photo that was told, if it can be one."""
    photo = told.photo
    if photo is None or not (
        min(photo.width_px, photo.height_px) > 0
        and photo.width_px * photo.height_px <= MAX_PIXELS
        and photo.media_type in _MEDIA_TYPES
        and photo.byte_count == len(data)
        and (photo.taken_at is None or photo.taken_at.tzinfo is None)
        and photo.camera.isprintable()
        and len(photo.camera) <= CAMERA_LENGTH
        and (photo.focal_px is None or 0 < photo.focal_px < math.inf)
        and 0 <= photo.focal_relative_sd < math.inf
    ):
        raise PhotoError("photo.crashed")
    return photo


_CODES = frozenset(
    f"photo.{name}"
    for name in ("empty", "not_a_photo", "truncated", "damaged", "too_large", "too_much_memory")
)
