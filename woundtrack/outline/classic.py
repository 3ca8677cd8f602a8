"""A first outline from one click, a loose box, or nothing: proposed, never decided.

Colour alone, by GrabCut: where there is no network, where it sees nothing under a person's clicks,
and always for a box.
"""

from collections.abc import Sequence

import numpy as np

from woundtrack.errors import OutlineError
from woundtrack.outline.contrast import Candidate, ranked
from woundtrack.outline.crops import BoxPx, Window, box_of, pyramid
from woundtrack.outline.grabcut import QUICK, Marks, Mask, cut_box, refined, voted
from woundtrack.outline.masks import rings_from_mask, simplified, smoothed
from woundtrack.outline.rings import BORDER_PX, is_hole
from woundtrack.outline.saliency import likely_places
from woundtrack.outline.types import COLOURS_ALONE, Outline, OutlineSource, PointPx, Ring
from woundtrack.photo.types import Pixels

RADII = (0.010, 0.016, 0.026, 0.042, 0.068, 0.11, 0.17)
"""First guesses of a clicked wound's radius, as parts of the photo's longest side."""
ROUNDS = 3
GROW = 0.25
REACH = 0.12
SETTLED = 0.01
LARGEST_PART = 0.25
"""A wound that fills more of the photo than this is not believed from one click."""
SMALLEST_BOX_PX = 6.0
FINE_SIDE = 320
SATELLITE = 0.2
"""Islands smaller than this part of the largest one are left out of a box's proposal."""
SURE_CONTRAST, SURE_REDDER, SURE_SKIN = 25.0, 5.0, 0.85
"""What an unaided proposal needs at least: unsure ones are worse than none."""
RIVAL = 0.5
UNAIDED_RADII = (0.016, 0.042, 0.11)


def propose_from_click(
    pixels: Pixels, point_px: PointPx, *, negative: Sequence[PointPx] = ()
) -> Outline:
    """The wound around a clicked point, avoiding the `negative` ones; outline.nothing_found."""
    height, width = pixels.shape[:2]
    if not (-BORDER_PX <= point_px[0] < width and -BORDER_PX <= point_px[1] < height):
        raise OutlineError("outline.nothing_found")
    levels = pyramid(pixels)
    best = _best_around(levels, point_px, tuple(negative))
    if best is None:
        raise OutlineError("outline.nothing_found")
    return _outlined(levels, best, point_px, tuple(negative), OutlineSource.CLICK)


def propose_from_box(pixels: Pixels, box_px: BoxPx, *, negative: Sequence[PointPx] = ()) -> Outline:
    """The wound in a loose box (any two opposite corners); outline.nothing_found."""
    box = _within(box_px, pixels)
    levels = pyramid(pixels)
    marks = Marks(outside_px=tuple(negative), reach_px=_reach(box))
    coarse, through = voted(levels, box, marks)
    kept = _largest(coarse)
    if not kept.any():
        raise OutlineError("outline.nothing_found")
    return _finished(levels, box, kept, through, marks, OutlineSource.BOX)


def propose(pixels: Pixels) -> Outline:
    """The photo's one clear wound without any help; outline.nothing_found when unsure."""
    levels = pyramid(pixels)
    found = []
    for place in likely_places(levels[-1], full_width_px=pixels.shape[1]):
        best = _best_around(levels, place, (), radii=UNAIDED_RADII)
        if best is not None and _is_sure(best):
            found.append((best, place))
    if not found:
        raise OutlineError("outline.nothing_found")
    best, place = max(found, key=lambda pair: pair[0].score)
    if any(_is_rival(other, best) for other, _ in found):
        raise OutlineError("outline.nothing_found")
    return _outlined(levels, best, place, (), OutlineSource.MODEL)


def _is_sure(candidate: Candidate) -> bool:
    return (
        candidate.contrast >= SURE_CONTRAST
        and candidate.redder >= SURE_REDDER
        and candidate.skin >= SURE_SKIN
    )


def _is_rival(other: Candidate, best: Candidate) -> bool:
    """Whether a nearly as convincing region lies elsewhere: then which is meant is not clear."""
    left, top, right, bottom = box_of(best.region, best.through)
    other_left, other_top, other_right, other_bottom = box_of(other.region, other.through)
    apart = other_left > right or other_right < left or other_top > bottom or other_bottom < top
    return apart and other.score >= RIVAL * best.score


