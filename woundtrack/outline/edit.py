"""Edits of an outline by points and rings: each returns a new one and keeps the old as it was.

Brushes, freehand strokes and proposals are in `woundtrack.outline.strokes`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.rings import contains, signed_area
from woundtrack.outline.types import Outline, PointPx, Ring

FEWEST_POINTS = 3
"""A ring with fewer has no area."""


class HitKind(StrEnum):
    """What of an outline lies under a point."""

    VERTEX = "vertex"
    EDGE = "edge"
    INSIDE = "inside"
    HOLE = "hole"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Hit:
    """What was hit. `index` is a vertex, or the vertex an edge starts from; −1 where none."""

    kind: HitKind
    ring: int = -1
    index: int = -1
    point_px: PointPx | None = None
    """The vertex, or the nearest point of the edge."""


NO_HIT = Hit(HitKind.NOTHING)


def hit_test(outline: Outline, *, point_px: PointPx, tolerance_px: float) -> Hit:
    """The nearest vertex within the tolerance, else the nearest edge, else what is around.

    INSIDE and HOLE name the innermost ring around the point: an outer ring or a hole.
    """
    vertex = _nearest_vertex(outline, point_px, tolerance_px)
    if vertex.kind is HitKind.VERTEX:
        return vertex
    edge = nearest_edge(outline, point_px=point_px)
    if edge.point_px and _distance(edge.point_px, point_px) <= tolerance_px:
        return edge
    around = [i for i, ring in enumerate(outline.rings) if contains(ring, point_px)]
    if not around:
        return NO_HIT
    innermost = min(around, key=lambda i: abs(signed_area(outline.rings[i])))
    return Hit(HitKind.INSIDE if len(around) % 2 else HitKind.HOLE, ring=innermost)


def nearest_edge(outline: Outline, *, point_px: PointPx) -> Hit:
    """The edge nearest to a point, however far; nothing where the outline is empty."""
    best, best_px = NO_HIT, np.inf
    for number, ring in enumerate(outline.rings):
        if not ring:
            continue
        start = np.asarray(ring, dtype=np.float64)
        along = np.roll(start, -1, axis=0) - start
        length2 = np.maximum(np.sum(along**2, axis=1), 1e-12)
        share = np.sum((np.asarray(point_px) - start) * along, axis=1) / length2
        feet = start + along * np.clip(share, 0.0, 1.0)[:, None]
        away = np.hypot(feet[:, 0] - point_px[0], feet[:, 1] - point_px[1])
        index = int(np.argmin(away))
        if away[index] < best_px:
            best_px = float(away[index])
            foot = (float(feet[index, 0]), float(feet[index, 1]))
            best = Hit(HitKind.EDGE, ring=number, index=index, point_px=foot)
    return best


def move_point(outline: Outline, *, ring: int, index: int, to_px: PointPx) -> Outline:
    """The outline with one vertex elsewhere."""
    points = list(outline.rings[ring])
    points[index] = to_px
    return _with_ring(outline, ring, tuple(points))


def move_points(outline: Outline, *, ring: int, indices: Iterable[int], by_px: PointPx) -> Outline:
    """The outline with some vertices of a ring shifted together."""
    points = list(outline.rings[ring])
    for index in indices:
        points[index] = (points[index][0] + by_px[0], points[index][1] + by_px[1])
    return _with_ring(outline, ring, tuple(points))


def insert_point(outline: Outline, *, ring: int, edge: int, at_px: PointPx) -> Outline:
    """The outline with a new vertex on the edge that starts from vertex `edge`.

    The new vertex has the index `edge` + 1.
    """
    points = outline.rings[ring]
    return _with_ring(outline, ring, (*points[: edge + 1], at_px, *points[edge + 1 :]))


def delete_points(outline: Outline, *, ring: int, indices: Iterable[int]) -> Outline:
    """The outline without some vertices of a ring.

    Raises OutlineError `outline.ring_needs_three` where fewer than three would stay.
    """
    gone = set(indices)
    kept = tuple(p for i, p in enumerate(outline.rings[ring]) if i not in gone)
    if len(kept) < FEWEST_POINTS:
        raise OutlineError("outline.ring_needs_three")
    return _with_ring(outline, ring, kept)


def delete_points_near(outline: Outline, *, at_px: PointPx, radius_px: float) -> Outline:
    """The outline without the vertices in a circle; a ring keeps its last three."""
    rings = []
    for ring in outline.rings:
        kept = tuple(point for point in ring if _distance(point, at_px) > radius_px)
        rings.append(kept if len(kept) >= FEWEST_POINTS else ring)
    return outline.redrawn(rings)


def add_ring(outline: Outline, *, ring: Iterable[PointPx]) -> Outline:
    """The outline with one more closed ring; inside another ring it is a hole.

    A last point equal to the first is dropped. Raises OutlineError
    `outline.ring_needs_three` for fewer than three different points.
    """
    points = without_repeats(ring)
    if len(points) < FEWEST_POINTS:
        raise OutlineError("outline.ring_needs_three")
    return outline.redrawn((*outline.rings, points))


def delete_ring(outline: Outline, *, ring: int) -> Outline:
    """The outline without a ring and without all that lies inside it.

    Rings inside go too: without their outer ring holes would turn into wound.
    """
    gone = {ring, *rings_within(outline, ring=ring)}
    return outline.redrawn(r for i, r in enumerate(outline.rings) if i not in gone)


def translate_ring(outline: Outline, *, ring: int, by_px: PointPx) -> Outline:
    """The outline with a ring, and all that lies inside it, shifted."""
    moved = {ring, *rings_within(outline, ring=ring)}
    rings = (
        tuple((x + by_px[0], y + by_px[1]) for x, y in points) if i in moved else points
        for i, points in enumerate(outline.rings)
    )
    return outline.redrawn(rings)


def rings_within(outline: Outline, *, ring: int) -> tuple[int, ...]:
    """The numbers of the other rings that lie inside a ring."""
    around = outline.rings[ring]
    return tuple(
        i
        for i, points in enumerate(outline.rings)
        if i != ring and points and contains(around, points[0])
    )


def without_repeats(points: Iterable[PointPx]) -> Ring:
    """The points as a ring: none equal to the one before it, the last not equal to the first."""
    kept: list[PointPx] = []
    for point in points:
        if not kept or point != kept[-1]:
            kept.append(point)
    while len(kept) > 1 and kept[-1] == kept[0]:
        kept.pop()
    return tuple(kept)


def within_photo(point_px: PointPx, *, width_px: int, height_px: int) -> PointPx:
    """The nearest point of the photo, whose first pixel's centre is (0, 0)."""
    x, y = point_px
    return (min(max(x, -0.5), width_px - 0.5), min(max(y, -0.5), height_px - 0.5))


