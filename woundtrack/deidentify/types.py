"""What is hidden of a photo, and what of it is shown at all. In px of the upright photo."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from woundtrack.outline.types import PointPx

Polygon: TypeAlias = tuple[PointPx, ...]
"""Corners in turn; (0, 0) is the centre of the photo's first pixel."""


class MaskReason(StrEnum):
    """Why a part of a photo is hidden."""

    CODE = "code"
    """A QR or bar code."""
    TEXT = "text"
    """Something printed or written."""
    FACE = "face"
    PERSON = "person"
    """A person drew it, and knows why."""


@dataclass(frozen=True, slots=True)
class Mask:
    """A part of a photo that is painted over."""

    polygon_px: Polygon
    reason: MaskReason = MaskReason.PERSON

    @property
    def box_px(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of its corners."""
        xs, ys = zip(*self.polygon_px, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class Crop:
    """The pixels of a photo that are shown: columns `left_px` to `right_px` − 1, rows alike."""

    left_px: int
    top_px: int
    right_px: int
    bottom_px: int

    @property
    def width_px(self) -> int:
        """How many columns are shown."""
        return self.right_px - self.left_px

    @property
    def height_px(self) -> int:
        """How many rows are shown."""
        return self.bottom_px - self.top_px

    def lies_in(self, other: "Crop") -> bool:
        """Whether all that it shows is shown by the other, too."""
        return (
            self.left_px >= other.left_px and self.right_px <= other.right_px
            and self.top_px >= other.top_px and self.bottom_px <= other.bottom_px
        )  # fmt: skip


def box_mask(
    left_px: float,
    top_px: float,
    right_px: float,
    bottom_px: float,
    reason: MaskReason = MaskReason.PERSON,
) -> Mask:
    """A mask with upright sides through these places."""
    corners = ((left_px, top_px), (right_px, top_px), (right_px, bottom_px), (left_px, bottom_px))
    return Mask(corners, reason)
