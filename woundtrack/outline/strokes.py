"""Edits of an outline by areas and freehand strokes: brush, trace, hole, redraw, proposal.

Areas are joined and cut with shapely (GEOS overlay), which leaves every vertex that the
stroke does not reach exactly where it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.edit import (
    FEWEST_POINTS,
    add_ring,
    crossing_pairs,
    nearest_edge,
    without_repeats,
)
from woundtrack.outline.rings import signed_area
from woundtrack.outline.types import Outline, PointPx, Ring

QUARTER_SEGMENTS = 8
"""Segments in a quarter of the brush's round end: within 0.5 % of the circle's radius."""
SMALLEST_PX2 = 0.5
"""Slivers below half a pixel are left out of a joined or cut area."""
SAME = 0.02
"""Areas that differ by less, as part of themselves, are the same drawn less finely."""
LONGEST_TAIL = 0.2
"""Share of a freehand stroke that may overshoot where it meets its own beginning."""
SMOOTHING = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9.0


def add_stroke(outline: Outline, *, stroke_px: Sequence[PointPx], radius_px: float) -> Outline:
    """The outline joined with what a round brush of this radius paints along a stroke."""
    return _from_area(outline, _area(outline).union(_swept(stroke_px, radius_px)))


def erase_stroke(outline: Outline, *, stroke_px: Sequence[PointPx], radius_px: float) -> Outline:
    """The outline without what a round brush of this radius wipes along a stroke."""
    return _from_area(outline, _area(outline).difference(_swept(stroke_px, radius_px)))


def joined(outline: Outline, other: Outline) -> Outline:
    """The area of both, with the other's source where the first had no area."""
    whole = outline if outline.rings else other
    return _from_area(whole, _area(outline).union(_area(other)))


def cut_off(outline: Outline, *, left: Outline, at_px: Sequence[PointPx]) -> Outline:
    """The outline without the parts outside `left` that one of the points lies in.

    A rim less than half as thick as the point lies deep is no part of it, and stays.
    """
    from shapely.geometry import Point

    gone = (area := _area(outline)).difference(_area(left))
    for point in map(Point, at_px):
        rim = gone.boundary.distance(point) / 4.0
        for core in _parts(gone.buffer(-rim)):
            if core.intersects(point):
                area = area.difference(core.buffer(2.0 * rim).intersection(gone))
    return _from_area(outline, area)


def cut_hole(outline: Outline, *, ring: Iterable[PointPx]) -> Outline:
    """The outline without what lies inside a ring.

    Raises OutlineError `outline.hole_outside` where the ring lies beside the outline.
    """
    area, hole = _area(outline), _area(add_ring(Outline(), ring=ring))
    if area.intersection(hole).area < SMALLEST_PX2:
        raise OutlineError("outline.hole_outside")
    return _from_area(outline, area.difference(hole))


def draw_over(outline: Outline, *, drawn: Outline) -> Outline:
    """The outline with `drawn` in place of whatever parts of it `drawn` touches.

    Parts that `drawn` does not touch stay, so that a second part of the lesion is added and
    a part drawn anew replaces the old one. Where nothing of the old stays, it is the drawn one.
    """
    new = _area(drawn)
    kept = [part for part in _parts(_area(outline)) if not part.intersects(new)]
    if not kept:
        return drawn
    return outline.redrawn((*(ring for part in kept for ring in _rings(part)), *drawn.rings))


def overlap(one: Outline, other: Outline) -> float:
    """Twice the common area over the sum of both, holes outside; 1 where both are empty.

    Dice, Ecology 1945;26:297-302.
    """
    first, second = _area(one), _area(other)
    total = first.area + second.area
    return 2.0 * float(first.intersection(second).area) / total if total else 1.0


def deepest_points(outline: Outline) -> tuple[PointPx, ...]:
    """For each separate part of the outline the point farthest from its edges, holes heeded."""
    import shapely

    points = []
    for part in _parts(_area(outline)):
        radius = shapely.maximum_inscribed_circle(part, tolerance=0.01 * part.area**0.5)
        x, y = radius.coords[0]
        points.append((float(x), float(y)))
    return tuple(points)


