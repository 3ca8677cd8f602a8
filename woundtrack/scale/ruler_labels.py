"""What the numbers beside an edge say of its step: label units (cm, mm or inches) to a step."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.digits import Box, likelihoods, normalised, placed, reader, spelled
from woundtrack.scale.ruler_band import Band, cut_band
from woundtrack.scale.ruler_edge import Edge

Floats = NDArray[np.float64]
Image = NDArray[np.float32]

RATES = tuple(sorted({1.0, 2.0, 5.0, 10.0, *(1 / each for each in (2, 4, 5, 8, 10, 16, 20, 32))}))
"""Label units to a step: 1/10 where every tenth graduation counts one more, 1 where each does."""
STRIDES = (1, 2, 5, 10, 20, 50)
"""From one label to the next, in label units."""
MISREAD = 0.15
"""The part of the labels whose reading says nothing."""
CHANCE = 1 / 40
"""How often a reading is a certain number by chance."""
TRIED = 3.0
"""Logarithm of how many places of zero are tried that would each have fitted as well."""
LEAST_LABELS, MOST_LABELS = 3, 14
FIRST_LABELS, LEAST_SURE = 5, 0.9
"""So many are read to tell how they are turned, and so many of these must be numbers."""
SEEDS, LEAST_SEED = 6, 0.2
"""The surest numbers from which zero is reckoned."""
MOST_NUMBER = 1000
WORTH_A_WORD = 3.0
CLEAR = 10.0
"""A row that explains itself so well needs no rival."""
LEAST_HEIGHT_PX, MOST_HEIGHT = 5, 0.45
"""Of print, in px of the band and as a part of its height."""
INK = 0.45
"""Print is darker than its ground by this part of a graduation's contrast."""
GAP, ALIKE = 0.42, 1.35
"""Between characters of a label, in heights; and how unlike in height those of a row may be."""
ROW_WITHIN = 0.45
MOST_ROWS = 3
LEAST_BROAD, LEAST_BROAD_PART = 0.42, 0.4
"""Numbers are so broad, in heights; of strokes in a row few are. A 1 may be thin."""
LEAST_WORD = 0.8
WORD_HEIGHTS, WORD_WITHIN, MOST_WORDS = (0.4, 1.5), 4.0, 10
"""Words of units are so high, and so far from the row of numbers, in heights of these."""
UNIT_WORDS = {"cm": "cm", "mm": "mm", "in": "in", "inch": "in", "inches": "in"}
TURNS = ((0, 2), (1, 3))
"""Quarter turns that bring a label upright, for print along the edge and for print across it."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the numbers beside an edge say."""

    evidence: tuple[tuple[float, float], ...]
    """(label units to a step, log-likelihood over chance) for each possible rate."""
    zero: float
    """Where, in graduation numbers, the best of them has its zero."""
    values: tuple[tuple[float, int], ...]
    """(place in graduation numbers, number) of the labels that it explains."""
    height: float
    """Of the print, in steps."""
    word: str
    """"cm", "mm" or "in" where that stands beside them, else empty."""

    @property
    def rate(self) -> float:
        """The likeliest rate."""
        return max(self.evidence, key=lambda each: each[1])[0]

    @property
    def strength(self) -> float:
        """Log-likelihood of the likeliest over chance."""
        return max(each for _, each in self.evidence)


@dataclass(frozen=True, slots=True)
class _Row:
    """Clumps of print of one height, side by side: their boxes, and quarter turns to try."""

    boxes: tuple[Box, ...]
    height_px: float
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """Labels as read: place in numbers, probabilities by step, text, how surely a number."""

    place: Floats
    seen: Image
    texts: list[str]
    sure: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Fits:
    """Possible numberings (H,): rate, place of zero, the number (H, M) of each label or −1."""

    rate: Floats
    zero: Floats
    values: NDArray[np.intp]


def read_labels(pixels: Pixels, edge: Edge) -> Labels | None:
    """The numbers beside an edge, or None where no three of them make a row."""
    band = cut_band(pixels, edge)
    best: Labels | None = None
    boxes = _print(band)
    for row in _rows(boxes):
        labels = _read(band, row, boxes)
        if labels is not None and (best is None or labels.strength > best.strength):
            best = labels
        if best is not None and best.strength > CLEAR:
            break
    return best


def _print(band: Band) -> list[Box]:
    """The boxes of connected ink that may be characters."""
    mask = (band.ink > INK * band.contrast).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    rows, columns = band.ink.shape
    most = MOST_HEIGHT * rows
    boxes = []
    for left, top, width, height, area in stats[1:count].tolist():
        if max(width, height) < LEAST_HEIGHT_PX or min(width, height) < 2 or area < 6:
            continue
        if max(width, height) > most:
            continue
        if left > 0 and top > 0 and left + width < columns and top + height < rows:
            boxes.append((float(left), float(top), float(left + width), float(top + height)))
    return boxes


