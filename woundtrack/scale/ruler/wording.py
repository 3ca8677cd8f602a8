"""The unit that is named near a row of numbers: cm, mm, in, inch, inches, or mL."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.band import Band
from woundtrack.scale.ruler.digits import COLUMNS, OTHER, ROWS, Box, likelihoods, reader
from woundtrack.scale.ruler.print import (
    ACROSS,
    ALONG,
    PrintRow,
    Way,
    clumps_of,
    inked,
    swapped,
    upright,
)

Image = NDArray[np.float32]

HEIGHTS, BREADTHS, MOST_WITHIN, MOST_WORDS = (0.4, 1.5), (0.8, 6.0), 4.0, 10
"""Words of units are so high, in heights of the numbers, so broad, in their own, and so far from
the row of numbers, in heights of these."""
DOT_SIDE, DOT_OFF = 0.45, 0.4
"""How large the dot of an i is at most, and how far above the rest of its word, in the height of
that: where no letter is taller, as in "in", nothing joins the dot to them."""
MOST_VOLUME = 2.2
"""How broad mL is at most, in its heights."""
LEAST_WORD, LEAST_LONG_WORD = 0.8, 0.3
"""So surely must a word be read; less surely one of many letters, which little else looks like."""
UNIT_WORDS = {"cm": "cm", "mm": "mm", "in": "in", "inch": "in", "inches": "in"}
VOLUME, VOLUME_READ, LEAST_VOLUME = "mL", f"m{OTHER}", 0.6
"""The unit of syringes, and how it is read: an m and a letter that is in no unit of length."""


def unit_word(band: Band, row: PrintRow, way: Way, boxes: list[Box]) -> str:
    """The one unit of a length that stands near the numbers, turned as they are or square to it.

    Of none of these "mL" where that does; empty for nothing, and for more than one.
    """
    across = ACROSS if way.turns == ALONG else ALONG
    ways = [way, *(Way(turn, way.mirrored) for turn in across)]
    dots = inked(band)
    near = [(each, box) for each in ways for box in _near_words(row, boxes, dots, each)]
    seen = _seen(band, near)
    words = {unit for text, unit in UNIT_WORDS.items() if _best(seen, text) > _least(text)}
    if words:
        return words.pop() if len(words) == 1 else ""
    narrow = [at for at, pair in enumerate(near) if _breadth(pair) < MOST_VOLUME]
    return VOLUME if _best(seen[narrow], VOLUME_READ) > LEAST_VOLUME else ""


def _near_words(row: PrintRow, boxes: list[Box], dots: list[Box], way: Way) -> list[Box]:
    """What else is printed near a row of numbers, turned so, and as high as a unit's word is."""
    across = way.turns == ACROSS
    dots = [swapped(box) for box in dots] if across else dots
    clumps = clumps_of([swapped(box) for box in boxes] if across else boxes)
    middle = 0.5 * float(np.median([box[1] + box[3] for box in row.boxes]))
    near: list[tuple[float, Box]] = []
    for clump in clumps:
        high, wide = clump[3] - clump[1], clump[2] - clump[0]
        like = HEIGHTS[0] < high / row.height_px < HEIGHTS[1]
        box = swapped(clump) if across else clump
        off = abs(0.5 * (box[1] + box[3]) - middle)
        if like and BREADTHS[0] < wide / high < BREADTHS[1] and not _has(row, box):
            dotted = _dotted(clump, dots, below=way.turn in (1, 2))
            near.append((off / row.height_px, swapped(dotted) if across else dotted))
    return [box for off, box in sorted(near)[:MOST_WORDS] if off < MOST_WITHIN]


def _dotted(word: Box, dots: list[Box], *, below: bool) -> Box:
    """A word with the dots above its letters, which are `below` them where it is upside down."""
    left, top, right, bottom = word
    tall = bottom - top
    for x0, y0, x1, y1 in dots:
        gap = y0 - word[3] if below else word[1] - y1
        beside = not left < 0.5 * (x0 + x1) < right
        if beside or max(x1 - x0, y1 - y0) > DOT_SIDE * tall or not 0 <= gap < DOT_OFF * tall:
            continue
        top, bottom = min(top, y0), max(bottom, y1)
    return left, top, right, bottom


def _has(row: PrintRow, box: Box) -> bool:
    """Is it one of the row's own numbers?"""
    x, y = 0.5 * (box[0] + box[2]), 0.5 * (box[1] + box[3])
    return any(left < x < right and top < y < bottom for left, top, right, bottom in row.boxes)


def _breadth(pair: tuple[Way, Box]) -> float:
    """Of a word as it is read, in its heights."""
    way, box = pair
    left, top, right, bottom = swapped(box) if way.turns == ACROSS else box
    return (right - left) / (bottom - top)


def _seen(band: Band, near: list[tuple[Way, Box]]) -> Image:
    """What is in these boxes, as read in these ways."""
    turned = [upright(band.ink, box, way) for way, box in near]
    return reader().probabilities(np.reshape(turned, (-1, ROWS, COLUMNS)).astype(np.float32))


def _best(seen: Image, text: str) -> float:
    return float(np.max(likelihoods(seen, [text] * len(seen)), initial=0.0))


def _least(word: str) -> float:
    return LEAST_WORD if len(word) == 2 else LEAST_LONG_WORD
