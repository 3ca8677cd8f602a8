"""A ruler in the photo, read without help: its graduations, its unit, and its plane.

What cannot be read alone is read with a person's help: the line the ruler lies along, or what one
of its steps is. The graduations keep the sub-pixel places they were found at.
"""

from dataclasses import dataclass

import numpy as np

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.types import PointPx, Scale

MAX_TILT_DEG = 40.0
LEAST_BLUR_PX = 2.0
UNREAD = (
    "scale.no_ruler",
    "scale.even_marks",
    "scale.too_few_ticks",
    "scale.ambiguous_unit",
)
LEAST_BETWEEN = 4
"""Steps between two ends that a person gives."""
LENGTH_WITHIN = 0.02
"""So near must the length between the ends be to whole steps of a ruler's graduation."""


@dataclass(frozen=True, slots=True, eq=False)
class RulerReading:
    """The graduated edges found, the worthiest first, and their scale or why there is none."""

    edges: tuple[Edge, ...]
    scale: Scale | None
    refusal: ScaleError | None


def find_ruler(pixels: Pixels, photo: Photo) -> Scale:
    """The scale of the rulers in an upright photo.

    Refuses with ScaleError: scale.no_ruler, even_marks, too_few_ticks, blurred, ambiguous_unit,
    bent, tilt_beyond, rulers_disagree, too_uncertain, on_flank, limb_cut. A wrong scale is worse
    than none.
    """
    reading = read_ruler(pixels, photo)
    if reading.scale is None:
        raise reading.refusal or ScaleError("scale.no_ruler")
    return reading.scale


def read_ruler(pixels: Pixels, photo: Photo) -> RulerReading:
    """The graduations of an upright photo with their scale, or with the reason of its refusal."""
    from woundtrack.scale.ruler.evidence import Settler
    from woundtrack.scale.ruler.search import find_edges

    edges = find_edges(pixels, settled=Settler(pixels, photo))
    return _reading(edges, pixels, photo)


def read_ruler_along(
    pixels: Pixels, photo: Photo, *, start_px: PointPx, end_px: PointPx
) -> RulerReading:
    """The same for graduations that lie along a line which a person drew over them."""
    from woundtrack.scale.ruler.evidence import Settler
    from woundtrack.scale.ruler.search import find_edges_along

    found = find_edges_along(pixels, start_px=start_px, end_px=end_px)
    return _reading(Settler(pixels, photo)(found), pixels, photo)


def scale_with_pitch(
    reading: RulerReading,
    photo: Photo,
    *,
    pitch_mm: float,
    place: int = 0,
    pixels: Pixels | None = None,
) -> Scale:
    """The scale of an edge whose step is what a person says, with the warning scale.unit_named.

    Edges that speak against it are left out, with the warning scale.unit_disputed. Where the
    photo's `pixels` are given, a limb's sides beside the ruler are looked for as well. Raises
    ScaleError scale.mm_not_positive, scale.no_ruler where there is no edge of that place among
    the reading's, and otherwise as `find_ruler`.
    """
    from woundtrack.scale.limb.sides import with_limb_sides
    from woundtrack.scale.ruler.solve import solve_plane

    if not (np.isfinite(pitch_mm) and pitch_mm > 0):
        raise ScaleError("scale.mm_not_positive")
    if not 0 <= place < len(reading.edges):
        raise ScaleError("scale.no_ruler")
    edge = reading.edges[place]
    others = [each for each in reading.edges if each is not edge]
    scale = _level(solve_plane([edge, *others], photo, pitch_mm=pitch_mm))
    return scale if pixels is None else with_limb_sides(scale, pixels, photo)


def pitch_between(edge: Edge, *, start_px: PointPx, end_px: PointPx, length_mm: float) -> float:
    """What one step is, in mm, if the graduations nearest two points lie `length_mm` apart.

    Raises ScaleError scale.mm_not_positive, scale.points_too_close, and scale.steps_disagree where
    no ruler is graduated in such steps: a mark too many or too few lies between the points.
    """
    from woundtrack.scale.ruler.solve import KNOWN_PITCHES_MM

    if not (np.isfinite(length_mm) and length_mm > 0):
        raise ScaleError("scale.mm_not_positive")
    steps = abs(_number_at(edge, end_px) - _number_at(edge, start_px))
    if steps < LEAST_BETWEEN:
        raise ScaleError("scale.points_too_close", least_px=round(LEAST_BETWEEN * edge.pitch_px))
    pitch_mm = length_mm / steps
    known = min(KNOWN_PITCHES_MM, key=lambda each: abs(np.log(pitch_mm / each)))
    if abs(np.log(pitch_mm / known)) > min(LENGTH_WITHIN, 0.4 / steps):
        raise ScaleError("scale.steps_disagree", steps=steps, length_mm=length_mm)
    return known


def _number_at(edge: Edge, point_px: PointPx) -> int:
    """The graduation nearest a point along the edge, seen or not."""
    from woundtrack.scale.ruler.index import fit_projective, number_at

    axis = np.array(edge.line.axis)
    model = fit_projective(edge.number, edge.base_px @ axis)
    return round(float(number_at(model, np.array(point_px) @ axis)))


def _reading(edges: list[Edge], pixels: Pixels, photo: Photo) -> RulerReading:
    from woundtrack.scale.limb.sides import with_limb_sides
    from woundtrack.scale.ruler.solve import solve_plane

    try:
        scale = with_limb_sides(_level(solve_plane(edges, photo)), pixels, photo)
    except ScaleError as error:
        if error.code in UNREAD and _blurred(pixels):
            error = ScaleError("scale.blurred")
        return RulerReading(tuple(edges), None, error)
    return RulerReading(tuple(edges), scale, None)


def _level(scale: Scale) -> Scale:
    """The scale, unless the camera was tilted too far."""
    if scale.tilt_deg is not None and scale.tilt_deg > MAX_TILT_DEG:
        raise ScaleError("scale.tilt_beyond", tilt_deg=round(scale.tilt_deg))
    return scale


def _blurred(pixels: Pixels) -> bool:
    """Is the photo's sharpest edge too soft for graduations?"""
    from woundtrack.photo.quality import BLURRED_RELATIVE, blur_sigma_px

    blur = blur_sigma_px(pixels)
    height, width = pixels.shape[:2]
    least = max(LEAST_BLUR_PX, BLURRED_RELATIVE * float(np.hypot(width, height)))
    return blur is not None and blur > least
