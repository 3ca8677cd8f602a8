"""Strokes across a strip: their centre lines and ends, to a fraction of a px."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

MAX_SLANT = 0.45
"""Columns to a row. A square-on ruler has 0; 35° of tilt shears it by 0.2 at most."""
SAMPLE = 12_000
"""Values that tell a strip's noise."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """Strokes (N,) of a strip: column = at_zero + slant · row between the rows top and bottom."""

    at_zero: Floats
    slant: Floats
    top: Floats
    bottom: Floats
    rows: Floats
    """How many rows the centre line rests on."""
    scatter: Floats
    """Root mean square distance of the centre from its line, in columns."""
    strength: Floats

    def __len__(self) -> int:
        return len(self.at_zero)

    def column(self, row: float | Floats) -> Floats:
        """Where each stroke's centre line passes a row."""
        columns: Floats = self.at_zero + self.slant * row
        return columns

    def some(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> "Strokes":
        """Those chosen by a mask or by their places."""
        return Strokes(
            self.at_zero[which],
            self.slant[which],
            self.top[which],
            self.bottom[which],
            self.rows[which],
            self.scatter[which],
            self.strength[which],
        )


def find_strokes(
    grey: NDArray[np.float32], *, sigma: float, dark: bool, least_rows: float
) -> Strokes:
    """Thin strokes that cross the rows of `grey`, dark or light, at least `least_rows` long."""
    ridge = ridges(grey, sigma=sigma, dark=dark)
    rows, columns, number = _crests(ridge, least_rows)
    return _measured(ridge, rows, columns, number, least_rows, 2 * _side(sigma) + 0.5)


def _crests(ridge: NDArray[np.float32], least_rows: float) -> tuple[Ints, Ints, Ints]:
    """Row, column and stroke of each point on a crest of a ridge, stroke by stroke."""
    here = ridge[:, 1:-1]
    mask = np.zeros(ridge.shape, np.uint8)
    mask[:, 1:-1] = (here >= ridge[:, :-2]) & (here > ridge[:, 2:]) & (here > _threshold(ridge))
    points = cv2.findNonZero(mask)
    if points is None:
        return np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.intp)
    columns, rows = points.reshape(-1, 2).astype(np.intp).T
    _, labels = cv2.connectedComponents(cv2.dilate(mask, np.ones((3, 1), np.uint8)))
    label = labels[rows, columns]
    order = np.argsort(label, kind="stable")
    rows, columns, label = rows[order], columns[order], label[order]
    first = np.nonzero(np.diff(label, prepend=-1))[0]
    size = np.diff(np.append(first, len(label)))
    height = np.maximum.reduceat(rows, first) - np.minimum.reduceat(rows, first) + 1
    width = np.maximum.reduceat(columns, first) - np.minimum.reduceat(columns, first) + 1
    tall = (height >= least_rows) & (width <= 2 + 1.2 * MAX_SLANT * (height + 2))
    kept = np.repeat(tall, size)
    return rows[kept], columns[kept], np.repeat(np.arange(int(tall.sum())), size[tall])


def ridges(grey: NDArray[np.float32], *, sigma: float, dark: bool) -> NDArray[np.float32]:
    """Second derivative along the rows at scale sigma, times sigma²; positive on a stroke."""
    reach = max(2, int(np.ceil(3.5 * sigma)))
    at = np.arange(-reach, reach + 1, dtype=np.float64)
    bell = np.exp(-0.5 * (at / sigma) ** 2)
    bell /= bell.sum()
    second = bell * ((at / sigma) ** 2 - 1)
    second -= second.mean()
    along = second if dark else -second
    side = _side(sigma)
    down = cv2.getGaussianKernel(2 * int(np.ceil(2.5 * side)) + 1, side)
    ridge = cv2.sepFilter2D(grey, cv2.CV_32F, along.astype(np.float32), down.astype(np.float32))
    return np.asarray(ridge, dtype=np.float32)


def _side(sigma: float) -> float:
    """Smoothing along the strokes, in rows."""
    return max(0.6, 0.4 * sigma)