def unmoved(before: Outline, after: Outline) -> Outline:
    """`after`, with each part that is nearly as it was `before` exactly as it was.

    What a person drew finely elsewhere is not coarsened by a click.
    """
    old, parts = _parts(_area(before)), []
    for part in _parts(_area(after)):
        same = [each for each in old if each.symmetric_difference(part).area < SAME * part.area]
        parts += _rings(same[0] if same else part)
    return replace(after, rings=tuple(parts))


def clipped(outline: Outline, *, width_px: int, height_px: int) -> Outline:
    """The part of the outline inside the photo."""
    from shapely.geometry import box

    photo = box(-0.5, -0.5, width_px - 0.5, height_px - 0.5)
    return _from_area(outline, _area(outline).intersection(photo))


def close_freehand(stroke_px: Sequence[PointPx], *, tolerance_px: float) -> Ring:
    """A ring from a freehand stroke: closed, smoothed of its tremor, with sensible vertices.

    A short tail beyond the place where the stroke meets its own beginning is trimmed. The
    ring encloses the stroke's own area to better than 0.1 %: smoothing and leaving out
    vertices both shrink a convex ring, so it is let out again by the same area.
    Raises OutlineError `outline.ring_needs_three` for a stroke without area.
    """
    stroke = _trimmed(without_repeats(stroke_px))
    if len(stroke) < FEWEST_POINTS or abs(signed_area(stroke)) < SMALLEST_PX2:
        raise OutlineError("outline.ring_needs_three")
    even = evenly(np.asarray((*stroke, stroke[0])), tolerance_px * 4.0)[:-1]
    if len(even) > 2 * len(SMOOTHING):
        even = _smoothed(even)
    ring = _ring(_thinned(np.vstack([even, even[:1]]), tolerance_px)[:-1])
    if len(ring) < FEWEST_POINTS:
        return stroke
    return _with_area(ring, signed_area(stroke))


def resampled_stroke(stroke_px: Sequence[PointPx], *, tolerance_px: float) -> tuple[PointPx, ...]:
    """An open freehand stroke with only the vertices it needs, its ends where they were."""
    points = without_repeats(stroke_px)
    if len(points) < FEWEST_POINTS:
        return points
    return _ring(_thinned(np.asarray(points), tolerance_px))


def reshape(
    outline: Outline, *, stroke_px: Sequence[PointPx], reach_px: float, tolerance_px: float
) -> Outline | None:
    """The outline with one section of a ring redrawn along a stroke that starts and ends on it.

    Of the two rings that the stroke makes with the old one, the one that changes less is
    taken. None where either end is farther than `reach_px` from the same ring.
    """
    stroke = resampled_stroke(stroke_px, tolerance_px=tolerance_px)
    if len(stroke) < 2:
        return None
    first, last = (nearest_edge(outline, point_px=p) for p in (stroke[0], stroke[-1]))
    if first.point_px is None or last.point_px is None or first.ring != last.ring:
        return None
    if _apart(first.point_px, stroke[0]) > reach_px or _apart(last.point_px, stroke[-1]) > reach_px:
        return None
    ring = outline.rings[first.ring]
    inner = (first.point_px, *stroke[1:-1], last.point_px)
    onward = _walk(ring, last.index, first.index, last.point_px, first.point_px)
    backward = _walk(ring, first.index, last.index, first.point_px, last.point_px)[::-1]
    old = _area(Outline((ring,)))
    candidates = [without_repeats((*inner, *onward)), without_repeats((*inner, *backward))]
    candidates = [c for c in candidates if len(c) >= FEWEST_POINTS]
    if not candidates:
        return None
    best = min(candidates, key=lambda c: old.symmetric_difference(_area(Outline((c,)))).area)
    rings = (best if i == first.ring else r for i, r in enumerate(outline.rings))
    return outline.redrawn(rings)


def _walk(ring: Ring, from_edge: int, to_edge: int, start: PointPx, end: PointPx) -> Ring:
    """The ring's vertices met going onward from a point on one edge to a point on another."""
    count = len(ring)
    steps = (to_edge - from_edge) % count
    if steps == 0 and _apart(ring[from_edge], start) > _apart(ring[from_edge], end):
        steps = count
    return tuple(ring[(from_edge + 1 + k) % count] for k in range(steps))


