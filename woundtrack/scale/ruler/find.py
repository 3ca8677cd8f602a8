"""Where a photo may hold a ruler: bands of parallel, evenly dense strokes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.types import PointPx

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

CELL_PX = 4
"""Side of a cell of the maps, in px of the reduced photo."""
EVERY_PX = 2
"""The gradient is taken at every second px each way: a cell and its neighbours have 36 of them."""
ORIENTATIONS = 12
MIN_COHERENCE = 0.55
MIN_DENSITY = 0.28
"""Squared mean of the gradient over its mean square: 1 for strokes side by side, ~0.1 for a
lone edge."""
MIN_CELLS = 8
MIN_ACROSS = float(np.cos(np.radians(28)))
"""A longer band than wide runs across its strokes to this."""
MAX_CANDIDATES = 14
CROSSING_CELLS = 9
"""So long in a straight line across its strokes is what is cut out of a band along them."""
NO_CELLS = np.zeros(0, np.intp)
BLOCK_CELLS = 64
"""The maps are made in blocks of so many rows of cells, which stay in the processor's cache."""


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


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Cells (N,) of bands, band by band: places, the band's number, its direction's number."""

    x: Ints
    y: Ints
    band: Ints
    step: Ints


def candidates(grey: NDArray[np.uint8], *, reduction: int) -> list[Candidate]:
    """Bands of strokes in a grey photo already reduced by `reduction`, strongest first."""
    maps = _maps(grey)
    if maps is None:
        return []
    strong, angle, weight = maps
    cells = _in_bands(_near_directions(strong, angle))
    found, lengthwise = _bands(cells, angle, weight, reduction)
    crossing = _in_bands(_crossing(cells, lengthwise, strong.shape))
    found += _bands(crossing, angle, weight, reduction)[0]
    return distinct(sorted(found, key=lambda each: -each.strength))


def _maps(
    grey: NDArray[np.uint8],
) -> tuple[NDArray[np.bool_], NDArray[np.float32], NDArray[np.float32]] | None:
    """Per cell: strokes side by side?, direction of their gradient (rad), and weight."""
    height, width = grey.shape[0] // CELL_PX, grey.shape[1] // CELL_PX
    if min(height, width) < 6:
        return None
    means = np.empty((4, height, width), np.float32)
    for top in range(0, height, BLOCK_CELLS):
        bottom = min(top + BLOCK_CELLS, height)
        _cell_means(grey, top, bottom, means[:, top:bottom])
    xx, yy, xy, magnitude = (cv2.blur(each, (3, 3)) for each in means)
    total = xx + yy + 1e-6
    coherence = cv2.magnitude(xx - yy, 2 * xy) / total
    density = magnitude * magnitude / total
    noise = float(np.median(magnitude[::3, ::3]))
    strong = (coherence > MIN_COHERENCE) & (density > MIN_DENSITY)
    strong &= magnitude > max(1.5, min(1.5 * noise, 6.0))
    angle = np.zeros_like(xx)
    angle[strong] = 0.5 * np.arctan2(2 * xy[strong], (xx - yy)[strong])
    weight = np.where(strong, coherence * density * np.sqrt(magnitude), 0.0)
    return strong, angle, weight.astype(np.float32)


def _cell_means(grey: NDArray[np.uint8], top: int, bottom: int, out: NDArray[np.float32]) -> None:
    """Means of gx², gy², gx·gy and |g| over the cells of rows top to bottom, into `out`."""
    height, width = bottom - top, out.shape[2]
    first, last = max(top * CELL_PX - 1, 0), min(bottom * CELL_PX + 1, grey.shape[0])
    part = grey[first:last, : width * CELL_PX]
    taken = np.s_[top * CELL_PX - first : bottom * CELL_PX - first : EVERY_PX, ::EVERY_PX]
    across = np.ascontiguousarray(cv2.Sobel(part, cv2.CV_32F, 1, 0, ksize=3, scale=0.125)[taken])
    down = np.ascontiguousarray(cv2.Sobel(part, cv2.CV_32F, 0, 1, ksize=3, scale=0.125)[taken])
    products = (across * across, down * down, across * down, cv2.magnitude(across, down))
    for place, product in enumerate(products):
        out[place] = cv2.resize(product, (width, height), interpolation=cv2.INTER_AREA)


def _near_directions(
    strong: NDArray[np.bool_], angle: NDArray[np.float32]
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Of each direction by number the mask of the cells near it, small holes closed.

    Directions overlap by half, so that no band is cut where its own direction is.
    """
    bins = np.full(strong.shape, ORIENTATIONS, np.uint8)
    bins[strong] = np.floor(angle[strong] * (ORIENTATIONS / np.pi)).astype(np.intp) % ORIENTATIONS
    for step in range(ORIENTATIONS):
        near = ((bins == step) | (bins == (step - 1) % ORIENTATIONS)).view(np.uint8)
        closed = cv2.morphologyEx(near, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        yield step, np.asarray(closed, np.uint8)


def _crossing(
    cells: _Cells, lengthwise: NDArray[np.bool_], shape: tuple[int, ...]
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Of bands along their own strokes what goes on across them: a ruler under a finger."""
    chosen = lengthwise[cells.band] if len(cells.band) else np.zeros(0, np.bool_)
    for step in np.unique(cells.step[chosen]):
        mask = np.zeros(shape, np.uint8)
        mine = chosen & (cells.step == step)
        mask[cells.y[mine], cells.x[mine]] = 1
        reach = CROSSING_CELLS // 2
        turn = np.pi * step / ORIENTATIONS
        end = np.rint(reach * np.array([np.cos(turn), np.sin(turn)])).astype(int)
        line = np.zeros((2 * reach + 1, 2 * reach + 1), np.uint8)
        start, stop = (reach - end).tolist(), (reach + end).tolist()
        line = np.asarray(cv2.line(line, start, stop, (1,)), np.uint8)
        yield int(step), np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, line), np.uint8)


def _in_bands(masks: Iterable[tuple[int, NDArray[np.uint8]]]) -> _Cells:
    """The cells of each connected band of each mask, band by band."""
    parts, labels, steps, count = [np.zeros((0, 2), np.intp)], [NO_CELLS], [NO_CELLS], 0
    for step, mask in masks:
        points = cv2.findNonZero(mask)
        if points is None:
            continue
        number, labelled = cv2.connectedComponents(mask, connectivity=8)
        cells = points.reshape(-1, 2).astype(np.intp)
        label = labelled[cells[:, 1], cells[:, 0]]
        large = (np.bincount(label, minlength=number) >= MIN_CELLS)[label]
        parts.append(cells[large])
        labels.append(label[large] + count)
        steps.append(np.full(int(large.sum()), step))
        count += number
    cells, label = np.concatenate(parts), np.concatenate(labels)
    order = np.argsort(label, kind="stable")
    band = np.unique(label[order], return_inverse=True)[1]
    return _Cells(cells[order, 0], cells[order, 1], band, np.concatenate(steps)[order])


def _bands(
    cells: _Cells, angles: NDArray[np.float32], weights: NDArray[np.float32], reduction: int
) -> tuple[list[Candidate], NDArray[np.bool_]]:
    """The bands across their strokes as candidates, and of all whether they lie along them."""
    x, y, band = cells.x, cells.y, cells.band
    if not len(band):
        return [], np.zeros(0, np.bool_)
    angle, weight = angles[y, x], weights[y, x]

    def total(values: Floats) -> Floats:
        return np.asarray(np.bincount(band, weight * values), np.float64)

    whole = np.maximum(np.bincount(band, weight), 1e-9)
    middle_x, middle_y = total(x.astype(np.float64)) / whole, total(y.astype(np.float64)) / whole
    dx, dy = x - middle_x[band], y - middle_y[band]
    normal = 0.5 * np.arctan2(total(np.sin(2 * angle)), total(np.cos(2 * angle)))
    own, long = _stretched(total(dx * dx), total(dx * dy), total(dy * dy))
    turn = np.where(long, own, normal)
    ux, uy = np.cos(turn), np.sin(turn)
    first = np.nonzero(np.diff(band, prepend=-1))[0]
    half_length = 1 + _half_ranges(dx * ux[band] + dy * uy[band], first)
    half_width = 1 + _half_ranges(dy * ux[band] - dx * uy[band], first)
    strength = whole * np.minimum(1.0, half_length / 12)
    lengthwise = long & (np.abs(np.cos(turn - normal)) < MIN_ACROSS)
    to_px = CELL_PX * reduction
    found = [
        Candidate(
            centre_px=(
                float((middle_x[at] + 0.5) * to_px - 0.5),
                float((middle_y[at] + 0.5) * to_px - 0.5),
            ),
            axis=(float(ux[at]), float(uy[at])),
            half_length_px=float(half_length[at]) * to_px,
            half_width_px=float(half_width[at]) * to_px,
            reduction=reduction,
            strength=float(strength[at]),
        )
        for at in np.nonzero(~lengthwise)[0]
    ]
    return found, lengthwise


def _stretched(xx: Floats, xy: Floats, yy: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The direction (rad) in which bands of these second moments lie, and whether they are long."""
    spread, mean = np.hypot(0.5 * (xx - yy), xy), 0.5 * (xx + yy)
    return 0.5 * np.arctan2(2 * xy, xx - yy), mean + spread > 4 * (mean - spread)


def _half_ranges(values: Floats, first: Ints) -> Floats:
    """Half the range of each run of values, which start at `first`."""
    ranges: Floats = np.maximum.reduceat(values, first) - np.minimum.reduceat(values, first)
    return 0.5 * ranges


def distinct(found: list[Candidate]) -> list[Candidate]:
    """The first few, without those that lie inside a stronger one of the same direction."""
    kept: list[Candidate] = []
    for each in found:
        if not any(_inside(each, other) for other in kept):
            kept.append(each)
        if len(kept) == MAX_CANDIDATES:
            break
    return kept


def _inside(one: Candidate, other: Candidate) -> bool:
    """Is the middle of `one` within `other`, along much the same axis?"""
    ux, uy = other.axis
    dx, dy = one.centre_px[0] - other.centre_px[0], one.centre_px[1] - other.centre_px[1]
    along, aside = abs(dx * ux + dy * uy), abs(dy * ux - dx * uy)
    same = abs(one.axis[0] * ux + one.axis[1] * uy) > np.cos(np.radians(20))
    return bool(same and along < other.half_length_px and aside < other.half_width_px)
