"""What rings are: areas, insides, holes, order, and whether an outline can be measured.

Points are px of the upright photo, (0, 0) the centre of the first pixel, y downwards.
"""

import itertools
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.types import Outline, OutlineSource, PointPx, Ring

BORDER_PX = 0.5
"""The photo's own edge lies half a px outside the centres of its outermost pixels."""
TOUCH_PX = 1e-3
SMALLEST_AREA_PX2 = 1e-6
MAX_POINTS = 200_000
MAX_RINGS = 200


def signed_area(ring: Ring) -> float:
    """The shoelace area in px²: positive where the ring runs clockwise on the screen."""
    points = np.asarray(ring, dtype=np.float64).reshape(-1, 2)
    if len(points) < 3:
        return 0.0
    x, y = (points - points.mean(axis=0)).T
    return float(0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def area_px2(outline: Outline) -> float:
    """The area inside the outline in px², holes taken off."""
    sizes = [abs(signed_area(ring)) for ring in outline.rings]
    return sum(-size if is_hole(index, outline.rings) else size for index, size in enumerate(sizes))


def contains(ring: Ring, point_px: PointPx) -> bool:
    """Whether a point lies inside one ring (even-odd rule)."""
    return bool(_inside(np.asarray(ring, dtype=np.float64), np.array([point_px]))[0])


def outline_contains(outline: Outline, point_px: PointPx) -> bool:
    """Whether a point lies in the wound: inside a ring and not in its hole."""
    return sum(contains(ring, point_px) for ring in outline.rings) % 2 == 1


def is_hole(index: int, rings: Sequence[Ring]) -> bool:
    """Whether ring `index` lies inside an odd number of the others."""
    return len(_around(index, rings)) % 2 == 1


def normalised(outline: Outline) -> Outline:
    """The same outline with each outer ring followed by its holes.

    Outer rings run clockwise on the screen and holes the other way; no point is repeated.
    Larger outer rings come first.
    """
    rings = tuple(_without_repeats(ring) for ring in outline.rings)
    rings = tuple(ring for ring in rings if len(ring) >= 3)
    around = [_around(index, rings) for index in range(len(rings))]
    outer = [index for index in range(len(rings)) if len(around[index]) % 2 == 0]
    outer.sort(key=lambda index: -abs(signed_area(rings[index])))
    ordered: list[Ring] = []
    for index in outer:
        depth = len(around[index]) + 1
        ordered.append(_turned(rings[index], clockwise=True))
        holes = [hole for hole in range(len(rings)) if len(around[hole]) == depth]
        ordered += [_turned(rings[h], clockwise=False) for h in holes if index in around[h]]
    return replace(outline, rings=tuple(ordered))


def holes_after_rings(outline: Outline) -> Outline:
    """The same rings, turned as they are, with every hole right after the ring it lies in."""
    rings = outline.rings
    around = [_around(index, rings) for index in range(len(rings))]
    ordered: list[int] = []
    for index in (each for each in range(len(rings)) if len(around[each]) % 2 == 0):
        depth = len(around[index]) + 1
        inside = [each for each in range(len(rings)) if index in around[each]]
        ordered += [index, *(each for each in inside if len(around[each]) == depth)]
    return replace(outline, rings=tuple(rings[index] for index in ordered))


def bounds(outline: Outline) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in px; OutlineError outline.empty without rings."""
    if not any(outline.rings):
        raise OutlineError("outline.empty")
    points = np.array([point for ring in outline.rings for point in ring], dtype=np.float64)
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def centroid(outline: Outline) -> PointPx:
    """The centre of the enclosed area in px; OutlineError outline.empty where there is none."""
    total = np.zeros(2)
    area = 0.0
    for index, ring in enumerate(outline.rings):
        sign = -1.0 if is_hole(index, outline.rings) else 1.0
        points = np.asarray(ring, dtype=np.float64)
        middle = points.mean(axis=0)
        here, there = points - middle, np.roll(points - middle, -1, axis=0)
        cross = here[:, 0] * there[:, 1] - there[:, 0] * here[:, 1]
        size = 0.5 * float(cross.sum())
        moment = (here + there).T @ cross / 6 + size * middle
        total += sign * math.copysign(1.0, size) * moment
        area += sign * abs(size)
    if area <= SMALLEST_AREA_PX2:
        raise OutlineError("outline.empty")
    return float(total[0] / area), float(total[1] / area)


def check(outline: Outline, *, width_px: int, height_px: int) -> None:
    """Refuse an outline that would not mean an area in a photo of this size.

    OutlineError empty, too_few_points, outside_photo or crosses_itself.
    """
    if not outline.rings:
        raise OutlineError("outline.empty")
    if any(len(set(ring)) < 3 for ring in outline.rings):
        raise OutlineError("outline.too_few_points")
    points = np.array([point for ring in outline.rings for point in ring], dtype=np.float64)
    low, high = -BORDER_PX - TOUCH_PX, np.array([width_px, height_px]) - BORDER_PX + TOUCH_PX
    if not (np.isfinite(points).all() and (points >= low).all() and (points <= high).all()):
        raise OutlineError("outline.outside_photo")
    if _crosses(outline.rings):
        raise OutlineError("outline.crosses_itself")
    if any(abs(signed_area(ring)) <= SMALLEST_AREA_PX2 for ring in outline.rings):
        raise OutlineError("outline.empty")


def outline_from_json(text: str) -> Outline:
    """Rings `[[[x, y], …], …]`, alone or under "outline" or "rings".

    OutlineError outline.file_unreadable, outline.file_too_large.
    """
    try:
        data: Any = json.loads(text)
        if isinstance(data, dict):
            data = data["outline"] if "outline" in data else data["rings"]
        rings = tuple(tuple(_point(point) for point in ring) for ring in data)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise OutlineError("outline.file_unreadable") from None
    if len(rings) > MAX_RINGS or sum(len(ring) for ring in rings) > MAX_POINTS:
        raise OutlineError("outline.file_too_large", rings=MAX_RINGS, points=MAX_POINTS)
    closed_once = tuple(_without_repeats(ring) for ring in rings)
    return Outline(closed_once, OutlineSource.FILE)


def outline_to_json(outline: Outline) -> str:
    """The outline's rings as `[[[x, y], …], …]`, to a thousandth of a px."""
    return json.dumps([[[round(x, 3), round(y, 3)] for x, y in ring] for ring in outline.rings])


def _point(value: Any) -> PointPx:
    if not isinstance(value, list) or any(isinstance(number, str | bool) for number in value):
        raise ValueError("not a point")
    x, y = (float(number) for number in value)
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("not a place")
    return x, y


def _around(index: int, rings: Sequence[Ring]) -> frozenset[int]:
    """Which other rings ring `index` lies in: told by most of a few of its points."""
    ring = np.asarray(rings[index], dtype=np.float64)
    some = ring[:: max(1, len(ring) // 9)]
    return frozenset(
        other
        for other in range(len(rings))
        if other != index and 2 * _inside(np.asarray(rings[other]), some).sum() > len(some)
    )


def _inside(ring: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Even-odd rule: how often a ray to the right of each point crosses the ring."""
    if len(ring) < 3:
        return np.zeros(len(points), dtype=np.bool_)
    start, end = ring[None, :, :], np.roll(ring, -1, axis=0)[None, :, :]
    x, y = points[:, None, 0], points[:, None, 1]
    spans = (start[..., 1] > y) != (end[..., 1] > y)
    rise = np.where(spans, end[..., 1] - start[..., 1], 1.0)
    at = start[..., 0] + (y - start[..., 1]) * (end[..., 0] - start[..., 0]) / rise
    crossed: NDArray[np.int64] = (spans & (at > x)).sum(axis=1)
    odd: NDArray[np.bool_] = crossed % 2 == 1
    return odd


def _without_repeats(ring: Ring) -> Ring:
    kept = [point for point, before in zip(ring, (None, *ring), strict=False) if point != before]
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)


def _turned(ring: Ring, *, clockwise: bool) -> Ring:
    return ring if (signed_area(ring) > 0) == clockwise else ring[::-1]


def _crosses(rings: Sequence[Ring]) -> bool:
    """Whether a ring crosses itself or another one; rings may touch and lie in each other."""
    import shapely

    filled = [shapely.Polygon(ring) for ring in rings]
    if not all(polygon.is_valid for polygon in filled):
        return True
    for one, other in itertools.combinations(filled, 2):
        if one.disjoint(other) or one.touches(other):
            continue
        apart = one.contains(other) != other.contains(one)
        if not apart:
            return True
    return False
