"""A tissue map kept when the outline it lies in is edited."""

import math
from dataclasses import replace

import numpy as np

from woundtrack.outline.crops import Window
from woundtrack.outline.masks import covered
from woundtrack.outline.rings import bounds
from woundtrack.outline.tissue.types import TissueMap, png_of
from woundtrack.outline.types import Outline

LEAST_SHARED = 0.5
"""Of the smaller of two outlines, before they are outlines of the same bed."""
MOST_CELLS = 1024
"""Along either side of a window: four times what a proposal has. A larger outline is of another
bed, or its cells, as fine as those of a small one, would fill the memory."""


def carried(tissue_map: TissueMap, *, was: Outline, now: Outline) -> TissueMap | None:
    """The map of an outline, for what that outline became; None where it is another bed.

    Every cell keeps its tissue, those that now lie outside too: they count again where the edit
    is taken back. The window grows by whole cells; what is new has no tissue yet.
    """
    if not any(was.rings) or not any(now.rings):
        return None
    left, top, right, bottom = _grown_by(tissue_map.window, now)
    old = tissue_map.window
    window = Window(
        old.left_px - left / old.factor,
        old.top_px - top / old.factor,
        old.factor,
        old.width + left + right,
        old.height + top + bottom,
    )
    if max(window.width, window.height) > MOST_CELLS:
        return None
    before, after = covered(was, window), covered(now, window)
    shared = float(np.minimum(before, after).sum())
    if shared < LEAST_SHARED * min(float(before.sum()), float(after.sum())) or shared <= 0:
        return None
    if window == old:
        return tissue_map
    cells = np.pad(tissue_map.cells, ((top, bottom), (left, right)))
    return replace(tissue_map, window=window, png=png_of(cells))


def _grown_by(window: Window, outline: Outline) -> tuple[int, int, int, int]:
    """How many cells the window lacks on each side: left, top, right, bottom."""
    left, top, right, bottom = window.box_inwards(bounds(outline))
    return (
        max(0, math.ceil(-0.5 - left)),
        max(0, math.ceil(-0.5 - top)),
        max(0, math.ceil(right - window.width + 0.5)),
        max(0, math.ceil(bottom - window.height + 0.5)),
    )
