"""What the numbers beside an edge say of its step: label units (cm, mm or inches) to a step."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.ruler.band import FAR_LENGTHS, REACH_LENGTHS, Band, cut_band
from woundtrack.scale.ruler.digits import Box, likelihoods, reader, spelled
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.print import PrintRow, Way, characters, print_rows, upright
from woundtrack.scale.ruler.wording import VOLUME, unit_word

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
LEAST_EACH, OFF_MARK, OFF_MARK_HEIGHTS = 0.5, 0.06, 0.05
"""Numbers count every mark from this rate on; so far may they stand off, in steps and in heights of
the print."""


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
    most_steps = ENOUGH_STEPS if briefly else np.inf
    best: Labels | None = None
    for reach in (REACH_LENGTHS,) if briefly else (REACH_LENGTHS, FAR_LENGTHS):
        band = cut_band(pixels, edge, most_steps=most_steps, reach_lengths=reach)
        best = _best_of(band, best, briefly=briefly)
        if best is not None and best.strength > WORTH_A_WORD:
            break
    return best


def _best_of(band: Band, best: Labels | None, *, briefly: bool) -> Labels | None:
    """What the rows of print in a band say, where it is better borne out than the best so far."""
    boxes = characters(band)
    rows = print_rows(boxes, step_px=band.columns_per_step)
    for mirrored in (False,) if briefly else (False, True):
        for row in rows:
            labels = _read(band, row, boxes, mirrored=mirrored, wordless=briefly)
            if labels is not None and (best is None or labels.strength > best.strength):
                best = labels
            if best is not None and best.strength > CLEAR:
                return best
    return best


def _read(
    band: Band, row: PrintRow, boxes: list[Box], *, mirrored: bool, wordless: bool
) -> Labels | None:
    """The numbers of one row, the way up in which more of them are numbers."""
    few = _spread(row.boxes, FIRST_LABELS)
    ways = [Way(turn, mirrored) for turn in row.turns]
    sums = [float(_said(band, few, way).sure.sum()) for way in ways]
    if max(sums) < LEAST_SURE:
        return None
    way = ways[int(np.argmax(sums))]
    labels = _weighed(_said(band, _spread(row.boxes, MOST_LABELS), way), row, band)
    if labels is None or wordless or labels.strength < WORTH_A_WORD:
        return labels
    return replace(labels, word=unit_word(band, row, way, boxes))


def _spread(boxes: tuple[Box, ...], most: int) -> list[Box]:
    """At most so many, evenly chosen in runs: neighbours tell more than the far apart."""
    ordered = sorted(boxes, key=lambda box: box[0] + box[2])
    start = max(0, (len(ordered) - most) // 2)
    return ordered[start : start + most]


def _said(band: Band, boxes: list[Box], way: Way) -> _Said:
    """The labels as read one way."""
    images = np.stack([upright(band.ink, box, way) for box in boxes])
    seen = reader().probabilities(images)
    texts = [spelled(each) for each in seen]
    sure = likelihoods(seen, texts)
    number = np.array([text.isdigit() for text in texts])
    middle = np.array([0.5 * (box[0] + box[2] - 1) for box in boxes])
    return _Said(band.number(middle), seen, texts, np.where(number, sure, 0.0))


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
