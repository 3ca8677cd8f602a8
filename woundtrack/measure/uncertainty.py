"""The doubt of an area: from the scale, and from where the edge was put."""

import numpy as np

EDGE_SD_PX = 1.5
"""One sd of where a hand or a model puts an edge that a person sees, in px across the edge."""
EDGE_CORRELATION_MM = 5.0
"""How far along the edge the same slip lasts."""


def edge_area_sd_mm2(*, perimeter_mm: float, edge_sd_mm: float) -> float:
    """One sd of an area from independent slips of its edge, in mm².

    The edge is moved outwards by slips of sd s that stay the same over a length c and are
    independent beyond it: P/c stretches, each changing the area by c·s, hence s·√(P·c); a
    perimeter below c slips as one, s·P. Which edge a person means by "the wound" is not in it:
    that is the retracing sd of `woundtrack.measure.change`.
    """
    stretch_mm = min(EDGE_CORRELATION_MM, perimeter_mm)
    return float(edge_sd_mm * np.sqrt(perimeter_mm * stretch_mm))


def combined(*parts: float) -> float:
    """The root of the sum of squares of independent standard deviations."""
    return float(np.sqrt(np.sum(np.square(parts))))
