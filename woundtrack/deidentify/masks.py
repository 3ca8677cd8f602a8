"""What the program proposes to hide in the part of a photo that is shown."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from woundtrack.deidentify.clear import clear_of
from woundtrack.deidentify.codes import codes_in
from woundtrack.deidentify.kept import card_words_px, never_writing_px, numbers_among
from woundtrack.deidentify.picture import frame_of, shown
from woundtrack.deidentify.types import Crop, Mask, MaskReason, Polygon
from woundtrack.deidentify.writing import Level, likely_writing
from woundtrack.outline.crops import Window
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import Scale

LIKELY, SURE = 0.5, 0.9
"""A place is writing from the former on, where somewhere beside it the latter is reached."""
LEAST_CELLS = 3
RIM_CELLS = 3
"""Across the rim of what is known, so many cells are taken for part of it: a hard edge there."""
PADDING, LEAST_PADDING_PX = 0.25, 4.0
"""Above and below each line of writing, in its height, and twice that before and behind it."""
JOINED = 1.35
"""Neighbours become one mask where that is larger by no more than this factor."""

Points = NDArray[np.float64]


def proposed_masks(
    pixels: Pixels, *, crop: Crop, outlines: Sequence[Outline], scale: Scale | None
) -> tuple[Mask, ...]:
    """Masks over codes and writing in the crop of an upright photo, in px of the photo.

    None lies on a wound that is outlined; what gives the scale stays in sight, but for what a card
    says of its patient. They are proposals: a person looks at each picture. Raises ExportError
    deidentify.no_finder.
    """
    seen, frame = shown(pixels, crop), frame_of(crop)
    words = card_words_px(scale) if scale is not None else None
    masks = [Mask(words, MaskReason.CODE)] if words is not None and _meets(words, crop) else []
    hidden = [mask.polygon_px for mask in masks]
    kept = never_writing_px(scale)
    codes = (_in_photo(mask, frame) for mask in codes_in(seen))
    masks += [mask for mask in codes if not _mostly_in(mask.polygon_px, (*kept, *hidden))]
    taken = [*kept, *(mask.polygon_px for mask in masks)]
    taken += [ring for each in outlines for ring in each.rings]
    lines: list[Points] = []
    for level in likely_writing(seen):
        for ring in taken:
            _clear(level, ring, frame)
        found = [_outwards(line, frame) for line in _lines(level)]
        numbers = numbers_among(found, scale)
        lines += [line for line, number in zip(found, numbers, strict=True) if not number]
        if any(numbers):  # seen from farther off they would look like one line of writing
            taken += _band([box for box, number in zip(found, numbers, strict=True) if number])
    masks += [Mask(_polygon(box), MaskReason.TEXT) for box in _joined(lines)]
    return clear_of(masks, outlines)


def _lines(level: Level) -> list[Points]:
    """A turned box (4, 2) in px of the picture around each connected piece of writing."""
    import cv2

    likely = level.likely
    there = (likely > LIKELY).astype(np.uint8)
    count, labels, stats, _middles = cv2.connectedComponentsWithStats(there, connectivity=8)
    boxes = []
    for label in range(1, count):
        left, top, wide, high, area = (int(value) for value in stats[label])
        part = np.s_[top : top + high, left : left + wide]
        inside = labels[part] == label
        if area < LEAST_CELLS or likely[part][inside].max() < SURE:
            continue
        ys, xs = np.nonzero(inside)
        xs, ys = xs + left, ys + top
        cells = [(xs + right, ys + down) for right in (0, 1) for down in (0, 1)]
        corners = np.hstack([np.stack(each) for each in cells]).T * float(level.cell_px) - 0.5
        boxes.append(_padded(np.asarray(corners, np.float64)))
    return boxes


def _padded(points: Points) -> Points:
    """The smallest turned box around points, padded."""
    import cv2

    middle, (wide, high), turn = cv2.minAreaRect(points.astype(np.float32))
    more = 2 * max(PADDING * min(wide, high), LEAST_PADDING_PX)
    size = wide + more * (1 + (wide > high)), high + more * (1 + (high >= wide))
    return np.asarray(cv2.boxPoints((middle, size, turn)), np.float64)


def _joined(boxes: list[Points]) -> list[Points]:
    """Boxes that overlap made one, as long as that hides little else."""
    import cv2

    boxes = list(boxes)
    place = 0
    while place < len(boxes):
        for other in range(place + 1, len(boxes)):
            both = np.vstack([boxes[place], boxes[other]]).astype(np.float32)
            apart = _area(boxes[place]) + _area(boxes[other])
            rect = cv2.minAreaRect(both)
            if rect[1][0] * rect[1][1] <= JOINED * apart and _overlap(boxes[place], boxes[other]):
                boxes[place] = np.asarray(cv2.boxPoints(rect), np.float64)
                del boxes[other]
                place = -1
                break
        place += 1
    return boxes


def _area(box: Points) -> float:
    return float(np.linalg.norm(box[1] - box[0]) * np.linalg.norm(box[2] - box[1]))


def _overlap(one: Points, other: Points) -> bool:
    import cv2

    touch, _where = cv2.intersectConvexConvex(one.astype(np.float32), other.astype(np.float32))
    return touch > 0


def _clear(level: Level, ring: Iterable[tuple[float, float]], frame: Window) -> None:
    """Nothing is writing inside a ring of the photo."""
    import cv2

    seen = np.array([frame.inwards(point) for point in ring])
    cells = np.round(((seen + 0.5) / level.cell_px - 0.5) * 16).astype(np.int32)
    cv2.fillPoly(level.likely, [cells], 0.0, cv2.LINE_8, 4)
    cv2.polylines(level.likely, [cells], True, 0.0, RIM_CELLS, cv2.LINE_8, 4)


def _band(boxes: list[Points]) -> list[Polygon]:
    """The strip in which a ruler's numbers stand."""
    import cv2

    return [_polygon(cv2.boxPoints(cv2.minAreaRect(np.vstack(boxes).astype(np.float32))))]


def _in_photo(mask: Mask, frame: Window) -> Mask:
    return Mask(frame.outwards(mask.polygon_px), mask.reason)


def _outwards(box: Points, frame: Window) -> Points:
    return np.array(frame.outwards(tuple((float(x), float(y)) for x, y in box)))


def _polygon(box: ArrayLike) -> Polygon:
    return tuple((float(x), float(y)) for x, y in np.asarray(box))


def _meets(polygon: Polygon, crop: Crop) -> bool:
    left, top, right, bottom = Mask(polygon).box_px
    return (
        left < crop.right_px and right > crop.left_px
        and top < crop.bottom_px and bottom > crop.top_px
    )  # fmt: skip


def _mostly_in(polygon: Polygon, others: Iterable[Polygon]) -> bool:
    """Whether most of a code lies within what is known already."""
    import shapely

    code = shapely.Polygon(polygon).buffer(0)
    there = shapely.union_all([shapely.Polygon(other).buffer(0) for other in others])
    return bool(code.area > 0 and code.intersection(there).area > 0.6 * code.area)
