"""A tissue map by hand: a blank one, a stroke of the brush, the rest in one tissue."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.crops import Window
from woundtrack.outline.masks import covered
from woundtrack.outline.tissue.fractions import LEAST_COVER
from woundtrack.outline.tissue.propose import map_window
from woundtrack.outline.tissue.types import Cells, Tissue, TissueMap, png_of
from woundtrack.outline.types import Outline, PointPx
from woundtrack.photo.colour_cast import Light

METHOD_VERSION = "by hand"
_SUBCELL_BITS = 4


def blank_map(outline: Outline) -> TissueMap:
    """A map in which nothing is assessed yet, for painting without a proposal."""
    window = map_window(outline)
    empty = png_of(np.zeros((window.height, window.width), np.uint8))
    return TissueMap(window, empty, METHOD_VERSION, Light.ASSUMED, repainted=True)


def repainted(
    tissue_map: TissueMap,
    outline: Outline,
    *,
    stroke_px: Sequence[PointPx],
    radius_px: float,
    tissue: Tissue,
) -> TissueMap:
    """The map with what a round brush paints along a stroke (photo px), inside the outline only.

    The same map where the stroke changes nothing.
    """
    import cv2

    window = tissue_map.window
    places = np.array([window.inwards(point) for point in stroke_px]).reshape(-1, 2)
    swept = np.full((window.height, window.width), 255, np.uint8)
    # A lone point is a stroke as well: its line goes from itself to itself.
    places = np.vstack([places[:1], places])
    path = np.rint(places * (1 << _SUBCELL_BITS)).astype(np.int32)
    cv2.polylines(swept, [path], isClosed=False, color=0, shift=_SUBCELL_BITS)
    # A line's own half cell is left off the radius; the nearest cell is always painted.
    away = cv2.distanceTransform(swept, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    near = np.asarray(away <= max(radius_px * window.factor - 0.5, 0.0))
    cells = tissue_map.cells
    painted = np.where(near & _inside(outline, window), np.uint8(tissue), cells)
    return _by_hand(tissue_map, cells, painted)


def rest_painted(tissue_map: TissueMap, outline: Outline, *, tissue: Tissue) -> TissueMap:
    """The map with every cell of the outline that has no tissue yet given this one."""
    cells = tissue_map.cells
    blank = (cells == 0) & _inside(outline, tissue_map.window)
    return _by_hand(tissue_map, cells, np.where(blank, np.uint8(tissue), cells))


def rest_proposed(tissue_map: TissueMap, outline: Outline, *, proposed: TissueMap) -> TissueMap:
    """The map with every cell of the outline that has no tissue yet as it was proposed.

    The proposal is one of the same outline; its cell nearest to each blank one counts.
    """
    cells, other = tissue_map.cells, proposed.cells
    blank = (cells == 0) & _inside(outline, tissue_map.window)
    rows, columns = np.nonzero(blank)
    ring = tuple(zip(columns.tolist(), rows.tolist(), strict=True))
    places = [proposed.window.inwards(point) for point in tissue_map.window.outwards(ring)]
    at = np.rint(np.array(places).reshape(-1, 2)).astype(np.intp)
    filled = cells.copy()
    filled[rows, columns] = other[
        np.clip(at[:, 1], 0, other.shape[0] - 1), np.clip(at[:, 0], 0, other.shape[1] - 1)
    ]
    return _by_hand(tissue_map, cells, filled)


def _inside(outline: Outline, window: Window) -> NDArray[np.bool_]:
    return np.asarray(covered(outline, window) > LEAST_COVER)


def _by_hand(tissue_map: TissueMap, before: Cells, after: Cells) -> TissueMap:
    if np.array_equal(before, after):
        return tissue_map
    return replace(tissue_map, png=png_of(after), repainted=True)
