"""A checker bar read to a part of a pixel: its blocks' boundaries are graduations without strokes.

Which step they have, no boundary tells: numbers, words, or another edge must.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.bar import LEAST_CONTRAST, Bar, Grid, bars_of
from woundtrack.scale.ruler.blocks import Blocks, block_rows
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.index import fit_projective, number_at, projective
from woundtrack.scale.ruler.strip import Line, Strip, cut_strip, reduction_at
from woundtrack.scale.ruler.unit import read_unit

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Pyramid = Sequence[NDArray[np.uint8]]

MOST_SEARCHED_PX = 1_300_000
MOST_READ = 8
"""Rows of blocks that are looked at closely."""
MOST_COLUMNS = 160.0
"""To a block, of a strip: finer is blur."""
REACH_BROAD, REACH_BLOCKS = 2.6, 2.5
"""The strip reaches so far aside, and so far beyond the blocks first seen."""
SIDE = 0.38
"""How far from a boundary is looked, in blocks."""
INSET = 0.15
"""What is left out at either end of a boundary: blocks meet other things there."""
LEAST_STEP, MOST_UNEVEN = 0.5, 0.08
"""Of the usual contrast: what a boundary has at least; of its own: a block's inside at most."""
LEAST_ROWS = 3
LEAST_BOUNDARIES, LEAST_EVENED, MIN_FILLED = 6, 4, 0.5
MAX_RMS, OFF = 0.02, 0.05
"""Of the boundaries' places, in blocks: together, and of one that is left out."""
BEYOND = 3.0
"""By how much more a boundary is doubted that was seen in one bar of two."""
ON_BOUNDARY = 0.15
"""So near to boundaries, in blocks, lie the lines that are drawn between blocks."""
LEAST_SCATTER_PX, ALIKE_ROWS = 0.15, 4.0
"""Px of the strip by which a row's crossing is doubted; rows that err alike."""


@dataclass(frozen=True, slots=True, eq=False)
class _Crossing:
    """One boundary within one bar: the places (R,) where rows of the strip cross it."""

    row: Floats
    column: Floats
    rising: int
    """1 where ink follows on ground, −1 where ground on ink."""
    contrast: float


def find_checkers(pyramid: Pyramid) -> list[Edge]:
    """The checker bars of a grey photo as edges, the longest first; empty where there is none."""
    level = next((at for at, each in enumerate(pyramid) if each.size < MOST_SEARCHED_PX), -1)
    rows = block_rows(pyramid[level], reduction=2 ** (level % len(pyramid)))[:MOST_READ]
    read = [edge for edge in (_read(pyramid, blocks) for blocks in rows) if edge is not None]
    edges: list[Edge] = []
    for edge in sorted(read, key=lambda each: -len(each.number)):
        middle = edge.middle_px.mean(axis=0)
        if not any(lies_within(other, middle) for other in edges):
            edges.append(edge)
    return edges


def lies_within(bar: Edge, point_px: Floats) -> bool:
    """Does a point (2,), in px, lie between the ends of a bar's boundaries?"""
    ends = np.concatenate([bar.base_px, bar.tip_px[::-1]]).astype(np.float32)
    return cv2.pointPolygonTest(ends, (float(point_px[0]), float(point_px[1])), False) >= 0


def divides(edge: Edge, bar: Edge) -> bool:
    """Are an edge's strokes the lines between a bar's blocks?

    Such a line is seen too near to the block that its ink is like; a boundary is not.
    """
    axis = np.array(bar.line.axis)
    middles, places = (each.middle_px @ axis for each in (bar, edge))
    number = number_at(fit_projective(bar.number, middles), places)
    if not np.all(np.isfinite(number)):
        return False
    steps = abs(float(np.ptp(number)) / float(np.ptp(edge.number)) - 1)
    off = float(np.median(np.abs(number - np.rint(number))))
    return max(off, steps) < ON_BOUNDARY and _overlap(edge, bar)


def _overlap(edge: Edge, bar: Edge) -> bool:
    """Do the strokes reach into the bar, across it?"""
    normal = np.array([-bar.line.axis[1], bar.line.axis[0]])
    ends = [np.concatenate([each.base_px, each.tip_px]) @ normal for each in (edge, bar)]
    return bool(max(each.min() for each in ends) < min(each.max() for each in ends))


