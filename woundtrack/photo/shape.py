"""A picture turned and made smaller."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels

FIRST_LYING = 5
"""EXIF orientations from here on change width and height."""


def shrunk(pixels: Pixels, *, longest_px: int) -> Pixels:
    """The picture with its longest side at most `longest_px`; the same where it is."""
    import cv2

    height, width = pixels.shape[:2]
    factor = longest_px / max(height, width)
    if factor >= 1.0:
        return pixels
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Pixels as stored, turned and mirrored by their EXIF orientation (Exif 2.32, 4.6.4)."""
    import cv2

    turned: NDArray[Any] = pixels
    if orientation in (5, 7):
        turned = cv2.transpose(turned)
        orientation = {5: 1, 7: 3}[orientation]
    if orientation in (2, 4):
        turned = cv2.flip(turned, 1 if orientation == 2 else 0)
    turns = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if orientation in turns:
        turned = cv2.rotate(turned, turns[orientation])
    return np.asarray(turned, dtype=np.uint8)
