"""A person's click moved onto the stroke or corner that was meant, to a small part of a pixel."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.types import PointPx

Floats = NDArray[np.float64]

REACH_PX = 8.0
WIDTHS_PX = (1.0, 1.6, 2.5, 4.0)
"""Sd of the smoothing at which strokes of 1 to some 8 px stand out."""
LEAST_RIDGE = 3.0
"""Of 255 levels, in units of the smoothing squared."""
UNCLEAR = 0.8
"""Where gaps bend as sharply as strokes it cannot be told which is which."""
OF_STRONGEST = 0.5
"""Of the strongest stroke in reach: what is fainter is texture."""
ON_CENTRE_PX = 0.7
BOTH_SIDES = 0.35
"""A stroke differs from either side: the lesser difference over the greater. A border does not."""
LOOK_PX = 13.0
LEAST_LENGTH_PX, LONG = 6.0, 4.5
"""In px, and over the smoothing: the middle of a corner's wedge looks like a short stroke."""
MOST_ANISOTROPY = 0.5
"""A stroke curves across, not along; beyond this it is a blob or a corner."""
LEAST_CORNER = 0.55
"""The lesser over the greater of both directions' gradients: a stroke's end has one long side."""
CORNER_BLOCK_PX = 13
CORNER_HALF_PX = 5
LEAST_CONTRAST, CONTRAST_WIDTH_PX = 20.0, 1.5
"""Smoothed so much, noise has no such contrast."""
NOISE_BENDS = 1.5
"""Six sd of the bend that pixel noise of one sd has, times the smoothing: √(3/16π) = 0.24 each."""


def refine_click(pixels: Pixels, point_px: PointPx) -> PointPx:
    """The click moved straight onto the nearest stroke's centre line, or onto a corner.

    Within some 8 px; where there is neither, the point as clicked. Strokes after Steger, IEEE
    PAMI 1998;20:113-25; corners after Förstner & Gülch 1987.
    """
    patch, origin = _patch(pixels, point_px)
    if patch is None:
        return point_px
    click = np.array(point_px) - origin
    found = _corner(patch, click)
    if found is None:
        found = _stroke(patch, click, noise=_noise(patch))
    if found is None or float(np.linalg.norm(found - click)) > REACH_PX:
        return point_px
    x, y = found + origin
    return float(x), float(y)


def _patch(pixels: Pixels, point_px: PointPx) -> tuple[NDArray[np.float64] | None, Floats]:
    """Grey surroundings of a click, and where they start; None at the photo's border."""
    import cv2

    half = int(LOOK_PX) + 7
    column, row = (round(value) for value in point_px)
    height, width = pixels.shape[:2]
    left, top = max(0, column - half), max(0, row - half)
    crop = pixels[top : row + half + 1, left : column + half + 1]
    if min(crop.shape[:2], default=0) < half or not (0 <= column < width and 0 <= row < height):
        return None, np.zeros(2)
    grey = cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_BGR2GRAY)
    return grey.astype(np.float64), np.array([left, top], dtype=np.float64)


def _noise(patch: Floats) -> float:
    """One sd of the noise of single pixels: what straight edges and slopes leave out.

    After Immerkær, CVIU 1996;64:300-2, by the median instead of the mean.
    """
    rest = patch[:-2] - 2 * patch[1:-1] + patch[2:]
    rest = rest[:, :-2] - 2 * rest[:, 1:-1] + rest[:, 2:]
    return float(np.median(np.abs(rest))) / (0.6745 * 6.0)


def _stroke(patch: Floats, click: Floats, *, noise: float) -> Floats | None:
    """The nearest point of the nearest stroke's centre line; None where there is no stroke."""
    found = [
        _beyond(_ridges(patch, click, width_px), NOISE_BENDS * noise / width_px)
        for width_px in WIDTHS_PX
    ]
    bend = np.concatenate([bends for bends, _foot in found])
    foot = np.concatenate([feet for _bends, feet in found])
    if len(bend) == 0:
        return None
    # Strokes are thinner than the gaps between them, and so bend more sharply.
    finest = next(bends for bends, _foot in found if len(bends))
    dark, light = max(0.0, float(finest.max())), max(0.0, -float(finest.min()))
    if min(dark, light) > UNCLEAR * max(dark, light):
        return None
    ink = 1.0 if dark > light else -1.0
    strength = np.where(np.sign(bend) == ink, np.abs(bend), 0.0)
    strong = strength >= max(LEAST_RIDGE, OF_STRONGEST * float(strength.max()))
    if not strong.any():
        return None
    gaps = np.linalg.norm(foot - click, axis=1)
    # The width that fits the stroke best tells its centre best.
    same = strong & (gaps <= float(gaps[strong].min()) + ON_CENTRE_PX)
    best: Floats = foot[same][strength[same].argmax()]
    return best


