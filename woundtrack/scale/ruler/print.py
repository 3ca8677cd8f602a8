"""Print beside an edge: characters, labels, and rows of labels that may be numbers."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.band import Band
from woundtrack.scale.ruler.digits import Box, normalised, placed

Image = NDArray[np.float32]

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
ALONG, ACROSS = (0, 2), (1, 3)
"""Quarter turns that bring a label upright, for print along the edge and for print across it."""


@dataclass(frozen=True, slots=True)
class Way:
    """How print is turned: quarter turns that bring it upright, and whether as in a mirror.

    A clear ruler that lies face down shows its numbers so.
    """

    turn: int
    mirrored: bool

    @property
    def turns(self) -> tuple[int, int]:
        """ALONG or ACROSS."""
        return ALONG if self.turn in ALONG else ACROSS


@dataclass(frozen=True, slots=True)
class PrintRow:
    """Labels of one height, side by side: their boxes, and quarter turns to try."""

    boxes: tuple[Box, ...]
    height_px: float
    turns: tuple[int, int]


def characters(band: Band) -> list[Box]:
    """The boxes of connected ink that may be characters."""
    return [box for box in inked(band) if max(box[2] - box[0], box[3] - box[1]) >= LEAST_PX]


def inked(band: Band) -> list[Box]:
    """The boxes of connected ink: characters, and what is too small for these, such as dots."""
    mask = (band.ink > INK * band.contrast).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    rows, columns = band.ink.shape
    most = MOST_HEIGHT * rows
    boxes = []
    for left, top, width, height, area in stats[1:count].tolist():
        if min(width, height) < 2 or area < 6 or max(width, height) > most:
            continue
        if left > 0 and top > 0 and left + width < columns and top + height < rows:
            boxes.append((float(left), float(top), float(left + width), float(top + height)))
    return boxes


def print_rows(boxes: list[Box], *, step_px: float) -> list[PrintRow]:
    """Labels in rows, the most promising first: print along the edge, and print across it."""
    rows = []
    for turns in (ALONG, ACROSS):
        clumps = clumps_of(boxes if turns == ALONG else [swapped(box) for box in boxes])
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
                members = [swapped(box) for box in members]
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


def swapped(box: Box) -> Box:
    """With rows for columns."""
    return box[1], box[0], box[3], box[2]


def clumps_of(boxes: list[Box]) -> list[Box]:
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


def upright(ink: Image, box: Box, way: Way) -> Image:
    """The print in a box as the reader wants it."""
    margin = int(max(box[2] - box[0], box[3] - box[1])) + 4
    left, top = max(0, int(box[0]) - margin), max(0, int(box[1]) - margin)
    part = ink[top : int(box[3]) + margin, left : int(box[2]) + margin]
    x0, y0, x1, y1 = box[0] - left, box[1] - top, box[2] - left, box[3] - top
    height, width = part.shape
    turned = np.ascontiguousarray(np.rot90(part, way.turn))
    if way.turn == 1:
        x0, y0, x1, y1 = y0, width - x1, y1, width - x0
    elif way.turn == 2:
        x0, y0, x1, y1 = width - x1, height - y1, width - x0, height - y0
    elif way.turn == 3:
        x0, y0, x1, y1 = height - y1, x0, height - y0, x1
    image = normalised(placed(turned, (x0, y0, x1, y1)))
    return np.ascontiguousarray(image[:, ::-1]) if way.mirrored else image
