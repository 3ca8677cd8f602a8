"""All that tells what one step of a ruler is, weighed together: lengths, labels, size, edges.

Every step a ruler may have is scored, so ½×, 2×, 5×, 10× and inches are rivals in the same sum;
the likeliest is taken only where it beats all others together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.ruler.beside import RATIO_SD, between_systems, coupled, ratio_of
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.ground import is_clear
from woundtrack.scale.ruler.labels import Labels, read_labels
from woundtrack.scale.ruler.likely import alone, by_labels, by_size
from woundtrack.scale.ruler.steps import STEPS
from woundtrack.scale.ruler.unit import LEAST_ALONE

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
        scores = alone(edge, own) + by_size(edge, own, self._photo)
        beside, told = np.zeros(len(STEPS)), False
        ratios: list[float] = []
        for other, neighbour in enumerate(edges):
            ratio = None if other == at else ratio_of(edge, neighbour)
            if ratio is not None:
                # Both may have read the same numbers, which stand between them.
                labels = read[other] if own is None else None
                alike = abs(float(np.log(ratio))) < ALIKE_RATIO_SD * RATIO_SD
                beside += coupled(by_labels(labels) if alike else alone(neighbour, labels), ratio)
                told |= _tells(labels)
                ratios.append(ratio)
        scores += beside
        best = int(np.argmax(scores))
        told |= any(between_systems(STEPS[best], ratio) for ratio in ratios)
        # A few strokes beside a ruler may be letters.
        many = edge.blocks or len(edge.number) >= LEAST_ALONE
        fits = bool(many and told and beside[best] > LEAST_BESIDE)
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


def _tells(labels: Labels | None) -> bool:
    """Are the labels strong enough to tell a step?"""
    return labels is not None and labels.length and labels.strength > LEAST_TOLD


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
