"""All that tells what one step of a ruler is, weighed together: lengths, labels, size, edges.

Every step a ruler may have is scored, so ½×, 2×, 5×, 10× and inches are rivals in the same sum;
the likeliest is taken only where it beats all others together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.ground import is_clear
from woundtrack.scale.ruler.labels import Labels, read_labels
from woundtrack.scale.ruler.steps import INCH, OTHER_ORDERS, STEPS, STEPS_MM, Step
from woundtrack.scale.ruler.unit import LEAST_ALONE, PATTERNS

Floats = NDArray[np.float64]

SETTLED = 5.5
"""Log-odds by which a step must beat all others together: 1 in 250."""
LEAST_TELLING = 3
"""Of so many periods the lengths need nothing else to tell the step; tenths of an inch are in the
order of millimetres, and the parts of a mL in that of either."""
VETO = 2.5
"""A step known by its lengths stays known while it beats all others by this."""
BY_LENGTHS = 6.5
"""And by which two periods, 10 and 5, tell millimetres without numbers, on a sheet that is not
clear: rarer tenths of an inch are shorter for their steps, and a syringe's parts stand on glass."""
LEAST_TOLD, LEAST_BESIDE = 5.0, 1.0
"""So strong must labels be, or so likely the ratio to another edge, to tell what lengths do not."""
MOST_READ = 4
"""Edges whose labels are read."""
MOST_BY_LENGTHS = 12.0
"""What lengths can say for or against at most; their errors are not independent."""
MOST_UNSURE = 6.0
"""The same where the lengths do not bear out any order."""
MOST_BY_LABELS = 14.0
NO_SUCH_LABELS = 0.003
"""The part of the rulers whose labels count something else than their steps do."""
CM_MM = ((10.0, 0.8), (1.0, 0.2))
"""Metric rulers count cm, or mm."""
WORDS = {"cm": (0.4, 0.03, 0.02), "mm": (0.12, 0.4, 0.02), "in": (0.02, 0.01, 0.5), "": (1, 1, 1)}
"""How often a word stands beside labels that count cm, mm, inches."""
SIZES = {
    "length": (2.6, 0.35, 0.45),
    "height": (3.0, 0.30, 0.40),
    "distance": (300.0, 0.75, 0.60),
}
"""Median in mm, and sd of its logarithm below and above: of the shortest graduations (less cannot
be told apart at arm's length, and all others must be longer), of numbers printed (7 to 14 point
type), and from camera to ruler for a wound's photo (8 cm to 1 m is within 2 sd)."""
MOST_BY_SIZE = 14.0
SAME_LENGTHS, MOST_APART = 1.2, 0.7
"""Edges nearer than so many lengths of graduations are the same ones; those farther apart than this
part of their extent are not of one ruler."""
RATIO_SD = 0.05
"""Of the ratio of two edges' steps as seen: one lies nearer the camera."""
OTHER_RULER = 0.08
"""The part of the parallel neighbours that do not lie in one plane, and the range of the logarithm
of ratio that these have."""
RATIO_RANGE = 5.0
ALIKE_RATIO_SD = 3.0
"""Edges of one step were printed alike: the second one's order of lengths tells nothing more."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an edge's step is: log-posterior of each of STEPS, up to a constant."""

    scores: tuple[float, ...]
    labels: Labels | None = None
    volume: bool = False
    """May it be that of a syringe?"""
    beside: bool = False
    """Does the step go with that of another edge of the same ruler?"""
    alone: bool = False
    """Do its lengths tell the step, without numbers or another edge?"""

    @property
    def told(self) -> bool:
        """Does more than the lengths tell it?"""
        if self.volume:
            return False
        return self.beside or _tells(self.labels)

    @property
    def step_mm(self) -> float:
        """The likeliest step."""
        return STEPS[int(np.argmax(self.scores))].step_mm

    @property
    def margin(self) -> float:
        """Its log-odds against all others together."""
        ordered = np.sort(self.scores)
        return float(ordered[-1] - np.logaddexp.reduce(ordered[:-1]))


