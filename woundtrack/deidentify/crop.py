"""Which part of a photo is shown: the wound and what gives its scale, and little beside them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from woundtrack.deidentify.types import Crop
from woundtrack.measure.rings import longest_span
from woundtrack.outline.types import Outline
from woundtrack.scale.card_layout import HEIGHT_MM, WIDTH_MM
from woundtrack.scale.types import PointPx, Scale, ScaleMethod

MARGIN_MM = 15.0
"""Around wound and reference: skin enough to judge the margin by, other parts left out."""
MARGIN_LENGTHS = 0.4
"""Without a scale, in lengths of the wound."""
LEAST_PX = 16
"""A picture has so many rows and columns at least."""


def proposed_crop(
    size_px: tuple[int, int], outlines: Sequence[Outline], scale: Scale | None
) -> Crop | None:
    """The crop around wounds and reference in a photo of (width, height); None without a wound.

    Where nothing was outlined a person draws the crop, or the photo is not shown.
    """
    rings = [point for outline in outlines for ring in outline.rings for point in ring]
    if not rings:
        return None
    wound = np.asarray(rings, dtype=np.float64)
    points = wound if scale is None else np.vstack([wound, reference_px(scale)])
    start, end = longest_span(wound)
    margin_px = MARGIN_LENGTHS * float(np.hypot(*(end - start)))
    if scale is not None:
        x, y = wound.mean(axis=0)
        margin_px = MARGIN_MM / scale.mm_per_px_at((float(x), float(y)))
    left, top = points.min(axis=0) - margin_px
    right, bottom = points.max(axis=0) + margin_px
    return crop_between((float(left), float(top)), (float(right), float(bottom)), size_px)


def reference_px(scale: Scale) -> NDArray[np.float64]:
    """Points (N, 2) around what gives the scale: of a card its four corners as well."""
    marks = np.asarray(scale.marks_px, dtype=np.float64).reshape(-1, 2)
    if scale.method is not ScaleMethod.CARD:
        return marks
    corners = [(0.0, 0.0), (WIDTH_MM, 0.0), (WIDTH_MM, HEIGHT_MM), (0.0, HEIGHT_MM)]
    return np.vstack([marks, scale.to_px(corners)])


def crop_between(one_px: PointPx, other_px: PointPx, size_px: tuple[int, int]) -> Crop:
    """The crop between two corners, kept within the photo and never smaller than can be shown."""
    (left, right), (top, bottom) = (
        _span(one_px[axis], other_px[axis], size_px[axis]) for axis in (0, 1)
    )
    return Crop(left, top, right, bottom)


def _span(one: float, other: float, size: int) -> tuple[int, int]:
    least = min(LEAST_PX, size)
    low = min(max(0, round(min(one, other))), size - least)
    high = max(min(size, round(max(one, other)) + 1), low + least)
    return low, high
