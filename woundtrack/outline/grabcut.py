"""GrabCut (Rother, Kolmogorov & Blake 2004) with seeds that suit a wound in a loose box.

OpenCV's GrabCut starts from random clusters: its generator is seeded before every cut, so
the same photo and click give the same outline.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.crops import BoxPx, Window, look, moved, window
from woundtrack.outline.types import PointPx
from woundtrack.photo.types import Pixels

Mask = NDArray[np.bool_]
_SEED = 1
_BACK, _FRONT, _PERHAPS_BACK, _PERHAPS_FRONT = 0, 1, 2, 3
"""OpenCV's GC_BGD, GC_FGD, GC_PR_BGD and GC_PR_FGD."""
COMMON_SIDE = 128
EDGE_SOFTENING = 1.2
BAND = 0.08
"""A refinement moves the edge by at most this part of the wound's size (√area)."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a person said: points in the wound, points outside, and how far each speaks."""

    inside_px: tuple[PointPx, ...] = ()
    outside_px: tuple[PointPx, ...] = ()
    reach_px: float = 1.5


@dataclass(frozen=True, slots=True)
class View:
    """One way to cut: size of the copy, margin round the box, ellipses of first guesses."""

    side: int
    margin: float
    perhaps: float
    """Ellipse, as a part of the box's own (squared radius), first taken as wound."""
    surely: float
    lab: bool = True
    iterations: int = 4


VIEWS = (
    View(128, 0.15, 0.6, 0.1),
    View(96, 0.15, 0.5, 0.15),
    View(128, 0.10, 0.6, 0.2, lab=False),
)
"""Three cuts vote: each errs elsewhere (benchmarks/outline_classic.py)."""
QUICK = View(64, 0.15, 0.6, 0.0, iterations=3)


def voted(levels: Sequence[Pixels], box_px: BoxPx, marks: Marks) -> tuple[Mask, Window]:
    """What most views call wound in the box, and the window it is seen through."""
    import cv2

    common = window(box_px, levels[0].shape, margin=VIEWS[0].margin, side=COMMON_SIDE)
    votes = np.zeros((common.height, common.width), dtype=np.float32)
    for view in VIEWS:
        mask, through = cut_box(levels, box_px, view, marks)
        votes += moved(mask.astype(np.float32), through, common)
    mean = cv2.GaussianBlur(votes / len(VIEWS), (0, 0), 0.8)
    return np.asarray(mean) > 0.5, common


def cut_box(
    levels: Sequence[Pixels], box_px: BoxPx, view: View, marks: Marks
) -> tuple[Mask, Window]:
    """One cut of the wound in a loose box."""
    import cv2

    through = window(box_px, levels[0].shape, margin=view.margin, side=view.side)
    seen = look(levels, through)
    if view.lab:
        seen = np.asarray(cv2.cvtColor(seen, cv2.COLOR_BGR2Lab), dtype=np.uint8)
    left, top, right, bottom = through.box_inwards(box_px)
    y, x = np.mgrid[0 : through.height, 0 : through.width].astype(np.float32)
    inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    across, down = max(right - left, 1.0) / 2, max(bottom - top, 1.0) / 2
    radius2 = ((x - (left + right) / 2) / across) ** 2 + ((y - (top + bottom) / 2) / down) ** 2
    seeds = np.full(inside.shape, _BACK, dtype=np.uint8)
    seeds[inside] = _PERHAPS_BACK
    seeds[inside & (radius2 < view.perhaps)] = _PERHAPS_FRONT
    seeds[inside & (radius2 < view.surely)] = _FRONT
    return _cut(seen, _marked(seeds, through, marks), iterations=view.iterations), through


def refined(
    levels: Sequence[Pixels], box_px: BoxPx, coarse: Mask, seen_through: Window, *, side: int,
    marks: Marks, band: float = BAND,
) -> tuple[NDArray[np.float32], Window]:  # fmt: skip
    """The coarse cut's edge put right on a larger copy, as a mask 0…1 with a soft edge.

    It moves by at most `band` of the wound's size.
    """
    import cv2

    fine = window(box_px, levels[0].shape, margin=0.15, side=side)
    first = moved(coarse.astype(np.float32), seen_through, fine) > 0.5
    if not first.any() or first.all():
        return first.astype(np.float32), fine
    band_px = max(2.0, band * float(np.sqrt(first.sum())))
    depth = cv2.distanceTransform(first.astype(np.uint8), cv2.DIST_L2, 3)
    height = cv2.distanceTransform((~first).astype(np.uint8), cv2.DIST_L2, 3)
    seeds = np.where(first, _PERHAPS_FRONT, _PERHAPS_BACK).astype(np.uint8)
    seeds[depth > band_px] = _FRONT
    seeds[height > band_px] = _BACK
    seen = np.asarray(cv2.cvtColor(look(levels, fine), cv2.COLOR_BGR2Lab), dtype=np.uint8)
    mask = _cut(seen, _marked(seeds, fine, marks), iterations=2)
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), EDGE_SOFTENING)
    return np.asarray(soft, dtype=np.float32), fine


def _marked(seeds: NDArray[np.uint8], through: Window, marks: Marks) -> NDArray[np.uint8]:
    import cv2

    radius = max(1, round(marks.reach_px * through.factor))
    for points, value in ((marks.outside_px, _BACK), (marks.inside_px, _FRONT)):
        for point in points:
            x, y = (round(place) for place in through.inwards(point))
            cv2.circle(seeds, (x, y), radius, value, -1)
    return seeds


def _cut(seen: Pixels, seeds: NDArray[np.uint8], *, iterations: int) -> Mask:
    import cv2

    front: Mask = np.isin(seeds, (_FRONT, _PERHAPS_FRONT))
    if front.all() or not front.any():
        return front
    cv2.setRNGSeed(_SEED)
    back_model, front_model = np.zeros((1, 65)), np.zeros((1, 65))
    everywhere = (0, 0, seeds.shape[1], seeds.shape[0])  # not looked at: the mask holds the seeds
    mode = cv2.GC_INIT_WITH_MASK
    cv2.grabCut(seen, seeds, everywhere, back_model, front_model, iterations, mode)
    cut: Mask = np.isin(seeds, (_FRONT, _PERHAPS_FRONT))
    return cut