def _rows(boxes: list[Box]) -> list[_Row]:
    """Labels in rows, the fullest first: print along the edge, and print across it."""
    rows = []
    for turns in TURNS:
        upright = boxes if turns == TURNS[0] else [_swapped(box) for box in boxes]
        clumps = _clumps(upright)
        taken: set[int] = set()
        for seed in sorted(range(len(clumps)), key=lambda at: clumps[at][1] - clumps[at][3]):
            if seed in taken:
                continue
            like = [at for at in range(len(clumps)) if _alike(clumps[seed], clumps[at], turns)]
            if len(like) < LEAST_LABELS:
                continue
            taken.update(like)
            members = [clumps[at] for at in like]
            height = float(np.median([box[3] - box[1] for box in members]))
            broad = [box[2] - box[0] > LEAST_BROAD * height for box in members]
            if sum(broad) < max(2, LEAST_BROAD_PART * len(broad)):
                continue
            if turns != TURNS[0]:
                members = [_swapped(box) for box in members]
            rows.append(_Row(tuple(members), height, turns))
    rows.sort(key=_print_area, reverse=True)
    return rows[:MOST_ROWS]


def _print_area(row: _Row) -> float:
    """In px²; of many labels some are enough."""
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in row.boxes]
    return float(np.mean(areas)) * min(len(areas), MOST_LABELS)


