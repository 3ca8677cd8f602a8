"""Does a ruler lie flat and straight, as the fit takes it to?"""

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.types import Scale

Floats = NDArray[np.float64]

MAX_K1 = 0.08
"""A lens bends less at half the frame's diagonal; a tape round a limb looks like one that does."""
STRETCH_MM, STRETCH_PART = 0.05, 0.001
SAG_MM, SAG_PART = 0.28, 0.0035
"""Smooth departures along and across the edge: the least that counts, or a part of its length."""
DEGREE = 3


def is_flat(scale: Scale, base_px: Floats, along_mm: Floats) -> bool:
    """Are the bases (N, 2), in the plane found, where graduations at `along_mm` should be?

    A tape round a limb of radius R shows s as R·sin(s/R): its graduations crowd at both ends,
    which no view of a plane does. One laid in a curve sags across.
    """
    if scale.lens is not None and abs(scale.lens.k1) > MAX_K1:
        return False
    places = scale.to_mm(base_px)
    span = places[-1] - places[0]
    unit = span / np.hypot(*span)
    if along_mm[-1] < along_mm[0]:
        unit = -unit
    offset = places - places.mean(axis=0)
    stretch = _smooth(along_mm, offset @ unit - (along_mm - along_mm.mean()))
    sag = _smooth(along_mm, offset @ np.array([-unit[1], unit[0]]))
    length = float(np.ptp(along_mm))
    straight = stretch < max(STRETCH_MM, STRETCH_PART * length)
    return bool(straight and sag < max(SAG_MM, SAG_PART * length))


def _smooth(along: Floats, rest: Floats) -> float:
    """The range of the curved part of what is left over, by a robust cubic without its line."""
    scaled = (along - along.mean()) / max(float(np.ptp(along)) / 2, 1e-9)
    keep = np.ones(len(rest), np.bool_)
    fit = np.zeros(DEGREE + 1)
    for _ in range(4):
        fit = np.polyfit(scaled[keep], rest[keep], DEGREE)
        off = np.abs(rest - np.polyval(fit, scaled))
        keep = off <= max(3 * float(np.median(off)), 1e-6)
        if int(keep.sum()) < 8:
            break
    curve = np.polyval(fit, scaled)
    straight = np.polyval(np.polyfit(scaled, curve, 1), scaled)
    return float(np.ptp(curve - straight))
