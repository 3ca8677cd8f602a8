"""Strokes side by side across a strip, numbered: one row of graduations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.median import median
from woundtrack.scale.ruler.index import Numbered, number_strokes
from woundtrack.scale.ruler.strip import Strip
from woundtrack.scale.ruler.ticks import Strokes, find_strokes

Floats = NDArray[np.float64]

SLANT_SPREAD = 0.12
FAINT = 0.2
"""What is fainter than this part of the usual stroke is grain; glare leaves more."""
TRIES = 400


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Strokes that the line row + slope · column crosses, from left to right, and numbered."""

    strokes: Strokes
    numbered: Numbered
    slope: float
    row: float
    dark: bool

    @property
    def worth(self) -> float:
        """More graduations, at more equal steps, and fewer missing among them."""
        return self.numbered.evidence * self.numbered.filled

    @property
    def pitch(self) -> float:
        """The middle one of the distances between graduations, in columns."""
        return median(self.numbered.pitch(self.numbered.number))

    @property
    def shortest(self) -> float:
        """The length that most graduations exceed, in rows."""
        strokes = self.strokes.some(self.numbered.which)
        return float(np.percentile(strokes.bottom - strokes.top, 20))

    @property
    def column(self) -> Floats:
        """Where each stroke meets the line."""
        return _crossing(self.strokes, self.slope, self.row)


def find_row(
    strip: Strip,
    *,
    sigma: float,
    dark: bool,
    least: int,
    least_rows: float,
    level: float | None = None,
) -> Row | None:
    """The row of most strokes that one line through the strip crosses, or None below `least`.

    Where `level` is given, of the strokes alone that the strip's row of that number crosses.
    """
    strokes = find_strokes(strip.grey, sigma=sigma, dark=dark, least_rows=least_rows)
    if level is not None:
        strokes = strokes.some((strokes.top < level) & (strokes.bottom > level))
    if len(strokes) < least:
        return None
    slope, row = _busiest_line(strokes, strip.middle if level is None else level)
    strokes = _crossed(strokes, slope, row)
    if len(strokes) < least:
        return None
    numbered = number_strokes(_crossing(strokes, slope, row), least=least)
    return None if numbered is None else Row(strokes, numbered, slope, row, dark)


def _crossing(strokes: Strokes, slope: float, row: float) -> Floats:
    """Column at which each stroke meets the line row + slope · column."""
    meeting: Floats = (strokes.at_zero + strokes.slant * row) / (1 - strokes.slant * slope)
    return meeting


def _busiest_line(strokes: Strokes, middle: float) -> tuple[float, float]:
    """(slope, row at column 0) of the line crossing most strokes, near their middles."""
    middles = 0.5 * (strokes.top + strokes.bottom)
    columns = strokes.column(middles)
    chance = np.random.default_rng(7)
    one = chance.integers(0, len(strokes), TRIES)
    two = chance.integers(0, len(strokes), TRIES)
    apart = columns[two] - columns[one]
    fair = np.abs(apart) > 0.15 * float(np.ptp(columns))
    slopes = (middles[two] - middles[one])[fair] / apart[fair]
    rows = middles[one][fair] - slopes * columns[one][fair]
    level = np.abs(slopes) < 0.3
    slopes = np.concatenate([slopes[level], np.zeros(5)])
    shifts = np.linspace(-0.3, 0.3, 5) * middle + middle
    rows = np.concatenate([rows[level], shifts])
    at = rows[:, None] + slopes[:, None] * columns[None, :]
    half = np.maximum(0.5 * (strokes.bottom - strokes.top), 0.5)
    off = np.abs(at - middles[None, :]) / half[None, :]
    score = np.where(off < 0.95, 1.0 - 0.3 * off**2, 0.0).sum(axis=1)
    best = int(np.argmax(score))
    return float(slopes[best]), float(rows[best])


def _crossed(strokes: Strokes, slope: float, row: float) -> Strokes:
    """The strokes that the line crosses, of like slant, from left to right."""
    at = row + slope * strokes.column(row)
    crossed = strokes.some((at > strokes.top) & (at < strokes.bottom))
    if len(crossed):
        crossed = crossed.some(crossed.strength > FAINT * np.median(crossed.strength))
    if len(crossed) < 3:
        return crossed
    column = crossed.column(row)
    for _ in range(3):
        fit = np.polyfit(column, crossed.slant, 1) if len(crossed) > 8 else None
        usual = np.median(crossed.slant) if fit is None else np.polyval(fit, column)
        off = np.abs(crossed.slant - usual)
        like = off < max(0.04, min(SLANT_SPREAD, 3.5 * median(off) + 0.02))
        crossed, column = crossed.some(like), column[like]
        if len(crossed) < 3:
            return crossed
    return crossed.some(np.argsort(column))