def _swapped(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


def _clumps(boxes: list[Box]) -> list[Box]:
    """Characters of one label together."""
    clumps: list[Box] = []
    for box in sorted(boxes):
        for at in range(len(clumps) - 1, -1, -1):
            other = clumps[at]
            tall, low = max(box[3] - box[1], other[3] - other[1]), GAP
            overlap = min(box[3], other[3]) - max(box[1], other[1])
            if box[0] - other[2] < low * tall and overlap > 0.6 * tall:
                clumps[at] = (
                    other[0],
                    min(box[1], other[1]),
                    max(box[2], other[2]),
                    max(box[3], other[3]),
                )
                break
        else:
            clumps.append(box)
    return [box for box in clumps if box[3] - box[1] > LEAST_HEIGHT_PX]


def _alike(one: Box, other: Box, turns: tuple[int, ...]) -> bool:
    """Of one height, and in one row where print runs along the edge."""
    tall, high = one[3] - one[1], other[3] - other[1]
    if max(tall, high) > ALIKE * min(tall, high) or other[2] - other[0] > 4.5 * high:
        return False
    if turns == TURNS[0]:
        return abs(one[1] + one[3] - other[1] - other[3]) < 2 * ROW_WITHIN * tall
    return min(abs(one[place] - other[place]) for place in (0, 2)) < ROW_WITHIN * tall or (
        abs(one[0] + one[2] - other[0] - other[2]) < 2 * ROW_WITHIN * tall
    )


def _read(band: Band, row: _Row, boxes: list[Box]) -> Labels | None:
    """The numbers of one row, the way up in which more of them are numbers."""
    few = _spread(row.boxes, FIRST_LABELS)
    said = [_said(band, few, turn) for turn in row.turns]
    sums = [float(each.sure.sum()) for each in said]
    turn = row.turns[int(np.argmax(sums))]
    if max(sums) < LEAST_SURE:
        return None
    labels = _weighed(_said(band, _spread(row.boxes, MOST_LABELS), turn), row, band)
    if labels is None or labels.strength < WORTH_A_WORD:
        return labels
    return replace(labels, word=_word(band, row, turn, boxes))


def _spread(boxes: tuple[Box, ...], most: int) -> list[Box]:
    """At most so many, evenly chosen in runs: neighbours tell more than the far apart."""
    ordered = sorted(boxes, key=lambda box: box[0] + box[2])
    start = max(0, (len(ordered) - most) // 2)
    return ordered[start : start + most]


def _said(band: Band, boxes: Iterable[Box], turn: int) -> _Said:
    """The labels read after so many quarter turns."""
    boxes = list(boxes)
    images = np.stack([_upright(band.ink, box, turn) for box in boxes])
    seen = reader().probabilities(images)
    texts = [spelled(each) for each in seen]
    sure = likelihoods(seen, texts)
    number = np.array([text.isdigit() for text in texts])
    middle = np.array([0.5 * (box[0] + box[2] - 1) for box in boxes])
    return _Said(band.number(middle), seen, texts, np.where(number, sure, 0.0))


def _upright(ink: Image, box: Box, turn: int) -> Image:
    """The print in a box as the reader wants it."""
    margin = int(max(box[2] - box[0], box[3] - box[1])) + 4
    left, top = max(0, int(box[0]) - margin), max(0, int(box[1]) - margin)
    part = ink[top : int(box[3]) + margin, left : int(box[2]) + margin]
    x0, y0, x1, y1 = box[0] - left, box[1] - top, box[2] - left, box[3] - top
    height, width = part.shape
    turned = np.ascontiguousarray(np.rot90(part, turn))
    if turn == 1:
        x0, y0, x1, y1 = y0, width - x1, y1, width - x0
    elif turn == 2:
        x0, y0, x1, y1 = width - x1, height - y1, width - x0, height - y0
    elif turn == 3:
        x0, y0, x1, y1 = height - y1, x0, height - y0, x1
    return normalised(placed(turned, (x0, y0, x1, y1)))


def _weighed(said: _Said, row: _Row, band: Band) -> Labels | None:
    """How well each rate explains the numbers read."""
    height = row.height_px / band.columns_per_step
    fits = _fits(said, height)
    if not len(fits.rate):
        return None
    scores, kept = _scores(said, fits.values)
    evidence = tuple(
        (rate, float(max(scores[fits.rate == rate], default=0.0)) - TRIED) for rate in RATES
    )
    best = int(np.argmax(scores))
    if scores[best] <= TRIED:
        return None
    places = [
        (float(said.place[at]), int(value))
        for at, value in enumerate(fits.values[best])
        if kept[best, at]
    ]
    return Labels(evidence, float(fits.zero[best]), tuple(places), height, "")


def _word(band: Band, row: _Row, turn: int, boxes: list[Box]) -> str:
    """The one unit that stands near the numbers, printed the same way; empty for none or more."""
    across = turn in TURNS[1]
    clumps = _clumps([_swapped(box) for box in boxes] if across else boxes)
    sides = (0, 2) if across else (1, 3)
    middle = float(np.median([box[sides[0]] + box[sides[1]] for box in row.boxes])) / 2
    near: list[tuple[float, Box]] = []
    for clump in clumps:
        high, wide = clump[3] - clump[1], clump[2] - clump[0]
        like = WORD_HEIGHTS[0] < high / row.height_px < WORD_HEIGHTS[1] and 0.8 < wide / high < 6
        box = _swapped(clump) if across else clump
        off = abs(0.5 * (box[sides[0]] + box[sides[1]]) - middle)
        if like and off < WORD_WITHIN * row.height_px:
            near.append((off, box))
    chosen = [box for _, box in sorted(near)[:MOST_WORDS]]
    if not chosen:
        return ""
    seen = reader().probabilities(np.stack([_upright(band.ink, box, turn) for box in chosen]))
    words = {
        UNIT_WORDS[text]
        for text in UNIT_WORDS
        if float(np.max(likelihoods(seen, [text] * len(seen)))) > LEAST_WORD
    }
    return words.pop() if len(words) == 1 else ""


def _fits(said: _Said, height: float) -> _Fits:
    """Each rate and stride through each sure number: the number expected of every label."""
    seeds = np.argsort(-said.sure)[:SEEDS]
    seeds = seeds[said.sure[seeds] > LEAST_SEED]
    first = np.array([int(said.texts[at]) for at in seeds], np.float64)
    grid = np.meshgrid(np.arange(len(seeds)), RATES, (1.0, -1.0), STRIDES, indexing="ij")
    seed, rate, sign, stride = (each.ravel() for each in grid)
    even = first[seed.astype(np.intp)] % stride == 0 if len(seeds) else np.zeros(0, np.bool_)
    seed, rate, sign, stride = seed[even].astype(np.intp), rate[even], sign[even], stride[even]
    zero = said.place[seeds[seed]] - first[seed] * sign / rate
    value = (said.place[None] - zero[:, None]) * (sign * rate)[:, None]
    whole = stride[:, None] * np.round(value / stride[:, None])
    slack = np.minimum(0.3 + 0.4 * height, 0.35 * stride / rate)[:, None]
    fit = (np.abs(value - whole) / rate[:, None] < slack) & (whole >= 0) & (whole < MOST_NUMBER)
    return _Fits(rate, zero, np.where(fit, whole, -1).astype(np.intp))


def _scores(said: _Said, values: NDArray[np.intp]) -> tuple[Floats, NDArray[np.bool_]]:
    """The log-likelihood (H,) of each fit (H, M) over chance, and which labels bear it out.

    What is read as expected speaks for a fit; a clear number that is not, against. A number
    counts once: labels lie in the order of their places, so equal ones are neighbours.
    """
    at, value = np.nonzero(values >= 0)[1], values[values >= 0]
    pairs, inverse = np.unique(np.stack([at, value], axis=1), axis=0, return_inverse=True)
    likely = likelihoods(said.seen[pairs[:, 0]], [str(each) for each in pairs[:, 1]])
    against = np.log(MISREAD) * said.sure
    gains = np.broadcast_to(against, values.shape).copy()
    gains[values >= 0] = np.log(MISREAD + (1 - MISREAD) * likely / CHANCE)[inverse.ravel()]
    gains = np.maximum(gains, against - 0.3)
    twice = (values[:, 1:] == values[:, :-1]) & (values[:, 1:] >= 0)
    later = gains[:, 1:] > gains[:, :-1]
    gains[:, :-1] = np.where(twice & later, against[:-1], gains[:, :-1])
    gains[:, 1:] = np.where(twice & ~later, against[1:], gains[:, 1:])
    borne = (gains > 1) & (values >= 0)
    scores = np.where(borne.sum(axis=1) >= LEAST_LABELS, gains.sum(axis=1), 0.0)
    return scores, borne