def _read(pyramid: Pyramid, blocks: Blocks) -> Edge | None:
    """The edge that a row of blocks makes, with the row in counter-phase beside it if any."""
    middle = blocks.centre_px.mean(axis=0)
    span = blocks.centre_px[-1] - blocks.centre_px[0]
    axis = span / np.hypot(*span)
    along = (blocks.centre_px - middle) @ axis
    model = fit_projective(blocks.number, along)
    pitch_px = float(np.median(np.diff(along) / np.diff(blocks.number)))
    strip = cut_strip(
        pyramid,
        Line((float(middle[0]), float(middle[1])), (float(axis[0]), float(axis[1]))),
        reduction=reduction_at(pyramid, 2 * pitch_px / MOST_COLUMNS),
        half_height_px=REACH_BROAD * blocks.broad_px,
        half_length_px=float(np.abs(along).max()) + REACH_BLOCKS * pitch_px,
    )
    ink = cv2.blur(255 - strip.grey if blocks.dark else strip.grey, (3, 3)).astype(np.float64)
    low, high = int(blocks.number[0]) - 2, int(blocks.number[-1]) + 2
    places = projective(model, np.arange(2 * low, 2 * high + 1) / 2)
    columns = (places - strip.start_px) / strip.step_px
    if not (np.all(np.isfinite(columns)) and np.all(np.diff(columns) > 2)):
        return None
    grid = Grid(low, columns, (int(blocks.number[0]), int(blocks.number[-1])))
    bars = bars_of(ink, grid, blocks, strip)
    return None if not bars else _edge(ink, grid, bars, strip)


def _edge(ink: Floats, grid: Grid, bars: list[Bar], strip: Strip) -> Edge | None:
    """The edge that the boundaries make, where enough of them are seen and even."""
    rows = _boundaries(ink, grid, bars)
    if len(rows) < LEAST_BOUNDARIES:
        return None
    number = np.array([row[0] for row in rows], np.intp)
    base, tip = (np.array([row[at] for row in rows], np.float64) for at in (1, 2))
    scatter, sd = (np.array([row[at] for row in rows], np.float64) for at in (3, 4))
    middle = 0.5 * (base[:, 0] + tip[:, 0])
    pitch = np.array([grid.wide(each + 0.5) for each in number])
    off, near = _off(number, middle, grid)
    filled = float(near.sum()) / float(np.ptp(number[near]) + 1) if near.any() else 0.0
    if int(near.sum()) < LEAST_BOUNDARIES or filled < MIN_FILLED:
        return None
    rms = 1.48 * float(np.median(np.abs(off[near]) / pitch[near]))
    if rms > MAX_RMS:
        return None
    number = number[near]
    base, tip, scatter, sd, pitch = (each[near] for each in (base, tip, scatter, sd, pitch))
    length = np.hypot(*(tip - base).T) / pitch
    return Edge(
        number=number,
        base_px=strip.to_photo(base),
        tip_px=strip.to_photo(tip),
        across_sd_px=strip.step_px * sd,
        base_sure=np.ones(len(number), np.bool_),
        tip_sure=np.ones(len(number), np.bool_),
        length=length,
        pitch_px=float(np.median(pitch)) * strip.step_px,
        scatter=float(np.median(scatter)),
        filled=filled,
        rms=rms,
        unit=read_unit(number, length),
        line=strip.line,
        curved=False,
        blocks=True,
    )


def _boundaries(
    ink: Floats, grid: Grid, bars: list[Bar]
) -> list[tuple[int, Floats, Floats, float, float]]:
    """The number of each boundary that is seen, and what `_boundary` makes of it."""
    numbers = grid.blocks[:-1]
    seen = [[_crossing(ink, grid, bar, int(number)) for number in numbers] for bar in bars]
    seen = [_evened(grid, numbers, each) for each in seen]
    rows = []
    for number, parts in zip(numbers.tolist(), zip(*seen, strict=True), strict=True):
        found = [part for part in parts if part is not None]
        if found:
            rows.append((number, *_boundary(found, bars)))
    return rows


