"""The bars of a checker in a strip along it: one row of blocks, or two in counter-phase."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.blocks import Blocks
from woundtrack.scale.ruler.strip import Strip

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

INSIDE = 0.3
"""Of a block, either side of its middle, in blocks."""
LEAST_CONTRAST = 20.0
"""Of ink with its ground, in levels."""
LEAST_ENDS, LEAST_ENDED = 3, 0.5
"""So many blocks, and so large a part of those known, must end at both sides."""
REACH, LEAST_BROAD, MEETS = 1.4, 0.2, 0.25
"""How far from a bar's middle its end is looked for, and is at least, and how near two bars
meet, in their breadth."""


@dataclass(frozen=True, slots=True, eq=False)
class Bar:
    """One row of blocks in a strip: where it starts and ends, as polynomials of the column."""

    ink_even: bool
    top: Floats
    bottom: Floats

    def ends(self, column: float) -> tuple[float, float]:
        """The rows at which it starts and ends there."""
        return float(np.polyval(self.top, column)), float(np.polyval(self.bottom, column))


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Where blocks and their boundaries are expected: columns of low, low + ½, low + 1, …"""

    low: int
    columns: Floats
    seen: tuple[int, int]
    """The first and the last block that was seen at first."""

    @property
    def blocks(self) -> Ints:
        """The numbers of all of them."""
        return np.arange(self.low, self.low + len(self.columns) // 2 + 1)

    def column(self, number: float) -> float:
        """Where a block's middle lies, or half a number on its boundary."""
        return float(self.columns[round(2 * (number - self.low))])

    def wide(self, number: float) -> float:
        """Columns to a block there."""
        at = int(np.clip(round(2 * (number - self.low)), 1, len(self.columns) - 2))
        return float(self.columns[at + 1] - self.columns[at - 1])


def bars_of(ink: Floats, grid: Grid, blocks: Blocks, strip: Strip) -> list[Bar]:
    """The bar of the blocks seen, and that in counter-phase beside it; none if it has no ends."""
    broad = blocks.broad_px / strip.step_px
    own = _bar(ink, grid, strip.middle, broad, blocks.number)
    if own is None:
        return []
    others = grid.blocks[grid.blocks % 2 == 1][1:-1]
    centre = grid.column(0.5 * float(blocks.number[0] + blocks.number[-1]))
    for end, side in zip(own.ends(centre), (-1, 1), strict=True):
        beside = _bar(ink, grid, end + 0.5 * side * broad, broad, others)
        if beside is not None and abs(beside.ends(centre)[side < 0] - end) < MEETS * broad:
            return [own, beside] if side > 0 else [beside, own]
    return [own]


def _bar(ink: Floats, grid: Grid, middle: float, broad: float, numbers: Ints) -> Bar | None:
    """The bar whose blocks of ink are these, near a row of the strip."""
    column, top, bottom = [], [], []
    for number in numbers.tolist():
        ends = _block_ends(ink, grid, number, middle, broad)
        if ends is not None:
            column.append(grid.column(number))
            top.append(ends[0])
            bottom.append(ends[1])
    if len(column) < max(LEAST_ENDS, LEAST_ENDED * len(numbers)):
        return None
    at = np.array(column)
    fits = [_smooth(at, np.array(each)) for each in (top, bottom)]
    return Bar(int(numbers[0]) % 2 == 0, fits[0], fits[1])


def _smooth(column: Floats, row: Floats) -> Floats:
    """The line, bent a little where many tell, through the ends of blocks."""
    keep = np.ones(len(row), np.bool_)
    for _ in range(3):
        fit = np.polyfit(column[keep], row[keep], 2 if int(keep.sum()) > 5 else 1)
        off = np.abs(np.polyval(fit, column) - row)
        keep = off <= max(3 * float(np.median(off)), 0.5)
    return np.asarray(fit, np.float64)


def _block_ends(
    ink: Floats, grid: Grid, number: int, middle: float, broad: float
) -> tuple[float, float] | None:
    """Where a block of ink starts and ends across the bar, halfway to the ground beyond."""
    half = INSIDE * grid.wide(number)
    left, right = round(grid.column(number) - half), round(grid.column(number) + half) + 1
    if left < 0 or right > ink.shape[1]:
        return None
    profile = np.median(ink[:, left:right], axis=1)
    start = round(middle)
    if not 2 <= start < len(profile) - 2:
        return None
    level = float(profile[start])
    ends = []
    for side in (-1, 1):
        ray = profile[start::side][: round(REACH * broad)]
        ground = float(ray.min())
        below = np.nonzero(ray < 0.5 * (level + ground))[0]
        if level - ground < LEAST_CONTRAST or not len(below) or below[0] < LEAST_BROAD * broad:
            return None
        at = int(below[0])
        part = (ray[at - 1] - 0.5 * (level + ground)) / max(ray[at - 1] - ray[at], 1e-6)
        ends.append(start + side * (at - 1 + float(part)))
    return ends[0], ends[1]
