"""Print beside an edge: characters, labels, and rows of labels that may be numbers."""

from dataclasses import dataclass

import cv2
import numpy as np

from woundtrack.scale.ruler.band import Band
from woundtrack.scale.ruler.digits import Box

LEAST_PX, MOST_HEIGHT = 5, 0.45
"""Of a character's larger side in px of the band, and as a part of the band's height."""
INK = 0.45
"""Print is darker than its ground by this part of a graduation's contrast."""
GAP, ALIKE, OVERLAP = 0.42, 1.35, 0.6
"""Between characters of a label, in heights; how unlike in height labels of a row may be; the part
of their height that characters of a label share."""
MOST_BREADTH = 4.5
ROW_WITHIN = 0.45
LEAST_ROW, MOST_ROWS, ENOUGH = 3, 3, 14
LEAST_BROAD, LEAST_BROAD_PART = 0.42, 0.4
"""Numbers are so broad, in heights; of strokes in a row few are. A 1 may be thin."""
WORD_HEIGHTS, WORD_BREADTHS, WORD_WITHIN, MOST_WORDS = (0.4, 1.5), (0.8, 6.0), 4.0, 10
"""Words of units are so high, in heights of the numbers, so broad, in their own, and so far from
the row of numbers, in heights of these."""
ALONG, ACROSS = (0, 2), (1, 3)
"""Quarter turns that bring a label upright, for print along the edge and for print across it."""


@dataclass(frozen=True, slots=True)
class PrintRow:
    """Labels of one height, side by side: their boxes, and quarter turns to try."""

    boxes: tuple[Box, ...]
    height_px: float
    turns: tuple[int, int]


def characters(band: Band) -> list[Box]:
    """The boxes of connected ink that may be characters."""
    mask = (band.ink > INK * band.contrast).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    rows, columns = band.ink.shape
    most = MOST_HEIGHT * rows
    boxes = []
    for left, top, width, height, area in stats[1:count].tolist():
        if max(width, height) < LEAST_PX or min(width, height) < 2 or area < 6:
            continue
        if max(width, height) > most:
            continue
        if left > 0 and top > 0 and left + width < columns and top + height < rows:
            boxes.append((float(left), float(top), float(left + width), float(top + height)))
    return boxes


def print_rows(boxes: list[Box], *, step_px: float) -> list[PrintRow]:
    """Labels in rows, the most promising first: print along the edge, and print across it."""
    rows = []
    for turns in (ALONG, ACROSS):
        upright = boxes if turns == ALONG else [_swapped(box) for box in boxes]
        clumps = _clumps(upright)
        taken: set[int] = set()
        for seed in sorted(range(len(clumps)), key=lambda at: clumps[at][1] - clumps[at][3]):
            if seed in taken:
                continue
            like = [at for at in range(len(clumps)) if _alike(clumps[seed], clumps[at], turns)]
            if len(like) < LEAST_ROW:
                continue
            taken.update(like)
            members = [clumps[at] for at in like]
            height = float(np.median([box[3] - box[1] for box in members]))
            broad = [box[2] - box[0] > LEAST_BROAD * height for box in members]
            if sum(broad) < max(2, LEAST_BROAD_PART * len(broad)):
                continue
            if turns != ALONG:
                members = [_swapped(box) for box in members]
            rows.append(PrintRow(tuple(members), height, turns))
    rows.sort(key=lambda row: _promise(row, step_px), reverse=True)
    return rows[:MOST_ROWS]


def _promise(row: PrintRow, step_px: float) -> float:
    """Large print, much of it (of many labels some are enough), each at a graduation's place.

    Places modulo a step agree by the length of their mean vector (Mardia & Jupp, Directional
    Statistics, §2.3.1).
    """
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in row.boxes]
    places = np.array([box[0] + box[2] for box in row.boxes]) / (2 * step_px)
    agree = abs(complex(np.mean(np.exp(2j * np.pi * places))))
    return float(np.mean(areas)) * min(len(areas), ENOUGH) * agree**4


def _swapped(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


def _clumps(boxes: list[Box]) -> list[Box]:
    """Characters of one label together."""
    clumps: list[Box] = []
    for box in sorted(boxes):
        for at in range(len(clumps) - 1, -1, -1):
            other = clumps[at]
            tall = max(box[3] - box[1], other[3] - other[1])
            overlap = min(box[3], other[3]) - max(box[1], other[1])
            if box[0] - other[2] < GAP * tall and overlap > OVERLAP * tall:
                clumps[at] = (
                    other[0],
                    min(box[1], other[1]),
                    max(box[2], other[2]),
                    max(box[3], other[3]),
                )
                break
        else:
            clumps.append(box)
    return [box for box in clumps if box[3] - box[1] > LEAST_PX]


def _alike(one: Box, other: Box, turns: tuple[int, int]) -> bool:
    """Of one height, and in one row where print runs along the edge."""
    tall, high = one[3] - one[1], other[3] - other[1]
    if max(tall, high) > ALIKE * min(tall, high) or other[2] - other[0] > MOST_BREADTH * high:
        return False
    if turns == ALONG:
        return abs(one[1] + one[3] - other[1] - other[3]) < 2 * ROW_WITHIN * tall
    return min(abs(one[place] - other[place]) for place in (0, 2)) < ROW_WITHIN * tall or (
        abs(one[0] + one[2] - other[0] - other[2]) < 2 * ROW_WITHIN * tall
    )


def near_words(row: PrintRow, boxes: list[Box], *, turns: tuple[int, int]) -> list[Box]:
    """What is printed near a row of numbers, turned so, and as high as a unit's word may be."""
    across = turns == ACROSS
    clumps = _clumps([_swapped(box) for box in boxes] if across else boxes)
    middle = 0.5 * float(np.median([box[1] + box[3] for box in row.boxes]))
    near: list[tuple[float, Box]] = []
    for clump in clumps:
        high, wide = clump[3] - clump[1], clump[2] - clump[0]
        like = WORD_HEIGHTS[0] < high / row.height_px < WORD_HEIGHTS[1]
        box = _swapped(clump) if across else clump
        off = abs(0.5 * (box[1] + box[3]) - middle)
        if like and WORD_BREADTHS[0] < wide / high < WORD_BREADTHS[1]:
            near.append((off / row.height_px, box))
    return [box for off, box in sorted(near)[:MOST_WORDS] if off < WORD_WITHIN]
