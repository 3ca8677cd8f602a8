"""One graduated edge: from a band of strokes to numbered graduations in the photo."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler_find import Candidate
from woundtrack.scale.ruler_index import Numbered, number_strokes
from woundtrack.scale.ruler_strip import Line, Strip, cut_strip, line_through
from woundtrack.scale.ruler_ticks import Strokes, find_strokes
from woundtrack.scale.ruler_unit import Unit, read_unit

Floats = NDArray[np.float64]
Pyramid = Sequence[NDArray[np.uint8]]

LEAST_FIRST = 7
"""Graduations that make a band worth a second look."""
LEAST_TICKS = 12
MIN_FILLED = 0.55
MAX_RMS = 0.09
CURVED_WHOLE = 0.85
CLEAN_RMS, CLEAN_SCATTER = 0.006, 0.05
FINE_PITCH = 14.0
"""The strip is cut so that a pitch has at least this many columns, where the photo has them."""
REACH_PITCHES = 13.0
MAX_TURNS = 5
SIGMA_PITCHES = 0.17
STRAY_LONG, STRAY_TIP = 1.2, 0.3
"""How far a length may be beyond its kind's, in pitches, to be a graduation, and a sure tip."""
LONE_GAP = 3
SLANT_SPREAD = 0.12
TRIES = 400
HALVES = (-0.5, 0.5)


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


@dataclass(frozen=True, slots=True)
class _Row:
    """Strokes that one line through a strip crosses, sorted and numbered."""

    strokes: Strokes
    numbered: Numbered
    slope: float
    row: float
    dark: bool

    @property
    def worth(self) -> float:
        return len(self.numbered.number) * self.numbered.filled


def read_edge(pyramid: Pyramid, candidate: Candidate) -> Edge | None:
    """The graduated edge in a candidate band, or None where there is none."""
    line = Line(candidate.centre_px, candidate.axis)
    strip = cut_strip(
        pyramid,
        line,
        reduction=candidate.reduction,
        half_height_px=1.2 * candidate.half_width_px + 8 * candidate.reduction,
        half_length_px=1.2 * candidate.half_length_px + 24 * candidate.reduction,
    )
    rows = [_graduated_row(strip, 1.1, dark, LEAST_FIRST, least_rows=4) for dark in (True, False)]
    found = [row for row in rows if row is not None and _even(row.numbered)]
    if not found:
        return None
    # Gaps between dark strokes look like light strokes: unless one reading is clean, try both.
    found.sort(key=lambda each: each.worth, reverse=True)
    read: list[Edge] = []
    for row in found:
        if row.worth > 0.6 * found[0].worth and row.numbered.filled > MIN_FILLED:
            edge = _read_finely(pyramid, strip, row)
            if edge is not None and _clean(edge):
                return edge
            read += [] if edge is None else [edge]
    return _clearer(*read) if len(read) == 2 else (read[0] if read else None)


def _even(numbered: Numbered) -> bool:
    return numbered.curved or numbered.rms < 2 * MAX_RMS


def _clean(edge: Edge) -> bool:
    """Straight, even strokes of a known unit, as gaps between strokes hardly ever are."""
    sure = edge.unit is not None and edge.unit.sure
    return sure and edge.rms < CLEAN_RMS and edge.scatter < CLEAN_SCATTER


def _clearer(one: Edge, other: Edge) -> Edge:
    """The one of known unit; else the finer; else the straighter, more evenly placed."""
    sure = [edge for edge in (one, other) if edge.unit is not None and edge.unit.sure]
    if len(sure) == 1:
        return sure[0]
    fine, coarse = sorted((one, other), key=lambda each: each.pitch_px)
    if fine.pitch_px < 0.7 * coarse.pitch_px and fine.filled > 0.8:
        return fine
    return min(one, other, key=lambda each: each.rms + 0.05 * each.scatter)


def _read_finely(pyramid: Pyramid, strip: Strip, row: _Row) -> Edge | None:
    """The whole edge at the resolution its pitch needs, from a first sight of it."""
    for turn in range(MAX_TURNS):
        pitch_px = _pitch(row) * strip.step_px
        line = line_through(strip, slope=row.slope, row=row.row)
        strip = _fine_strip(pyramid, line, pitch_px)
        pitch = pitch_px / strip.step_px
        sigma = float(np.clip(SIGMA_PITCHES * pitch, 0.8, 5.0))
        again = _graduated_row(strip, sigma, row.dark, LEAST_TICKS, least_rows=0.7 * pitch)
        if again is None:
            return None
        row = again
        # Strokes looked at too finely show their two borders: look again at the found pitch.
        if turn and abs(_pitch(row) / pitch - 1) < 0.1:
            break
    return _edge(strip, row, line)


def _fine_strip(pyramid: Pyramid, line: Line, pitch_px: float) -> Strip:
    """The strip of the whole line, as fine as the pitch needs."""
    reduction = 1
    while pitch_px / (2 * reduction) >= FINE_PITCH and 2 * reduction < 2 ** len(pyramid):
        reduction *= 2
    return cut_strip(pyramid, line, reduction=reduction, half_height_px=REACH_PITCHES * pitch_px)


def _pitch(row: _Row) -> float:
    return float(np.median(row.numbered.pitch(row.numbered.number)))


