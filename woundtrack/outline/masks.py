"""From a mask to rings with sub-pixel edges, and back, keeping the area."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.crops import Window
from woundtrack.outline.rings import BORDER_PX, normalised, signed_area
from woundtrack.outline.types import Outline, Ring

SPECK_PX2 = 6.0
"""Rings and holes smaller than this are noise of the mask, not parts of a wound."""
SATURATED_WITHIN = 0.02
LARGEST_SHIFT_PX = 0.25
_JUST_BELOW = 1e-6
_OFFSET_ROUNDS = 4


def rings_from_mask(
    mask: NDArray[np.float32] | NDArray[np.float64] | NDArray[np.bool_] | NDArray[np.uint8],
    *,
    level: float = 0.5,
    min_area_px2: float = SPECK_PX2,
) -> tuple[Ring, ...]:
    """Rings where a (height, width) mask of 0…1 crosses `level`, holes and islands kept.

    Marching squares with linear interpolation between pixel centres; a mask that is still
    above the level at the photo's edge is closed there, half a px outside the last centre.
    Rings under `min_area_px2` are dropped; each outer ring is followed by its holes.
    Cutting corners loses 0.3 % of a disc of 10 px radius: where the mask is saturated away
    from its edges, and so its sum is the true area, the rings are moved out to that area.
    """
    import contourpy

    values = np.asarray(mask, dtype=np.float64)
    if values.size == 0:
        return ()
    padded = np.pad(values, 1, mode="edge")
    for border in (np.s_[0, :], np.s_[-1, :], np.s_[:, 0], np.s_[:, -1]):
        edge = padded[border]
        padded[border] = np.minimum(np.minimum(edge, 2 * level - edge), level - _JUST_BELOW)
    generator = contourpy.contour_generator(z=padded, line_type=contourpy.LineType.Separate)
    lines: Any = generator.lines(level)
    rings = []
    for line in lines:
        ring = tuple((float(x) - 1.0, float(y) - 1.0) for x, y in line[:-1])
        if abs(signed_area(ring)) >= min_area_px2:
            rings.append(ring)
    return _with_mask_area(normalised(Outline(tuple(rings))).rings, values)


def simplified(rings: Sequence[Ring], *, tolerance_px: float = 0.25) -> tuple[Ring, ...]:
    """Rings with fewer points, none moved further than about `tolerance_px`, area kept.

    Douglas-Peucker leaves points of the old ring, so a convex one would shrink: each ring is
    moved outwards again until its area is what it was.
    """
    import shapely

    kept = []
    for ring in rings:
        line = shapely.Polygon(ring).simplify(tolerance_px, preserve_topology=True)
        points = np.asarray(line.exterior.coords, dtype=np.float64)[:-1]
        usable = len(points) >= 3
        kept.append(_with_area(points, signed_area(ring)) if usable else ring)
    return tuple(kept)


def smoothed(rings: Sequence[Ring], *, sd_px: float = 1.5) -> tuple[Ring, ...]:
    """Rings with the stairs of a mask taken off by a Gaussian of `sd_px` along them, area kept."""
    from scipy.ndimage import gaussian_filter1d

    done = []
    for ring in rings:
        points = _evenly(np.asarray(ring, dtype=np.float64), step_px=0.5)
        # A small ring would lose its form: the Gaussian stays under a twelfth of its length.
        sd_points = min(sd_px / 0.5, len(points) / 12)
        soft = gaussian_filter1d(points, sd_points, axis=0, mode="wrap")
        done.append(_with_area(soft, signed_area(ring)))
    return tuple(done)


def mask_from_rings(rings: Sequence[Ring], *, width_px: int, height_px: int) -> NDArray[np.float32]:
    """How much of each pixel lies inside, (height, width), 0…1, exact to rounding.

    Each edge is cut where it passes from pixel to pixel; every piece adds the area between
    itself and the pixel's right side, and a running sum along the row carries it on.
    """
    ordered = normalised(Outline(tuple(rings))).rings
    cover = np.zeros((height_px, width_px + 1))
    for ring in ordered:
        start, end = _pieces(np.asarray(ring, dtype=np.float64) + 0.5)
        middle = (start + end) / 2
        row = np.floor(middle[:, 1]).astype(np.int64)
        column = np.floor(middle[:, 0]).astype(np.int64)
        inside = (row >= 0) & (row < height_px) & (column < width_px)
        rise = -(end - start)[inside, 1]
        row, column, along = row[inside], column[inside], (middle[:, 0] - column)[inside]
        along[column < 0] = 0.0
        column = np.maximum(column, 0)
        np.add.at(cover, (row, column), rise * (1 - along))
        np.add.at(cover, (row, column + 1), rise * along)
    filled = np.cumsum(cover[:, :width_px], axis=1)
    return np.clip(filled, 0.0, 1.0).astype(np.float32)


def covered(outline: Outline, window: Window) -> NDArray[np.float32]:
    """How much of each px of a window the outline covers, (height, width), 0…1."""
    rings = tuple(tuple(window.inwards(point) for point in ring) for ring in outline.rings)
    return mask_from_rings(rings, width_px=window.width, height_px=window.height)


def _with_mask_area(rings: tuple[Ring, ...], values: NDArray[np.float64]) -> tuple[Ring, ...]:
    """Rings moved alike along their normals to the mask's sum, where that is their area."""
    from scipy.ndimage import uniform_filter

    if not rings:
        return rings
    height, width = values.shape
    cover = mask_from_rings(rings, width_px=width, height_px=height)
    difference = values - cover
    near_edge = np.abs(uniform_filter(cover, 5) - cover) > _JUST_BELOW
    if np.abs(difference[~near_edge]).max(initial=0.0) > SATURATED_WITHIN:
        return rings
    lengths = [float(np.hypot(*np.diff((*ring, ring[0]), axis=0).T).sum()) for ring in rings]
    out_px = float(difference[near_edge].sum()) / sum(lengths)
    if abs(out_px) > LARGEST_SHIFT_PX:
        return rings
    low, high = -BORDER_PX, np.array([width, height]) - BORDER_PX
    moved = []
    for ring, length in zip(rings, lengths, strict=True):
        points = np.asarray(ring, dtype=np.float64)
        wider = _with_area(points, signed_area(ring) + out_px * length)
        inside = np.clip(np.asarray(wider), low, high)
        moved.append(tuple((float(x), float(y)) for x, y in inside))
    return tuple(moved)


