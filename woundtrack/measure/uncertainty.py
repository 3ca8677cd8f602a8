"""The doubt of an area: from the scale, and from where the edge was put."""

import numpy as np

EDGE_SD_PX = 1.0
"""One sd of where a person puts an edge, in px across it, where the photo cannot be asked."""


def edge_area_sd_mm2(*, perimeter_mm: float, edge_sd_mm: float) -> float:
    """One sd of an area whose edge lies further out or in by one sd, s·P, in mm².

    To first order a ring moved outwards by s gains its perimeter times s (Steiner's formula).
    Which part of a soft edge is taken for the edge is a habit of who draws, hence the same all
    along the rings: such slips do not average out, and what enlarges the wound makes an island
    in it smaller, so the perimeters of all rings, holes included, add up.
    """
    return edge_sd_mm * perimeter_mm


def combined(*parts: float) -> float:
    """The root of the sum of squares of independent standard deviations."""
    return float(np.sqrt(np.sum(np.square(parts))))
