"""From read edges to the scale: units weighed, edges joined, the plane fitted, doubts stated."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo
from woundtrack.scale.limb.curvature import expected_area_loss
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.fit import Plane
from woundtrack.scale.ruler.focal import averaged
from woundtrack.scale.ruler.plane import Reading, first_plane, fitted, map_of, middle_number
from woundtrack.scale.ruler.prior import is_cropped
from woundtrack.scale.types import Scale
from woundtrack.units import MM_PER_INCH

Floats = NDArray[np.float64]

METHOD_VERSION = "ruler-2"
FOCAL_UNKNOWN, UNIT_NAMED = "scale.focal_unknown", "scale.unit_named"
CURVED_SURFACE = "scale.curved_surface"
RULERS_APART, UNIT_DISPUTED = "scale.rulers_apart", "scale.unit_disputed"
HEIGHT_MM = 0.46
"""How much nearer than the wound's edge the face of a ruler lies: from 0 (film, paper, print on
the underside) to 0.8 mm (thin plastic, a tape), evenly, which is 0.46 mm root mean square. The
scale is that of the face, where it can be checked: it is not made larger by what is expected of
the height (0.15 % at 250 mm), for on the rulers most used that would err by as much."""
UNKNOWN_DISTANCE_MM = 250.0
"""From where wounds are taken, when the photo does not tell."""
PRINT_SD = 0.0005
"""Of a printed or moulded ruler's length, a stated allowance: 0.05 mm in 100 mm. Rulers only just
within class II of OIML R 35 (0.3 mm) are six times worse: check one against a good rule."""
JOIN_WITHIN, JOIN_SURE_WITHIN = 0.02, 0.2
"""An edge joins the plane of another where its pitch agrees to this before, and fits after."""
APART_SD, DISAGREE_SD, DISAGREE_BEYOND = 3.0, 3.0, 0.02
"""Rulers whose steps differ by this many sd lie at unequal heights, or in two planes; and those
that differ by this part too are not of one length."""
NEAREST_MM, FARTHEST_MM = 50.0, 4000.0
LIKELY_WIDTH_MM = 30.0
"""Of a wound: what unrolling adds to its area is doubted by as much, for no limb is a tube."""
MAX_RELATIVE_SD, MAX_UNKNOWN_SD, MAX_CROPPED_SD = 0.02, 0.0175, 0.0125
"""Of a length; twice that of an area. Of an unknown camera even the doubt is guessed, the more
where only a part of its photo is left."""
BESIDE_MM = 25.0
"""The scale must be certain enough this far beside the ruler, where wounds lie."""
EVEN_FILLED, LEAST_EVEN = 0.9, 20
"""Marks without longer ones among them may be a ruler's where so many stand so complete."""
KNOWN_PITCHES_MM = (
    *(0.5, 1.0, 2.0, 5.0, 10.0),
    *(MM_PER_INCH / each for each in (32, 16, 10, 8, 4, 2, 1)),
)
COMMON_PITCHES_MM = (0.5, 1.0, MM_PER_INCH / 32, MM_PER_INCH / 16, MM_PER_INCH / 8)


def solve_plane(edges: list[Edge], photo: Photo, *, pitch_mm: float | None = None) -> Scale:
    """The scale from edges sorted by worth; ScaleError where it cannot be told.

    `pitch_mm` is what a step of the first edge is, where a person says so: then an edge that
    speaks against it is left out, with a warning.
    """
    if not edges:
        raise ScaleError("scale.no_ruler")
    first = _first(edges, pitch_mm)
    readings, apart = [first], 0.0
    plane = first_plane(first, photo)
    warnings = [] if pitch_mm is None else [UNIT_NAMED]
    for edge in edges:
        if edge is first.edge:
            continue
        joint = _joined(readings, edge, plane, photo)
        gap = _gap(edge, plane)
        if joint is not None:
            plane = joint
        elif abs(gap) > max(DISAGREE_BEYOND, DISAGREE_SD * _doubt(edge, plane)):
            if pitch_mm is None:
                raise ScaleError("scale.rulers_disagree")
            warnings.append(UNIT_DISPUTED)
        elif gap:
            apart = max(apart, abs(gap))
    warnings += [RULERS_APART] if apart else []
    if photo.focal_px is None and plane.map.limb is None:
        plane = averaged(readings, photo, plane)
    return _scale(readings, plane, photo, apart=apart, warnings=warnings)


def _first(edges: list[Edge], pitch_mm: float | None) -> Reading:
    """The edge that gives the plane, and its step."""
    if pitch_mm is not None:
        return Reading(edges[0], pitch_mm)
    sure = [edge for edge in edges if edge.sure]
    if not sure:
        raise _refusal(edges)
    return Reading(sure[0], _pitch_mm(sure[0]) or 0.0)


def _pitch_mm(edge: Edge) -> float | None:
    """What one step of an edge is, where it is sure."""
    return edge.unit.pattern.pitch_mm if edge.unit is not None and edge.unit.sure else None


