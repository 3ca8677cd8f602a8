"""One graduated edge: numbered strokes with their base and tip told apart, in the photo."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.row import Row
from woundtrack.scale.ruler.strip import Line, Strip
from woundtrack.scale.ruler.unit import Unit, read_unit

Floats = NDArray[np.float64]

LEAST_TICKS = 8
MIN_FILLED = 0.55
"""The part of the graduations that is seen, and of the strokes that are graduations."""
MAX_RMS = 0.09
"""Of the places of a straight ruler's graduations, in pitches."""
LENS_RMS = 0.0025
"""What a lens may bend them, as a part of half their extent: 2.5 % at half the diagonal."""
CURVED_WHOLE = 0.85
BASE_WITHIN, BASE_SURE, LEAST_BASED = 1.0, 0.3, 6
"""How far from the common base line, in pitches, a stroke's base may lie; and lies for sure; and so
many must, for there to be such a line."""
STRAY_LONG, STRAY_TIP = 1.2, 0.3
"""How far a length may be beyond its kind's, in pitches, to be a graduation, and a sure tip."""
LONE_GAP, LONE_GROUP = 3, 4
HALVES = (-0.5, 0.5)
PHASES, MOST_THICK = 9, 0.5
"""A stroke takes up less than this part of a step."""


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """Graduations (N,) along one straight edge, by number, with their ends in px."""

    number: NDArray[np.intp]
    base_px: Floats
    """(N, 2): the end that all share, at the edge or the base line."""
    tip_px: Floats
    """(N, 2): the end that tells a centimetre from a millimetre."""
    across_sd_px: Floats
    base_sure: NDArray[np.bool_]
    """Does the base lie on the line of the others? Glare may hide a part of a stroke."""
    tip_sure: NDArray[np.bool_]
    """Is the length what is usual for its kind?"""
    length: Floats
    """In pitches."""
    pitch_px: float
    scatter: float
    filled: float
    rms: float
    unit: Unit | None
    line: Line
    curved: bool
    """Its graduations are even, but no view of a straight line."""
    blocks: bool = False
    """Are its graduations boundaries of blocks, not strokes?"""

    @property
    def middle_px(self) -> Floats:
        """The middles (N, 2) of the graduations."""
        middles: Floats = 0.5 * (self.base_px + self.tip_px)
        return middles

    @property
    def sure(self) -> bool:
        """Is its unit known?"""
        return self.unit is not None and self.unit.sure


def edge_of(strip: Strip, row: Row, line: Line) -> Edge | None:
    """The edge that a row of strokes makes, and the unit it shows; None where it is none."""
    numbered = row.numbered
    whole = min(numbered.filled, numbered.used)
    most_rms = max(MAX_RMS, LENS_RMS * 0.5 * float(np.ptp(numbered.number)))
    curved = numbered.rms > most_rms and (numbered.curved or whole > CURVED_WHOLE)
    if whole < MIN_FILLED or (numbered.rms > most_rms and not curved):
        return None
    strokes = row.strokes.some(numbered.which)
    pitch = numbered.pitch(numbered.number)
    sides = _bases_and_tips(row, pitch)
    inked = [each for each in sides if _is_ink(strip, row, each[0], each[1], pitch)]
    if not inked:
        return None
    base, tip, base_line = inked[0]
    off = np.abs(base - base_line) / pitch
    unit = read_unit(numbered.number, np.abs(tip - base_line) / pitch)
    alike = unit is None or not unit.pattern.periods
    if alike and not _is_thin(strip, row, base, tip, pitch):
        return None
    sd = np.maximum(strokes.scatter, 0.15) * np.sqrt(4.0 / np.maximum(strokes.rows, 4))
    edge = Edge(
        number=numbered.number,
        base_px=strip.to_photo(np.stack([strokes.column(base), base], axis=1)),
        tip_px=strip.to_photo(np.stack([strokes.column(tip), tip], axis=1)),
        across_sd_px=strip.step_px * sd,
        base_sure=off < BASE_SURE,
        tip_sure=np.ones(len(off), np.bool_),
        length=np.abs(tip - base_line) / pitch,
        pitch_px=float(np.median(pitch)) * strip.step_px,
        scatter=float(np.median(strokes.scatter)),
        filled=numbered.filled,
        rms=numbered.rms,
        unit=unit,
        line=line,
        curved=curved,
    )
    return _without_strays(edge, off < BASE_WITHIN)


