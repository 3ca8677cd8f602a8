"""What lengths, labels and sizes say of each of STEPS, as log-likelihoods."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Photo
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.labels import Labels
from woundtrack.scale.ruler.steps import INCH, OTHER_ORDERS, STEPS, STEPS_MM, Step
from woundtrack.scale.ruler.unit import PATTERNS

Floats = NDArray[np.float64]

MOST_BY_LENGTHS = 12.0
"""What lengths can say for or against at most; their errors are not independent."""
MOST_UNSURE = 6.0
"""The same where the lengths do not bear out any order."""
MOST_BY_LABELS = 14.0
NO_SUCH_LABELS = 0.003
"""The part of the rulers whose labels count something else than their steps do."""
CM_MM = ((10.0, 0.8), (1.0, 0.2))
"""Metric rulers count cm, or mm."""
WORDS = {
    "cm": (0.4, 0.03, 0.008),
    "mm": (0.12, 0.4, 0.008),
    "in": (0.008, 0.004, 0.5),
    "": (1, 1, 1),
}
"""How often a word is the only one read beside labels that count cm, mm, inches. That of another
unit stands there where a ruler has both, and is alone where its fellow was not read."""
SIZES = {
    "length": (2.6, 0.27, 0.45),
    "height": (3.0, 0.30, 0.40),
    "distance": (300.0, 0.75, 0.60),
}
"""Median in mm, and sd of its logarithm below and above: of the shortest graduations (less cannot
be told apart at arm's length, and all others must be longer: less than 1.3 mm, which `Pattern` has
as the least, is beyond 2.5 sd), of numbers printed (7 to 14 point type), and from camera to ruler
for a wound's photo (8 cm to 1 m is within 2 sd)."""
MOST_BY_SIZE = 14.0


def by_labels(labels: Labels | None) -> Floats:
    """What labels alone say of each step."""
    return np.array([_by_labels(labels, step) for step in STEPS], dtype=np.float64)


def alone(edge: Edge, labels: Labels | None) -> Floats:
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


def by_size(edge: Edge, labels: Labels | None, photo: Photo) -> Floats:
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