def _crossing(ink: Floats, grid: Grid, bar: Bar, number: int) -> _Crossing | None:
    """The boundary between two blocks in one bar, or None where it is not seen."""
    column, wide = grid.column(number + 0.5), grid.wide(number + 0.5)
    top, bottom = bar.ends(column)
    inset = INSET * (bottom - top)
    rows = np.arange(int(np.ceil(top + inset)), int(bottom - inset) + 1)
    side = round(SIDE * wide)
    first = round(column) - side
    if len(rows) < LEAST_ROWS or first < 0 or first + 2 * side >= ink.shape[1]:
        return None
    if rows[0] < 0 or rows[-1] >= len(ink):
        return None
    part = ink[rows, first : first + 2 * side + 1]
    third = max(2 * side // 3, 1)
    left, right = part[:, :third], part[:, -third:]
    rising = 1 if (number % 2 == 0) != bar.ink_even else -1
    levels = float(np.median(left)), float(np.median(right))
    step = rising * (levels[1] - levels[0])
    uneven = max(float(np.median(np.abs(each - np.median(each)))) for each in (left, right))
    if step < LEAST_CONTRAST or 1.48 * uneven > MOST_UNEVEN * step:
        return None
    above = rising * (part - 0.5 * sum(levels))
    rises = (above[:, :-1] < 0) & (above[:, 1:] >= 0)
    far = np.where(rises, np.abs(np.arange(2 * side) + 0.5 - side), np.inf)
    at = np.argmin(far, axis=1)
    found = np.nonzero(np.isfinite(far[np.arange(len(rows)), at]))[0]
    if len(found) < max(LEAST_ROWS, 0.6 * len(rows)):
        return None
    before, after = above[found, at[found]], above[found, at[found] + 1]
    places = first + at[found] - before / (after - before)
    return _Crossing(rows[found].astype(np.float64), places, rising, step)


def _evened(grid: Grid, numbers: Ints, seen: list[_Crossing | None]) -> list[_Crossing | None]:
    """Clear boundaries of one bar without what ink and light that spread move them, by turns.

    Ink that ran, or a bright ground that shines over, makes all blocks of ink broader or narrower.
    """
    usual = float(np.median([each.contrast for each in seen if each is not None] or [0.0]))
    seen = [
        each if each is not None and each.contrast > LEAST_STEP * usual else None for each in seen
    ]
    known = [(n, each) for n, each in zip(numbers.tolist(), seen, strict=True) if each is not None]
    if len(known) < LEAST_EVENED:
        return seen
    number = np.array([n for n, _ in known], np.intp)
    rising = np.array([each.rising for _, each in known])
    column = np.array([float(np.median(each.column)) for _, each in known])
    spread = 0.0
    for _ in range(4):
        even = column - spread * rising
        off, near = _off(number, even, grid)
        spread += float(np.median((off * rising)[near])) if near.any() else 0.0
    return [
        None if each is None else replace(each, column=each.column - spread * each.rising)
        for each in seen
    ]


def _off(number: Ints, column: Floats, grid: Grid) -> tuple[Floats, NDArray[np.bool_]]:
    """How far boundaries lie from even steps, and which are near: a sheet's edge is another."""
    wide = np.array([grid.wide(each + 0.5) for each in number])
    near = (number >= grid.seen[0] - 1) & (number <= grid.seen[1])
    off = np.full(len(number), np.inf)
    for _ in range(3):
        if int(near.sum()) < LEAST_EVENED:
            return off, np.zeros(len(number), np.bool_)
        model = fit_projective(number[near], column[near])
        off = column - projective(model, number.astype(np.float64))
        near = np.abs(off) < OFF * wide
    return off, near


def _boundary(found: list[_Crossing], bars: list[Bar]) -> tuple[Floats, Floats, float, float]:
    """Both ends (column, row) of a boundary, its rows' scatter, and its sd, in px of the strip."""
    row = np.concatenate([each.row for each in found])
    column = np.concatenate([each.column for each in found])
    middle, keep = float(row.mean()), np.ones(len(row), np.bool_)
    for _ in range(3):
        fit = np.polyfit(row[keep] - middle, column[keep], 1)
        off = np.abs(np.polyval(fit, row - middle) - column)
        keep = off <= max(3 * float(np.median(off)), 0.3)
    scatter = 1.48 * float(np.median(off))
    at = float(fit[1])
    top, bottom = bars[0].ends(at)[0], bars[-1].ends(at)[1]
    base = np.array([np.polyval(fit, top - middle), top])
    tip = np.array([np.polyval(fit, bottom - middle), bottom])
    sd = max(scatter, LEAST_SCATTER_PX) * np.sqrt(ALIKE_ROWS / max(len(row), ALIKE_ROWS))
    sd *= 1.0 if len(found) == len(bars) else BEYOND
    return base, tip, scatter, float(sd)