def _bases_and_tips(row: Row, pitch: Floats) -> list[tuple[Floats, Floats, Floats]]:
    """Rows of the ends that lie on one line, of the other ends, and of that line.

    Where both ends do, as of strokes all alike, either may be the base.
    """
    strokes, column = row.strokes.some(row.numbered.which), row.column[row.numbered.which]
    top_off, top_line = _off_line(column, strokes.top, pitch)
    bottom_off, bottom_line = _off_line(column, strokes.bottom, pitch)
    down = strokes.top, strokes.bottom, top_line
    up = strokes.bottom, strokes.top, bottom_line
    likelier, other = (down, up) if top_off < bottom_off else (up, down)
    return [likelier, other] if max(top_off, bottom_off) < BASE_SURE else [likelier]


def _is_ink(strip: Strip, row: Row, base: Floats, tip: Floats, pitch: Floats) -> bool:
    """Are these strokes, not the gaps between strokes? Beyond a tip the ground looks like a gap."""
    strokes = row.strokes.some(row.numbered.which)
    outward = np.sign(tip - base)
    middle = tip - outward * np.minimum(0.5 * np.abs(tip - base), pitch)
    beyond = tip + outward * 0.7 * pitch
    on = _sampled(strip.grey, strokes.column(middle), middle)
    gaps = [_sampled(strip.grey, strokes.column(middle) + side * pitch, middle) for side in HALVES]
    ground = _sampled(strip.grey, strokes.column(beyond), beyond)
    like_gap = np.abs(ground - 0.5 * (gaps[0] + gaps[1])) < np.abs(ground - on)
    return float(like_gap.mean()) > 0.5


def _is_thin(strip: Strip, row: Row, base: Floats, tip: Floats, pitch: Floats) -> bool:
    """Are these narrower than the gaps? Strokes all alike end where gaps do, at the ruler's rim.

    Blur leaves the mean over a pitch as it is.
    """
    middle = 0.5 * (base + tip)
    column = row.strokes.some(row.numbered.which).column(middle)
    shifts = (np.arange(PHASES) + 0.5) / PHASES - 0.5
    levels = [_sampled(strip.grey, column + at * pitch, middle) for at in shifts]
    on, gap = levels[PHASES // 2], 0.5 * (levels[0] + levels[-1])
    part = (np.mean(levels, axis=0) - gap) / np.where(on == gap, np.inf, on - gap)
    return float(np.median(part)) < MOST_THICK


def _sampled(grey: NDArray[np.float32], column: Floats, row: Floats) -> Floats:
    at = np.round(np.clip(column, 0, grey.shape[1] - 1)).astype(np.intp)
    down = np.round(np.clip(row, 0, grey.shape[0] - 1)).astype(np.intp)
    return grey[down, at].astype(np.float64)


def _without_strays(edge: Edge, based: NDArray[np.bool_]) -> Edge | None:
    """Strokes longer than their kind are other things; shorter ones have no sure tip."""
    kept, tip_sure, unit = based & _near_others(edge.number), edge.tip_sure, edge.unit
    if unit is not None:
        kept &= unit.beyond < STRAY_LONG
        tip_sure = np.abs(unit.beyond) < STRAY_TIP
        unit = replace(unit, kinds=unit.kinds[kept], beyond=unit.beyond[kept])
    if int(kept.sum()) < LEAST_TICKS or int(edge.base_sure[kept].sum()) < LEAST_BASED:
        return None
    return replace(
        edge,
        number=edge.number[kept],
        base_px=edge.base_px[kept],
        tip_px=edge.tip_px[kept],
        across_sd_px=edge.across_sd_px[kept],
        base_sure=edge.base_sure[kept],
        tip_sure=tip_sure[kept],
        length=edge.length[kept],
        unit=unit,
    )


def _near_others(number: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Not one or two strokes alone beyond a gap: borders and dirt may fall on the grid."""
    group = np.cumsum(np.diff(number, prepend=number[0]) > LONE_GAP)
    sizes = np.bincount(group)
    near: NDArray[np.bool_] = sizes[group] >= LONE_GROUP
    return near


def _off_line(column: Floats, end: Floats, pitch: Floats) -> tuple[float, Floats]:
    """How far the ends scatter about their own straight line, in pitches, and that line."""
    keep = np.ones(len(column), np.bool_)
    fit = np.array([0.0, float(np.median(end))])
    for _ in range(5):
        fit = np.polyfit(column[keep], end[keep], 1)
        off = np.abs(end - np.polyval(fit, column))
        keep = off <= max(1.5 * float(np.median(off)), 0.3)
    straight: Floats = np.polyval(fit, column)
    return float(np.mean(np.minimum(np.abs(end - straight) / pitch, 1.0))), straight
