"""Small copies of parts of a photo, whatever its size, and the way back to photo px."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.types import PointPx, Ring
from woundtrack.photo.types import Pixels

BoxPx: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in px of the upright photo."""

SMALLEST_LEVEL_PX = 512


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of the photo shown in `width` × `height` small pixels, `factor` a photo px."""

    left_px: float
    top_px: float
    factor: float
    width: int
    height: int

    def inwards(self, point_px: PointPx) -> PointPx:
        """A point of the photo in px of the small copy, centres at whole numbers in both."""
        x, y = point_px
        return (
            (x + 0.5 - self.left_px) * self.factor - 0.5,
            (y + 0.5 - self.top_px) * self.factor - 0.5,
        )

    def outwards(self, ring: Ring) -> Ring:
        """A ring of the small copy in px of the photo."""
        return tuple(
            (
                (x + 0.5) / self.factor + self.left_px - 0.5,
                (y + 0.5) / self.factor + self.top_px - 0.5,
            )
            for x, y in ring
        )

    def box_inwards(self, box_px: BoxPx) -> BoxPx:
        """A box of the photo in px of the small copy."""
        left, top = self.inwards(box_px[:2])
        right, bottom = self.inwards(box_px[2:])
        return left, top, right, bottom


def pyramid(pixels: Pixels, *, smallest_px: int = SMALLEST_LEVEL_PX) -> tuple[Pixels, ...]:
    """The photo and its halvings, down to about `smallest_px` on the longest side."""
    import cv2

    levels = [pixels]
    while max(levels[-1].shape[:2]) >= 2 * smallest_px:
        height, width = levels[-1].shape[:2]
        size = (max(1, width // 2), max(1, height // 2))
        half = cv2.resize(levels[-1], size, interpolation=cv2.INTER_AREA)
        levels.append(np.asarray(half, dtype=np.uint8))
    return tuple(levels)


def window(box_px: BoxPx, shape: Sequence[int], *, margin: float, side: int) -> Window:
    """The window around a box grown by `margin` of its size, its longest side `side` pixels.

    It stays within a photo of this (height, width, …) shape.
    """
    left, top, right, bottom = box_px
    across, down = margin * (right - left), margin * (bottom - top)
    left_px, top_px = max(0.0, left - across), max(0.0, top - down)
    width_px = min(float(shape[1]), right + across + 1) - left_px
    height_px = min(float(shape[0]), bottom + down + 1) - top_px
    factor = side / max(width_px, height_px, 1.0)
    size = (max(2, round(width_px * factor)), max(2, round(height_px * factor)))
    return Window(left_px, top_px, factor, *size)


def look(levels: Sequence[Pixels], through: Window, *, beyond: int | None = None) -> Pixels:
    """What is seen through the window, (height, width, 3), from the level that fits.

    Beyond the photo its border goes on, or every channel is `beyond`.
    """
    import cv2

    level = levels[0]
    for smaller in levels[1:]:
        if smaller.shape[1] / levels[0].shape[1] < through.factor:
            break
        level = smaller
    across = level.shape[1] / levels[0].shape[1]
    down = level.shape[0] / levels[0].shape[0]
    step_x, step_y = across / through.factor, down / through.factor
    matrix = np.array(
        [
            [step_x, 0.0, 0.5 * step_x + through.left_px * across - 0.5],
            [0.0, step_y, 0.5 * step_y + through.top_px * down - 0.5],
        ]
    )
    seen = cv2.warpAffine(
        level,
        matrix,
        (through.width, through.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE if beyond is None else cv2.BORDER_CONSTANT,
        borderValue=(beyond or 0,) * 3,
    )
    return np.asarray(seen, dtype=np.uint8)


def moved(
    mask: NDArray[np.float32], origin: Window, target: Window, *, go_on: bool = False
) -> NDArray[np.float32]:
    """A mask seen through one window as seen through another; beyond the first 0, or as it ends."""
    import cv2

    step = origin.factor / target.factor
    matrix = np.array(
        [
            [step, 0.0, 0.5 * step + (target.left_px - origin.left_px) * origin.factor - 0.5],
            [0.0, step, 0.5 * step + (target.top_px - origin.top_px) * origin.factor - 0.5],
        ]
    )
    seen = cv2.warpAffine(
        mask.astype(np.float32),
        matrix,
        (target.width, target.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE if go_on else cv2.BORDER_CONSTANT,
    )
    return np.asarray(seen, dtype=np.float32)


def box_of(mask: NDArray[np.bool_], through: Window, *, grow: float = 0.0) -> BoxPx:
    """The box in photo px around a mask seen through a window, grown by a part of its size."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    corner = (float(columns[0]) - 0.5, float(rows[0]) - 0.5)
    opposite = (float(columns[-1]) + 0.5, float(rows[-1]) + 0.5)
    (left, top), (right, bottom) = through.outwards((corner, opposite))
    across, down = grow * (right - left), grow * (bottom - top)
    return left - across, top - down, right + across, bottom + down
