"""How surely the wound's edge is seen in the photo, where the outline runs."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.types import Outline, Ring
from woundtrack.photo.types import Pixels

SAMPLES = 160
"""Places along the outline that are looked at."""
SMALLEST_SD_PX = 0.5
PLACE_IN_EDGE = 3**-0.5
"""A person may take for the edge any place between 16 % and 84 % of the change, one sd of a soft
edge to either side of its middle: the sd of a uniform distribution over them. On 82 held-out
photos the network's and the annotator's areas differ by no more than both such sd in 68 of 100,
by no more than twice that in 90; `benchmarks.outline` measures it."""
UNSEEN_CONTRAST = 8.0
"""Levels between inside and outside, of 255, below which no edge is seen."""
BELOW_BY_ONE_SD = 0.1587
"""The part of a Gaussian below minus one sd."""
NOISE_PX = 1.0
"""Sd of the smoothing along each line against sensor noise, taken off again."""
_STEP_PX = 0.5


def edge_sd_px(pixels: Pixels, outline: Outline) -> float:
    """One sd, in px across the edge, of where the edge could be put; outline.empty without rings.

    At places along the rings the colour is read along a line across the edge. How far the
    change from outside to inside spreads on it is the edge's softness (one sd); PLACE_IN_EDGE
    of its mean along the rings is returned, at least half a px. Where no change is seen the edge
    could be anywhere in the window looked at.
    """
    places, normals, half_px = _places(outline)
    steps = np.arange(-half_px, half_px + _STEP_PX / 2, _STEP_PX)
    x = places[:, 0, None] + normals[:, 0, None] * steps
    y = places[:, 1, None] + normals[:, 1, None] * steps
    softness = _softness(_read(pixels, x, y), steps)
    return max(SMALLEST_SD_PX, PLACE_IN_EDGE * float(softness.mean()))


def _places(outline: Outline) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Points on the rings, normals there, and how far to look: a tenth of the wound's size."""
    lengths = [_length(ring) for ring in outline.rings]
    total = sum(lengths)
    if total <= 0:
        raise OutlineError("outline.empty")
    points, normals = [], []
    for ring, length in zip(outline.rings, lengths, strict=True):
        count = max(8, round(SAMPLES * length / total))
        here, normal = _walked(np.asarray(ring, dtype=np.float64), count)
        points.append(here)
        normals.append(normal)
    half_px = float(np.clip(total / np.pi / 10, 6.0, 40.0))
    return np.vstack(points), np.vstack(normals), half_px


def _length(ring: Ring) -> float:
    points = np.asarray(ring, dtype=np.float64).reshape(-1, 2)
    return float(np.hypot(*(np.roll(points, -1, axis=0) - points).T).sum())


def _walked(
    points: NDArray[np.float64], count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    closed = np.vstack([points, points[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    apart = along[-1] / count

    def at(places: NDArray[np.float64]) -> NDArray[np.float64]:
        wrapped = places % along[-1]
        return np.stack([np.interp(wrapped, along, closed[:, k]) for k in (0, 1)], axis=1)

    middle = (np.arange(count) + 0.5) * apart
    reach = max(1.0, apart / 2)
    way = at(middle + reach) - at(middle - reach)
    way /= np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    return at(middle), np.stack([way[:, 1], -way[:, 0]], axis=1)


def _read(pixels: Pixels, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Colours (places, steps, 3) of the photo, bilinear, the border continued."""
    import cv2

    margin = 2
    height, width = pixels.shape[:2]
    left, top = max(0, int(x.min()) - margin), max(0, int(y.min()) - margin)
    right, bottom = min(width, int(x.max()) + margin + 1), min(height, int(y.max()) + margin + 1)
    crop = pixels[top : max(bottom, top + 1), left : max(right, left + 1)]
    if crop.size == 0:
        raise OutlineError("outline.outside_photo")
    map_x, map_y = (x - left).astype(np.float32), (y - top).astype(np.float32)
    border = cv2.BORDER_REPLICATE
    seen = cv2.remap(crop, map_x, map_y, cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(seen, dtype=np.float64)


def _softness(colours: NDArray[np.float64], steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sd of the change of colour along each line, in px; the window's own where none is seen.

    A Gaussian edge is at 16 % one sd before its middle and at 84 % one behind. Texture that
    comes back over these levels further off is doubt, and counts as such.
    """
    from scipy.ndimage import gaussian_filter1d

    third = max(1, len(steps) // 3)
    difference = colours[:, -third:].mean(axis=1) - colours[:, :third].mean(axis=1)
    contrast = np.linalg.norm(difference, axis=1)
    direction = difference / np.maximum(contrast, 1e-9)[:, None]
    profile = gaussian_filter1d(
        np.einsum("psc,pc->ps", colours, direction), NOISE_PX / _STEP_PX, axis=1, mode="nearest"
    )
    low = profile[:, :third].mean(axis=1, keepdims=True)
    risen = (profile - low) / np.maximum(contrast, 1e-9)[:, None]
    last_low = len(steps) - 1 - np.argmax(risen[:, ::-1] < BELOW_BY_ONE_SD, axis=1)
    first_high = np.argmax(risen > 1 - BELOW_BY_ONE_SD, axis=1)
    seen2_px2 = (np.abs(first_high - last_low) * _STEP_PX / 2) ** 2 - NOISE_PX**2
    unseen_px = 2 * steps[-1] / np.sqrt(12.0)
    sd_px = np.minimum(np.sqrt(np.maximum(seen2_px2, 0.0)), unseen_px)
    softness: NDArray[np.float64] = np.where(contrast >= UNSEEN_CONTRAST, sd_px, unseen_px)
    return softness