def _area(outline: Outline) -> Any:
    """The outline's area as a shapely geometry: points inside an odd number of rings."""
    from shapely import make_valid
    from shapely.geometry import MultiPolygon, Polygon

    area: Any = MultiPolygon()
    for ring in outline.rings:
        if len(ring) < FEWEST_POINTS:
            continue
        part = Polygon(ring)
        area = area.symmetric_difference(part if part.is_valid else make_valid(part))
    return area


def _swept(stroke_px: Sequence[PointPx], radius_px: float) -> Any:
    from shapely.geometry import LineString, Point

    points = resampled_stroke(stroke_px, tolerance_px=radius_px * 0.02)
    path = LineString(points) if len(points) > 1 else Point(points[0])
    with np.errstate(divide="ignore", invalid="ignore"):  # points closer than a float can tell
        return path.buffer(radius_px, quad_segs=QUARTER_SEGMENTS)


def _parts(area: Any) -> list[Any]:
    """The polygons of a geometry, slivers, lines and points left out."""
    members = getattr(area, "geoms", [area])
    flat = [p for m in members for p in getattr(m, "geoms", [m])]
    return [p for p in flat if p.geom_type == "Polygon" and p.area >= SMALLEST_PX2]


def _rings(part: Any) -> list[Ring]:
    """A polygon's outer ring followed by its holes."""
    rings = [_ring(np.asarray(part.exterior.coords)[:-1])]
    holes = (_ring(np.asarray(hole.coords)[:-1]) for hole in part.interiors)
    return rings + [h for h in holes if abs(signed_area(h)) >= SMALLEST_PX2]


def _from_area(outline: Outline, area: Any) -> Outline:
    return outline.redrawn(r for part in _parts(area) for r in _rings(part))


def _ring(points: NDArray[np.float64]) -> Ring:
    return tuple((float(x), float(y)) for x, y in points)


def _apart(a: PointPx, b: PointPx) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))


def evenly(path: NDArray[np.float64], step_px: float) -> NDArray[np.float64]:
    """Points (N, 2) along an open path at even steps near `step_px`, both ends kept."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    count = max(FEWEST_POINTS + 1, round(along[-1] / max(step_px, 1e-6)) + 1)
    at = np.linspace(0.0, along[-1], count)
    return np.column_stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])])


def _smoothed(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    half = len(SMOOTHING) // 2
    return np.asarray(
        sum(w * np.roll(ring, k - half, axis=0) for k, w in enumerate(SMOOTHING)), dtype=np.float64
    )


def _thinned(path: NDArray[np.float64], tolerance_px: float) -> NDArray[np.float64]:
    """The path without vertices nearer than the tolerance to the line of their neighbours.

    By Douglas and Peucker: the way that keeps topology did not end on some strokes.
    """
    from shapely.geometry import LineString

    return np.asarray(
        LineString(path).simplify(tolerance_px, preserve_topology=False).coords, dtype=np.float64
    )


def _with_area(ring: Ring, area_px2: float) -> Ring:
    """The ring let out, or taken in, along its normals to enclose `area_px2` (signed)."""
    points = np.asarray(ring)
    for _ in range(3):
        ahead, behind = np.roll(points, -1, axis=0), np.roll(points, 1, axis=0)
        chord = ahead - behind
        normal = np.column_stack([chord[:, 1], -chord[:, 0]])
        length = np.maximum(np.hypot(chord[:, 0], chord[:, 1]), 1e-9)
        # Shifting every vertex by t along its unit normal adds t × Σ|chord| / 2 of area.
        missing = area_px2 - signed_area(_ring(points))
        points = points + normal / length[:, None] * (2.0 * missing / float(np.sum(length)))
    return _ring(points)


def _trimmed(stroke: Ring) -> Ring:
    """The stroke without the tails beyond the place where its end crosses its beginning."""
    count = len(stroke)
    reach = max(2, int(count * LONGEST_TAIL))
    if count < 2 * FEWEST_POINTS:
        return stroke
    points = np.asarray(stroke)
    head, tail = points[: reach + 1], points[count - reach - 1 :]
    met = crossing_pairs(head[:-1], head[1:], tail[:-1], tail[1:])
    apart = [(i, count - reach - 1 + j, at) for i, j, at in met if count - reach - 1 + j > i + 1]
    if not apart:
        return stroke
    first, last, at = min(apart, key=lambda m: m[0] - m[1])
    return without_repeats((at, *stroke[first + 1 : last + 1]))
