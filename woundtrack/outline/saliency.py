"""Where in a photo a wound may lie: spots redder and darker than the skin round them."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.contrast import SKIN_RED, SKIN_YELLOW
from woundtrack.outline.types import PointPx
from woundtrack.photo.types import Pixels

SPOT_SIZES = (0.012, 0.024, 0.048)
"""Sd of the spots looked for, as parts of the longest side."""
SURROUND = 2.5
PLACES = 5
_APART = 0.06


def likely_places(small: Pixels, *, full_width_px: int) -> tuple[PointPx, ...]:
    """Up to five places in px of the full photo, most likely first, from a small copy of it."""
    import cv2

    seen = small.astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(seen, cv2.COLOR_BGR2Lab), dtype=np.float32)
    interest = _interest(lab)
    factor = full_width_px / small.shape[1]
    apart = round(_APART * max(small.shape[:2]))
    places: list[PointPx] = []
    while len(places) < PLACES:
        _, most, _, (x, y) = cv2.minMaxLoc(interest)
        if most <= 0:
            break
        places.append(((x + 0.5) * factor - 0.5, (y + 0.5) * factor - 0.5))
        cv2.circle(interest, (x, y), apart, 0.0, -1)
    return tuple(places)


def _interest(lab: NDArray[np.float32]) -> NDArray[np.float32]:
    """Centre minus surround of redness less lightness, where the surround is skin."""
    import cv2

    longest = max(lab.shape[:2])
    best = np.zeros(lab.shape[:2], dtype=np.float32)
    for part in SPOT_SIZES:
        spot = cv2.GaussianBlur(lab, (0, 0), max(1.0, part * longest))
        around = cv2.GaussianBlur(lab, (0, 0), SURROUND * max(1.0, part * longest))
        difference = spot - around
        skin = (around[..., 1] > SKIN_RED) & (around[..., 2] > SKIN_YELLOW)
        found = difference[..., 1] - 0.3 * difference[..., 0]
        best = np.maximum(best, np.where(skin, found, 0.0).astype(np.float32))
    return best
