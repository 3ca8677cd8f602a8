"""What a flat measurement loses on a round limb, as a quiet note beside the area."""

import math

from ui.pages.visit.state import Cell, VisitState
from woundtrack import words
from woundtrack.anatomy.sites import site_name
from woundtrack.measure.types import Measurement, SegmentPx
from woundtrack.words import _

LEAST_LOSS = 0.01
"""A smaller loss is not worth a word."""


def limb_note(state: VisitState, cell: Cell) -> str:
    """How much too small the area of a lesion in a photo reads; empty where that is nothing.

    Nothing is said of flat sites, nor where the scale itself follows the limb.
    """
    from woundtrack.scale.limb.curvature import expected_area_loss, limb_radius_mm

    lesion, taken, scale = state.lesion(cell[1]), state.measurement(cell), state.scale(cell[0])
    radius_mm = limb_radius_mm(lesion.value.site) if lesion else None
    if lesion is None or taken is None or scale is None or radius_mm is None:
        return ""
    if scale.limb is not None:
        return ""
    photo = state.photo(cell[0])
    head_deg = photo.value.head_angle_deg if photo else None
    seen_mm = across_mm(taken.measurement, head_deg)
    # The photo shows the chord; the skin goes the way round.
    skin_mm = 2 * radius_mm * math.asin(min(1.0, seen_mm / (2 * radius_mm)))
    loss = expected_area_loss(skin_mm, radius_mm)
    if loss < LEAST_LOSS:
        return ""
    return _(
        "On a round limb ({site}, radius about {radius} mm) the area of a wound {width} mm across "
        "reads about {loss} too small."
    ).format(
        site=site_name(lesion.value.site),
        radius=words.number(radius_mm, decimals=0),
        width=words.number(seen_mm, decimals=0),
        loss=words.percent(loss),
    )


def across_mm(measured: Measurement, head_deg: float | None) -> float:
    """How far a wound reaches round its limb, which runs towards the head.

    Taken as an ellipse of its length and width; where the head is not known, its width.
    """
    length_mm, width_mm = 10.0 * measured.length_cm, 10.0 * measured.width_cm
    if head_deg is None:
        return width_mm
    turn = _direction(measured.length_px) - math.radians(head_deg)
    return math.hypot(length_mm * math.sin(turn), width_mm * math.cos(turn))


def _direction(segment_px: SegmentPx) -> float:
    """The direction of a segment, clockwise from up, in radians."""
    (x0, y0), (x1, y1) = segment_px
    return math.atan2(x1 - x0, y0 - y1)
