"""Rings in the plane: which are holes, areas, perimeters, spans. All arrays are (N, 2), closed."""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def shoelace(points: Points) -> float:
    """Signed area of a closed ring, in the unit of its points squared (Gauss's formula)."""
    x, y = (points - points.mean(axis=0)).T
    return float(0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def perimeter(points: Points) -> float:
    """Length of a closed ring, in the unit of its points."""
    return float(np.sum(np.linalg.norm(np.roll(points, -1, axis=0) - points, axis=1)))


def subdivided(points: Points, *, longest: float) -> Points:
    """The ring with points added on its sides, so that no side is longer than `longest`."""
    ends = np.roll(points, -1, axis=0)
    sides = np.linalg.norm(ends - points, axis=1)
    counts = np.maximum(1, np.ceil(sides / longest)).astype(int)
    index = np.repeat(np.arange(len(points)), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    fraction = ((np.arange(len(index)) - first) / counts[index])[:, None]
    filled: Points = points[index] * (1 - fraction) + ends[index] * fraction
    return filled


def resampled(points: Points, *, step: float) -> Points:
    """The ring walked in equal steps of about `step`: what a perimeter is taken on.

    Walking with a fixed step keeps the jitter of a pixel-fine ring from lengthening it.
    A ring shorter than 16 steps is walked in 16, so that small shapes keep their form.
    """
    closed = np.vstack([points, points[:1]])
    sides = np.linalg.norm(np.diff(closed, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(sides)])
    count = max(16, round(along[-1] / step))
    places = np.linspace(0.0, along[-1], count, endpoint=False)
    return np.column_stack([np.interp(places, along, closed[:, axis]) for axis in (0, 1)])


def contains(ring: Points, points: Points) -> NDArray[np.bool_]:
    """Which of the points lie inside the ring (even-odd rule)."""
    start, end = ring, np.roll(ring, -1, axis=0)
    x, y = points[:, :1], points[:, 1:]
    spans = (start[:, 1] > y) != (end[:, 1] > y)
    rise = end[:, 1] - start[:, 1]
    safe = np.where(rise == 0, 1.0, rise)
    crossing = start[:, 0] + (y - start[:, 1]) * (end[:, 0] - start[:, 0]) / safe
    inside: NDArray[np.bool_] = np.sum(spans & (x < crossing), axis=1) % 2 == 1
    return inside


def hole_flags(rings: list[Points]) -> list[bool]:
    """For each ring, whether it lies inside an odd number of the others.

    A ring counts as inside another when most of a few of its vertices are.
    """
    flags = []
    for index, ring in enumerate(rings):
        some = ring[:: max(1, len(ring) // 16)]
        others = [other for place, other in enumerate(rings) if place != index]
        flags.append(sum(bool(contains(other, some).mean() > 0.5) for other in others) % 2 == 1)
    return flags


def hull(points: Points) -> Points:
    """The convex hull, counter-clockwise in a right-handed frame (Andrew's monotone chain)."""
    ordered = np.unique(points, axis=0)
    if len(ordered) < 3:
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return np.array(lower[:-1] + upper[:-1])


def _chain(ordered: Points) -> list[tuple[float, float]]:
    chain: list[tuple[float, float]] = []
    for x, y in ordered.tolist():
        while len(chain) > 1:
            (x1, y1), (x2, y2) = chain[-2], chain[-1]
            if (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain


def longest_span(points: Points) -> tuple[Points, Points]:
    """The two points that are farthest apart: of all pairs that face each other across the hull.

    After Shamos, Computational Geometry, 1978: as one side of the hull after the other is
    passed, the corner farthest from it only ever moves on.
    """
    corners = hull(points)
    count, best, ends = len(corners), -1.0, (0, 0)
    xs, ys = corners.T.tolist()
    facing = 1 % count
    for here in range(count):
        after = (here + 1) % count
        side_x, side_y = xs[after] - xs[here], ys[after] - ys[here]
        for _step in range(count):
            following = (facing + 1) % count
            on_x, on_y = xs[following] - xs[facing], ys[following] - ys[facing]
            if side_x * on_y - side_y * on_x <= 0:
                break
            facing = following
        for end in (here, after):
            gap = (xs[end] - xs[facing]) ** 2 + (ys[end] - ys[facing]) ** 2
            if gap > best:
                best, ends = gap, (end, facing)
    return corners[ends[0]], corners[ends[1]]


def span_across(points: Points, *, axis_from: Points, axis_to: Points) -> tuple[Points, Points]:
    """Ends of the greatest extent perpendicular to an axis, drawn where the shape is widest.

    The two extreme points need not face each other: the segment stands midway between them.
    """
    along = (axis_to - axis_from) / np.linalg.norm(axis_to - axis_from)
    across = np.array([-along[1], along[0]])
    heights = (points - axis_from) @ across
    low, high = int(np.argmin(heights)), int(np.argmax(heights))
    foot = axis_from + along * float(np.mean((points[[low, high]] - axis_from) @ along))
    return foot + across * heights[low], foot + across * heights[high]