def _threshold(ridge: NDArray[np.float32]) -> float:
    """Above the strip's noise, and a fraction of its clear strokes."""
    sample = ridge[:: max(1, ridge.size // SAMPLE)]
    noise = 1.48 * float(np.median(np.abs(sample)))
    clear = float(np.percentile(sample, 98.5))
    return max(0.6, min(3.0 * noise, 0.3 * clear), 0.08 * clear)


def _measured(
    ridge: NDArray[np.float32],
    rows: Ints,
    columns: Ints,
    number: Ints,
    least_rows: float,
    trim_rows: float,
) -> Strokes:
    """Centre lines by least squares on the crest, then the ends along them."""
    left, here, right = (ridge[rows, columns + step].astype(np.float64) for step in (-1, 0, 1))
    bend = np.minimum(left - 2 * here + right, -1e-9)
    centre = np.asarray(columns + np.clip(0.5 * (left - right) / bend, -0.5, 0.5), np.float64)
    row = rows.astype(np.float64)
    first = np.nonzero(np.diff(number, prepend=-1))[0]
    if not len(first):
        return Strokes(*(np.zeros(0) for _ in range(7)))
    n, slope, start, scatter = _lines(row, centre, number, None)
    off = np.abs(centre - start[number] - slope[number] * row)
    good = off < np.maximum(2 * scatter[number], 0.3)
    n, slope, start, scatter = _lines(row, centre, number, good)
    top, bottom = np.minimum.reduceat(row, first), np.maximum.reduceat(row, first)
    fine = (n >= 3) & (np.abs(slope) < MAX_SLANT) & (scatter < 1.0)
    strength = _medians(here, number)
    strokes = Strokes(start, slope, top, bottom, n, scatter, strength)
    strokes = _with_ends(ridge, strokes, max(3, round(0.6 * least_rows)))
    # Smoothing along the strokes bends a slanted one at its ends: fit again between them.
    trim = np.minimum(trim_rows, 0.25 * (strokes.bottom - strokes.top))[number]
    good &= (rows > strokes.top[number] + trim) & (rows < strokes.bottom[number] - trim)
    n, slope, start, scatter = _lines(row, centre, number, good)
    inner = replace(strokes, at_zero=start, slant=slope, rows=n, scatter=scatter)
    return inner.some(fine & (n >= 3))


def _lines(
    rows: Floats,
    centre: Floats,
    number: Ints,
    good: NDArray[np.bool_] | None,
) -> tuple[Floats, Floats, Floats, Floats]:
    """For each stroke: points used, slant, column at row 0, scatter about the line."""
    weight = np.ones(len(rows)) if good is None else good.astype(np.float64)

    def total(values: Floats) -> Floats:
        return np.bincount(number, weight * values).astype(np.float64)

    n = total(np.ones(len(rows)))
    safe = np.maximum(n, 1)
    mean_row, mean_centre = total(rows) / safe, total(centre) / safe
    row, place = rows - mean_row[number], centre - mean_centre[number]
    slope = total(row * place) / np.maximum(total(row * row), 1e-9)
    rest = place - slope[number] * row
    scatter = np.sqrt(total(rest * rest) / np.maximum(n - 2, 1))
    return n, slope, mean_centre - slope * mean_row, scatter


def _medians(values: Floats, number: Ints) -> Floats:
    """The median of the values of each stroke."""
    sizes = np.bincount(number)
    places = np.cumsum(sizes) - sizes + sizes // 2
    rising = np.argsort(values)
    # Of short integers a stable sort takes one turn for each byte.
    short = number.astype(np.uint16) if len(sizes) < 2**16 else number
    order = rising[np.argsort(short[rising], kind="stable")]
    medians: Floats = values[order][places]
    return medians


def _with_ends(ridge: NDArray[np.float32], strokes: Strokes, gap_rows: int) -> Strokes:
    """Top and bottom where the stroke falls to half its own strength along its centre line.

    A break shorter than `gap_rows` does not end it.
    """
    if not len(strokes):
        return strokes
    height = ridge.shape[0]
    row = np.arange(height, dtype=np.float32)
    columns = strokes.at_zero[:, None] + strokes.slant[:, None] * row[None, :]
    rows = np.ascontiguousarray(np.broadcast_to(row, columns.shape), dtype=np.float32)
    along = cv2.remap(
        ridge, columns.astype(np.float32), rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
    )
    part = along / (0.5 * strokes.strength[:, None])
    # Of an even length it would shift what it closes by a row.
    bridge = np.ones((1, gap_rows | 1), np.uint8)
    whole = cv2.morphologyEx((part >= 1).astype(np.uint8), cv2.MORPH_CLOSE, bridge) > 0
    middle = np.round(0.5 * (strokes.top + strokes.bottom)).astype(np.intp)
    bottom = _fall(part, whole, middle)
    top = height - 1 - _fall(part[:, ::-1], whole[:, ::-1], height - 1 - middle)
    return replace(strokes, top=top, bottom=bottom)


def _fall(part: Floats, whole: NDArray[np.bool_], middle: NDArray[np.intp]) -> Floats:
    """The row after the middle at which each stroke ends, between rows by its own fall."""
    height = part.shape[1]
    row = np.arange(height)[None, :]
    out = ~whole & (row > middle[:, None])
    first = np.where(out.any(axis=1), out.argmax(axis=1), height)
    last = np.clip(first - 1, 0, height - 1)
    every = np.arange(len(part))
    high, low = part[every, last], part[every, np.clip(first, 0, height - 1)]
    beyond = np.clip((high - 1) / np.maximum(high - low, 1e-9), 0, 1)
    fall: Floats = last + np.where(first < height, beyond, 0.0)
    return fall