def _best_around(
    levels: Sequence[Pixels],
    point_px: PointPx,
    negative: tuple[PointPx, ...],
    *,
    radii: Sequence[float] = RADII,
) -> Candidate | None:
    """The most convincing of the regions that guesses of several sizes settle on."""
    height, width = levels[0].shape[:2]
    candidates: list[Candidate] = []
    for part in radii:
        radius = max(part * max(height, width), SMALLEST_BOX_PX / 2)
        marks = Marks((point_px,), negative, reach_px=max(1.0, REACH * radius))
        x, y = point_px
        box = _kept_inside((x - radius, y - radius, x + radius, y + radius), levels[0])
        for _ in range(ROUNDS):
            mask, through = cut_box(levels, box, QUICK, marks)
            region = _containing(mask, through, point_px)
            if not region.any() or _part(region, through, width * height) > LARGEST_PART:
                break
            candidate = ranked(levels, region, through)
            if candidate is not None:
                candidates.append(candidate)
            grown = _kept_inside(box_of(region, through, grow=GROW), levels[0])
            if _too_small(grown) or _same(grown, box):
                break
            box = grown
    return max(candidates, key=lambda candidate: candidate.score, default=None)


def _outlined(
    levels: Sequence[Pixels],
    best: Candidate,
    point_px: PointPx,
    negative: tuple[PointPx, ...],
    source: OutlineSource,
) -> Outline:
    box = _kept_inside(box_of(best.region, best.through, grow=GROW), levels[0])
    marks = Marks((point_px,), negative, reach_px=_reach(box))
    coarse, through = voted(levels, box, marks)
    region = _containing(coarse, through, point_px)
    if not region.any():
        region, through = best.region, best.through
    return _finished(levels, box, region, through, marks, source)


def _finished(
    levels: Sequence[Pixels],
    box: BoxPx,
    coarse: Mask,
    through: Window,
    marks: Marks,
    source: OutlineSource,
) -> Outline:
    """Rings in photo px of a coarse region, its edge refined, holes filled."""
    soft, fine = refined(levels, box, coarse, through, side=FINE_SIDE, marks=marks)
    speck = max(6.0, 0.02 * float(coarse.sum()) * (fine.factor / through.factor) ** 2)
    rings = smoothed(rings_from_mask(soft, min_area_px2=speck))
    rings = simplified(rings, tolerance_px=0.2)
    outer = rings if marks.outside_px else _outer(rings)
    height, width = levels[0].shape[:2]
    placed = tuple(_clipped(fine.outwards(ring), width, height) for ring in outer)
    if not placed:
        raise OutlineError("outline.nothing_found")
    return Outline(placed, source, COLOURS_ALONE)


def _outer(rings: Sequence[Ring]) -> tuple[Ring, ...]:
    """The rings without holes: glare and slough are wound as well, a person cuts true islands."""
    return tuple(ring for index, ring in enumerate(rings) if not is_hole(index, rings))


def _clipped(ring: Ring, width: int, height: int) -> Ring:
    points = np.clip(np.asarray(ring), -BORDER_PX, np.array([width, height]) - BORDER_PX)
    return tuple((float(x), float(y)) for x, y in points)


def _largest(mask: Mask) -> Mask:
    """The largest island and those not much smaller."""
    import cv2

    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    sizes = boxes[1:, cv2.CC_STAT_AREA]
    if len(sizes) == 0:
        return mask
    kept: Mask = np.isin(labels, 1 + np.flatnonzero(sizes >= SATELLITE * sizes.max()))
    return kept


def _containing(mask: Mask, through: Window, point_px: PointPx) -> Mask:
    """The island under the point; nothing where there is none."""
    import cv2

    _, labels = cv2.connectedComponents(mask.astype(np.uint8))
    x, y = (round(place) for place in through.inwards(point_px))
    x, y = min(max(x, 0), through.width - 1), min(max(y, 0), through.height - 1)
    under: Mask = (np.asarray(labels) == labels[y, x]) & mask
    return under


def _part(region: Mask, through: Window, photo_px: int) -> float:
    return float(region.sum()) / through.factor**2 / photo_px


def _reach(box: BoxPx) -> float:
    return max(1.0, 0.04 * max(box[2] - box[0], box[3] - box[1]))


def _within(box_px: BoxPx, pixels: Pixels) -> BoxPx:
    """The box in order and inside the photo; outline.nothing_found where nothing is left."""
    left, right = sorted((box_px[0], box_px[2]))
    top, bottom = sorted((box_px[1], box_px[3]))
    box = _kept_inside((left, top, right, bottom), pixels)
    if _too_small(box):
        raise OutlineError("outline.nothing_found")
    return box


def _kept_inside(box_px: BoxPx, pixels: Pixels) -> BoxPx:
    height, width = pixels.shape[:2]
    left, top, right, bottom = box_px
    return max(0.0, left), max(0.0, top), min(width - 1.0, right), min(height - 1.0, bottom)


def _too_small(box: BoxPx) -> bool:
    return box[2] - box[0] < SMALLEST_BOX_PX / 2 or box[3] - box[1] < SMALLEST_BOX_PX / 2


def _same(one: BoxPx, other: BoxPx) -> bool:
    size = max(other[2] - other[0], other[3] - other[1], 1.0)
    return all(abs(a - b) < SETTLED * size for a, b in zip(one, other, strict=True))
