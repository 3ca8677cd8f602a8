"""Area, perimeter, length and width of an outline in the wound's plane."""

from dataclasses import dataclass

import numpy as np

from woundtrack.errors import MeasureError
from woundtrack.measure import rings as plane
from woundtrack.measure.rings import Points
from woundtrack.measure.types import Measurement, SegmentPx
from woundtrack.measure.uncertainty import EDGE_SD_PX, combined, edge_area_sd_mm2
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.units import cm2_from_mm2, cm_from_mm

METHOD_VERSION = "1"
PERIMETER_STEP_MM = 0.5
LONGEST_SIDE_PX = 8.0
"""Straight sides in the photo are followed in steps this short, for they bend with the lens."""
SMALLEST_MM2 = 0.01
MOST_SCALE_SD = 0.04
"""Of an area, from its scale: far from a short ruler it hangs on the camera, and towards a limb's
side on how even a tube the limb is."""
FARTHEST_MM = 5000.0
"""No wound spans this: points so far apart lie near the plane's horizon."""


@dataclass(frozen=True, slots=True)
class RingPerimeters:
    """Perimeters in cm: of the outer rings together, and of the holes together."""

    outer_cm: float
    holes_cm: float


def measure(outline: Outline, scale: Scale, *, outline_sd_px: float = EDGE_SD_PX) -> Measurement:
    """Measure an outline; `outline_sd_px` is one sd of where its edge was put, in px.

    An outline that tells its own area's sd is believed instead. Every point goes through the
    scale before any length or area is taken. The perimeter is that of the outer rings. Raises
    MeasureError measure.no_outline, measure.too_few_points, measure.not_finite,
    measure.beyond_horizon, measure.outline_degenerate, measure.round_limb,
    measure.far_from_ruler.
    """
    rings_px = _rings_px(outline)
    holes = plane.hole_flags(rings_px)
    rings_mm = _rings_mm(rings_px, scale)
    area_mm2 = _area_mm2(rings_mm, holes)
    if not area_mm2 > SMALLEST_MM2:
        raise MeasureError("measure.outline_degenerate")
    outer_mm = [ring for ring, hole in zip(rings_mm, holes, strict=True) if not hole]
    scale_sd_mm2 = _scale_sd_mm2(rings_px, holes, scale, area_mm2=area_mm2)
    _refuse_doubtful(scale, scale_sd_mm2 / area_mm2)
    if outline.relative_area_sd is not None:
        edge_sd_mm2 = outline.relative_area_sd * area_mm2
    else:
        edge_sd_mm2 = _edge_sd_mm2(rings_px, rings_mm, scale, outline_sd_px=outline_sd_px)
    length_px, length_mm, width_px, width_mm = _spans(np.vstack(outer_mm), scale)
    return Measurement(
        area_cm2=cm2_from_mm2(area_mm2),
        area_cm2_sd=cm2_from_mm2(combined(scale_sd_mm2, edge_sd_mm2)),
        perimeter_cm=cm_from_mm(sum(_perimeter_mm(ring) for ring in outer_mm)),
        length_cm=cm_from_mm(length_mm),
        width_cm=cm_from_mm(width_mm),
        length_px=length_px,
        width_px=width_px,
        method_version=METHOD_VERSION,
    )


def ring_perimeters(outline: Outline, scale: Scale) -> RingPerimeters:
    """The perimeters of the outer rings and of the holes, apart. Raises as `measure` does."""
    rings_px = _rings_px(outline)
    sums = {False: 0.0, True: 0.0}
    pairs = zip(_rings_mm(rings_px, scale), plane.hole_flags(rings_px), strict=True)
    for ring_mm, hole in pairs:
        sums[hole] += _perimeter_mm(ring_mm)
    return RingPerimeters(outer_cm=cm_from_mm(sums[False]), holes_cm=cm_from_mm(sums[True]))


def sides_cm(outline: Outline, scale: Scale, *, head_angle_deg: float) -> tuple[float, float]:
    """The greatest extents in cm towards the head, and across it: what PUSH multiplies.

    `head_angle_deg` is clockwise from up in the upright photo; the direction is followed through
    the scale at the middle of the outline. An extent runs between the outermost points along
    its direction (NPUAP, instructions for using the PUSH tool). Raises as `measure` does.
    """
    rings_px = _rings_px(outline)
    middle = np.vstack(rings_px).mean(axis=0)
    angle = np.radians(head_angle_deg)
    towards = middle + np.array([np.sin(angle), -np.cos(angle)])
    points_mm = np.vstack(_rings_mm(rings_px, scale))
    start, end = scale.to_mm([middle, towards])
    along = (end - start) / np.linalg.norm(end - start)
    across = np.array([-along[1], along[0]])
    first, second = (cm_from_mm(float(np.ptp(points_mm @ axis))) for axis in (along, across))
    return first, second


