"""What in a photo makes its scale less sure than the scale itself can know: glare, blur, distance.

The codes' sentences are in `woundtrack.scale.warnings`. That a reference lies out of the wound's
plane no single photo shows; where two references disagree, `choose.cross_check` tells.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from woundtrack.photo.quality import BLURRED_RELATIVE, blur_sigma_px
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import PointPx, Scale, ScaleMethod

Floats = NDArray[np.float64]

FAR_MM = 60.0
"""From the wound's middle to the nearest mark."""
FAR_SD, FAR_SD_RATIO = 0.0075, 1.5
"""The doubt of a length at the wound beyond both this and this many times that at the marks."""
LARGER = 1.5
"""The wound's longest extent over that of the marks."""
CLIPPED = 250
LOST_BLOCK = 0.9
"""A block of a mark's surroundings is lost where so much of it is clipped."""
LOST = (0.08, 0.6)
"""Of the blocks: fewer are a speck, more are white paper in bright light that was read anyway."""
STRAIGHT = 0.98
"""The cosine of the angle within which a step follows the one before along an edge."""
MOST_BLOCKS = 160
MOST_BLOCK_PX = 12
LOOK_PX = 384
"""The side of what is looked at for sharpness."""
BLUR_PX = 2.0
WOUND_BLUR = 2.0
"""A wound so many times less sharp than the reference is out of focus, not soft of itself."""


def scale_circumstances(
    scale: Scale, *, pixels: Pixels, outline_px: ArrayLike | None = None
) -> tuple[str, ...]:
    """Codes of warnings about a scale in its photo, and about the wound where it is known.

    `outline_px` are the points (N, 2) of the wound's outline. Without marks nothing is said.
    """
    if not scale.marks_px:
        return ()
    marks = np.asarray(scale.marks_px, dtype=np.float64)
    wound = None if outline_px is None else np.asarray(outline_px, dtype=np.float64).reshape(-1, 2)
    reference_blur = blur_sigma_px(_crop(pixels, _middle(marks)))
    found = {
        "scale.reference_glare": _glare(scale, marks, pixels),
        "scale.reference_cut": _cut(scale, marks, pixels),
        "scale.reference_blurred": _is_blurred(reference_blur, pixels),
    }
    if wound is not None and len(wound) > 0:
        found["scale.wound_blurred"] = _wound_blurred(pixels, wound, reference_blur)
        found["scale.reference_far"] = _far(scale, marks, wound)
        found["scale.wound_larger"] = _extent_mm(scale, wound) > LARGER * _extent_mm(scale, marks)
    return tuple(code for code, is_so in found.items() if is_so)


def _middle(points: Floats) -> PointPx:
    x, y = (points.min(axis=0) + points.max(axis=0)) / 2
    return float(x), float(y)


def _extent_mm(scale: Scale, points: Floats) -> float:
    """The diagonal of the box that holds points of the photo, in mm."""
    places = scale.to_mm(points)
    return float(np.hypot(*np.ptp(places, axis=0)))


def _far(scale: Scale, marks: Floats, wound: Floats) -> bool:
    middle = _middle(wound)
    gaps = np.linalg.norm(scale.to_mm(marks) - scale.to_mm([middle]), axis=1)
    nearest = marks[int(gaps.argmin())]
    there = scale.relative_sd_at(middle)
    here = scale.relative_sd_at((float(nearest[0]), float(nearest[1])))
    return bool(gaps.min() > FAR_MM or there > max(FAR_SD, FAR_SD_RATIO * here))


def _cut(scale: Scale, marks: Floats, pixels: Pixels) -> bool:
    """Whether marks reach the photo's border: of a ruler, whether the next one would be beyond."""
    height, width = pixels.shape[:2]
    margin = 1.5 * _apart(_bases(marks)) if scale.method is ScaleMethod.RULER else 2.0
    return bool((marks < margin).any() or (marks > np.array([width, height]) - 1 - margin).any())


def _apart(places: Floats) -> float:
    """The usual distance from one place to the next, in px."""
    if len(places) < 2:
        return 0.0
    return float(np.median(np.linalg.norm(np.diff(places, axis=0), axis=1)))


def _bases(marks: Floats) -> Floats:
    """The ends of a ruler's graduations that all share: base and tip of each are kept in turn."""
    return marks[::2]