class Settler:
    """Settles edges of one photo, again and again as more are found; labels are read once."""

    def __init__(self, pixels: Pixels, photo: Photo) -> None:
        self._pixels, self._photo = pixels, photo
        self._read: list[tuple[Edge, Labels | None, bool]] = []
        """Edges with their labels, and whether these were read but briefly."""

    def __call__(self, edges: Sequence[Edge]) -> list[Edge]:
        """The edges, those whose step all evidence together tells made sure; the sure ones first.

        Of few strokes only those remain whose step is sure.
        """
        verdicts = self.judged(edges)
        settled = [_with(edge, each) for edge, each in zip(edges, verdicts, strict=True)]
        kept = [e for e in settled if e.sure or e.blocks or len(e.number) >= LEAST_ALONE]
        return sorted(kept, key=lambda edge: not edge.sure)

    def judged(self, edges: Sequence[Edge]) -> list[Verdict]:
        """What the step of each edge is, from its own evidence and from its neighbours'."""
        known = any(edge.sure for edge in edges)
        verdicts = self._weighed(edges, most=1 if known else MOST_READ, briefly=True)
        if known and not any(each.told and each.margin >= SETTLED for each in verdicts):
            return self._weighed(edges, most=MOST_READ, briefly=False)
        return verdicts

    def _weighed(self, edges: Sequence[Edge], *, most: int, briefly: bool) -> list[Verdict]:
        read = [
            None
            if place >= most or edge.curved
            else self._labels(edge, briefly and edge.sure and _periods(edge) > 1)
            for place, edge in enumerate(edges)
        ]
        return [self._judged(edges, read, at) for at in range(len(edges))]

    def _judged(self, edges: Sequence[Edge], read: Sequence[Labels | None], at: int) -> Verdict:
        edge, own = edges[at], read[at]
        scores = _alone(edge, own) + _by_size(edge, own, self._photo)
        beside, told = np.zeros(len(STEPS)), False
        ratios: list[float] = []
        for other, neighbour in enumerate(edges):
            ratio = None if other == at else _ratio(edge, neighbour)
            if ratio is not None:
                # Both may have read the same numbers, which stand between them.
                labels = read[other] if own is None else None
                alike = abs(float(np.log(ratio))) < ALIKE_RATIO_SD * RATIO_SD
                beside += _coupled(_said(labels) if alike else _alone(neighbour, labels), ratio)
                told |= _tells(labels)
                ratios.append(ratio)
        scores += beside
        best = int(np.argmax(scores))
        told |= any(_between_systems(STEPS[best], ratio) for ratio in ratios)
        fits = bool(told and beside[best] > LEAST_BESIDE)
        volume = own is not None and self._of_syringe(edge, own)
        verdict = Verdict(tuple(float(each) for each in scores), own, volume, fits)
        return replace(verdict, alone=not volume and self._by_lengths_alone(edge, verdict.margin))

    def _by_lengths_alone(self, edge: Edge, margin: float) -> bool:
        """Are the lengths' periods so many, or so likely those of a printed ruler's millimetres?"""
        periods = _periods(edge)
        if periods >= LEAST_TELLING or edge.unit is None:
            return periods >= LEAST_TELLING
        metric = periods == LEAST_TELLING - 1 and edge.unit.borne_out and edge.unit.sure
        return metric and margin >= BY_LENGTHS and not is_clear(self._pixels, edge)

    def _of_syringe(self, edge: Edge, labels: Labels) -> bool:
        """Is a mL named beside it; or is it clear, of one period, and is no length named?"""
        if labels.word:
            return not labels.length
        return _periods(edge) == 1 and is_clear(self._pixels, edge)

    def _labels(self, edge: Edge, briefly: bool) -> Labels | None:
        for known, labels, brief in self._read:
            if known is edge and (briefly or not brief):
                return labels
        labels = read_labels(self._pixels, edge, briefly=briefly)
        if labels is not None and not _periods(edge) and not edge.blocks and not labels.at_marks:
            labels = None
        self._read.insert(0, (edge, labels, briefly))
        return labels


def _periods(edge: Edge) -> int:
    return len(edge.unit.pattern.periods) if edge.unit is not None else 0


def _said(labels: Labels | None) -> Floats:
    """What labels alone say of each step."""
    return np.array([_by_labels(labels, step) for step in STEPS], dtype=np.float64)


def _alone(edge: Edge, labels: Labels | None) -> Floats:
    """What the edge's lengths and labels say of each step, and how common each is."""
    scores = [
        np.log(step.share) + _by_lengths(edge, step) + _by_labels(labels, step) for step in STEPS
    ]
    return np.array(scores, dtype=np.float64)


def _by_lengths(edge: Edge, step: Step) -> float:
    """The orders of lengths that the step is printed in, as the graduations' lengths show them."""
    if edge.unit is None:
        return 0.0
    most = MOST_BY_LENGTHS if edge.unit.borne_out else MOST_UNSURE
    best = min(edge.unit.costs)
    known = dict(step.orders)
    rest = OTHER_ORDERS / len(PATTERNS)
    terms = [
        np.log(known.get(pattern.periods, rest)) - min(cost - best, most)
        for pattern, cost in zip(PATTERNS, edge.unit.costs, strict=True)
    ]
    return float(np.logaddexp.reduce(terms))


