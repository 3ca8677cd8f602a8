"""The facts of a photo. Pixels travel beside it, never inside it."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
"""An upright photo, (height, width, 3), BGR, 8 bit."""


@dataclass(frozen=True, slots=True)
class Photo:
    """What is known of a photo. All px are of the upright photo."""

    width_px: int
    height_px: int
    media_type: str
    """Of the original bytes: "image/jpeg", "image/png", "image/heic", …"""
    byte_count: int
    taken_at: dt.datetime | None = None
    """EXIF time as read, without zone; None where missing or implausible."""
    camera: str = ""
    focal_px: float | None = None
    """Focal length in px of the upright photo, from EXIF; None where it cannot be trusted."""
    focal_relative_sd: float = 0.0
    """How far `focal_px` may be off, as a fraction."""
