"""What of a scale's reference stays in sight: graduations and their numbers, a card's patches."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from woundtrack.deidentify.types import Polygon
from woundtrack.scale import card_layout as card
from woundtrack.scale.types import Scale, ScaleMethod

Points = NDArray[np.float64]

CARD_WORDS = card.Box(
    card.TAGS[0].box.right_mm + 1.0,
    1.0,
    card.TAGS[1].box.left_mm - card.TAGS[0].box.right_mm - 2.0,
    card.PATCHES[0].box.top_mm - 1.5,
)
"""All that a card says of its patient: QR, code, print run, and what was written by hand."""
_GRADUATION = card.Box(1.0, 40.0, card.WIDTH_MM - 2.0, card.HEIGHT_MM - 40.0)
BESIDE_MM = 1.0
"""So far around a ruler's graduations nothing that was found is writing."""
FAR_MM = 9.0
"""Numbers stand no farther from their graduations."""
LARGEST_MM = 7.0
"""A number of two digits is no longer; a name is."""
STEPS_MM = (10.0, 25.4, 20.0, 12.7)
"""From one number of a ruler to the next."""
OFF_MM, LEAST_NUMBERS = 1.6, 3
"""So far off their places may numbers stand, and so many must stand at theirs."""


def card_words_px(scale: Scale) -> Polygon | None:
    """The part of a card that names its patient, in px; None for another reference."""
    if scale.method is not ScaleMethod.CARD:
        return None
    return _seen(scale, CARD_WORDS.corners_mm)


def never_writing_px(scale: Scale | None) -> tuple[Polygon, ...]:
    """The parts of a reference that look like codes or print and are none."""
    if scale is None:
        return ()
    if scale.method is ScaleMethod.CARD:
        boxes = [*map(_with_rim, card.TAGS), *(each.box for each in card.PATCHES), _GRADUATION]
        return tuple(_seen(scale, box.corners_mm) for box in boxes)
    if scale.method is not ScaleMethod.RULER or len(scale.marks_px) < 4:
        return ()
    return tuple(_seen(scale, stroke) for stroke in _grown_strokes(scale))


def numbers_among(boxes_px: Iterable[Points], scale: Scale | None) -> tuple[bool, ...]:
    """Which of these pieces of writing (corners (N, 2) in px) are the numbers of a ruler.

    They are small, near the graduations, and several stand at even steps along them.
    """
    boxes = list(boxes_px)
    none = (False,) * len(boxes)
    if scale is None or scale.method is not ScaleMethod.RULER or len(scale.marks_px) < 4 * 2:
        return none
    strokes = scale.to_mm(scale.marks_px).reshape(-1, 2, 2)
    axis = _axis(strokes)
    along, small = np.zeros(len(boxes)), np.zeros(len(boxes), dtype=np.bool_)
    for place, box in enumerate(boxes):
        corners = scale.to_mm(box)
        middle = corners.mean(axis=0)
        along[place] = middle @ axis
        spans = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
        far = np.linalg.norm(strokes.reshape(-1, 2) - middle, axis=1).min()
        small[place] = spans.max() <= LARGEST_MM and far <= FAR_MM
    fits = max((_in_step(along, small, step) for step in STEPS_MM), key=np.count_nonzero)
    return tuple(map(bool, fits)) if fits.sum() >= LEAST_NUMBERS else none


def _axis(strokes: Points) -> Points:
    """The unit direction along the bases of the strokes, (2,)."""
    bases = strokes[:, 0] - strokes[:, 0].mean(axis=0)
    direction: Points = np.linalg.svd(bases, full_matrices=False)[2][0]
    return direction


def _in_step(along: Points, small: NDArray[np.bool_], step: float) -> NDArray[np.bool_]:
    """Which small pieces stand at the same place of a step, the place that most of them share."""
    best = np.zeros(len(along), dtype=np.bool_)
    for start in along[small]:
        off = (along - start + step / 2) % step - step / 2
        fits = small & (np.abs(off) <= OFF_MM)
        if fits.sum() > best.sum():
            best = fits
    return best


def _grown_strokes(scale: Scale) -> list[Points]:
    """A box around each graduation in mm, as broad as the way to its neighbour."""
    strokes = scale.to_mm(scale.marks_px).reshape(-1, 2, 2)
    axis = _axis(strokes) * BESIDE_MM
    out = []
    for base, tip in strokes:
        length = max(float(np.linalg.norm(tip - base)), 1e-6)
        on = (tip - base) / length * 0.3
        out.append(np.array([base - on - axis, base - on + axis, tip + on + axis, tip + on - axis]))
    return out


def _with_rim(tag: card.Tag) -> card.Box:
    """A tag with the quiet zone that is printed around it."""
    box, rim = tag.box, card.QUIET_MM
    size = box.width_mm + 2 * rim, box.height_mm + 2 * rim
    return card.Box(box.left_mm - rim, box.top_mm - rim, *size)


def _seen(scale: Scale, points_mm: object) -> Polygon:
    return tuple((float(x), float(y)) for x, y in scale.to_px(np.asarray(points_mm)))