def _by_labels(labels: Labels | None, step: Step) -> float:
    """Labels count cm, mm or inches: a step times its rate must be one of them."""
    if labels is None:
        return 0.0
    word = WORDS.get(labels.word, WORDS[""])
    terms = [float(np.log(NO_SUCH_LABELS * max(word)))]
    for rate, strength in labels.evidence:
        counted = step.step_mm / rate
        gain = min(strength, MOST_BY_LABELS)
        if step.metric:
            for place, (unit_mm, share) in enumerate(CM_MM):
                if abs(counted - unit_mm) < 1e-6:
                    terms.append(float(np.log(share * word[place])) + gain)
        elif abs(counted - INCH) < 1e-6:
            terms.append(float(np.log(word[2])) + gain)
    return float(np.logaddexp.reduce(terms))


def _by_size(edge: Edge, labels: Labels | None, photo: Photo) -> Floats:
    """Are graduations, print and camera distance of a size that they have, at each step?"""
    # Blocks are as broad as their maker likes.
    sizes = {} if edge.blocks else {"length": float(np.percentile(edge.length, 25))}
    if labels is not None:
        sizes["height"] = labels.height
    if photo.focal_px is not None:
        sizes["distance"] = photo.focal_px / edge.pitch_px
    total = np.zeros(len(STEPS))
    for name, size in sizes.items():
        usual_mm, below, above = SIZES[name]
        off = np.log(max(size, 1e-6) * STEPS_MM / usual_mm)
        total -= 0.5 * (off / np.where(off < 0, below, above)) ** 2
    return np.maximum(total, -MOST_BY_SIZE)


def _ratio(edge: Edge, other: Edge) -> float | None:
    """How many times the other's step is, where it runs beside the edge; None where it does not."""
    axis, others = np.array(edge.line.axis), np.array(other.line.axis)
    if abs(float(axis @ others)) < np.cos(np.radians(8)) or edge.curved or other.curved:
        return None
    along, across = (
        (edge.base_px - edge.base_px[0]) @ axis,
        (other.base_px - edge.base_px[0]) @ axis,
    )
    low, high = max(along.min(), across.min()), min(along.max(), across.max())
    if high - low < 0.3 * min(np.ptp(along), np.ptp(across)):
        return None
    apart = abs(float(np.mean((other.base_px - edge.base_px[0]) @ np.array([-axis[1], axis[0]]))))
    least = SAME_LENGTHS * edge.pitch_px * float(np.percentile(edge.length, 95))
    if not least < apart < MOST_APART * max(np.ptp(along), np.ptp(across)):
        return None
    return _steps(other.number, across, low, high) / _steps(edge.number, along, low, high)


def _steps(number: NDArray[np.intp], along: Floats, low: float, high: float) -> float:
    """Px to a step between two places along the edge."""
    order = np.argsort(along)
    ends = np.interp([low, high], along[order], number[order].astype(np.float64))
    return float((high - low) / max(abs(ends[1] - ends[0]), 1e-6))


def _tells(labels: Labels | None) -> bool:
    """Are the labels strong enough to tell a step?"""
    return labels is not None and labels.length and labels.strength > LEAST_TOLD


def _between_systems(step: Step, ratio: float) -> bool:
    """Is one of two edges in millimetres, the other in inches?

    Twice or ten times a step there is in both, and in many a thing that is no ruler.
    """
    other = STEPS[int(np.argmin(np.abs(np.log(ratio * step.step_mm / STEPS_MM))))]
    return step.metric != other.metric


def _coupled(scores: Floats, ratio: float) -> Floats:
    """What a neighbour of these scores, its steps so many times as wide, says of each step."""
    likely = np.exp(scores - np.logaddexp.reduce(scores))
    steps = np.log(STEPS_MM)
    off = (np.log(ratio) + steps[:, None] - steps[None, :]) / RATIO_SD
    fits = np.exp(-0.5 * off**2) / (RATIO_SD * np.sqrt(2 * np.pi))
    density = (1 - OTHER_RULER) * fits + OTHER_RULER / RATIO_RANGE
    gains: Floats = np.log(density @ likely)
    return gains


def _with(edge: Edge, verdict: Verdict) -> Edge:
    """The edge, of known step where the evidence tells it; no longer where it speaks against."""
    unit = edge.unit
    if unit is None:
        return edge
    if verdict.margin < SETTLED or not verdict.told:
        agrees = unit.pattern.pitch_mm == verdict.step_mm and verdict.margin >= VETO
        agrees &= verdict.told or verdict.alone
        return edge if agrees or not unit.sure else replace(edge, unit=replace(unit, settled=False))
    phase = unit.phase
    if verdict.labels is not None and unit.pattern.pitch_mm != verdict.step_mm:
        phase = round(verdict.labels.zero)
    pattern = replace(unit.pattern, pitch_mm=verdict.step_mm)
    return replace(edge, unit=replace(unit, pattern=pattern, phase=phase, settled=True))
