"""The grid in the wound's plane, drawn over the photo, so that a wrong scale is seen at once."""

from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.types import PointPx, Scale

Polyline: TypeAlias = tuple[PointPx, ...]
MOST_LINES = 120
"""In each direction; a plane seen farther than this is left without lines at its far end."""
PIECES = 48
"""A line under a lens is bent: it is followed in this many pieces."""


def grid_lines(
    scale: Scale, *, width_px: int, height_px: int, spacing_mm: float = 10.0
) -> tuple[Polyline, ...]:
    """Lines of the plane `spacing_mm` apart both ways, clipped to the photo, in px.

    They run through the scale's anchor: on a card, through its cm marks.
    """
    rim_mm = _rim_mm(scale, width_px=width_px, height_px=height_px)
    if not len(rim_mm):
        return ()
    low, high = rim_mm.min(axis=0), rim_mm.max(axis=0)
    pieces = PIECES if scale.lens is not None else 1
    lines: list[Polyline] = []
    for axis in (0, 1):
        along = np.linspace(low[1 - axis], high[1 - axis], pieces + 1)
        for value in _values(low[axis], high[axis], scale.anchor_mm[axis], spacing_mm):
            points_mm = np.empty((len(along), 2))
            points_mm[:, axis], points_mm[:, 1 - axis] = value, along
            lines += _clipped(scale.to_px(points_mm), width_px=width_px, height_px=height_px)
    return tuple(lines)


def _rim_mm(scale: Scale, *, width_px: int, height_px: int) -> NDArray[np.float64]:
    """The photo's rim in mm, without what lies beyond or near the plane's horizon."""
    steps = np.linspace(0.0, 1.0, 17)
    unit = np.concatenate(
        [np.column_stack([steps, np.full(17, side)]) for side in (0.0, 1.0)]
        + [np.column_stack([np.full(17, side), steps]) for side in (0.0, 1.0)]
    )
    rim_px = unit * (width_px - 1, height_px - 1)
    horizon = np.array(scale.homography_px_to_mm[2])
    depths = rim_px @ horizon[:2] + horizon[2]
    middle = np.array([(width_px - 1) / 2, (height_px - 1) / 2]) @ horizon[:2] + horizon[2]
    return scale.to_mm(rim_px[depths / middle > 0.2])


def _values(low: float, high: float, anchor: float, spacing: float) -> NDArray[np.float64]:
    first, last = np.ceil((low - anchor) / spacing), np.floor((high - anchor) / spacing)
    middle = round((first + last) / 2)
    half = MOST_LINES // 2
    steps = np.arange(max(first, middle - half), min(last, middle + half) + 1)
    values: NDArray[np.float64] = anchor + steps * spacing
    return values


def _clipped(points: NDArray[np.float64], *, width_px: int, height_px: int) -> list[Polyline]:
    """The parts of a polyline inside the photo."""
    parts: list[list[PointPx]] = []
    for start, end in pairwise(points):
        inside = _clipped_piece(start, end, np.array([width_px - 1.0, height_px - 1.0]))
        if inside is None:
            continue
        first, last = inside
        if parts and np.hypot(parts[-1][-1][0] - first[0], parts[-1][-1][1] - first[1]) < 1e-6:
            parts[-1].append(last)
        else:
            parts.append([first, last])
    return [tuple(part) for part in parts]


def _clipped_piece(
    start: NDArray[np.float64], end: NDArray[np.float64], limit: NDArray[np.float64]
) -> tuple[PointPx, PointPx] | None:
    """A straight piece cut to 0…limit (Liang & Barsky, ACM Transactions on Graphics 1984)."""
    entering, leaving = 0.0, 1.0
    step = end - start
    for axis in (0, 1):
        for change, room in (
            (-step[axis], start[axis]),
            (step[axis], limit[axis] - start[axis]),
        ):
            if change == 0:
                if room < 0:
                    return None
            elif change < 0:
                entering = max(entering, room / change)
            else:
                leaving = min(leaving, room / change)
    if entering >= leaving:
        return None
    first, last = start + entering * step, start + leaving * step
    return (float(first[0]), float(first[1])), (float(last[0]), float(last[1]))
