"""The unit that is named near a row of numbers: cm, mm, inch, in full or short, or mL."""

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
    swapped,
    upright,
)

Image = NDArray[np.float32]

HEIGHTS, LEAST_BREADTH, MOST_WITHIN, MOST_WORDS = (0.4, 1.5), 0.8, 4.0, 10
"""Words of units are so high, in heights of the numbers, so broad, in their own, and so far from
the row of numbers, in heights of these."""
MOST_BREADTH, MOST_LONG, MOST_VOLUME = 6.0, 12.0, 2.2
"""In their own heights: a word that is read whole, one of eleven letters, and mL."""
LEAST_WORD, LEAST_LONG_WORD = 0.8, 0.3
"""So surely must a word be read; less surely one of many letters, which little else looks like."""
UNIT_WORDS = {"cm": "cm", "mm": "mm", "in": "in", "inch": "in", "inches": "in"}
STOP_PX = 1.0
"""Of the reader's input beside a word: a full stop, as of an abbreviation, is farther."""
VOLUME, VOLUME_READ, LEAST_VOLUME = "mL", f"m{OTHER}", 0.6
"""The unit of syringes, and how it is read: an m and a letter that is in no unit of length."""
LONG_LETTERS = 11
LONG_PARTS = {"cm": ((0, "cen"), (4, "ime")), "mm": ((0, f"mi{OTHER}"), (4, "ime"))}
"""Of centimetres and millimetres, too long to be read whole, what three letters from each of these
on are read as."""


def unit_word(band: Band, row: PrintRow, way: Way, boxes: list[Box]) -> str:
    """The one unit of a length that stands near the numbers, turned as they are or square to it.

    Of none of these "mL" where that does; empty for nothing, and for more than one.
    """
    across = ACROSS if way.turns == ALONG else ALONG
    ways = [way, *(Way(turn, way.mirrored) for turn in across)]
    near = [(each, box) for each in ways for box in _near_words(row, boxes, turns=each.turns)]
    short = [pair for pair in near if _breadth(pair) < MOST_BREADTH]
    seen = _seen(band, short)
    words = {unit for text, unit in UNIT_WORDS.items() if _best(seen, text) > _least(text)}
    words |= {_long_word(band, each, box, boxes) for each, box in near if (each, box) not in short}
    words.discard("")
    if words:
        return words.pop() if len(words) == 1 else ""
    narrow = [at for at, pair in enumerate(short) if _breadth(pair) < MOST_VOLUME]
    return VOLUME if _best(seen[narrow], VOLUME_READ) > LEAST_VOLUME else ""


def _near_words(row: PrintRow, boxes: list[Box], *, turns: tuple[int, int]) -> list[Box]:
    """What is printed near a row of numbers, turned so, and as high as a unit's word may be."""
    across = turns == ACROSS
    clumps = clumps_of([swapped(box) for box in boxes] if across else boxes)
    middle = 0.5 * float(np.median([box[1] + box[3] for box in row.boxes]))
    near: list[tuple[float, Box]] = []
    for clump in clumps:
        high, wide = clump[3] - clump[1], clump[2] - clump[0]
        like = HEIGHTS[0] < high / row.height_px < HEIGHTS[1]
        box = swapped(clump) if across else clump
        off = abs(0.5 * (box[1] + box[3]) - middle)
        if like and LEAST_BREADTH < wide / high < MOST_LONG:
            near.append((off / row.height_px, box))
    return [box for off, box in sorted(near)[:MOST_WORDS] if off < MOST_WITHIN]


def _breadth(pair: tuple[Way, Box]) -> float:
    """Of a word as it is read, in its heights."""
    way, box = pair
    left, top, right, bottom = swapped(box) if way.turns == ACROSS else box
    return (right - left) / (bottom - top)


def _long_word(band: Band, way: Way, word: Box, boxes: list[Box]) -> str:
    """The unit that a word of eleven letters names, or nothing."""
    letters = _letters(way, word, boxes)
    if len(letters) != LONG_LETTERS:
        return ""
    for unit, parts in LONG_PARTS.items():
        seen = [_seen(band, [(way, _together(letters[at : at + 3]))]) for at, _ in parts]
        read = [_best(one, text) for one, (_, text) in zip(seen, parts, strict=True)]
        if min(read) > LEAST_LONG_WORD:
            return unit
    return ""


def _letters(way: Way, word: Box, boxes: list[Box]) -> list[Box]:
    """The letters of a word in the order they are read; an i and its dot are one."""
    inside = [box for box in boxes if _together([box, word]) == word]
    across = way.turns == ACROSS
    letters: list[Box] = []
    for box in sorted(swapped(each) if across else each for each in inside):
        if letters and box[0] + box[2] < 2 * letters[-1][2]:
            letters[-1] = _together([letters[-1], box])
        else:
            letters.append(box)
    # Print that a half or three quarter turn brings upright runs backwards; so does a mirror's.
    backwards = (way.turn >= 2) != way.mirrored if not across else (way.turn == 1) != way.mirrored
    ordered = letters[::-1] if backwards else letters
    return [swapped(each) for each in ordered] if across else ordered


def _together(boxes: list[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _seen(band: Band, near: list[tuple[Way, Box]]) -> Image:
    """What is in these boxes, as read in these ways."""
    turned = [upright(band.ink, box, way, side_px=STOP_PX) for way, box in near]
    return reader().probabilities(np.reshape(turned, (-1, ROWS, COLUMNS)).astype(np.float32))


def _best(seen: Image, text: str) -> float:
    return float(np.max(likelihoods(seen, [text] * len(seen)), initial=0.0))


def _least(word: str) -> float:
    return LEAST_WORD if len(word) == 2 else LEAST_LONG_WORD
