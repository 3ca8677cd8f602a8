"""From a map of how likely each place is wound to an outline, and how sure its area is."""

import math

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.interactive import HABITS, Habits, ProbabilityMap
from woundtrack.outline.masks import rings_from_mask, simplified, smoothed
from woundtrack.outline.network import Values
from woundtrack.outline.rings import BORDER_PX
from woundtrack.outline.sight import Sight
from woundtrack.outline.types import Outline, OutlineSource, Ring

SMOOTHING_PX = 1.0
TOLERANCE_PX = 0.15
"""In px of the map, which has 1024 on its longest side."""
BAND = (0.25, 0.75)
"""The levels between which the edge may lie."""
BAND_SDS = 0.64
"""So much of half the band is one sd of the area: on every second validation photo the truth then
lies within one sd in 68 of 100; `benchmarks.outline` tells what it does on the others."""
LEAST_RELATIVE_SD = 0.02
SMALLEST_RING_PX2 = 6.0

Bits = NDArray[np.bool_]


def outline_of(
    sight: Sight, found: ProbabilityMap, *, only_clicked: bool = False, habits: Habits = HABITS
) -> Outline:
    """The rings in px of the photo where wound and no wound are as likely; none where nothing is.

    Specks are left out unless they were clicked as wound; with `only_clicked` so is all that
    holds no positive click, as where one lesion is outlined.
    """
    kept = _kept(sight, found, habits, only_clicked=only_clicked)
    source = OutlineSource.CLICK if found.clicks else OutlineSource.MODEL
    if not kept.any():
        return Outline((), source)
    rows, columns = _around(kept)
    here = found.likely[rows, columns]
    others = (here > habits.level) & ~kept[rows, columns]
    rings = rings_from_mask(
        np.where(others, 0.0, here), level=habits.level, min_area_px2=SMALLEST_RING_PX2
    )
    rings = simplified(smoothed(rings, sd_px=SMOOTHING_PX), tolerance_px=TOLERANCE_PX)
    return Outline(
        tuple(_placed(ring, sight, (columns.start, rows.start)) for ring in rings), source
    )


def relative_area_sd(
    sight: Sight, found: ProbabilityMap, *, only_clicked: bool = False, habits: Habits = HABITS
) -> float:
    """One sd of the outlined area, as a part of it; nan where nothing is outlined."""
    kept = _kept(sight, found, habits, only_clicked=only_clicked)
    if not kept.any():
        return math.nan
    near = _around(kept, grow=0.5)
    low, high = (_level_area(found.likely[near], kept[near], level) for level in BAND)
    half = (low - high) / 2 / float(kept.sum())
    return max(LEAST_RELATIVE_SD, BAND_SDS * half)


def _around(kept: Bits, *, grow: float = 0.0) -> tuple[slice, slice]:
    """Rows and columns that hold the kept regions, the px beside them and a part of their size."""
    slices = []
    for axis in (1, 0):
        here = np.flatnonzero(kept.any(axis=axis))
        more = 2 + round(grow * len(here))
        slices.append(slice(max(0, int(here[0]) - more), int(here[-1]) + 1 + more))
    return slices[0], slices[1]


def _placed(ring: Ring, sight: Sight, corner: tuple[int, int]) -> Ring:
    """A ring of a part of the map, in px of the photo and inside it."""
    on_map = tuple((x + corner[0], y + corner[1]) for x, y in ring)
    tall, wide = sight.levels[0].shape[:2]
    high = np.array([wide, tall]) - BORDER_PX
    points = np.clip(np.asarray(sight.frame.outwards(on_map)), -BORDER_PX, high)
    return tuple((float(x) + sight.left_px, float(y) + sight.top_px) for x, y in points)


def _level_area(likely: Values, kept: Bits, level: float) -> int:
    """How many px are over a level, in the regions that touch what is kept."""
    import cv2

    over = likely > level
    _, labels = cv2.connectedComponents(over.astype(np.uint8))
    touching = np.zeros(int(labels.max()) + 1, np.bool_)
    touching[labels[kept & over]] = True
    return int(touching[labels].sum())


def _kept(sight: Sight, found: ProbabilityMap, habits: Habits, *, only_clicked: bool) -> Bits:
    """The likely px that are shown: no specks but those that were clicked."""
    import cv2

    mask = (found.likely > habits.level).astype(np.uint8)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask)
    least = max(3.0, habits.speck * mask.size)
    keep = (np.asarray(boxes)[:, cv2.CC_STAT_AREA] >= least) & (not only_clicked)
    for click in found.clicks:
        if click.positive:
            keep[labels[sight.under(sight.inwards(click))]] = True
    keep[0] = False
    return np.asarray(keep[labels], np.bool_)
