"""From a map of how likely each place is wound to an outline, and how sure its area is."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.interactive import HABITS, Habits, ProbabilityMap
from woundtrack.outline.masks import rings_from_mask, simplified, smoothed
from woundtrack.outline.network import Values
from woundtrack.outline.rings import BORDER_PX
from woundtrack.outline.sight import Sight
from woundtrack.outline.types import Outline, OutlineSource

SMOOTHING_PX = 1.0
TOLERANCE_PX = 0.15
"""In px of the map, which has 1024 on its longest side."""
BAND = (0.25, 0.75)
"""The levels between which the edge may lie."""
BAND_SDS = 1.0
LEAST_RELATIVE_SD = 0.02
SMALLEST_RING_PX2 = 6.0

Bits = NDArray[np.bool_]


def outline_of(
    sight: Sight, found: ProbabilityMap, *, only_clicked: bool = False, habits: Habits = HABITS
) -> Outline:
    """The rings in px of the photo where wound and no wound are as likely; none where nothing is.

    Regions that are sure somewhere, or clicked as wound, are kept, and no specks; with
    `only_clicked` only those that hold a positive click, as where one lesion is outlined.
    """
    dropped = _dropped(sight, found, habits, only_clicked=only_clicked)
    likely = np.where(dropped, 0.0, found.likely)
    rings = rings_from_mask(likely, level=habits.level, min_area_px2=SMALLEST_RING_PX2)
    rings = simplified(smoothed(rings, sd_px=SMOOTHING_PX), tolerance_px=TOLERANCE_PX)
    tall, wide = sight.levels[0].shape[:2]
    high = np.array([wide, tall]) - BORDER_PX
    shift = np.array([sight.left_px, sight.top_px], dtype=np.float64)
    placed = []
    for ring in rings:
        points = np.clip(np.asarray(sight.frame.outwards(ring)), -BORDER_PX, high)
        points = points + shift
        placed.append(tuple((float(x), float(y)) for x, y in points))
    source = OutlineSource.CLICK if found.clicks else OutlineSource.MODEL
    return Outline(tuple(placed), source)


def relative_area_sd(
    sight: Sight, found: ProbabilityMap, *, only_clicked: bool = False, habits: Habits = HABITS
) -> float:
    """One sd of the outlined area, as a part of it; nan where nothing is outlined."""
    kept = found.likely > habits.level
    kept &= ~_dropped(sight, found, habits, only_clicked=only_clicked)
    if not kept.any():
        return math.nan
    low, high = (_level_area(found.likely, kept, level) for level in BAND)
    half = (low - high) / 2 / float(kept.sum())
    return max(LEAST_RELATIVE_SD, BAND_SDS * half)


def _level_area(likely: Values, kept: Bits, level: float) -> int:
    """How many px are over a level, in the regions that touch what is kept."""
    import cv2

    over = likely > level
    _, labels = cv2.connectedComponents(over.astype(np.uint8))
    touching = np.unique(np.asarray(labels)[kept & over])
    return int((np.isin(labels, touching[touching > 0])).sum())


def _dropped(sight: Sight, found: ProbabilityMap, habits: Habits, *, only_clicked: bool) -> Bits:
    """The likely regions that are not shown: unsure ones and specks nobody clicked."""
    import cv2

    likely = found.likely
    mask = (likely > habits.level).astype(np.uint8)
    count, numbered, boxes, _ = cv2.connectedComponentsWithStats(mask)
    labels: NDArray[Any] = np.asarray(numbered, np.intp)
    peaks = np.zeros(count, np.float32)
    np.maximum.at(peaks, labels.ravel(), likely.ravel())
    least = max(3.0, habits.speck * mask.size)
    drop = (np.asarray(boxes)[:, cv2.CC_STAT_AREA] < least) | (peaks < habits.sure) | only_clicked
    for click in found.clicks:
        if click.positive:
            drop[labels[_pixel(sight, click.x, click.y)]] = False
    drop[0] = False
    return np.asarray(drop[labels], np.bool_)


def _pixel(sight: Sight, x_px: float, y_px: float) -> tuple[int, int]:
    """Row and column of the map under a point of the photo."""
    x, y = sight.frame.inwards((x_px - sight.left_px, y_px - sight.top_px))
    row = min(max(round(y), 0), sight.frame.height - 1)
    return row, min(max(round(x), 0), sight.frame.width - 1)
