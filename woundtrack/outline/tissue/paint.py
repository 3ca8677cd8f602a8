"""Repainting a tissue map by hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from woundtrack.outline.tissue.types import Tissue, TissueMap, png_of
from woundtrack.outline.types import PointPx

_SUBCELL_BITS = 4


def repainted(
    tissue_map: TissueMap, *, stroke_px: Sequence[PointPx], radius_px: float, tissue: Tissue
) -> TissueMap:
    """The map with what a round brush paints along a stroke (photo px), inside the outline only.

    The same map where the stroke changes nothing.
    """
    import cv2

    cells = tissue_map.cells
    window = tissue_map.window
    places = np.array([window.inwards(point) for point in stroke_px]).reshape(-1, 2)
    swept = np.full(cells.shape, 255, np.uint8)
    # A lone point is a stroke as well: its line goes from itself to itself.
    places = np.vstack([places[:1], places])
    path = np.rint(places * (1 << _SUBCELL_BITS)).astype(np.int32)
    cv2.polylines(swept, [path], isClosed=False, color=0, shift=_SUBCELL_BITS)
    # A line's own half cell is left off the radius; the nearest cell is always painted.
    away = cv2.distanceTransform(swept, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    near = np.asarray(away <= max(radius_px * window.factor - 0.5, 0.0))
    painted = np.where(near & (cells > 0), np.uint8(tissue), cells)
    if np.array_equal(painted, cells):
        return tissue_map
    return replace(tissue_map, png=png_of(painted), repainted=True)