def _glare(scale: Scale, marks: Floats, pixels: Pixels) -> bool:
    """Whether part of the reference is lost in clipped light."""
    places, half_px = _looked_at(scale, marks)
    height, width = pixels.shape[:2]
    lost = []
    for x, y in places:
        left, top = max(0, int(x - half_px)), max(0, int(y - half_px))
        right, bottom = min(width, int(x + half_px) + 1), min(height, int(y + half_px) + 1)
        if left < right and top < bottom:
            block = pixels[top:bottom, left:right]
            lost.append((block >= CLIPPED).all(axis=2).mean() > LOST_BLOCK)
    share = float(np.mean(lost)) if lost else 0.0
    return LOST[0] <= share <= LOST[1]


def _looked_at(scale: Scale, marks: Floats) -> tuple[Floats, float]:
    """Middles of blocks (N, 2) where strokes or borders should be seen, and half a block's side."""
    if scale.method is ScaleMethod.RULER and len(marks) > 3:
        return _along_ruler(marks)
    closed = np.vstack([_around(group) for group in _groups(scale, marks)])
    half_px = max(2.0, min(MOST_BLOCK_PX, 0.1 * float(np.ptp(closed, axis=0).max())) / 2)
    return closed[:: max(1, len(closed) // MOST_BLOCKS)], half_px


def _along_ruler(marks: Floats) -> tuple[Floats, float]:
    """Blocks on both sides of the line of the graduations, also where none was found."""
    bases = _bases(marks)
    apart = max(_apart(bases), 2.0)
    ways = np.diff(bases, axis=0)
    lengths = np.maximum(np.linalg.norm(ways, axis=1), 1e-9)
    counts = np.clip(np.rint(lengths / apart), 1, MOST_BLOCKS).astype(int)
    counts[_between_edges(ways / lengths[:, None], lengths > 2.5 * apart)] = 0
    starts, ways = np.repeat(bases[:-1], counts, axis=0), np.repeat(ways, counts, axis=0)
    parts = np.concatenate([(np.arange(count) + 0.5) / count for count in counts])
    half_px = float(np.clip(0.75 * apart, 2.0, MOST_BLOCK_PX))
    normals = np.stack([-ways[:, 1], ways[:, 0]], axis=1) / np.repeat(lengths, counts)[:, None]
    line, across = starts + parts[:, None] * ways, 1.2 * half_px * normals
    step = max(1, len(line) * 2 // MOST_BLOCKS)
    return np.vstack([(line + across)[::step], (line - across)[::step]]), half_px


def _between_edges(ways: Floats, long: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which long steps lead from one graduated edge to another: they turn off on either side."""
    before = np.abs(np.sum(ways[1:] * ways[:-1], axis=1)) > STRAIGHT
    on = np.concatenate([before, [True]]) & np.concatenate([[True], before])
    return np.asarray(long & ~on)


def _groups(scale: Scale, marks: Floats) -> list[Floats]:
    """The marks that bound one thing: each tag of a card by its four corners."""
    if scale.method is ScaleMethod.CARD and len(marks) % 4 == 0:
        return [marks[start : start + 4] for start in range(0, len(marks), 4)]
    return [marks]


def _around(corners: Floats) -> Floats:
    """Places along the sides of a polygon."""
    parts = np.linspace(0.0, 1.0, 9)[:-1, None]
    ends = np.roll(corners, -1, axis=0)
    return np.vstack([a + (b - a) * parts for a, b in zip(corners, ends, strict=True)])


def _crop(pixels: Pixels, middle: PointPx) -> Pixels:
    """A square of the photo about a place, moved inside it."""
    height, width = pixels.shape[:2]
    left, top = (
        int(np.clip(place - LOOK_PX / 2, 0, max(0, size - LOOK_PX)))
        for place, size in zip(middle, (width, height), strict=True)
    )
    return pixels[top : top + LOOK_PX, left : left + LOOK_PX]


def _is_blurred(blur_px: float | None, pixels: Pixels) -> bool:
    """As `photo.quality` takes a photo for blurred, at one place of it."""
    least = max(BLUR_PX, BLURRED_RELATIVE * float(np.hypot(*pixels.shape[:2])))
    return blur_px is not None and blur_px > least


def _wound_blurred(pixels: Pixels, wound: Floats, reference_blur: float | None) -> bool:
    blur_px = blur_sigma_px(_crop(pixels, _middle(wound)))
    if blur_px is None or reference_blur is None:
        return False
    return _is_blurred(blur_px, pixels) and blur_px > WOUND_BLUR * reference_blur
