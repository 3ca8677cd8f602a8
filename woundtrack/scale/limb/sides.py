"""The two sides of a limb along which a ruler lies, where the photo shows them beyond doubt.

A ruler that lies straight along a limb is flat and tells nothing of how round the skin beside it
is. What tells it are the limb's sides: two borders along the ruler, between which the skin
darkens as a round thing does, at places that agree with the slope of the ruler's own plane. A
sheet or a drape may have one or two of these three, hardly all. On less no radius is told, and a
ruler beside which the skin bends away all the same (`woundtrack.scale.limb.bend`) is refused.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.limb import Limb
from woundtrack.scale.limb.bend import bends_away
from woundtrack.scale.limb.curvature import expected_area_loss
from woundtrack.scale.limb.shade import falls_of
from woundtrack.scale.limb.sheet import ANGLES_DEG, Sheet, borders, sheet_of
from woundtrack.scale.limb.view import camera_over_mm, leaned, tube_between
from woundtrack.scale.ruler.solve import CURVED_SURFACE, LIKELY_WIDTH_MM, refuse_doubtful
from woundtrack.scale.types import Matrix3, Scale, Shift

Floats = NDArray[np.float64]

LEAST_AGREED, SURE_AGREED = 0.55, 0.72
"""On how straight a border is; on how well both are seen, for the radius to be taken from them."""
MOST_BORDERS, MOST_TRIED, ALIKE_MM = 5, 4, 10.0
RADII_MM = (20.0, 150.0)
SLOPE_SD_RAD, MOST_SLOPE_SD_RAD, SLOPE_SDS = np.radians(2.5), np.radians(4.0), 3.0
"""By how much the plane of a ruler that gives way to a limb, and the sides, err together."""
MOST_OFF_SD = 2.0
"""Where plane and sides are farther apart, one of them is wrong."""
OFF_WORTH = 0.03
LEAST_FALL, LEAST_FALLS, LEAST_EXPLAINED = 0.15, 0.5, 0.5
"""The part of its light that skin loses towards each side, and towards both; how much of what a
slant of light leaves unexplained is explained so."""
FLANK_RAD = np.radians(20.0)
"""Beyond it a wound 35° farther round is seen at 55°, where 2° of doubt are 5 % of its area."""
MOST_TURNED_RAD = 0.1
"""A ruler that winds round a limb by more is twisted, and its plane no longer the skin's."""
RADIUS_SD, LEAN_SD_RAD = 0.05, np.radians(1.5)


@dataclass(frozen=True, slots=True)
class Sides:
    """A limb both of whose sides are seen."""

    radius_mm: float
    slope_rad: float
    """Of the skin under the ruler against the line of sight to it, by the sides."""
    off_rad: float
    """How far beyond the slope of the ruler's plane that is."""
    off_sd: float
    """The same in sd."""
    angle_deg: float
    """Of the sides to the ruler, in its plane."""
    low_mm: float
    high_mm: float
    """Where they are seen, across them from the ruler's middle."""
    agreed: float
    """How clearly, 0 to 1."""
    sure: bool = True
    """Whether the light falls as on a limb rather than as in the shadows of a sheet's borders."""

    @property
    def across_deg(self) -> float:
        """The direction across the limb, from the plane's x axis towards its y axis."""
        return 90.0 + self.angle_deg


def with_limb_sides(scale: Scale, pixels: Pixels, photo: Photo) -> Scale:
    """The scale of a ruler unrolled from the limb along which it lies, if both sides tell one.

    Raises ScaleError scale.on_flank where it lies on the limb's flank or askew, or where the limb
    is beyond doubt but not its radius; scale.limb_cut where the skin bends away and not both sides
    tell how; too_uncertain where it bends away too soon beside the ruler. What is no limb comes
    back unchanged.
    """
    if scale.limb is not None or not scale.marks_px:
        return scale
    cameras_mm = camera_over_mm(scale, photo)
    sheet = sheet_of(scale, pixels)
    agreed = borders(sheet)
    sides = find_sides(sheet, agreed, cameras_mm)
    cut = bends_away(sheet, agreed) if sides is None else not sides.sure
    if cut:
        raise ScaleError("scale.limb_cut")
    if sides is None:
        return scale
    unsure = sides.agreed < SURE_AGREED or abs(sides.off_sd) > MOST_OFF_SD
    askew = _turned_rad(scale, sides) > MOST_TURNED_RAD
    if unsure or askew or abs(sides.slope_rad) > FLANK_RAD:
        raise ScaleError("scale.on_flank")
    found = _round(scale, sides, cameras_mm)
    refuse_doubtful(found, photo, middle_mm=np.zeros(2))
    return found


def _turned_rad(scale: Scale, sides: Sides) -> float:
    """How far round the limb a ruler that lies askew to it winds, from its middle to its ends."""
    half_mm = 0.5 * float(np.ptp(scale.to_mm(scale.marks_px)[:, 0]))
    return half_mm * abs(float(np.sin(np.radians(sides.angle_deg)))) / sides.radius_mm


