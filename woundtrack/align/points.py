"""A later photo brought onto an earlier one by pairs of points that a person clicked.

Two pairs tell turn, size and shift: in mm of both planes where both photos have a scale. Each
further pair bends the map towards itself as far as clicks are sure. How far off it may be at the
wound's margin is told by what tilted views and round limbs do between points.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.align.field import Prior, exact, foretold
from woundtrack.align.marks import View, as_complex, planes
from woundtrack.align.patches import Fit
from woundtrack.align.raster import inverse
from woundtrack.align.register import checked, margin_of, mm_per_px, told
from woundtrack.align.similarity import SIZES_IN_MM, Motion, fitted, homography_of
from woundtrack.align.types import Alignment, AlignMethod
from woundtrack.errors import AlignError
from woundtrack.outline.types import Outline, PointPx
from woundtrack.scale.types import projected

Floats = NDArray[np.float64]
Pair: TypeAlias = tuple[PointPx, PointPx]
"""A point of the earlier photo and the same point of the skin in the later one, in px."""

CLICK = 0.002
"""One sd of a click in one direction, as part of the photo's longest side: two of a screen's px."""
TOGETHER = 0.02
"""Points nearer than this part of the photo's longest side tell no turn."""
PRIOR_PX = Prior(shift=0.06, slant=0.04, bend=0.012, stretches=(0.006, 0.004))
PRIOR_MM = Prior(shift=0.06, slant=0.02, bend=0.012, stretches=(0.006, 0.004))
"""Two visits' photos are taken from about the same side, a scale takes out the tilt."""


def aligned_by_points(
    earlier: View, later: View, *, pairs: Sequence[Pair], wound: Outline
) -> Alignment:
    """The map from the earlier photo to the later one by two pairs of points or more.

    Raises OutlineError outline.empty; AlignError align.too_few_points, align.point_outside,
    align.points_together, align.points_disagree, align.margin_unsure, align.margin_unsure_px.
    """
    then, now = _checked_points(earlier, later, pairs)
    margin = margin_of(wound)
    around = np.vstack([then, margin.points])
    width = 2 * float(np.abs(around - margin.middle).max())
    matrix, in_mm = _similarity(earlier, later, then, now, margin.middle, width)
    moved = projected(inverse(matrix), now) - then
    longest = max(earlier.pixels.shape[:2])
    field = exact(
        then,
        moved,
        middle=margin.middle,
        width=width,
        noise=CLICK * longest,
        prior=PRIOR_MM if in_mm else PRIOR_PX,
    )
    doubt = 1.0
    if len(then) > 2:  # two pairs fit whatever they are
        off2, variance = foretold(field)
        doubt = max(1.0, float(np.sqrt(np.mean(off2 / variance) / 2)))
    every = np.ones(len(then), bool)
    fit = Fit(matrix, field, every, len(then))
    per_px = mm_per_px(earlier.scale, later.scale, matrix, margin)
    return checked(
        told(
            fit, margin, per_px, method=AlignMethod.POINTS, sds=doubt * field.sd_at(margin.points)
        ),
        margin,
        longest,
    )


def _checked_points(earlier: View, later: View, pairs: Sequence[Pair]) -> tuple[Floats, Floats]:
    """The points (N, 2) of both photos, apart from each other and inside."""
    if len(pairs) < 2:
        raise AlignError("align.too_few_points")
    both = np.asarray(pairs, dtype=np.float64)
    for view, points in zip((earlier, later), (both[:, 0], both[:, 1]), strict=True):
        height, width = view.pixels.shape[:2]
        inside = (points > -0.5) & (points < np.array([width, height]) - 0.5)
        if not inside.all():
            raise AlignError("align.point_outside")
        apart = np.linalg.norm(points[:, None] - points[None], axis=2)
        if (apart + np.diag([np.inf] * len(points))).min() < TOGETHER * max(height, width):
            raise AlignError("align.points_together")
    return both[:, 0], both[:, 1]


def _similarity(
    earlier: View, later: View, then: Floats, now: Floats, middle: Floats, width: float
) -> tuple[Floats, bool]:
    """The homography that the points' turn, size and shift make, and whether it is by mm."""
    mine, theirs = planes(earlier, later)
    factor, shift = fitted(as_complex(mine.from_px(then)), as_complex(theirs.from_px(now)))
    in_mm = theirs.scale is not None
    if in_mm and not SIZES_IN_MM[0] < abs(factor) < SIZES_IN_MM[1]:
        raise AlignError("align.points_disagree", percent=round(abs(100 * abs(factor) - 100)))
    motion = Motion(factor, shift, len(then), 0.0)
    return homography_of(motion, mine, theirs, middle=middle, width=width), in_mm