def _refuse_doubtful(scale: Scale, relative_sd: float) -> None:
    """A ruler's scale was sure enough beside it, and may not be where the wound lies."""
    if relative_sd > MOST_SCALE_SD and (scale.limb or scale.method is ScaleMethod.RULER):
        code = "measure.round_limb" if scale.limb else "measure.far_from_ruler"
        raise MeasureError(code, percent=round(100 * relative_sd))


def _rings_px(outline: Outline) -> list[Points]:
    if not outline.rings:
        raise MeasureError("measure.no_outline")
    rings = [np.array(ring, dtype=np.float64).reshape(-1, 2) for ring in outline.rings]
    if any(len(np.unique(ring, axis=0)) < 3 for ring in rings):
        raise MeasureError("measure.too_few_points")
    if not all(np.isfinite(ring).all() for ring in rings):
        raise MeasureError("measure.not_finite")
    return rings


def _rings_mm(rings_px: list[Points], scale: Scale) -> list[Points]:
    """The rings in mm; refused where the plane's horizon passes between the points."""
    if scale.lens is not None:
        rings_px = [plane.subdivided(ring, longest=LONGEST_SIDE_PX) for ring in rings_px]
    horizon = np.array(scale.homography_px_to_mm[2])
    depths = np.concatenate([ring @ horizon[:2] + horizon[2] for ring in rings_px])
    if not (depths.min() > 0 or depths.max() < 0):
        raise MeasureError("measure.beyond_horizon")
    rings_mm = [scale.to_mm(ring) for ring in rings_px]
    if not np.ptp(np.vstack(rings_mm), axis=0).max() < FARTHEST_MM:
        raise MeasureError("measure.beyond_horizon")
    return rings_mm


def _area_mm2(rings_mm: list[Points], holes: list[bool]) -> float:
    areas = (abs(plane.shoelace(ring)) for ring in rings_mm)
    return sum(-area if hole else area for area, hole in zip(areas, holes, strict=True))


def _perimeter_mm(ring_mm: Points) -> float:
    return plane.perimeter(plane.resampled(ring_mm, step=PERIMETER_STEP_MM))


def _spans(points_mm: Points, scale: Scale) -> tuple[SegmentPx, float, SegmentPx, float]:
    """Length and width: where they run in px, and how long they are in mm."""
    start, end = plane.longest_span(points_mm)
    low, high = plane.span_across(points_mm, axis_from=start, axis_to=end)
    ends = scale.to_px(np.array([start, end, low, high]))
    first, second, third, fourth = ((float(x), float(y)) for x, y in ends)
    return (
        (first, second),
        float(np.linalg.norm(end - start)),
        (third, fourth),
        float(np.linalg.norm(high - low)),
    )


def _scale_sd_mm2(
    rings_px: list[Points], holes: list[bool], scale: Scale, *, area_mm2: float
) -> float:
    """One sd of the area from the scale: the area again under each shift of the scale.

    So the doubt grows by itself where the outline lies away from what gave the scale. A scale
    without shifts doubts an area by twice its doubt of a length.
    """
    if not scale.shifts:
        centre = np.vstack(rings_px).mean(axis=0)
        relative_sd = scale.relative_sd_at((float(centre[0]), float(centre[1])))
        return 2 * relative_sd * area_mm2
    moved = (_area_mm2(_rings_mm(rings_px, other), holes) for other in scale.shifted())
    return combined(*(area - area_mm2 for area in moved), 2 * scale.common_relative_sd * area_mm2)


def _edge_sd_mm2(
    rings_px: list[Points], rings_mm: list[Points], scale: Scale, *, outline_sd_px: float
) -> float:
    """One sd of the area from the edges of all rings, holes included."""
    whole_mm2 = 0.0
    for ring_px, ring_mm in zip(rings_px, rings_mm, strict=True):
        centre = ring_px.mean(axis=0)
        edge_sd_mm = outline_sd_px * scale.mm_per_px_at((float(centre[0]), float(centre[1])))
        whole_mm2 += edge_area_sd_mm2(perimeter_mm=_perimeter_mm(ring_mm), edge_sd_mm=edge_sd_mm)
    return whole_mm2
