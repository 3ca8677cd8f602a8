"""From read edges to the scale: units weighed, edges joined, the plane fitted, doubts stated."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo
from woundtrack.scale.ruler_edge import Edge
from woundtrack.scale.ruler_fit import Ladder, Plane, PlaneFit
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.units import MM_PER_INCH

Floats = NDArray[np.float64]

METHOD_VERSION = "ruler-1"
HEIGHT_DOUBT_MM = 0.3
"""The ruler lies above or below the wound's plane by this much (one sd): its own thickness."""
UNKNOWN_DISTANCE_MM = 300.0
PRINT_SD = 0.0005
"""Of a printed or moulded ruler's length."""
JOIN_WITHIN = 0.02
"""An edge of known unit joins the plane of another where its pitch agrees to this."""
DISAGREE_BEYOND = 0.06
NEAREST_MM, FARTHEST_MM = 50.0, 4000.0
BENT_PX, BENT_PITCHES = 1.2, 0.05
MAX_RELATIVE_SD = 0.03
KNOWN_PITCHES_MM = (0.5, 1.0, MM_PER_INCH / 32, MM_PER_INCH / 16, MM_PER_INCH / 8)


@dataclass(frozen=True, slots=True)
class Reading:
    """An edge with the pitch it is taken to have."""

    edge: Edge
    pitch_mm: float


def solve_plane(edges: list[Edge], photo: Photo) -> Scale:
    """The scale from edges sorted by worth; ScaleError where it cannot be told."""
    if not edges:
        raise ScaleError("scale.no_ruler")
    sure = [edge for edge in edges if edge.unit is not None and edge.unit.sure]
    if not sure:
        raise _refusal(edges)
    main = sure[0]
    assert main.unit is not None
    assert main.unit.pattern.pitch_mm is not None
    readings = [Reading(main, main.unit.pattern.pitch_mm)]
    plane = _fitted(readings, photo)
    warnings: list[str] = []
    for edge in edges:
        if edge is main:
            continue
        joined, plane = _join(readings, edge, plane, photo)
        if joined == "joined":
            continue
        if joined == "disagrees":
            warnings.append("rulers_disagree")
    return _scale(readings, plane, photo, tuple(dict.fromkeys(warnings)))


def _refusal(edges: list[Edge]) -> ScaleError:
    """Why none of the edges gives a unit."""
    told = [edge for edge in edges if edge.unit is not None and edge.unit.pattern.periods]
    most = max(len(edge.number) for edge in edges)
    if told and most >= 20:
        return ScaleError("scale.ambiguous_unit", ticks=most)
    if told:
        return ScaleError("scale.too_few_ticks", ticks=most)
    return ScaleError("scale.no_ruler")


def _ladder(reading: Reading) -> Ladder:
    edge = reading.edge
    unit = edge.unit
    middle = edge.number[len(edge.number) // 2]
    kinds = np.zeros(len(edge.number), np.intp) if unit is None else unit.kinds
    _, kinds = np.unique(kinds, return_inverse=True)
    return Ladder(
        along_mm=(edge.number - middle) * reading.pitch_mm,
        base_px=edge.base_px,
        tip_px=edge.tip_px,
        across_sd_px=edge.across_sd_px,
        base_sure=edge.base_sure,
        tip_sure=edge.tip_sure,
        kinds=kinds.astype(np.intp),
        kind_count=int(kinds.max()) + 1,
        along_sd_px=max(0.6, 0.04 * edge.pitch_px),
    )


def _fitted(readings: list[Reading], photo: Photo) -> Plane:
    plane = PlaneFit([_ladder(each) for each in readings], photo).plane()
    pitch_px = min(each.edge.pitch_px for each in readings)
    if plane.across_rms_px > max(BENT_PX, BENT_PITCHES * pitch_px):
        raise ScaleError("scale.bent")
    return plane


def _join(readings: list[Reading], edge: Edge, plane: Plane, photo: Photo) -> tuple[str, Plane]:
    """Fit an edge together with those before where it belongs to their plane."""
    seen = _pitch_in(plane, edge)
    own = edge.unit.pattern.pitch_mm if edge.unit is not None and edge.unit.sure else None
    near = min(KNOWN_PITCHES_MM, key=lambda each: abs(np.log(seen / each)))
    if own is not None and abs(np.log(seen / own)) > DISAGREE_BEYOND:
        return "disagrees", plane
    pitch = own if own is not None else near
    if abs(np.log(seen / pitch)) > JOIN_WITHIN:
        return "apart", plane
    together = [*readings, Reading(edge, pitch)]
    try:
        joint = _fitted(together, photo)
    except ScaleError:
        return "disagrees" if own is not None else "apart", plane
    if joint.across_rms_px > 2 * plane.across_rms_px + 0.1:
        return "apart", plane
    readings.append(together[-1])
    return "joined", joint


def _map(plane: Plane) -> Scale:
    return Scale(
        method=ScaleMethod.RULER,
        homography_px_to_mm=plane.map.homography_px_to_mm,
        lens=plane.map.lens,
        relative_sd=0.0,
    )


def _pitch_in(plane: Plane, edge: Edge) -> float:
    """The pitch of an edge, in mm of a plane found with another."""
    places = _map(plane).to_mm(edge.base_px)
    span = places[-1] - places[0]
    return float(np.hypot(*span)) / float(edge.number[-1] - edge.number[0])


def _scale(readings: list[Reading], plane: Plane, photo: Photo, warnings: tuple[str, ...]) -> Scale:
    if photo.focal_px is not None and not NEAREST_MM < plane.distance_mm < FARTHEST_MM:
        raise ScaleError("scale.ambiguous_unit", ticks=len(readings[0].edge.number))
    distance_mm = plane.distance_mm if photo.focal_px is not None else UNKNOWN_DISTANCE_MM
    common = float(np.hypot(HEIGHT_DOUBT_MM / distance_mm, PRINT_SD))
    marks = np.concatenate([each.edge.base_px for each in readings])
    scale = replace(
        _map(plane),
        relative_sd=common,
        common_relative_sd=common,
        shifts=plane.shifts,
        tilt_deg=plane.tilt_deg,
        warnings=warnings,
        marks_px=tuple((float(x), float(y)) for x, y in marks),
        method_version=METHOD_VERSION,
    )
    middle = marks[: len(readings[0].edge.number)].mean(axis=0)
    relative_sd = scale.relative_sd_at((float(middle[0]), float(middle[1])))
    if relative_sd > MAX_RELATIVE_SD:
        raise ScaleError("scale.too_uncertain", percent=round(100 * relative_sd, 1))
    return replace(scale, relative_sd=relative_sd)