def _pieces(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Starts and ends of a closed ring's edges, cut at every whole x and y."""
    start, end = points, np.roll(points, -1, axis=0)
    edges, fractions = [np.arange(len(start))], [np.zeros(len(start))]
    for axis in (0, 1):
        low = np.minimum(start[:, axis], end[:, axis])
        first = np.floor(low) + 1
        count = np.maximum(0, np.ceil(np.maximum(start[:, axis], end[:, axis])) - first)
        count = count.astype(np.int64)
        edge = np.repeat(np.arange(len(start)), count)
        within = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
        line = first[edge] + within
        edges.append(edge)
        fractions.append((line - start[edge, axis]) / (end - start)[edge, axis])
    edge, fraction = np.concatenate(edges), np.concatenate(fractions)
    order = np.lexsort((fraction, edge))
    edge, fraction = edge[order], np.clip(fraction[order], 0.0, 1.0)
    cuts = start[edge] + fraction[:, None] * (end - start)[edge]
    return cuts, np.roll(cuts, -1, axis=0)


def _evenly(points: NDArray[np.float64], *, step_px: float) -> NDArray[np.float64]:
    """A closed ring walked in equal steps of about `step_px`."""
    closed = np.vstack([points, points[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    count = max(12, round(along[-1] / step_px))
    places = np.linspace(0.0, along[-1], count, endpoint=False)
    columns = [np.interp(places, along, closed[:, axis]) for axis in (0, 1)]
    return np.stack(columns, axis=1)


def _with_area(points: NDArray[np.float64], area_px2: float) -> Ring:
    """The ring moved along its normals, everywhere alike, until its signed area is this."""
    for _ in range(_OFFSET_ROUNDS):
        here = signed_area(tuple((float(x), float(y)) for x, y in points))
        along = np.roll(points, -1, axis=0) - points
        length = float(np.hypot(*along.T).sum())
        if length == 0 or math.isclose(here, area_px2, rel_tol=1e-9):
            break
        points = points + _outwards(points) * ((area_px2 - here) / length)
    return tuple((float(x), float(y)) for x, y in points)


def _outwards(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mitred normals: moving every point along its own by d moves every edge by about d."""
    along = np.roll(points, -1, axis=0) - points
    along = along / np.maximum(np.hypot(*along.T), 1e-12)[:, None]
    normal = np.stack([along[:, 1], -along[:, 0]], axis=1)
    both = normal + np.roll(normal, 1, axis=0)
    scale = 2.0 / np.maximum((both**2).sum(axis=1), 1.0)
    mitred: NDArray[np.float64] = both * scale[:, None]
    return mitred
