"""The plane, or the limb, under edges of known steps; refused where they lie on neither."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.fit import Plane, PlaneFit
from woundtrack.scale.ruler.flat import is_flat
from woundtrack.scale.ruler.ladder import Ladder
from woundtrack.scale.ruler.prior import K1_SD
from woundtrack.scale.types import Scale, ScaleMethod

Floats = NDArray[np.float64]

BENT_PX, BENT_PITCHES = 1.2, 0.05
LENS_SD = 2.5
"""A lens term of more sd may be a limb's."""
NARROWEST_MM, WIDEST_MM, CURVE_WITHIN = 25.0, 600.0, 0.2
"""Radii of limbs and trunks, and the relative sd within which one must be seen."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An edge with the pitch it is taken to have."""

    edge: Edge
    pitch_mm: float


def first_plane(first: Reading, photo: Photo) -> Plane:
    """The plane of one edge, or the limb that it is laid round.

    A lens beyond what lenses are is taken for a limb where that explains the edge with a lens
    that is none.
    """
    try:
        flat: Plane | None = fitted([first], photo)
    except ScaleError:
        flat = None
    if flat is not None and abs(_k1(flat)) < LENS_SD * K1_SD:
        return flat
    round_limb = _round([first], photo)
    if round_limb is not None and (flat is None or abs(_k1(round_limb)) < 0.5 * abs(_k1(flat))):
        return round_limb
    if flat is None:
        raise ScaleError("scale.bent")
    return flat


def _k1(plane: Plane) -> float:
    return plane.map.lens.k1 if plane.map.lens is not None else 0.0


def _round(readings: list[Reading], photo: Photo) -> Plane | None:
    """The limb under the edges, where it is one beyond doubt."""
    try:
        plane = fitted(readings, photo, curved=True)
    except ScaleError:
        return None
    limb = plane.map.limb
    if limb is None or not NARROWEST_MM < limb.radius_mm < WIDEST_MM:
        return None
    sure = plane.curve_sd < CURVE_WITHIN and abs(_k1(plane)) < LENS_SD * K1_SD
    return plane if sure else None


def fitted(
    readings: list[Reading], photo: Photo, before: Plane | None = None, *, curved: bool = False
) -> Plane:
    """The plane under edges, or the limb with `curved`; from `before`, found without the last.

    Raises ScaleError scale.bent where they lie on none.
    """
    ladders = [ladder_of(each) for each in readings]
    try:
        # A step too far has no finite cost, and is not taken.
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            plane = PlaneFit(ladders, photo, curved=curved).plane(before)
            found = map_of(plane)
            flat = all(is_flat(found, each) for each in ladders)
    except (np.linalg.LinAlgError, ArithmeticError) as error:
        # The search ended at a plane seen edge-on: these marks lie on none.
        raise ScaleError("scale.bent") from error
    pitch_px = min(each.edge.pitch_px for each in readings)
    if not flat or plane.across_rms_px > max(BENT_PX, BENT_PITCHES * pitch_px):
        raise ScaleError("scale.bent")
    return plane


def map_of(plane: Plane) -> Scale:
    """The plane as a scale with its shifts, whose doubt is not summed up yet."""
    return Scale(
        method=ScaleMethod.RULER,
        homography_px_to_mm=plane.map.homography_px_to_mm,
        lens=plane.map.lens,
        limb=plane.map.limb,
        relative_sd=0.0,
        shifts=plane.shifts,
    )


def ladder_of(reading: Reading) -> Ladder:
    """The edge as the fit needs it."""
    edge = reading.edge
    unit = edge.unit
    kinds = np.zeros(len(edge.number), np.intp) if unit is None else unit.kinds
    _, kinds = np.unique(kinds, return_inverse=True)
    return Ladder(
        along_mm=_along(reading),
        base_px=edge.base_px,
        tip_px=edge.tip_px,
        across_sd_px=edge.across_sd_px,
        base_sure=edge.base_sure,
        tip_sure=edge.tip_sure,
        kinds=kinds.astype(np.intp),
        kind_count=int(kinds.max()) + 1,
        along_sd_px=max(0.6, 0.04 * edge.pitch_px),
    )


def _along(reading: Reading) -> Floats:
    """Where each graduation lies along its edge, in mm."""
    steps = (reading.edge.number - middle_number(reading.edge)).astype(np.float64)
    along: Floats = steps * reading.pitch_mm
    return along


def middle_number(edge: Edge) -> int:
    """The graduation at the origin of the plane."""
    return int(edge.number[len(edge.number) // 2])
