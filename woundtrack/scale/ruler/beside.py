"""What an edge that runs beside another says of its step: their ratio is that of two steps."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.steps import STEPS, STEPS_MM, Step

Floats = NDArray[np.float64]

SAME_LENGTHS, MOST_APART = 1.2, 0.7
"""Edges nearer than so many lengths of graduations are the same ones; those farther apart than this
part of their extent are not of one ruler."""
RATIO_SD = 0.05
"""Of the ratio of two edges' steps as seen: one lies nearer the camera."""
OTHER_RULER = 0.08
"""The part of the parallel neighbours that do not lie in one plane, and the range of the logarithm
of ratio that these have."""
RATIO_RANGE = 5.0


def ratio_of(edge: Edge, other: Edge) -> float | None:
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
    # Blocks are other marks than the strokes that stand upon their bar.
    least *= edge.blocks == other.blocks
    if not least <= apart < MOST_APART * max(np.ptp(along), np.ptp(across)):
        return None
    return _steps(other.number, across, low, high) / _steps(edge.number, along, low, high)


def _steps(number: NDArray[np.intp], along: Floats, low: float, high: float) -> float:
    """Px to a step between two places along the edge."""
    order = np.argsort(along)
    ends = np.interp([low, high], along[order], number[order].astype(np.float64))
    return float((high - low) / max(abs(ends[1] - ends[0]), 1e-6))


def between_systems(step: Step, ratio: float) -> bool:
    """Is one of two edges in millimetres, the other in inches?

    Twice or ten times a step there is in both, and in many a thing that is no ruler.
    """
    other = STEPS[int(np.argmin(np.abs(np.log(ratio * step.step_mm / STEPS_MM))))]
    return step.metric != other.metric


def coupled(scores: Floats, ratio: float) -> Floats:
    """What a neighbour of these scores, its steps so many times as wide, says of each step."""
    likely = np.exp(scores - np.logaddexp.reduce(scores))
    steps = np.log(STEPS_MM)
    off = (np.log(ratio) + steps[:, None] - steps[None, :]) / RATIO_SD
    fits = np.exp(-0.5 * off**2) / (RATIO_SD * np.sqrt(2 * np.pi))
    density = (1 - OTHER_RULER) * fits + OTHER_RULER / RATIO_RANGE
    gains: Floats = np.log(density @ likely)
    return gains
