"""What of a picture's masks and crop lies under the mouse: pure arithmetic, without Qt."""

import math
from dataclasses import dataclass

from ui.pictures.edited import Edited, crop_corners, inside
from woundtrack.outline.types import PointPx

REACH = 9.0
"""View px within which a handle is meant."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A mask (its place) or the crop (None), and its corner where one is meant.

    Corners of a crop count on from the upper left; 4 to 7 are its sides: top, right, bottom, left.
    """

    mask: int | None
    handle: int | None = None


def hit_at(edited: Edited, at: PointPx, *, zoom: float, selected: int | None) -> Hit | None:
    """What a press at a place of the photo takes hold of; None for nothing."""
    reach = REACH / zoom
    if selected is not None and selected < len(edited.masks):
        for corner, point in enumerate(edited.masks[selected].polygon_px):
            if math.dist(point, at) <= reach:
                return Hit(selected, corner)
    for place in reversed(range(len(edited.masks))):
        if inside(edited.masks[place], at):
            return Hit(place)
    if edited.crop is None:
        return None
    return _crop_hit(crop_corners(edited.crop), at, reach)


def _crop_hit(corners: tuple[PointPx, ...], at: PointPx, reach: float) -> Hit | None:
    for corner, point in enumerate(corners):
        if math.dist(point, at) <= reach:
            return Hit(None, corner)
    (left, top), (right, bottom) = corners[0], corners[2]
    across, down = left <= at[0] <= right, top <= at[1] <= bottom
    sides = (
        across and abs(at[1] - top) <= reach, down and abs(at[0] - right) <= reach,
        across and abs(at[1] - bottom) <= reach, down and abs(at[0] - left) <= reach,
    )  # fmt: skip
    return Hit(None, 4 + sides.index(True)) if any(sides) else None


def crop_dragged(corners: tuple[PointPx, ...], handle: int, at: PointPx) -> tuple[PointPx, PointPx]:
    """Two opposite corners of a crop of which one corner or side went to a place."""
    (left, top), (right, bottom) = corners[0], corners[2]
    if handle in (0, 3, 7):
        left = at[0]
    if handle in (1, 2, 5):
        right = at[0]
    if handle in (0, 1, 4):
        top = at[1]
    if handle in (2, 3, 6):
        bottom = at[1]
    return (left + 0.5, top + 0.5), (right - 0.5, bottom - 0.5)
