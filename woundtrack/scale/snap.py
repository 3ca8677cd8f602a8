"""A person's click moved onto the stroke or corner that was meant, to a small part of a pixel."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.types import PointPx

Floats = NDArray[np.float64]

REACH_PX = 8.0
WIDTHS_PX = (1.0, 1.7, 2.8)
"""Sd of the smoothing at which strokes of 1 to some 8 px stand out."""
LEAST_RIDGE = 3.0
"""Of 255 levels, in units of the smoothing squared."""
OF_STRONGEST = 0.5
"""Of the strongest stroke in reach: what is fainter is texture."""
ON_CENTRE_PX = 0.7
MOST_ANISOTROPY = 0.5
"""A stroke curves across, not along; beyond this it is a blob or a corner."""
LEAST_CORNER = 0.12
CORNER_HALF_PX = 5
LEAST_CONTRAST = 20.0


def refine_click(pixels: Pixels, point_px: PointPx) -> PointPx:
    """The click moved straight onto the nearest stroke's centre line, or onto a corner.

    Within some 8 px; where there is neither, the point as clicked. Strokes after Steger, IEEE
    PAMI 1998;20:113-25; corners after Förstner & Gülch 1987.
    """
    patch, origin = _patch(pixels, point_px)
    if patch is None:
        return point_px
    click = np.array(point_px) - origin
    found = _stroke(patch, click)
    if found is None:
        found = _corner(patch, click)
    if found is None or float(np.linalg.norm(found - click)) > REACH_PX:
        return point_px
    x, y = found + origin
    return float(x), float(y)


def _patch(pixels: Pixels, point_px: PointPx) -> tuple[NDArray[np.float64] | None, Floats]:
    """Grey surroundings of a click, and where they start; None at the photo's border."""
    import cv2

    half = int(REACH_PX) + 10
    column, row = (round(value) for value in point_px)
    height, width = pixels.shape[:2]
    left, top = max(0, column - half), max(0, row - half)
    crop = pixels[top : row + half + 1, left : column + half + 1]
    if min(crop.shape[:2], default=0) < half or not (0 <= column < width and 0 <= row < height):
        return None, np.zeros(2)
    grey = cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_BGR2GRAY)
    return grey.astype(np.float64), np.array([left, top], dtype=np.float64)


def _stroke(patch: Floats, click: Floats) -> Floats | None:
    """The nearest point of the nearest stroke's centre line; None where there is no stroke."""
    best: tuple[float, Floats] | None = None
    strengths, places = [], []
    for width_px in WIDTHS_PX:
        strength, foot = _ridges(patch, click, width_px)
        strengths.append(strength)
        places.append(foot)
    strength, foot = np.concatenate(strengths), np.concatenate(places)
    if len(strength) == 0:
        return None
    strong = strength >= max(LEAST_RIDGE, OF_STRONGEST * float(strength.max()))
    if not strong.any():
        return None
    gaps = np.linalg.norm(foot - click, axis=1)
    nearest = float(gaps[strong].min())
    # The width that fits the stroke best tells its centre best.
    same = strong & (gaps <= nearest + ON_CENTRE_PX)
    best = max(zip(strength[same], foot[same], strict=True), key=lambda pair: float(pair[0]))
    return best[1]


def _ridges(patch: Floats, click: Floats, width_px: float) -> tuple[Floats, Floats]:
    """Of pixels on a stroke: its strength, and the foot (N, 2) of the click on its centre line."""
    from scipy.ndimage import gaussian_filter

    def derived(order: tuple[int, int]) -> Floats:
        return np.asarray(gaussian_filter(patch, width_px, order=order, mode="nearest"))

    rows, columns = np.mgrid[: patch.shape[0], : patch.shape[1]]
    near = np.hypot(columns - click[0], rows - click[1]) <= REACH_PX
    slope = np.stack([derived((0, 1))[near], derived((1, 0))[near]], axis=1)
    xx, xy, yy = derived((0, 2))[near], derived((1, 1))[near], derived((2, 0))[near]
    bends, axes = np.linalg.eigh(np.stack([[xx, xy], [xy, yy]]).transpose(2, 0, 1))
    across = np.abs(bends).argmax(axis=1)
    rank = np.arange(len(across))
    normal, bend = axes[rank, :, across], bends[rank, across]
    bend = np.where(np.abs(bend) < 1e-9, 1e-9, bend)
    off = -np.sum(slope * normal, axis=1) / bend
    thin = np.abs(bends[rank, 1 - across]) < MOST_ANISOTROPY * np.abs(bend)
    here = np.stack([columns[near], rows[near]], axis=1).astype(np.float64)
    on_line = (np.abs(off) <= ON_CENTRE_PX) & thin
    centre = here + normal * off[:, None]
    gap = np.sum((centre - click) * normal, axis=1)
    foot = click + normal * gap[:, None]
    # Only where the line was seen: not its continuation beyond an end.
    seen = on_line & (np.linalg.norm(foot - centre, axis=1) <= 1.0)
    return np.abs(bend)[seen] * width_px**2, foot[seen]


def _corner(patch: Floats, click: Floats) -> Floats | None:
    """The corner nearest a click, where the surroundings have one."""
    import cv2

    if np.ptp(patch) < LEAST_CONTRAST:
        return None
    grey = patch.astype(np.float32)
    least = cv2.cornerMinEigenVal(grey, blockSize=5, ksize=3)
    rows, columns = np.mgrid[: patch.shape[0], : patch.shape[1]]
    gaps = np.hypot(columns - click[0], rows - click[1])
    candidates = np.where(gaps <= REACH_PX, least, 0.0)
    row, column = np.unravel_index(int(candidates.argmax()), candidates.shape)
    block = cv2.cornerEigenValsAndVecs(grey, 5, 3)[row, column]
    if min(block[0], block[1]) < LEAST_CORNER * max(block[0], block[1], 1e-12):
        return None
    start = np.array([[[column, row]]], dtype=np.float32)
    window = (CORNER_HALF_PX, CORNER_HALF_PX)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 40, 0.01)
    found = cv2.cornerSubPix(grey, start, window, (-1, -1), criteria).reshape(2).astype(np.float64)
    moved = float(np.linalg.norm(found - np.array([column, row])))
    return found if moved <= CORNER_HALF_PX else None
