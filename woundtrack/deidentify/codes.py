"""QR and bar codes in a picture, those that nobody can read as well."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from woundtrack.deidentify.types import Mask, MaskReason
from woundtrack.photo.types import Pixels

GROWN = 0.08
"""Of a code's longest side, added all around: its finders reach to the very edge."""
SIDES_PX = (1000, 2000)
"""Codes are looked for in copies this long and in the picture itself: blur hides small ones, and
noise large ones."""


def codes_in(pixels: Pixels) -> tuple[Mask, ...]:
    """A mask over every code that OpenCV or ZXing finds; one that both find is there twice."""
    import cv2

    height, width = pixels.shape[:2]
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    found: list[Mask] = []
    for side in (*SIDES_PX, max(height, width)):
        factor = side / max(height, width)
        if factor > 1.0:
            continue
        size = max(1, round(width * factor)), max(1, round(height * factor))
        seen = grey if factor == 1.0 else cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        back = width / size[0], height / size[1]
        for corners in (*_by_zxing(seen), *_by_opencv(seen)):
            points = (corners + 0.5) * back - 0.5
            found.append(Mask(_grown(points), MaskReason.CODE))
    return tuple(found)


def _by_zxing(grey: object) -> Iterator[NDArray[np.float64]]:
    import zxingcpp

    for code in zxingcpp.read_barcodes(grey, return_errors=True):
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        yield np.array([(corner.x, corner.y) for corner in corners], np.float64)


def _by_opencv(grey: object) -> Iterator[NDArray[np.float64]]:
    """Places of codes; these finders fail on odd pictures, and then found none."""
    import cv2

    for look in (cv2.QRCodeDetector().detectMulti, cv2.barcode.BarcodeDetector().detectMulti):
        try:
            _there, quads = look(grey)  # type: ignore[call-overload]
        except cv2.error:
            continue
        if quads is not None:
            yield from np.asarray(quads, np.float64).reshape(-1, 4, 2)


def _grown(corners: NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
    """The quadrangle grown, a bar code's that is next to nothing across as well."""
    import cv2

    longest = max(np.ptp(corners, axis=0).max(), 1.0)
    (x, y), (wide, high), turn = cv2.minAreaRect(corners.astype(np.float32))
    more = 2 * GROWN * longest
    box = cv2.boxPoints(((x, y), (wide + more, high + more), turn))
    return tuple((float(px), float(py)) for px, py in box)