def find_sides(sheet: Sheet, agreed: Floats, cameras_mm: Floats) -> Sides | None:
    """The sides of the limb under a ruler; None where they are not seen beyond doubt.

    `agreed` is what `borders` makes of the sheet; `cameras_mm` (1 + shifts, 3) are over the plane
    of the scale, and of each of its shifts.
    """
    pairs: list[Sides] = []
    for here, angle_deg in zip(agreed, ANGLES_DEG, strict=True):
        pairs += _pairs(sheet, cameras_mm, here, float(angle_deg))
    for sides in _unlike(sorted(pairs, key=_worth, reverse=True)):
        falls = falls_of(
            sheet,
            between_mm=(sides.low_mm, sides.high_mm),
            angle_deg=sides.angle_deg,
            radius_mm=sides.radius_mm,
            slope_rad=sides.slope_rad,
            camera_mm=_over(sheet, cameras_mm, sides.angle_deg)[0],
        )
        both = min(falls.low, falls.high) > LEAST_FALL and falls.low + falls.high > LEAST_FALLS
        if both and falls.explained > LEAST_EXPLAINED:
            return replace(sides, sure=falls.sure)
    return None


def _worth(sides: Sides) -> float:
    return sides.agreed - OFF_WORTH * sides.off_sd**2


def _unlike(pairs: list[Sides]) -> list[Sides]:
    """The first few that lie at places of their own."""
    chosen: list[Sides] = []
    for each in pairs:
        if len(chosen) == MOST_TRIED:
            break
        gaps = [abs(each.low_mm - o.low_mm) + abs(each.high_mm - o.high_mm) for o in chosen]
        if min(gaps, default=np.inf) > ALIKE_MM:
            chosen.append(each)
    return chosen


def _over(sheet: Sheet, cameras_mm: Floats, angle_deg: float) -> list[tuple[float, float]]:
    """Where cameras are over the ruler's middle: across lines at an angle to it, and height."""
    turn = np.radians(angle_deg)
    over = (cameras_mm[:, :2] - (sheet.middle_mm, 0.0)) @ (-np.sin(turn), np.cos(turn))
    return [(float(x), float(z)) for x, z in zip(over, cameras_mm[:, 2], strict=True)]


def _pairs(sheet: Sheet, cameras_mm: Floats, agreed: Floats, angle_deg: float) -> list[Sides]:
    """The borders at an angle that, two by two, may be the sides of a limb."""
    at = np.nonzero(
        (agreed >= np.roll(agreed, 1)) & (agreed > np.roll(agreed, -1)) & (agreed > LEAST_AGREED)
    )[0]
    at = at[np.argsort(-agreed[at])]
    places = sheet.across_mm * np.cos(np.radians(angle_deg))
    low, high = np.meshgrid(
        at[places[at] < -sheet.half_ruler_mm][:MOST_BORDERS],
        at[places[at] > sheet.half_ruler_mm][:MOST_BORDERS],
    )
    low, high = low.ravel(), high.ravel()
    if not len(low):
        return []
    over = _over(sheet, cameras_mm, angle_deg)
    slopes = np.array([np.arctan2(*each) for each in over])
    sd = float(np.hypot(np.linalg.norm(slopes[1:] - slopes[0]), SLOPE_SD_RAD))
    tube = tube_between(places[low], places[high], camera_mm=over[0])
    off_rad = tube.slope_rad - slopes[0]
    off = off_rad / min(sd, MOST_SLOPE_SD_RAD)
    fits = tube.possible & (np.abs(off) < SLOPE_SDS)
    fits &= (tube.radius_mm > RADII_MM[0]) & (tube.radius_mm < RADII_MM[1])
    return [
        Sides(
            radius_mm=float(tube.radius_mm[k]),
            slope_rad=float(tube.slope_rad[k]),
            off_rad=float(off_rad[k]),
            off_sd=float(off[k]),
            angle_deg=angle_deg,
            low_mm=float(places[low[k]]),
            high_mm=float(places[high[k]]),
            agreed=float(0.5 * (agreed[low[k]] + agreed[high[k]])),
        )
        for k in np.nonzero(fits)[0]
    ]


def _round(scale: Scale, sides: Sides, cameras_mm: Floats) -> Scale:
    """The scale round the limb, its doubts those of the plane, the radius, the lean, the tube.

    The plane is leaned half the way to the slope that the sides tell: a ruler that gives way to
    the limb and a limb that is no even tube put either off by about as much.
    """
    half_rad = 0.5 * sides.off_rad

    def moved(matrix: Matrix3, camera_mm: Floats, by_rad: float = half_rad) -> tuple[Matrix3, Limb]:
        there, place = leaned(matrix, camera_mm, across_deg=sides.across_deg, by_rad=by_rad)
        x, y, height = (float(each) for each in place)
        return there, Limb(sides.radius_mm, sides.across_deg, (x, y, height))

    here, own = moved(scale.homography_px_to_mm, cameras_mm[0])
    shifts = [
        Shift(matrix, shift.lens, bent)
        for shift, camera_mm in zip(scale.shifts, cameras_mm[1:], strict=True)
        for matrix, bent in [moved(shift.homography_px_to_mm, camera_mm)]
    ]
    wider = replace(own, radius_mm=(1 + RADIUS_SD) * sides.radius_mm)
    lean_rad = half_rad + float(np.hypot(LEAN_SD_RAD, half_rad))
    leaning = moved(scale.homography_px_to_mm, cameras_mm[0], lean_rad)
    shifts += [Shift(here, scale.lens, wider), Shift(leaning[0], scale.lens, leaning[1])]
    uneven = 0.5 * expected_area_loss(LIKELY_WIDTH_MM, sides.radius_mm)
    return replace(
        scale,
        homography_px_to_mm=here,
        limb=own,
        shifts=tuple(shifts),
        relative_sd=float(np.hypot(scale.relative_sd, uneven)),
        common_relative_sd=float(np.hypot(scale.common_relative_sd, uneven)),
        warnings=(*scale.warnings, CURVED_SURFACE),
    )