def crossings(outline: Outline) -> tuple[PointPx, ...]:
    """Where edges of the outline cross one another, in px; empty for a sound outline."""
    starts, ends = _edges(outline.rings)
    return crossing_points(starts, ends, starts, ends)


def path_crossings(path: Iterable[PointPx], *, last_only: bool = False) -> tuple[PointPx, ...]:
    """Where an open path crosses itself; `last_only` asks only of its last edge."""
    points = np.asarray(tuple(path), dtype=np.float64).reshape(-1, 2)
    if len(points) < FEWEST_POINTS:
        return ()
    starts, ends = points[:-1], points[1:]
    first = len(starts) - 1 if last_only else 0
    return crossing_points(starts[first:], ends[first:], starts, ends)


def crossing_points(
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    other_starts: NDArray[np.float64],
    other_ends: NDArray[np.float64],
) -> tuple[PointPx, ...]:
    """Where edges (N, 2) → (N, 2) properly cross other edges; shared ends are no crossing."""
    pairs = crossing_pairs(starts, ends, other_starts, other_ends)
    return tuple(sorted({(round(x, 6), round(y, 6)) for _i, _j, (x, y) in pairs}))


def crossing_pairs(
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    other_starts: NDArray[np.float64],
    other_ends: NDArray[np.float64],
) -> list[tuple[int, int, PointPx]]:
    """Which edge crosses which other edge, and where, in px; found through an R-tree."""
    import shapely

    if not len(starts) or not len(other_starts):
        return []
    edges = shapely.linestrings(np.stack([starts, ends], axis=1))
    others = shapely.linestrings(np.stack([other_starts, other_ends], axis=1))
    rows, columns = shapely.STRtree(others).query(edges, predicate="crosses")
    met = shapely.get_coordinates(shapely.intersection(edges[rows], others[columns]))
    return [
        (int(i), int(j), (float(x), float(y)))
        for i, j, (x, y) in zip(rows, columns, met, strict=True)
    ]


def _edges(rings: Iterable[Ring]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    arrays = [np.asarray(ring, dtype=np.float64) for ring in rings if ring]
    if not arrays:
        return np.empty((0, 2)), np.empty((0, 2))
    return np.vstack(arrays), np.vstack([np.roll(a, -1, axis=0) for a in arrays])


def _nearest_vertex(outline: Outline, point_px: PointPx, tolerance_px: float) -> Hit:
    best, best_px = NO_HIT, tolerance_px
    for number, ring in enumerate(outline.rings):
        if not ring:
            continue
        points = np.asarray(ring, dtype=np.float64)
        away = np.hypot(points[:, 0] - point_px[0], points[:, 1] - point_px[1])
        index = int(np.argmin(away))
        if away[index] <= best_px:
            best_px = float(away[index])
            best = Hit(HitKind.VERTEX, ring=number, index=index, point_px=ring[index])
    return best


def _distance(a: PointPx, b: PointPx) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))


def _with_ring(outline: Outline, number: int, points: Ring) -> Outline:
    rings = (points if i == number else ring for i, ring in enumerate(outline.rings))
    return outline.redrawn(rings)
