"""A photo ready to be painted quickly at any zoom: its own pixels, and halves of halves.

The full photo is wrapped, not copied; reduced levels are area averages, made when first
needed, so that a 12-megapixel photo shows at once and fine detail does not shimmer.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from ui.photo_editor.geometry import View, visible_px
from woundtrack.photo.types import Pixels

CRISP_FROM = 3.0
"""From so many device px for one photo px on, pixels are shown as squares."""


@dataclass(frozen=True, slots=True)
class _Level:
    image: QImage
    pixels: Pixels
    """Kept alive as long as the image that wraps it."""


class PhotoLevels:
    """One picture as images of full, half, quarter, … size.

    (height, width, 3) BGR, or (height, width, 4) BGRA, premultiplied: what Qt paints fastest.
    """

    def __init__(self, pixels: Pixels) -> None:
        self.height_px: int
        self.width_px: int
        self._given = pixels
        full = np.ascontiguousarray(pixels)
        self.height_px, self.width_px = full.shape[:2]
        self._levels = [_wrapped(full)]

    def shows(self, pixels: Pixels) -> bool:
        """Whether this is the very photo."""
        return self._given is pixels

    def ready(self) -> "PhotoLevels":
        """The same with all levels made: by a worker, so that no frame waits for one."""
        while self._can_halve(len(self._levels) - 1):
            self._levels.append(_halved(self._levels[-1].pixels))
        return self

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the full photo."""
        return (self.width_px, self.height_px)

    def paint(self, painter: QPainter, view: View, *, size: tuple[float, float]) -> None:
        """Paint the part of the photo that the view shows; the painter is in view px."""
        part = visible_px(view, photo=self.size_px, size=size)
        if part is None:
            return
        ratio = painter.deviceTransform().m11()
        image = self._level_for(view.zoom * ratio)
        left, top, right, bottom = part
        # A whole pixel more on each side lets smooth scaling see its neighbours.
        left, top = max(-0.5, left - 1.0), max(-0.5, top - 1.0)
        right = min(self.width_px - 0.5, right + 1.0)
        bottom = min(self.height_px - 0.5, bottom + 1.0)
        x, y = view.to_view((left, top))
        across, down = image.width() / self.width_px, image.height() / self.height_px
        source = QRectF(
            (left + 0.5) * across,
            (top + 0.5) * down,
            (right - left) * across,
            (bottom - top) * down,
        )
        target = QRectF(x, y, (right - left) * view.zoom, (bottom - top) * view.zoom)
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, view.zoom * ratio < CRISP_FROM
        )
        painter.drawImage(target, image, source)

    def _level_for(self, device_zoom: float) -> QImage:
        """The smallest level that still has a pixel for every device pixel."""
        number = 0
        while device_zoom * 2 ** (number + 1) <= 1.0 and self._can_halve(number):
            number += 1
        while len(self._levels) <= number:
            self._levels.append(_halved(self._levels[-1].pixels))
        return self._levels[number].image

    def _can_halve(self, number: int) -> bool:
        return min(self.size_px) >> (number + 1) >= 64


def _wrapped(pixels: Pixels) -> _Level:
    height, width = pixels.shape[:2]
    plain = pixels.shape[2] == 3
    kind = QImage.Format.Format_BGR888 if plain else QImage.Format.Format_ARGB32_Premultiplied
    return _Level(QImage(pixels.data, width, height, pixels.strides[0], kind), pixels)


def _halved(pixels: Pixels) -> _Level:
    import cv2

    height, width = pixels.shape[:2]
    size = ((width + 1) // 2, (height + 1) // 2)
    half = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    wrapped = _wrapped(half)
    if pixels.shape[2] == 4:
        return wrapped
    # 32-bit pixels are what the raster painter scales fastest; the copy is small by now.
    return _Level(wrapped.image.convertToFormat(QImage.Format.Format_RGB32), half)