def _graduated_row(
    strip: Strip, sigma: float, dark: bool, least: int, *, least_rows: float
) -> _Row | None:
    """The line across the strip that crosses most strokes, and those numbered."""
    strokes = find_strokes(strip.grey, sigma=sigma, dark=dark, least_rows=least_rows)
    if len(strokes) < least:
        return None
    slope, row = _busiest_line(strokes, strip.middle)
    strokes = _crossed(strokes, slope, row)
    if len(strokes) < least:
        return None
    numbered = number_strokes(_crossing(strokes, slope, row), least=least)
    if numbered is None:
        return None
    return _Row(strokes, numbered, slope, row, dark)


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
    if len(crossed) < 3:
        return crossed
    column = crossed.column(row)
    for _ in range(3):
        fit = np.polyfit(column, crossed.slant, 1) if len(crossed) > 8 else None
        usual = np.median(crossed.slant) if fit is None else np.polyval(fit, column)
        off = np.abs(crossed.slant - usual)
        like = off < max(0.04, min(SLANT_SPREAD, 3.5 * float(np.median(off)) + 0.02))
        crossed, column = crossed.some(like), column[like]
        if len(crossed) < 3:
            return crossed
    return crossed.some(np.argsort(column))


def _edge(strip: Strip, row: _Row, line: Line) -> Edge | None:
    """The numbered strokes with base and tip told apart, and the unit they show."""
    numbered = row.numbered
    whole = min(numbered.filled, numbered.used)
    curved = numbered.curved or (numbered.rms > MAX_RMS and whole > CURVED_WHOLE)
    if whole < MIN_FILLED or (numbered.rms > MAX_RMS and not curved):
        return None
    strokes = row.strokes.some(numbered.which)
    pitch = numbered.pitch(numbered.number)
    column = _crossing(strokes, row.slope, row.row)
    top_off, top_line = _off_line(column, strokes.top, pitch)
    bottom_off, bottom_line = _off_line(column, strokes.bottom, pitch)
    base_is_top = top_off < bottom_off
    base, tip = (strokes.top, strokes.bottom) if base_is_top else (strokes.bottom, strokes.top)
    base_line = top_line if base_is_top else bottom_line
    if not _is_ink(strip, strokes, base, tip, pitch):
        return None
    length = np.abs(tip - base_line) / pitch
    whole = np.abs(base - base_line) < pitch
    if int(whole.sum()) < LEAST_TICKS:
        return None
    sure = (np.abs(base - base_line) < 0.3 * pitch)[whole]
    strokes, base, tip = strokes.some(whole), base[whole], tip[whole]
    number, length = numbered.number[whole], length[whole]
    sd = np.maximum(strokes.scatter, 0.15) * np.sqrt(4.0 / np.maximum(strokes.rows, 4))
    unit = read_unit(number, length)
    edge = Edge(
        number=number,
        base_px=strip.to_photo(np.stack([strokes.column(base), base], axis=1)),
        tip_px=strip.to_photo(np.stack([strokes.column(tip), tip], axis=1)),
        across_sd_px=strip.step_px * sd,
        base_sure=sure,
        tip_sure=np.ones(len(number), np.bool_),
        length=length,
        pitch_px=float(np.median(pitch)) * strip.step_px,
        scatter=float(np.median(strokes.scatter)),
        filled=numbered.filled,
        rms=numbered.rms,
        unit=unit,
        line=line,
        curved=curved,
    )
    return edge if unit is None else _without_strays(edge, unit)


def _is_ink(strip: Strip, strokes: Strokes, base: Floats, tip: Floats, pitch: Floats) -> bool:
    """Are these strokes, not the gaps between strokes? Beyond a tip the ground looks like a gap."""
    outward = np.sign(tip - base)
    middle = tip - outward * np.minimum(0.5 * np.abs(tip - base), pitch)
    beyond = tip + outward * 0.7 * pitch
    on = _sampled(strip.grey, strokes.column(middle), middle)
    gaps = [_sampled(strip.grey, strokes.column(middle) + side * pitch, middle) for side in HALVES]
    ground = _sampled(strip.grey, strokes.column(beyond), beyond)
    like_gap = np.abs(ground - 0.5 * (gaps[0] + gaps[1])) < np.abs(ground - on)
    return float(like_gap.mean()) > 0.5


def _sampled(grey: NDArray[np.float32], column: Floats, row: Floats) -> Floats:
    at = np.round(np.clip(column, 0, grey.shape[1] - 1)).astype(np.intp)
    down = np.round(np.clip(row, 0, grey.shape[0] - 1)).astype(np.intp)
    return grey[down, at].astype(np.float64)


def _without_strays(edge: Edge, unit: Unit) -> Edge:
    """Strokes longer than their kind are other things; shorter ones have no sure tip."""
    beyond = unit.beyond
    kept = (beyond < STRAY_LONG) & _near_others(edge.number)
    return replace(
        edge,
        number=edge.number[kept],
        base_px=edge.base_px[kept],
        tip_px=edge.tip_px[kept],
        across_sd_px=edge.across_sd_px[kept],
        base_sure=edge.base_sure[kept],
        tip_sure=(np.abs(beyond) < STRAY_TIP)[kept],
        length=edge.length[kept],
        unit=replace(unit, kinds=unit.kinds[kept], beyond=beyond[kept]),
    )


def _near_others(number: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Not one or two strokes alone beyond a gap: borders and dirt may fall on the grid."""
    group = np.cumsum(np.diff(number, prepend=number[0]) > LONE_GAP)
    sizes = np.bincount(group)
    near: NDArray[np.bool_] = sizes[group] >= 4
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
