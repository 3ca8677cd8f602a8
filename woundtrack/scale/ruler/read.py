"""From a band of strokes to the graduated edge in it, at the resolution its pitch needs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.edge import LEAST_TICKS, MIN_FILLED, Edge, edge_of
from woundtrack.scale.ruler.find import Candidate
from woundtrack.scale.ruler.row import Row, find_row
from woundtrack.scale.ruler.strip import Line, Strip, cut_strip, line_through, reduction_at
from woundtrack.scale.ruler.ticks import Strokes

Floats = NDArray[np.float64]
Pyramid = Sequence[NDArray[np.uint8]]

MOST_HALF_HEIGHT = 100
"""Of a first look, in px of the reduced photo: a ruler with both its edges; more is a texture."""
LEAST_FIRST = 7
"""Graduations that make a band worth a second look."""
FIRST_SIGMA, FIRST_ROWS = 1.1, 4.0
LEAST_USED, LEAST_EVIDENCE = 0.35, 5.0
RIVAL_WORTH = 0.6
"""A reading of the other polarity is tried where it found this part of the strokes."""
FINE_PITCH, FINE_ROWS = 14.0, 14.0
"""The strip is cut so that a pitch has at least so many columns, and the shortest graduations so
many rows, where the photo has them."""
REACH_PITCHES = 13.0
"""The strip's edge is at most so far from the line through the graduations' middles."""
ROOM_PITCHES, ENDS_PERCENTILE = 2.5, 97
"""And so far beyond the longest of them."""
MAX_RISE_PITCHES = 3.0
MAX_TURNS = 5
MOST_WANDERING, WEAK_EVIDENCE = 2, 25.0
"""Looks until the pitch is the one looked for, of a band whose steps are no more even than this."""
SIGMA_PITCHES, SIGMA_ROWS, LEAST_SIGMA = 0.17, 0.2, 0.8
"""The scale at which strokes are looked for: a part of the pitch, and at most of their length."""
WIDER = 1.5
"""And at most so many times that at which they were first seen."""
LEAST_ROWS_PITCHES, LEAST_ROWS_PART = 0.7, 0.5
SAME_PITCH = 0.1


def read_edge(pyramid: Pyramid, candidate: Candidate) -> Edge | None:
    """The graduated edge in a candidate band, or None where there is none."""
    strip = cut_strip(
        pyramid,
        Line(candidate.centre_px, candidate.axis),
        reduction=candidate.reduction,
        half_height_px=candidate.reduction
        * min(1.2 * candidate.half_width_px / candidate.reduction + 8, MOST_HALF_HEIGHT),
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
        if row is not None and _graduated(row):
            rows.append(row)
    most = max((row.worth for row in rows), default=0.0)
    rivals = [(_ink_share(strip, row), row) for row in rows if row.worth > RIVAL_WORTH * most]
    clearest = max((share for share, _ in rivals), default=0.0)
    inks = [(share * row.worth, row) for share, row in rivals if share > clearest - 0.5]
    return [row for _, row in sorted(inks, key=lambda each: -each[0])]


def _graduated(row: Row) -> bool:
    """May these be graduations, looked at coarsely?"""
    numbered = row.numbered
    whole = numbered.filled > MIN_FILLED and numbered.used > LEAST_USED
    return whole and numbered.evidence > LEAST_EVIDENCE


def _ink_share(strip: Strip, row: Row) -> float:
    """The part of the tips beyond which the ground is as between the strokes, not as on them.

    Gaps between strokes go on into the ground beyond the tips; strokes end there. The tips are
    the ends that do not lie on one line.
    """
    strokes = row.strokes.some(row.numbered.which)
    line = row.row + row.slope * row.column[row.numbered.which]
    half = 0.5 * row.pitch
    outward = min((-half, half), key=lambda side: -_uneven(_end(strokes, side) - line))
    middle = 0.5 * (strokes.top + strokes.bottom)
    beyond = _end(strokes, outward) + 1.4 * outward
    on, left, right = (
        _sampled(strip, strokes.column(middle) + aside, middle) for aside in (0.0, -half, half)
    )
    ground = _sampled(strip, strokes.column(beyond), beyond)
    like_gap = np.abs(ground - 0.5 * (left + right)) < np.abs(ground - on)
    return float(np.mean(like_gap))


def _end(strokes: Strokes, side: float) -> Floats:
    return strokes.top if side < 0 else strokes.bottom


def _uneven(values: Floats) -> float:
    return float(np.mean(np.abs(values - np.median(values))))


def _sampled(strip: Strip, column: Floats, row: Floats) -> Floats:
    """The strip's grey values nearest to these places."""
    height, width = strip.grey.shape
    at = np.clip(np.rint(column), 0, width - 1).astype(np.intp)
    down = np.clip(np.rint(row), 0, height - 1).astype(np.intp)
    return strip.grey[down, at].astype(np.float64)


