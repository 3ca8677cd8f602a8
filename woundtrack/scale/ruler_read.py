"""From a band of strokes to the graduated edge in it, at the resolution its pitch needs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler_edge import LEAST_TICKS, MAX_RMS, MIN_FILLED, Edge, edge_of
from woundtrack.scale.ruler_find import Candidate
from woundtrack.scale.ruler_row import Row, find_row
from woundtrack.scale.ruler_strip import Line, Strip, cut_strip, line_through

Pyramid = Sequence[NDArray[np.uint8]]

LEAST_FIRST = 7
"""Graduations that make a band worth a second look."""
FIRST_SIGMA, FIRST_ROWS = 1.1, 4.0
LEAST_USED = 0.35
RIVAL_WORTH = 0.6
"""A reading of the other polarity is tried where it found this part of the strokes."""
FINE_PITCH = 14.0
"""The strip is cut so that a pitch has at least this many columns, where the photo has them."""
REACH_PITCHES = 13.0
"""Half the height of the strip: the longest graduations, whichever side they are on."""
OFF_MIDDLE_PITCHES = 4.0
MAX_TURNS = 5
SIGMA_PITCHES, LEAST_SIGMA, MOST_SIGMA = 0.17, 0.8, 5.0
LEAST_ROWS_PITCHES = 0.7
SAME_PITCH = 0.1


def read_edge(pyramid: Pyramid, candidate: Candidate) -> Edge | None:
    """The graduated edge in a candidate band, or None where there is none."""
    strip = cut_strip(
        pyramid,
        Line(candidate.centre_px, candidate.axis),
        reduction=candidate.reduction,
        half_height_px=1.2 * candidate.half_width_px + 8 * candidate.reduction,
        half_length_px=1.2 * candidate.half_length_px + 24 * candidate.reduction,
    )
    best: Edge | None = None
    # Gaps between dark strokes look like light strokes, and are known for gaps only when read.
    for row in _first_rows(strip):
        edge = _read_finely(pyramid, strip, row)
        if edge is not None and (best is None or _clearer(edge, best)):
            best = edge
        if best is not None and best.sure:
            break
    return best


def _first_rows(strip: Strip) -> list[Row]:
    """Dark and light strokes at first sight, the better first."""
    rows = []
    for dark in (True, False):
        row = find_row(
            strip, sigma=FIRST_SIGMA, dark=dark, least=LEAST_FIRST, least_rows=FIRST_ROWS
        )
        if row is None or row.numbered.filled < MIN_FILLED or row.numbered.used < LEAST_USED:
            continue
        if row.numbered.curved or row.numbered.rms < 2 * MAX_RMS:
            rows.append(row)
    rows.sort(key=lambda each: each.worth, reverse=True)
    return [row for row in rows if row.worth > RIVAL_WORTH * rows[0].worth]


def _clearer(one: Edge, other: Edge) -> bool:
    """Is `one` of known unit where the other is not, or more finely graduated?"""
    if one.sure != other.sure:
        return one.sure
    return one.pitch_px < 0.7 * other.pitch_px


def _read_finely(pyramid: Pyramid, strip: Strip, row: Row) -> Edge | None:
    """The whole edge at the resolution its pitch needs, from a first sight of it."""
    for _ in range(MAX_TURNS):
        pitch_px = row.pitch * strip.step_px
        line = line_through(strip, slope=row.slope, row=row.row)
        strip = _fine_strip(pyramid, line, pitch_px)
        pitch = pitch_px / strip.step_px
        again = find_row(
            strip,
            sigma=float(np.clip(SIGMA_PITCHES * pitch, LEAST_SIGMA, MOST_SIGMA)),
            dark=row.dark,
            least=LEAST_TICKS,
            least_rows=LEAST_ROWS_PITCHES * pitch,
        )
        if again is None:
            return None
        row = again
        # Strokes looked at too finely show their two borders: look again at the found pitch.
        if abs(row.pitch / pitch - 1) < SAME_PITCH and _central(row, strip):
            break
    return edge_of(strip, row, line)


def _central(row: Row, strip: Strip) -> bool:
    """Does the row of strokes run along the strip's middle?"""
    at = row.row + row.slope * row.column[[0, -1]]
    return bool(np.all(np.abs(at - strip.middle) < OFF_MIDDLE_PITCHES * row.pitch))


def _fine_strip(pyramid: Pyramid, line: Line, pitch_px: float) -> Strip:
    """The strip of the whole line, as fine as the pitch needs."""
    reduction = 1
    while pitch_px / (2 * reduction) >= FINE_PITCH and 2 * reduction < 2 ** len(pyramid):
        reduction *= 2
    return cut_strip(pyramid, line, reduction=reduction, half_height_px=REACH_PITCHES * pitch_px)
