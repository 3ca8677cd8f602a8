"""From where the search for the plane under some edges starts."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.ladder import Ladder
from woundtrack.scale.ruler.view import View
from woundtrack.scale.types import Shift

Floats = NDArray[np.float64]

LIKELY_CURVE = 1 / 100.0
"""Of a limb, per mm."""


def square_on(first: Ladder, frame: View, *, curved: bool) -> Floats:
    """The view of the first edge from straight above, and its tips, as the fit's numbers (P,).

    From there the search arrives whatever the tilt. With `curved` round a usual limb.
    """
    step = (first.base_px[-1] - first.base_px[0]) / (first.along_mm[-1] - first.along_mm[0])
    density, turn = float(np.hypot(*step)), float(np.arctan2(step[1], step[0]))
    middle = int(np.argmin(np.abs(first.along_mm)))
    place = (first.base_px[middle] - frame.middle_px) / frame.diagonal_px
    normal = np.array([-np.sin(turn), np.cos(turn)])
    across = (first.tip_px - first.base_px) @ normal / density
    seen = [0.0, 0.0, turn, *place, np.log(density), 0.0, 0.0, 0.0, 0.0]
    curve = [LIKELY_CURVE, 0.0] if curved else []
    return np.array([*seen, *curve, *_by_kind(across, first)])


def placed_in(found: Shift, last: Ladder, seen_px: Floats) -> Floats:
    """Placing and tips of one edge more, from its undistorted ends (2 N, 2), in a plane found."""
    back = np.array(found.homography_px_to_mm)
    rays = seen_px @ back[:, :2].T + back[:, 2]
    flat = rays[:, :2] / rays[:, 2:]
    if found.limb is not None:
        flat = found.limb.unrolled(flat)
    base, tip = flat[: len(last.along_mm)], flat[len(last.along_mm) :]
    step = (base[-1] - base[0]) / (last.along_mm[-1] - last.along_mm[0])
    turn = float(np.arctan2(step[1], step[0]))
    unit = np.array([np.cos(turn), np.sin(turn)])
    start = np.median(base - last.along_mm[:, None] * unit, axis=0)
    across = (tip - base) @ np.array([-unit[1], unit[0]])
    return np.array([turn, *start, 0.0, *_by_kind(across, last)])


def _by_kind(across: Floats, ladder: Ladder) -> list[float]:
    """The usual place of the tips of each kind."""
    kinds = range(ladder.kind_count)
    return [float(np.median(across[ladder.kinds == kind])) for kind in kinds]
