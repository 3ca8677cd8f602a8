"""Where a photo may hold a ruler: bands of parallel, evenly dense strokes."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.types import PointPx

CELL_PX = 4
"""Side of a cell of the maps, in px of the reduced photo."""
ORIENTATIONS = 12
MIN_COHERENCE = 0.55
MIN_DENSITY = 0.28
"""Squared mean of the gradient over its mean square: 1 for strokes side by side, ~0.1 for a
lone edge."""
MIN_CELLS = 8
MAX_CANDIDATES = 14


@dataclass(frozen=True, slots=True)
class Candidate:
    """A band of strokes that may be the graduations along one straight edge."""

    centre_px: PointPx
    axis: tuple[float, float]
    """Unit vector along the band, in px of the whole photo."""
    half_length_px: float
    half_width_px: float
    reduction: int
    """The photo was looked at reduced by this factor."""
    strength: float


def candidates(grey: NDArray[np.uint8], *, reduction: int) -> list[Candidate]:
    """Bands of strokes in a grey photo already reduced by `reduction`, strongest first."""
    maps = _maps(grey)
    if maps is None:
        return []
    strong, angle, weight = maps
    found: list[Candidate] = []
    for step in range(ORIENTATIONS):
        turn = np.pi * step / ORIENTATIONS
        off = np.abs((angle - turn + np.pi / 2) % np.pi - np.pi / 2)
        near = (strong & (off < np.pi / ORIENTATIONS)).astype(np.uint8)
        closed = cv2.morphologyEx(near, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        found += _bands(np.asarray(closed, dtype=np.uint8), angle, weight, turn, reduction)
    found.sort(key=lambda each: -each.strength)
    return _distinct(found)[:MAX_CANDIDATES]


def _maps(
    grey: NDArray[np.uint8],
) -> tuple[NDArray[np.bool_], NDArray[np.float32], NDArray[np.float32]] | None:
    """Per cell: strokes side by side?, direction of their gradient (rad), and weight."""
    height, width = grey.shape[0] // CELL_PX, grey.shape[1] // CELL_PX
    if min(height, width) < 6:
        return None
    grey = grey[: height * CELL_PX, : width * CELL_PX]
    across = np.asarray(cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3, scale=0.125), np.float32)
    down = np.asarray(cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=3, scale=0.125), np.float32)

    def cells(values: NDArray[np.float32]) -> NDArray[np.float32]:
        small = cv2.resize(values, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.blur(small, (3, 3)), dtype=np.float32)

    xx, yy = cells(across * across), cells(down * down)
    xy = cells(across * down)
    magnitude = cells(np.asarray(cv2.magnitude(across, down), dtype=np.float32))
    total = xx + yy + 1e-6
    coherence = np.hypot(xx - yy, 2 * xy) / total
    density = magnitude**2 / total
    noise = float(np.median(magnitude))
    strong = (coherence > MIN_COHERENCE) & (density > MIN_DENSITY)
    strong &= magnitude > max(1.5, min(1.5 * noise, 6.0))
    angle = (0.5 * np.arctan2(2 * xy, xx - yy)).astype(np.float32)
    return strong, angle, (coherence * density * np.sqrt(magnitude)).astype(np.float32)


def _bands(
    near: NDArray[np.uint8],
    angle: NDArray[np.float32],
    weight: NDArray[np.float32],
    turn: float,
    reduction: int,
) -> list[Candidate]:
    """The connected bands of one direction."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    bands = []
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        if area < MIN_CELLS:
            continue
        part = labels[top : top + height, left : left + width] == label
        rows, columns = np.nonzero(part)
        cells = np.stack([columns + left, rows + top], axis=1).astype(np.float64)
        weights = weight[rows + top, columns + left].astype(np.float64)
        angles = angle[rows + top, columns + left]
        doubled = 2 * (angles - turn)
        mean = turn + 0.5 * float(
            np.arctan2(np.sum(weights * np.sin(doubled)), np.sum(weights * np.cos(doubled)))
        )
        bands.append(_band(cells, weights, mean, reduction))
    return [band for band in bands if band is not None]


def _band(
    cells: NDArray[np.float64], weights: NDArray[np.float64], turn: float, reduction: int
) -> Candidate | None:
    """One band as a candidate, or None where it lies along its strokes, not across them."""
    centre = np.average(cells, axis=0, weights=weights)
    offsets = cells - centre
    spread = (weights[:, None] * offsets).T @ offsets / weights.sum()
    values, vectors = np.linalg.eigh(spread)
    axis = vectors[:, 1]
    normal = np.array([np.cos(turn), np.sin(turn)])
    if values[1] > 4 * values[0] and abs(axis @ normal) < np.cos(np.radians(28)):
        return None
    if values[1] <= 4 * values[0]:
        axis = normal
    along, aside = offsets @ axis, offsets @ np.array([-axis[1], axis[0]])
    to_px = CELL_PX * reduction
    middle = (centre + 0.5) * to_px - 0.5
    half_length = 0.5 * float(np.ptp(along)) + 1
    return Candidate(
        centre_px=(float(middle[0]), float(middle[1])),
        axis=(float(axis[0]), float(axis[1])),
        half_length_px=half_length * to_px,
        half_width_px=(0.5 * float(np.ptp(aside)) + 1) * to_px,
        reduction=reduction,
        strength=float(weights.sum()) * min(1.0, half_length / 12),
    )


def _distinct(found: list[Candidate]) -> list[Candidate]:
    """Without those that lie inside a stronger one of the same direction."""
    kept: list[Candidate] = []
    for each in found:
        if not any(_inside(each, other) for other in kept):
            kept.append(each)
    return kept


def _inside(one: Candidate, other: Candidate) -> bool:
    """Is the middle of `one` within `other`, along much the same axis?"""
    ux, uy = other.axis
    dx, dy = one.centre_px[0] - other.centre_px[0], one.centre_px[1] - other.centre_px[1]
    along, aside = abs(dx * ux + dy * uy), abs(dy * ux - dx * uy)
    same = abs(one.axis[0] * ux + one.axis[1] * uy) > np.cos(np.radians(20))
    return bool(same and along < other.half_length_px and aside < other.half_width_px)
