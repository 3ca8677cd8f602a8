"""Whether a photo shows the wound as it should: whole, near, square-on, and as at the last visit.

Geometry alone, by the wound's outline and the photo's scale. It warns and never refuses.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from woundtrack.measure.change import RETRACE_RELATIVE_SD
from woundtrack.outline.rings import signed_area
from woundtrack.outline.types import Outline
from woundtrack.scale.tilt import tilt_towards_deg
from woundtrack.scale.types import Scale

RIM = 0.01
"""Of the photo's shorter side: an outline nearer to the border has no skin around it, or is cut."""
MOST_TILT_DEG = 30.0
"""What lies 2 mm above or below the scale's plane, as a swollen rim does, is then more than 1 mm
off its place (2 mm · tan 30°). As an angle between two views it is as much again."""
LEAST_ACROSS_PX = 2.0 / RETRACE_RELATIVE_SD
"""A disc's area changes by 4·e/d of itself where its edge moves by e. Narrower than this, half a
px is more than what two people's tracings differ by."""
NEAREST_MM = 200.0
"""A photo whose longer side takes in less is about as near as a phone can focus (some 12 cm
away, through a lens of 26 mm)."""
FARTHER = 1.5
"""So many times the width of the last photo's view leave the wound less than half the px (1/1.5²)
that it had."""


@dataclass(frozen=True)
class Shot:
    """One wound in one photo."""

    width_px: int
    height_px: int
    outline: Outline
    scale: Scale | None = None
    head_angle_deg: float | None = None

    @cached_property
    def points_px(self) -> NDArray[np.float64]:
        """All points (N, 2) of the outline."""
        return np.array([point for ring in self.outline.rings for point in ring], dtype=np.float64)

    @cached_property
    def view_mm(self) -> float | None:
        """What the photo's longer side takes in at the wound; None without a scale."""
        if self.scale is None:
            return None
        x, y = (self.points_px.min(axis=0) + self.points_px.max(axis=0)) / 2
        return max(self.width_px, self.height_px) * self.scale.mm_per_px_at((float(x), float(y)))


def framing(shot: Shot, *, before: Shot | None = None) -> tuple[str, ...]:
    """What to do better, as keys of `photo.remarks.REMARKS`; `before` is the last visit's photo."""
    if len(shot.points_px) < 3:
        return ()
    found = {
        "framing.cut_off": _cut_off(shot),
        "framing.tilted": is_tilted(shot.scale),
        "framing.small": _small(shot),
        "framing.farther": before is not None and _farther(shot, before),
        "framing.other_side": before is not None and _other_side(shot, before),
    }
    return tuple(code for code, is_so in found.items() if is_so)


def _cut_off(shot: Shot) -> bool:
    rim = RIM * min(shot.width_px, shot.height_px)
    far = np.array([shot.width_px, shot.height_px]) - 1 - rim
    return bool((shot.points_px < rim).any() or (shot.points_px > far).any())


def is_tilted(scale: Scale | None) -> bool:
    """Whether the camera was surely tilted too far: by more than its doubt over `MOST_TILT_DEG`."""
    if scale is None or scale.tilt_deg is None:
        return False
    return scale.tilt_deg - (scale.tilt_sd_deg or 0.0) > MOST_TILT_DEG


def _small(shot: Shot) -> bool:
    """Whether the wound is so narrow in px that half a px counts, and there is room to go nearer.

    By the largest ring, as a disc of the same area.
    """
    largest_px2 = max(abs(signed_area(ring)) for ring in shot.outline.rings)
    across = 2.0 * math.sqrt(largest_px2 / math.pi)
    return across < LEAST_ACROSS_PX and (shot.view_mm is None or shot.view_mm > NEAREST_MM)


def _farther(shot: Shot, before: Shot) -> bool:
    now_mm, then_mm = shot.view_mm, before.view_mm if len(before.points_px) else None
    return now_mm is not None and then_mm is not None and now_mm > FARTHER * then_mm


def _other_side(shot: Shot, before: Shot) -> bool:
    """Whether the camera looked at the wound from elsewhere, where both photos tell from where."""
    now, then = _way_of(shot), _way_of(before)
    if now is None or then is None:
        return False
    apart = math.degrees(math.acos(float(np.clip(np.dot(now, then), -1.0, 1.0))))
    doubt = math.hypot(*(each.scale.tilt_sd_deg or 0.0 for each in (shot, before) if each.scale))
    return apart - doubt > MOST_TILT_DEG


def _way_of(shot: Shot) -> NDArray[np.float64] | None:
    """The way the camera looked, as a unit vector in the body's frame: right, head, off the skin.

    None where tilt or head are not known.
    """
    if shot.scale is None or shot.scale.tilt_deg is None:
        return None
    towards = tilt_towards_deg(shot.scale)
    if towards is None:
        return np.array([0.0, 0.0, 1.0])
    if shot.head_angle_deg is None:
        return None
    tilt, turn = math.radians(shot.scale.tilt_deg), math.radians(towards - shot.head_angle_deg)
    across = math.sin(tilt)
    return np.array([across * math.sin(turn), across * math.cos(turn), math.cos(tilt)])
