"""What a person made of a proposal so far: crop, masks, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from woundtrack.deidentify.clear import hidden_by, overlap_px2
from woundtrack.deidentify.types import Crop, Mask, box_mask
from woundtrack.outline.types import Outline, PointPx


class State(StrEnum):
    """What was decided of a picture."""

    UNSEEN = "unseen"
    SEEN = "seen"
    CONFIRMED = "confirmed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Edited:
    """One picture as it stands; every change makes a new value, so undo keeps the old one."""

    crop: Crop | None = None
    masks: tuple[Mask, ...] = ()
    proposed: tuple[Mask, ...] = ()
    """All that was ever proposed: what a person took away does not come back."""
    state: State = State.UNSEEN

    def with_proposals(self, masks: Sequence[Mask]) -> "Edited":
        """The same with what is proposed now and was not before, such as in a larger crop."""
        known = self.proposed
        new = tuple(m for m in masks if m not in known and not hidden_by(m, known))
        return replace(self, masks=self.masks + new, proposed=self.proposed + new)

    def without(self, place: int) -> "Edited":
        """The same without one mask."""
        return replace(self, masks=self.masks[:place] + self.masks[place + 1 :])

    def with_mask(self, mask: Mask, place: int | None = None) -> "Edited":
        """The same with one mask more, or another in the place of one."""
        if place is None:
            return replace(self, masks=(*self.masks, mask))
        return replace(self, masks=(*self.masks[:place], mask, *self.masks[place + 1 :]))


def covers_wound(masks: Sequence[Mask], outlines: Sequence[Outline]) -> bool:
    """Whether a mask hides part of a wound: a person may want that, and is told."""
    return any(overlap_px2(mask, outlines) > 1.0 for mask in masks)


def moved(mask: Mask, by: PointPx) -> Mask:
    """A mask shifted by px."""
    return replace(mask, polygon_px=tuple((x + by[0], y + by[1]) for x, y in mask.polygon_px))


def grown(mask: Mask, by: PointPx) -> Mask:
    """A mask made larger or smaller by px across and down, about its middle."""
    left, top, right, bottom = mask.box_px
    middle = (left + right) / 2, (top + bottom) / 2
    sizes = right - left, bottom - top
    factors = [
        max(size + more, 4.0) / max(size, 1e-6) for size, more in zip(sizes, by, strict=True)
    ]
    corners = tuple(
        (middle[0] + (x - middle[0]) * factors[0], middle[1] + (y - middle[1]) * factors[1])
        for x, y in mask.polygon_px
    )
    return replace(mask, polygon_px=corners)


def cornered(mask: Mask, corner: int, at: PointPx) -> Mask:
    """A mask with one corner elsewhere."""
    corners = (*mask.polygon_px[:corner], at, *mask.polygon_px[corner + 1 :])
    return replace(mask, polygon_px=corners)


def drawn(start: PointPx, end: PointPx) -> Mask:
    """The mask that a person drags from one corner to the other."""
    (x0, y0), (x1, y1) = start, end
    return box_mask(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def inside(mask: Mask, at: PointPx) -> bool:
    """Whether a place lies in a mask."""
    from woundtrack.outline.rings import contains

    return contains(mask.polygon_px, at)


def crop_corners(crop: Crop) -> tuple[PointPx, ...]:
    """The crop's corners as edges of px, in turn from the upper left."""
    left, top = crop.left_px - 0.5, crop.top_px - 0.5
    right, bottom = crop.right_px - 0.5, crop.bottom_px - 0.5
    return (left, top), (right, top), (right, bottom), (left, bottom)