def _clearer(one: Edge, other: Edge) -> bool:
    """Is `one` of known unit where the other is not, or more finely graduated?"""
    if one.sure != other.sure:
        return one.sure
    return one.pitch_px < 0.7 * other.pitch_px


def _read_finely(pyramid: Pyramid, strip: Strip, row: Row) -> Edge | None:
    """The whole edge at the resolution its pitch needs, from a first sight of it."""
    most_sigma_px = WIDER * FIRST_SIGMA * strip.step_px
    for turn in range(1, MAX_TURNS + 1):
        pitch_px, rows_px = row.pitch * strip.step_px, row.shortest * strip.step_px
        strip, level = _fine_strip(pyramid, strip, row)
        pitch, rows = pitch_px / strip.step_px, rows_px / strip.step_px
        sigma = max(
            min(SIGMA_PITCHES * pitch, SIGMA_ROWS * rows, most_sigma_px / strip.step_px),
            LEAST_SIGMA,
        )
        least_rows = min(LEAST_ROWS_PITCHES * pitch, LEAST_ROWS_PART * rows)
        again = _found_again(strip, row, sigma=sigma, least_rows=least_rows, level=level)
        if again is None:
            return None
        row = again
        # Strokes looked at too finely show their two borders: look again at the found pitch.
        same = abs(row.pitch / pitch - 1) < SAME_PITCH
        if same and _holds(strip, row):
            break
        if not same and turn > MOST_WANDERING and row.numbered.evidence < WEAK_EVIDENCE:
            return None
    return edge_of(strip, row, strip.line)


def _found_again(
    strip: Strip, row: Row, *, sigma: float, least_rows: float, level: float
) -> Row | None:
    """The graduations in a finer strip: its busiest row, or that where they were seen if numbers
    or cloth are busier but less even."""
    best: Row | None = None
    for at in (None, level):
        found = find_row(
            strip, sigma=sigma, dark=row.dark, least=LEAST_TICKS, least_rows=least_rows, level=at
        )
        if found is not None and _graduated(found) and (best is None or found.worth > best.worth):
            best = found
        if best is not None and best.worth > row.worth:
            break
    return best


def _fine_strip(pyramid: Pyramid, strip: Strip, row: Row) -> tuple[Strip, float]:
    """The strip of the whole line that holds the row's strokes, as fine as its pitch needs; and
    the row of it at which that line crosses them."""
    pitch_px = row.pitch * strip.step_px
    fineness = min(pitch_px / FINE_PITCH, row.shortest * strip.step_px / FINE_ROWS)
    above, below = _reach(row)
    aside = 0.5 * row.pitch * (below - above)
    fine = cut_strip(
        pyramid,
        line_through(strip, slope=row.slope, row=row.row + aside),
        reduction=reduction_at(pyramid, fineness),
        half_height_px=0.5 * (above + below) * pitch_px,
    )
    return fine, fine.middle - aside * strip.step_px / fine.step_px


def _reach(row: Row) -> tuple[float, float]:
    """How far above and below its line a row's strokes reach, with room to spare, in pitches."""
    strokes = row.strokes.some(row.numbered.which)
    line = row.row + row.slope * row.column[row.numbered.which]
    above = float(np.percentile(line - strokes.top, ENDS_PERCENTILE)) / row.pitch
    below = float(np.percentile(strokes.bottom - line, ENDS_PERCENTILE)) / row.pitch
    return min(above + ROOM_PITCHES, REACH_PITCHES), min(below + ROOM_PITCHES, REACH_PITCHES)


def _holds(strip: Strip, row: Row) -> bool:
    """Do the row's strokes end within the strip, with room enough to see that they do?"""
    at = row.row + row.slope * row.column[row.numbered.which][[0, -1]]
    above, below = (row.pitch * (each - 0.6 * ROOM_PITCHES) for each in _reach(row))
    inside = at.min() - above >= 0 and at.max() + below <= strip.grey.shape[0] - 1
    return bool(inside and abs(row.slope) * strip.grey.shape[1] < MAX_RISE_PITCHES * row.pitch)
