"""An earlier photo's outline carried over to a later photo of the same wound, or refused.

Marks of the skin round the wound (SIFT, Lowe 2004, as RootSIFT, Arandjelović & Zisserman 2012)
are found again in the later photo. Each pair says by itself how the camera turned and how much
larger it saw; the turn, size and shift that most pairs agree on is taken. Where both photos
have a scale, marks are compared in mm of the wound's plane, so that only turn and shift are
open. Few pairs that agree, or all in one spot (a date stamp, a ruler's digits), are no answer.
"""

from dataclasses import dataclass

import numpy as np

from woundtrack.align.marks import Plane, View, marks, pairs, planes
from woundtrack.align.similarity import SIZES, SIZES_IN_MM, Motion, agreed, expected_turn
from woundtrack.errors import OutlineError
from woundtrack.outline.crops import BoxPx
from woundtrack.outline.masks import simplified
from woundtrack.outline.rings import bounds
from woundtrack.outline.strokes import clipped
from woundtrack.outline.types import Outline, OutlineSource, Ring

__all__ = ("Carried", "View", "carried")

AROUND = 1.0
"""Skin so far round the earlier wound is looked at, in lengths of the wound."""
NARROWEST = 0.12
"""But at least so far, as part of the photo's longest side."""
FEWEST = 6
"""Places that agree, at least: half more than any of 335 pairs of different people had."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The outline in px of the later photo, and how it was found."""

    outline: Outline
    places: int
    """How many places of the skin agree, those in the fullest spot not counted."""
    residual: float
    """Their median distance from where they should be, in lengths of the wound."""
    turned_deg: float
    """Clockwise from the earlier photo to the later, as each lies before the eye."""
    larger: float
    """How much larger the later photo shows it: in px, or in mm where both have a scale."""


def carried(earlier: View, outline: Outline, later: View) -> Carried:
    """The earlier outline where the later photo shows the wound, as a proposal.

    OutlineError outline.empty, outline.not_alike where the photos do not surely show the same.
    """
    from_plane, to_plane = planes(earlier, later)
    box = _grown(bounds(outline), max(earlier.pixels.shape[:2]))
    then = marks(earlier.pixels, from_plane, box)
    now = marks(later.pixels, to_plane, None)
    corners = from_plane.from_px(np.array([box[:2], box[2:]]))
    size = float(np.hypot(*(corners[1] - corners[0]))) / np.sqrt(2) / (1 + 2 * AROUND)
    sizes = SIZES if to_plane.scale is None else SIZES_IN_MM
    motion = agreed(pairs(then, now), size, sizes, expected_turn(earlier, later))
    if motion is None or motion.places < FEWEST:
        raise OutlineError("outline.not_alike")
    rings = tuple(_moved(ring, motion, from_plane, to_plane) for ring in outline.rings)
    height, width = later.pixels.shape[:2]
    there = clipped(Outline(rings), width_px=width, height_px=height)
    if not there.rings:
        raise OutlineError("outline.not_alike")
    return Carried(
        Outline(simplified(there.rings), OutlineSource.CARRIED),
        motion.places,
        motion.residual,
        float(np.degrees(np.angle(motion.factor))),
        abs(motion.factor),
    )


def _grown(box: BoxPx, longest_px: int) -> BoxPx:
    """The box with the skin around it."""
    left, top, right, bottom = box
    by = AROUND * max(right - left, bottom - top, NARROWEST * longest_px)
    return left - by, top - by, right + by, bottom + by


def _moved(ring: Ring, motion: Motion, earlier: Plane, later: Plane) -> Ring:
    """A ring of the earlier photo in px of the later."""
    points = motion.moved(earlier.from_px(np.asarray(ring, dtype=np.float64)))
    return tuple((float(x), float(y)) for x, y in later.to_px(points))
