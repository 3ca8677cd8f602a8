"""Does a ruler lie flat and straight, as the fit takes it to?"""

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.ladder import Ladder
from woundtrack.scale.types import Scale

Floats = NDArray[np.float64]

MAX_K1 = 0.08
"""A lens bends less at half the frame's diagonal; a tape round a limb looks like one that does."""
STRETCH_MM, STRETCH_PART = 0.05, 0.001
SAG_MM, SAG_PART = 0.28, 0.0035
"""Smooth departures along and across the edge: the least that counts, or a part of its length."""
DEGREE = 3
LEAST_TIPS = 12


def is_flat(scale: Scale, ladder: Ladder) -> bool:
    """Are the graduations, in the plane found, where they should be along and across the edge?

    A tape round a limb of radius R shows s as R·sin(s/R): its graduations crowd at both ends,
    which no view of a plane does. One laid in a curve sags across, at bases and tips alike; a
    border that hides some bases bends their line alone.
    """
    if scale.lens is not None and abs(scale.lens.k1) > MAX_K1:
        return False
    sure, along = ladder.base_sure, ladder.along_mm
    base, tip = scale.to_mm(ladder.base_px), scale.to_mm(ladder.tip_px)
    span = base[sure][-1] - base[sure][0]
    unit = span / np.hypot(*span) * np.sign(along[sure][-1] - along[sure][0])
    normal = np.array([-unit[1], unit[0]])
    stretch = _smooth(along[sure], base[sure] @ unit - along[sure])
    sag = _smooth(along[sure], base[sure] @ normal)
    if int(ladder.tip_sure.sum()) >= LEAST_TIPS:
        usual = np.array([_middle((tip @ normal)[ladder.kinds == kind]) for kind in _kinds(ladder)])
        rest = (tip @ normal - usual[ladder.kinds])[ladder.tip_sure]
        sag = min(sag, _smooth(along[ladder.tip_sure], rest))
    length = float(np.ptp(along))
    straight = stretch < max(STRETCH_MM, STRETCH_PART * length)
    return bool(straight and sag < max(SAG_MM, SAG_PART * length))


def _kinds(ladder: Ladder) -> range:
    return range(ladder.kind_count)


def _middle(values: Floats) -> float:
    return float(np.median(values))


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
