"""How much of what an outline encloses is which tissue, in the wound's plane."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.crops import Window
from woundtrack.outline.masks import covered
from woundtrack.outline.tissue.types import Cells, Tissue, TissueMap, TissuePart
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale

LARGEST_UNMAPPED = 0.02
"""The part of the outline that may lie outside the map: edits of the edge, not another wound."""
LEAST_COVER = 1 / 256
"""Of a cell, before it belongs to the outline: less is rounding."""


def fractions(
    tissue_map: TissueMap, outline: Outline, scale: Scale | None
) -> tuple[TissuePart, ...]:
    """The part of the outline's area that each tissue takes, all tissues, adding up to 1.

    Cells count by their area in mm² of the plane, or in px² without a scale, and by how much of
    them the outline covers. Raises OutlineError outline.empty; outline.tissue_elsewhere where the
    map does not cover the outline: it was drawn anew since; outline.tissue_incomplete where part
    of the outline has no tissue yet.
    """
    if not any(outline.rings):
        raise OutlineError("outline.empty")
    if not _within(outline, tissue_map.window):
        raise OutlineError("outline.tissue_elsewhere")
    cover = covered(outline, tissue_map.window)
    part = parts_of(tissue_map.cells, weighed(cover, tissue_map.window, scale))
    known = {} if tissue_map.repainted else dict(tissue_map.fraction_sd)
    return tuple(TissuePart(tissue, float(part[tissue]), known.get(tissue)) for tissue in Tissue)


def weighed(
    cover: NDArray[np.float32], window: Window, scale: Scale | None
) -> NDArray[np.float32] | NDArray[np.float64]:
    """How much each cell counts: what is covered of it, in mm² or, without a scale, as it is."""
    return cover if scale is None else cover * _cell_mm2(window, scale)


def parts_of(
    cells: Cells, weight: NDArray[np.float32] | NDArray[np.float64]
) -> NDArray[np.float64]:
    """The part that each tissue takes, by its number; outline.tissue_incomplete."""
    shares = np.bincount(cells.ravel(), weights=weight.ravel(), minlength=len(Tissue) + 1)
    mapped = shares[1:].sum()
    if mapped <= (1 - LARGEST_UNMAPPED) * shares.sum():
        raise OutlineError("outline.tissue_incomplete")
    return np.asarray(shares / mapped, dtype=np.float64)


def _within(outline: Outline, window: Window) -> bool:
    """Whether the outline lies in the window, up to a few cells."""
    points = np.array([window.inwards(point) for ring in outline.rings for point in ring])
    slack = LARGEST_UNMAPPED * max(window.width, window.height)
    low, high = points.min(axis=0), points.max(axis=0)
    return bool(
        (low > -slack).all() and (high < (window.width + slack, window.height + slack)).all()
    )


def _cell_mm2(window: Window, scale: Scale) -> NDArray[np.float64]:
    """The area of each cell in the plane: the shoelace of its four corners."""
    x_px = window.left_px + np.arange(window.width + 1) / window.factor - 0.5
    y_px = window.top_px + np.arange(window.height + 1) / window.factor - 0.5
    corners_px = np.stack(np.meshgrid(x_px, y_px), axis=-1)
    mm = scale.to_mm(corners_px).reshape(corners_px.shape)
    one, other = mm[1:, 1:] - mm[:-1, :-1], mm[1:, :-1] - mm[:-1, 1:]
    area = 0.5 * np.abs(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])
    return np.asarray(area, dtype=np.float64)
