"""What the numbers beside an edge say of its step: label units (cm, mm or inches) to a step."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.ruler.band import Band, cut_band
from woundtrack.scale.ruler.digits import (
    COLUMNS,
    OTHER,
    ROWS,
    Box,
    likelihoods,
    normalised,
    placed,
    reader,
    spelled,
)
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.print import (
    ACROSS,
    ALONG,
    PrintRow,
    characters,
    near_words,
    print_rows,
)

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
LEAST_LABELS, MOST_LABELS = 3, 12
ENOUGH_STEPS = 72.0
FIRST_LABELS, LEAST_SURE = 3, 0.9
"""So many are read to tell how they are turned, and so many of these must be numbers."""
SEEDS, LEAST_SEED = 6, 0.2
"""The surest numbers from which zero is reckoned."""
MOST_NUMBER = 1000
WORTH_A_WORD = 3.0
CLEAR = 10.0
"""A row that explains itself so well needs no rival."""
LEAST_WORD, LEAST_LONG_WORD = 0.8, 0.3
"""So surely must a word be read; less surely one of many letters, which little else looks like."""
UNIT_WORDS = {"cm": "cm", "mm": "mm", "in": "in", "inch": "in", "inches": "in"}
LEAST_EACH, OFF_MARK, OFF_MARK_HEIGHTS = 0.5, 0.06, 0.05
"""Numbers count every mark from this rate on; so far may they stand off, in steps and in heights of
the print."""
VOLUME, VOLUME_READ, LEAST_VOLUME = "mL", f"m{OTHER}", 0.6
"""The unit of syringes, and how it is read: an m and a letter that is in no unit of length."""


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
    """"cm", "mm", "in" or "mL" where that stands beside them, else empty."""

    @property
    def at_marks(self) -> bool:
        """Do numbers that count every mark stand at the marks, not somewhere beside as on keys?"""
        off = abs(self.zero - round(self.zero))
        return self.rate < LEAST_EACH or off < OFF_MARK + OFF_MARK_HEIGHTS * self.height

    @property
    def length(self) -> bool:
        """May they count a length?"""
        return self.word != VOLUME

    @property
    def rate(self) -> float:
        """The likeliest rate."""
        return max(self.evidence, key=lambda each: each[1])[0]

    @property
    def strength(self) -> float:
        """Log-likelihood of the likeliest over chance."""
        return max(each for _, each in self.evidence)


@dataclass(frozen=True, slots=True)
class _Way:
    """How print is turned: quarter turns that bring it upright, and whether as in a mirror.

    A clear ruler that lies face down shows its numbers so.
    """

    turn: int
    mirrored: bool


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


def read_labels(pixels: Pixels, edge: Edge, *, briefly: bool = False) -> Labels | None:
    """The numbers beside an edge, or None where no three of them make a row.

    `briefly`: beside its middle alone, where they only confirm what is known, and no words.
    """
    band = cut_band(pixels, edge, most_steps=ENOUGH_STEPS if briefly else np.inf)
    boxes = characters(band)
    rows = print_rows(boxes, step_px=band.columns_per_step)
    best: Labels | None = None
    for mirrored in (False,) if briefly else (False, True):
        for row in rows:
            labels = _read(band, row, boxes, mirrored=mirrored, wordless=briefly)
            if labels is not None and (best is None or labels.strength > best.strength):
                best = labels
            if best is not None and best.strength > CLEAR:
                return best
        if best is not None:
            break
    return best


def _read(
    band: Band, row: PrintRow, boxes: list[Box], *, mirrored: bool, wordless: bool
) -> Labels | None:
    """The numbers of one row, the way up in which more of them are numbers."""
    few = _spread(row.boxes, FIRST_LABELS)
    ways = [_Way(turn, mirrored) for turn in row.turns]
    sums = [float(_said(band, few, way).sure.sum()) for way in ways]
    if max(sums) < LEAST_SURE:
        return None
    way = ways[int(np.argmax(sums))]
    labels = _weighed(_said(band, _spread(row.boxes, MOST_LABELS), way), row, band)
    if labels is None or wordless or labels.strength < WORTH_A_WORD:
        return labels
    return replace(labels, word=_word(band, row, way, boxes))


def _spread(boxes: tuple[Box, ...], most: int) -> list[Box]:
    """At most so many, evenly chosen in runs: neighbours tell more than the far apart."""
    ordered = sorted(boxes, key=lambda box: box[0] + box[2])
    start = max(0, (len(ordered) - most) // 2)
    return ordered[start : start + most]


def _said(band: Band, boxes: list[Box], way: _Way) -> _Said:
    """The labels as read one way."""
    images = np.stack([_upright(band.ink, box, way) for box in boxes])
    seen = reader().probabilities(images)
    texts = [spelled(each) for each in seen]
    sure = likelihoods(seen, texts)
    number = np.array([text.isdigit() for text in texts])
    middle = np.array([0.5 * (box[0] + box[2] - 1) for box in boxes])
    return _Said(band.number(middle), seen, texts, np.where(number, sure, 0.0))


def _upright(ink: Image, box: Box, way: _Way) -> Image:
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


def _weighed(said: _Said, row: PrintRow, band: Band) -> Labels | None:
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


def _word(band: Band, row: PrintRow, way: _Way, boxes: list[Box]) -> str:
    """The one unit that stands near the numbers, printed the same way; empty for none or more.

    What a syringe counts is looked for across the numbers too.
    """
    seen = _seen_words(band, row, boxes, [way])
    words = {unit for text, unit in UNIT_WORDS.items() if _best(seen, text) > _least(text)}
    if words:
        return words.pop() if len(words) == 1 else ""
    across = [_Way(turn, way.mirrored) for turn in (ALONG if way.turn in ACROSS else ACROSS)]
    volume = max(
        _best(seen, VOLUME_READ), _best(_seen_words(band, row, boxes, across), VOLUME_READ)
    )
    return VOLUME if volume > LEAST_VOLUME else ""


def _seen_words(band: Band, row: PrintRow, boxes: list[Box], ways: list[_Way]) -> Image:
    """What may be words near a row of numbers, as read in these ways."""
    turned = [
        _upright(band.ink, box, way)
        for way in ways
        for box in near_words(row, boxes, turns=ALONG if way.turn in ALONG else ACROSS)
    ]
    return reader().probabilities(np.reshape(turned, (-1, ROWS, COLUMNS)).astype(np.float32))


def _best(seen: Image, text: str) -> float:
    return float(np.max(likelihoods(seen, [text] * len(seen)), initial=0.0))


def _least(word: str) -> float:
    return LEAST_WORD if len(word) == 2 else LEAST_LONG_WORD


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
