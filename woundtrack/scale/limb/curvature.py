"""What a flat measurement loses where the skin is round, and how round limbs are.

A ruler that lies straight along a limb is flat, while the wound beside it bends away from the
camera: nothing in the ruler tells it, so the loss is told by the body site. A tape round the limb
shows the bend itself, and is unrolled (`woundtrack.scale.limb`).
"""

import math

import numpy as np

SLICES = 256

_FINGER_MM, _WRIST_MM, _SHAFT_MM = 10.0, 26.0, 15.0
_FOREARM_MM, _UPPER_ARM_MM, _NECK_MM = 43.0, 50.0, 58.0
_THIGH_MM, _KNEE_MM, _CALF_MM, _LOWER_LEG_MM = 95.0, 60.0, 58.0, 48.0
_ANKLE_MM, _HEEL_MM, _FOOT_MM, _TOE_MM, _HEAD_MM = 35.0, 30.0, 38.0, 12.0, 90.0

LIMB_RADII_MM: dict[str, float] = {
    "scalp": _HEAD_MM,
    "neck": _NECK_MM,
    "upper_arm": _UPPER_ARM_MM,
    "elbow": _FOREARM_MM,
    "antecubital": _FOREARM_MM,
    "forearm": _FOREARM_MM,
    "wrist": _WRIST_MM,
    "finger": _FINGER_MM,
    "penis": _SHAFT_MM,
    "penile_shaft": _SHAFT_MM,
    "thigh": _THIGH_MM,
    "thigh_anterior": _THIGH_MM,
    "thigh_posterior": _THIGH_MM,
    "thigh_medial": _THIGH_MM,
    "knee": _KNEE_MM,
    "lower_leg": _LOWER_LEG_MM,
    "lower_leg_anterior": _LOWER_LEG_MM,
    "lower_leg_medial": _LOWER_LEG_MM,
    "lower_leg_posterior": _CALF_MM,
    "calf": _CALF_MM,
    "ankle": _ANKLE_MM,
    "ankle_medial": _ANKLE_MM,
    "ankle_lateral": _ANKLE_MM,
    "malleolus": _ANKLE_MM,
    "heel": _HEEL_MM,
    "foot": _FOOT_MM,
    "toe": _TOE_MM,
}
"""Mean circumference over 2 π by body site, for orientation only: limbs differ by a quarter.

Rounded, from memory and not yet checked against its tables, from means of women and men in the
2012 Anthropometric Survey of U.S. Army Personnel (Gordon et al., NATICK/TR-15/007, 2014), legs a
little less for age. Sites that are missing are flat (trunk, back of the hand), hollow or without
one radius (face, genitals, back of the knee).
"""


def limb_radius_mm(site: str) -> float | None:
    """About how round a body site is (its key in `woundtrack.anatomy`), None where it is flat."""
    return LIMB_RADII_MM.get(site)


def expected_area_loss(
    width_mm: float, radius_mm: float, *, off_deg: float = 0.0, distance_mm: float = math.inf
) -> float:
    """The part of its area by which a wound round a limb reads too small when taken for flat.

    `width_mm` is measured on the skin, round the limb; `off_deg` is how far round from the middle
    of the view the wound's middle lies. From afar w across a limb of radius R is seen as
    2 R sin(w/2R) cos(off), so the loss is 1 − cos(off)·sin(w/2R)/(w/2R). From `distance_mm`, the
    camera's over the nearest skin where the scale is true, what lies lower is also seen smaller.
    What is round the limb's edge counts as lost. Raises ValueError where a length is not above 0.
    """
    if not (width_mm > 0 and radius_mm > 0 and distance_mm > 0):
        raise ValueError("width, radius and distance must be above 0")
    half, middle = width_mm / (2 * radius_mm), math.radians(off_deg)
    edge = math.acos(1 / (1 + distance_mm / radius_mm)) if distance_mm < math.inf else math.pi / 2
    seen = np.clip(np.linspace(middle - half, middle + half, SLICES + 1), -edge, edge)
    depth_mm = radius_mm * (1 - np.cos(seen))
    smaller = 1 / (1 + depth_mm / distance_mm)
    across = np.diff(radius_mm * np.sin(seen) * smaller)
    along = 0.5 * (smaller[1:] + smaller[:-1])
    return float(1 - np.sum(across * along) / width_mm)