def _beyond(ridges: tuple[Floats, Floats], least: float) -> tuple[Floats, Floats]:
    """Those ridges that bend more sharply than this."""
    bends, feet = ridges
    sharp = np.abs(bends) > least
    return bends[sharp], feet[sharp]


def _ridges(patch: Floats, click: Floats, width_px: float) -> tuple[Floats, Floats]:
    """Of pixels on a stroke: how it bends, + where dark, and the click's foot (N, 2) on it."""
    from scipy.ndimage import gaussian_filter

    def derived(order: tuple[int, int]) -> Floats:
        return np.asarray(gaussian_filter(patch, width_px, order=order, mode="nearest"))

    rows, columns = np.mgrid[: patch.shape[0], : patch.shape[1]]
    near = np.hypot(columns - click[0], rows - click[1]) <= LOOK_PX
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
    centre = here + normal * off[:, None]
    on_line = (np.abs(off) <= ON_CENTRE_PX) & thin
    on_line &= _stands_out(derived((0, 0)), centre, normal, 2.0 * width_px)
    gap = np.sum((centre - click) * normal, axis=1)
    foot = click + normal * gap[:, None]
    # Only where the line was seen: not its continuation beyond an end.
    seen = np.flatnonzero(on_line)
    beside = np.linalg.norm(foot[seen] - centre[seen], axis=1) <= 1.0
    long = _length_px(centre[seen], normal[seen]) >= max(LEAST_LENGTH_PX, LONG * width_px)
    seen = seen[beside & long]
    return bend[seen] * width_px**2, foot[seen]


def _length_px(centre: Floats, normal: Floats) -> Floats:
    """How far the places that lie on one line with each place reach along it."""
    if len(centre) == 0:
        return np.empty(0)
    apart = centre[None] - centre[:, None]
    across = np.abs(np.einsum("nmk,nk->nm", apart, normal))
    along = np.einsum("nmk,nk->nm", apart, np.stack([-normal[:, 1], normal[:, 0]], axis=1))
    along = np.where(across <= ON_CENTRE_PX, along, 0.0)
    return np.asarray(np.ptp(along, axis=1))


def _stands_out(
    smooth: Floats, centre: Floats, normal: Floats, away_px: float
) -> NDArray[np.bool_]:
    """Whether the light changes the same way on both sides of a centre line."""
    from scipy.ndimage import map_coordinates

    def read(places: Floats) -> Floats:
        found = map_coordinates(smooth, places.T[::-1], order=1, mode="nearest")
        return np.asarray(found, dtype=np.float64)

    here = read(centre)
    first, second = (read(centre + side * away_px * normal) - here for side in (-1.0, 1.0))
    sizes = np.abs([first, second])
    return np.asarray((first * second > 0) & (sizes.min(axis=0) >= BOTH_SIDES * sizes.max(axis=0)))


def _corner(patch: Floats, click: Floats) -> Floats | None:
    """The corner nearest a click, where the surroundings have one."""
    import cv2

    if np.ptp(cv2.GaussianBlur(patch, (0, 0), CONTRAST_WIDTH_PX)) < LEAST_CONTRAST:
        return None
    grey = ((patch / 255.0) ** 2.2).astype(np.float32)
    least = cv2.cornerMinEigenVal(grey, blockSize=5, ksize=3)
    rows, columns = np.mgrid[: patch.shape[0], : patch.shape[1]]
    gaps = np.hypot(columns - click[0], rows - click[1])
    candidates = np.where(gaps <= REACH_PX, least, 0.0)
    row, column = np.unravel_index(int(candidates.argmax()), candidates.shape)
    block = cv2.cornerEigenValsAndVecs(grey, CORNER_BLOCK_PX, 3)[row, column]
    if min(block[0], block[1]) < LEAST_CORNER * max(block[0], block[1], 1e-12):
        return None
    start = np.array([[[column, row]]], dtype=np.float32)
    window = (CORNER_HALF_PX, CORNER_HALF_PX)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 40, 0.01)
    found = cv2.cornerSubPix(grey, start, window, (-1, -1), criteria).reshape(2).astype(np.float64)
    moved = float(np.linalg.norm(found - np.array([column, row])))
    return found if moved <= CORNER_HALF_PX else None
