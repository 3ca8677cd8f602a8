"""The part of the plane that every picture of a series shows, and how large a cm is in it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from woundtrack.compare.place import Floats, rings_mm
from woundtrack.compare.series import Laid
from woundtrack.compare.sheet import BoxMm, reach_mm

ASPECTS = (4 / 3, 1.0, 3 / 4)
"""Width to height: the one that the wounds fill best."""
MARGINS = (0.45, 0.35, 0.25, 0.15)
"""Skin around the wounds, in lengths of the largest: as much as all photos show."""
LEAST_MARGIN_MM = 5.0
COVERED = 0.97
LEAST_PX = 64
_SAMPLES = 24


@dataclass(frozen=True, slots=True)
class Field:
    """A box of the plane and the size of its pictures."""

    box_mm: BoxMm
    size_px: tuple[int, int]
    """Width and height."""

    @property
    def mm_per_px(self) -> float:
        """How much of the plane a px shows."""
        return (self.box_mm[2] - self.box_mm[0]) / self.size_px[0]

    def resized(self, factor: float) -> "Field":
        """The same part of the plane in pictures so much larger, even sides kept."""
        return _field(np.array(self.box_mm), round(factor * max(self.size_px)))

    def to_px(self, points_mm: Floats) -> Floats:
        """Points (N, 2) of the plane in px (N, 2) of the picture, (0, 0) its first px's centre."""
        seen: Floats = (points_mm - np.array(self.box_mm[:2])) / self.mm_per_px - 0.5
        return seen


def field_of(photos: Sequence[Laid], *, longest_px: int) -> Field:
    """One field for all placed photos: their wounds with skin around, or without any the photos.

    It is no larger than what the photos show nearly all of, as long as it holds the wounds.
    """
    placed = [(photo, photo.place) for photo in photos if photo.place is not None]
    rings = [
        ring
        for photo, place in placed
        if photo.shot.wound is not None
        for ring in rings_mm(photo.shot.wound, place)
    ]
    if not rings:
        return _field(_shared([reach_mm(place) for _photo, place in placed]), longest_px)
    points = np.concatenate(rings)
    low, high = points.min(axis=0), points.max(axis=0)
    length = float((high - low).max())
    for part in MARGINS:
        margin = max(part * length, LEAST_MARGIN_MM)
        field = _field(np.concatenate([low - margin, high + margin]), longest_px)
        if all(_covered(field, photo) >= COVERED for photo, _place in placed):
            break
    return field


def _shared(reaches: Sequence[BoxMm]) -> Floats:
    """What several boxes share; the first where they share nothing."""
    boxes = np.array(reaches)
    both = np.concatenate([boxes[:, :2].max(axis=0), boxes[:, 2:].min(axis=0)])
    return both if (both[2:] > both[:2]).all() else np.asarray(boxes[0], np.float64)


def bar_mm(most_mm: float) -> float:
    """The longest of 1, 2, 5 × 10ⁿ mm that is no longer than `most_mm`."""
    tens = 10.0 ** math.floor(math.log10(most_mm))
    return max(step * tens for step in (1.0, 2.0, 5.0) if step * tens <= most_mm * (1 + 1e-9))


def _field(box: Floats, longest_px: int) -> Field:
    """The smallest box of one of the aspects around a box, and its pictures' even size."""
    middle, (wide, high) = (box[:2] + box[2:]) / 2, box[2:] - box[:2]
    sizes = [(max(wide, high * aspect), max(high, wide / aspect)) for aspect in ASPECTS]
    width, height = min(sizes, key=lambda size: size[0] * size[1])
    per_px = max(width, height) / longest_px
    size = (
        max(LEAST_PX, 2 * round(width / per_px / 2)),
        max(LEAST_PX, 2 * round(height / per_px / 2)),
    )
    half = np.array(size) * per_px / 2
    left, top, right, bottom = np.concatenate([middle - half, middle + half]).tolist()
    return Field((left, top, right, bottom), size)


def _covered(field: Field, photo: Laid) -> float:
    """The part of a field that a photo shows."""
    assert photo.place is not None
    left, top, right, bottom = field.box_mm
    x, y = np.linspace(left, right, _SAMPLES), np.linspace(top, bottom, _SAMPLES)
    seen = photo.place.to_px(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))
    crop = photo.shot.crop
    low, high = np.zeros(2), np.array(photo.place.size_px)
    if crop is not None:
        low, high = np.array([crop.left_px, crop.top_px]), np.array([crop.right_px, crop.bottom_px])
    inside = (seen > low - 0.5) & (seen < high - 0.5)
    return float(inside.all(axis=1).mean())
