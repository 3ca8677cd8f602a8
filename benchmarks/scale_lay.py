"""A flat picture laid on a surface and seen by a camera, sampled finely only where it is."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.render_camera import Array
from benchmarks.scale_camera import Sight

FINE = 2
"""Samples a px, each way."""
TILE_PX = 256
SHADOW_PX = 5.0
LEAST_PER_MM, MOST_PER_MM, MOST_SAMPLES = 12.0, 44.0, 12e6
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture (h, w, 4), BGR premultiplied by its cover, and how the surface's mm meet its px."""

    content: Pixels
    to_px: Array
    """Affine (2, 3): mm on the surface to px of the picture, whole numbers at their middles."""
    height_mm: float = 0.0
    gloss: float = 0.0
    shadow: float = 0.0
    """How dark the soft shadow at its rim is, 0 to 1."""


def samples_per_mm(sight: Sight, rim_mm: Array, shape: tuple[int, ...]) -> float:
    """So many samples of a picture with this rim as the photo takes where it is nearest."""
    px = sight.to_px(rim_mm)
    inside = ((px > -50) & (px < np.array(shape[1::-1]) + 50)).all(axis=1)
    some = rim_mm[inside & sight.seen(rim_mm)][::7]
    largest = max((sight.px_per_mm((float(x), float(y))) for x, y in some), default=8.0)
    most = min(MOST_PER_MM, float(np.sqrt(MOST_SAMPLES / np.prod(np.ptp(rim_mm, axis=0)))))
    return min(most, max(LEAST_PER_MM, 1.15 * FINE * largest))


def lay(
    image: Pixels,
    sight: Sight,
    picture: Picture,
    rim_mm: Array,
    *,
    within: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Lay a picture with its shadow into the image; how glossy each px (h, w) is by it.

    `within` (h, w) is how much of each px is on the surface, where it has a side.
    """
    rim_px = sight.to_px(rim_mm, picture.height_mm)
    margin = int(4 * SHADOW_PX)
    low = np.maximum(np.floor(rim_px.min(axis=0)) - margin, 0).astype(int)
    high = np.minimum(np.ceil(rim_px.max(axis=0)) + margin, image.shape[1::-1]).astype(int)
    layer = np.zeros((*image.shape[:2], 4), np.uint8)
    for top in range(low[1], high[1], TILE_PX):
        for left in range(low[0], high[0], TILE_PX):
            box = (left, top, min(left + TILE_PX, high[0]), min(top + TILE_PX, high[1]))
            _sample(layer, sight, picture, box)
    if within is not None:
        layer = cv2.multiply(layer, cv2.merge([within] * 4), dtype=cv2.CV_8U)
    glossy = np.zeros(image.shape[:2], np.float32)
    if (high > low).all():
        box = (slice(low[1], high[1]), slice(low[0], high[0]))
        part = layer[box][..., 3:].astype(np.float32) / 255
        below = image[box] * (1 - part)
        if picture.shadow:
            soft = cv2.GaussianBlur(layer[box][..., 3], (0, 0), SHADOW_PX)
            below *= 1 - picture.shadow * soft[..., None].astype(np.float32) / 255
        image[box] = np.clip(below + layer[box][..., :3], 0, 255).astype(np.uint8)
        glossy[box] = picture.gloss * (part[..., 0] > 0.02)
    return glossy


def _sample(layer: Pixels, sight: Sight, picture: Picture, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    places = sight.maps(box, affine=picture.to_px, height_mm=picture.height_mm, fine=FINE)
    x, y = places[..., 0], places[..., 1]
    tall, wide = picture.content.shape[:2]
    if x.max() < 0 or y.max() < 0 or x.min() > wide or y.min() > tall:
        return
    flags = {"interpolation": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_CONSTANT}
    many = cv2.remap(picture.content, places, None, **flags)
    size = (right - left, bottom - top)
    layer[top:bottom, left:right] = cv2.resize(many, size, interpolation=cv2.INTER_AREA)