def _refusal(edges: list[Edge]) -> ScaleError:
    """Why none of the edges gives a unit."""
    told = [edge for edge in edges if edge.unit is not None and edge.unit.pattern.periods]
    most = max(len(edge.number) for edge in edges)
    if (told and most >= 20) or any(edge.blocks for edge in edges):
        return ScaleError("scale.ambiguous_unit", ticks=most)
    if told:
        return ScaleError("scale.too_few_ticks", ticks=most)
    even = max((len(e.number) for e in edges if e.filled > EVEN_FILLED), default=0)
    if even >= LEAST_EVEN:
        return ScaleError("scale.even_marks", ticks=even)
    return ScaleError("scale.no_ruler")


def _joined(readings: list[Reading], edge: Edge, plane: Plane, photo: Photo) -> Plane | None:
    """The plane with one edge more, which is added to the readings; None where it does not fit.

    An edge whose own lengths do not tell its unit may still be known by the other's: it joins
    where its pitch is that of a common graduation.
    """
    seen, own = _pitch_in(plane, edge), _pitch_mm(edge)
    pitch = own or min(COMMON_PITCHES_MM, key=lambda each: abs(np.log(seen / each)))
    if abs(np.log(seen / pitch)) > (JOIN_SURE_WITHIN if own else JOIN_WITHIN):
        return None
    together = [*readings, Reading(edge, pitch)]
    try:
        joint = fitted(together, photo, plane, curved=plane.map.limb is not None)
    except ScaleError:
        return None
    if joint.across_rms_px > 1.5 * plane.across_rms_px + 0.15 or joint.apart_sd > APART_SD:
        return None
    readings.append(together[-1])
    return joint


def _gap(edge: Edge, plane: Plane) -> float:
    """By how much the steps of an edge of known unit differ from its own; 0 of unknown."""
    own = _pitch_mm(edge)
    return float(np.log(_pitch_in(plane, edge) / own)) if own is not None else 0.0


def _doubt(edge: Edge, plane: Plane) -> float:
    """One sd of a length at an edge, in the plane found without it."""
    x, y = edge.base_px.mean(axis=0)
    return map_of(plane).relative_sd_at((float(x), float(y)))


def _pitch_in(plane: Plane, edge: Edge) -> float:
    """The pitch of an edge, in mm of a plane found with another."""
    places = map_of(plane).to_mm(edge.base_px)
    span = places[-1] - places[0]
    return float(np.hypot(*span)) / float(edge.number[-1] - edge.number[0])


def _scale(
    readings: list[Reading], plane: Plane, photo: Photo, *, apart: float, warnings: list[str]
) -> Scale:
    if photo.focal_px is not None and not NEAREST_MM < plane.distance_mm < FARTHEST_MM:
        raise ScaleError("scale.ambiguous_unit", ticks=len(readings[0].edge.number))
    known = photo.focal_px is not None
    distance_mm = plane.distance_mm if known else UNKNOWN_DISTANCE_MM
    limb = plane.map.limb
    uneven = 0.5 * expected_area_loss(LIKELY_WIDTH_MM, limb.radius_mm) if limb is not None else 0.0
    warnings = [*warnings, *([CURVED_SURFACE] if limb is not None else [])]
    common = float(np.linalg.norm([HEIGHT_MM / distance_mm, PRINT_SD, apart / 2, uneven]))
    # Base and tip of each graduation in turn, to be drawn as strokes.
    strokes = [np.stack([e.edge.base_px, e.edge.tip_px], axis=1) for e in readings]
    marks = np.concatenate(strokes).reshape(-1, 2)
    scale = replace(
        map_of(plane),
        relative_sd=common,
        common_relative_sd=common,
        tilt_deg=plane.tilt_deg,
        tilt_sd_deg=plane.tilt_sd_deg,
        warnings=(*([] if known else [FOCAL_UNKNOWN]), *dict.fromkeys(warnings)),
        marks_px=tuple((float(x), float(y)) for x, y in marks),
        method_version=METHOD_VERSION,
        anchor_mm=_anchor(readings[0]),
    )
    refuse_doubtful(scale, photo, middle_mm=scale.to_mm(readings[0].edge.base_px).mean(axis=0))
    middle = readings[0].edge.base_px.mean(axis=0)
    relative_sd = scale.relative_sd_at((float(middle[0]), float(middle[1])))
    return replace(scale, relative_sd=relative_sd)


def refuse_doubtful(scale: Scale, photo: Photo, *, middle_mm: Floats) -> None:
    """Raise ScaleError scale.too_uncertain where a length on a side of the ruler is too doubtful.

    The ruler lies along the x axis of the scale, its middle (2,) there.
    """
    places = scale.to_px(middle_mm + np.array([[0.0, -BESIDE_MM], [0.0, BESIDE_MM]]))
    beside = [scale.relative_sd_at((float(x), float(y))) for x, y in places]
    most = float(np.nan_to_num(np.max(beside), nan=1.0, posinf=1.0))
    if most > _most_sd(photo):
        raise ScaleError("scale.too_uncertain", percent=round(100 * most, 1))


def _most_sd(photo: Photo) -> float:
    """The largest doubt of a length that is let pass."""
    if photo.focal_px is not None:
        return MAX_RELATIVE_SD
    return MAX_CROPPED_SD if is_cropped(photo) else MAX_UNKNOWN_SD


def _anchor(reading: Reading) -> tuple[float, float]:
    """The longest graduations lie on the grid's lines."""
    unit = reading.edge.unit
    if unit is None:
        return 0.0, 0.0
    return float((unit.phase - middle_number(reading.edge)) * reading.pitch_mm), 0.0
