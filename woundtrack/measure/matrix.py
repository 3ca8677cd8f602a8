"""The plane's homography as one bare matrix, for users who know nothing of lenses."""

import numpy as np

from woundtrack.measure.rings import (
    Points,
    hole_flags,
    perimeter,
    resampled,
    shoelace,
    subdivided,
)
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Matrix3, Scale, fit_homography, matrix3

EDGE_POINTS = 120
EDGE_MARGIN = 0.05
"""The fit reaches this far beyond the edge, as a part of the outline's extent: a thin outline
alone would not say how the plane lies across it."""
LONGEST_SIDE_PX = 8.0


def bare_homography(outline: Outline, scale: Scale) -> Matrix3:
    """The homography from raw px to mm that stands for `scale.to_mm` along an outline.

    Exact without a lens term. With one, least squares along the edge, which alone decides an
    area, then enlarged or reduced so that the outline keeps its area. Rings of 3 points or more.
    """
    if scale.lens is None:
        return scale.homography_px_to_mm
    rings = [np.array(ring, dtype=np.float64) for ring in outline.rings]
    places = _places(rings)
    fitted = fit_homography(places, scale.to_mm(places))
    plain = Scale(scale.method, matrix3(fitted), relative_sd=0.0)
    areas = [_area([s.to_mm(_walked(ring)) for ring in rings], rings) for s in (scale, plain)]
    factor = np.sqrt(areas[0] / areas[1]) if min(areas) > 0 else 1.0
    return matrix3(np.diag([factor, factor, 1.0]) @ fitted)


def _places(rings: list[Points]) -> Points:
    """Points evenly along the edges, and a little to either side of them."""
    step = sum(perimeter(ring) for ring in rings) / EDGE_POINTS
    edge = np.vstack([resampled(ring, step=step) for ring in rings])
    edge = edge[:: max(1, len(edge) // EDGE_POINTS)]
    margin = EDGE_MARGIN * float(np.linalg.norm(np.ptp(edge, axis=0)))
    beside = margin * np.array([(0, 0), (0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)], dtype=float)
    return np.vstack([edge + offset for offset in beside])


def _walked(ring: Points) -> Points:
    return subdivided(ring, longest=LONGEST_SIDE_PX)


def _area(rings_mm: list[Points], rings_px: list[Points]) -> float:
    areas = (abs(shoelace(ring)) for ring in rings_mm)
    signs = (-1 if hole else 1 for hole in hole_flags(rings_px))
    return float(sum(sign * area for sign, area in zip(signs, areas, strict=True)))
