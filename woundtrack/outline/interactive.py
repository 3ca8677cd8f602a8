"""How likely each place of a photo is wound: found small, refined in a crop, mended by clicks.

One machinery for the first proposal and for each click after it, as in interactive segmentation
(Xu et al., "Deep Interactive Object Selection", 2016; Sofiiuk et al., "Reviving Iterative
Training with Mask Guidance", 2021). First the network is shown the whole photo; around each
region found there it is shown a crop at the same size, and both opinions are blended. After a
click it is shown the crop around it, with all clicks in it and the map as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.clicks import Click
from woundtrack.outline.crops import Window
from woundtrack.outline.masks import covered
from woundtrack.outline.network import Ask, Values
from woundtrack.outline.sight import Sight, asked, blend, square
from woundtrack.outline.types import Outline


@dataclass(frozen=True, slots=True)
class Habits:
    """What is decided outside the network; settled on half of the held-out training photos."""

    level: float = 0.5
    """Likelier places are wound."""
    seed_level: float = 0.3
    """Regions of the whole photo over this are looked at closely."""
    look: float = 0.5
    """A region of the whole photo must be this likely somewhere to be looked at."""
    sure: float = 0.8
    """A region must be this likely somewhere to be proposed, once it was looked at."""
    heart: float = 0.8
    """A region's heart is at least this deep, as part of its greatest depth."""
    speck: float = 4e-5
    """Smaller regions, as part of the photo, are dropped."""
    margin: float = 2.4
    """A crop's side, in lengths of what it holds."""
    click_margin: float = 1.8
    """The same around what was clicked: what is left to mend there is small."""
    ignored: float = 0.9
    """A click in a region's heart that leaves so much of it was not heard by the network."""
    narrowest: float = 0.12
    """A crop's side at least, as part of the photo's longest side."""
    widest: float = 0.9
    """A crop this wide would show the photo again: none is made."""
    close_weight: float = 0.6
    """How much the crop's opinion counts beside the whole photo's."""
    regions: int = 4
    new_side: float = 0.35
    """The crop around a click where nothing was found, as part of the longest side."""


HABITS = Habits()


@dataclass(frozen=True, slots=True, eq=False)
class ProbabilityMap:
    """How likely each place is wound, in px of the sight's frame, and the clicks it took."""

    likely: Values
    clicks: tuple[Click, ...] = ()
    """In px of the photo."""
    of_rings: bool = False
    """Made of an outline at first, and so tells nothing of how surely its edge is seen."""


def first(
    ask: Ask, sight: Sight, *, habits: Habits = HABITS, refine: bool = True
) -> ProbabilityMap:
    """The first proposal of a photo, before any click."""
    frame, whole = sight.frame, sight.whole()
    likely = np.zeros((frame.height, frame.width), np.float32)
    blend(likely, asked(ask, sight, whole), whole, frame, weight=1.0)
    if refine:
        for window in _places(likely, sight, habits):
            seen = asked(ask, sight, window)
            blend(likely, seen, window, frame, weight=habits.close_weight)
    # Here and not when drawing: after clicks a region stays though the network is less sure.
    _drop_unsure(likely, habits)
    return ProbabilityMap(likely)


def corrected(
    ask: Ask, sight: Sight, before: ProbabilityMap, click: Click, *, habits: Habits = HABITS
) -> ProbabilityMap:
    """The map after one more click in px of the photo: the crop around it is thought over."""
    clicks = (*before.clicks, click)
    inside = [sight.inwards(each) for each in clicks]
    likely = before.likely.copy()
    window, is_new = _around(likely, sight, inside[-1], habits)
    seen = asked(ask, sight, window, clicks=inside, before=likely)
    if is_new:
        found = np.zeros_like(likely)
        blend(found, seen, window, sight.frame, weight=1.0)
        nearer, _ = _around(found, sight, inside[-1], habits)
        if nearer.factor > window.factor / 0.6:
            window = nearer
            seen = asked(ask, sight, window, clicks=inside, before=likely)
    blend(likely, seen, window, sight.frame, weight=1.0)
    refused = _refused(before.likely, sight, inside, habits)
    if refused is not None and _goes_whole(likely[refused], habits):
        likely[refused] = 0.0
    return replace(before, likely=likely, clicks=clicks)


def from_outline(sight: Sight, outline: Outline) -> ProbabilityMap:
    """An outline as it stands, drawn or carried over, as what the next click mends."""
    on_photo = replace(sight.frame, left_px=sight.left_px, top_px=sight.top_px)
    return ProbabilityMap(covered(outline, on_photo), of_rings=True)


def _places(likely: Values, sight: Sight, habits: Habits) -> list[Window]:
    """Crops around the likely regions, largest first; one where they would overlap much."""
    longest = max(likely.shape)
    labels, boxes = _regions(likely > habits.seed_level)
    windows: list[tuple[float, float, float]] = []
    for label in 1 + np.argsort(-boxes[1:, 4], kind="stable")[: 3 * habits.regions]:
        left, top, width, height, _ = (float(value) for value in boxes[label])
        if float(likely[labels == label].max()) < habits.look:
            continue
        if any(_well_inside(window, (left, top, width, height)) for window in windows):
            continue
        side = max(habits.margin * max(width, height), habits.narrowest * longest)
        if side < habits.widest * longest:
            windows.append((left + width / 2, top + height / 2, side))
        if len(windows) == habits.regions:
            break
    return [_on_photo(window, sight) for window in windows]


def _around(likely: Values, sight: Sight, click: Click, habits: Habits) -> tuple[Window, bool]:
    """The crop for a click in px of the part, and whether there was no outline near it yet."""
    longest = max(likely.shape)
    labels, boxes = _regions(likely > habits.level)
    x, y = sight.frame.inwards((click.x, click.y))
    label = int(labels[sight.under(click)]) or _nearest(boxes, (x, y))
    if label == 0:
        return _on_photo((x + 0.5, y + 0.5, habits.new_side * longest), sight), True
    left, top, wide, tall, _ = (float(value) for value in boxes[label])
    right, bottom = max(left + wide, x + 1), max(top + tall, y + 1)
    left, top = min(left, x), min(top, y)
    side = max(habits.click_margin * max(right - left, bottom - top), habits.narrowest * longest)
    middle = (left + right) / 2, (top + bottom) / 2
    return _on_photo((*middle, min(side, float(longest))), sight), False


def _refused(
    likely: Values, sight: Sight, clicks: Sequence[Click], habits: Habits
) -> NDArray[np.bool_] | None:
    """The region whose heart the last click says is no wound, and no click that it is; else None.

    What is wrong altogether is clicked in its middle, what is wrong in part beside it.
    """
    import cv2

    *others, last = clicks
    if last.positive:
        return None
    labels, boxes = _regions(likely > habits.level)
    at, label = sight.under(last), int(labels[sight.under(last)])
    if label == 0 or any(each.positive and labels[sight.under(each)] == label for each in others):
        return None
    left, top, wide, tall, _ = (int(value) for value in boxes[label])
    region = np.pad(labels[top : top + tall, left : left + wide] == label, 1).astype(np.uint8)
    depth = cv2.distanceTransform(region, cv2.DIST_L2, 5)
    if depth[at[0] - top + 1, at[1] - left + 1] < habits.heart * depth.max():
        return None
    return np.asarray(labels == label, np.bool_)


def _goes_whole(likely: Values, habits: Habits) -> bool:
    """Whether the network is sure of nothing in a refused region, or sure of all as before.

    A person's word stands over a network that does not hear it.
    """
    return bool(likely.max() < habits.sure or (likely > habits.level).mean() > habits.ignored)


def _drop_unsure(likely: Values, habits: Habits) -> None:
    """Take out, in place, the regions that are nowhere sure."""
    labels, boxes = _regions(likely > habits.level)
    for label in range(1, len(boxes)):
        left, top, wide, tall, _ = (int(value) for value in boxes[label])
        here = likely[top : top + tall, left : left + wide]
        region = labels[top : top + tall, left : left + wide] == label
        if here[region].max() < habits.sure:
            here[region] = 0.0


def _on_photo(place: tuple[float, float, float], sight: Sight) -> Window:
    """The window of a centre and side in px of the frame."""
    x, y, side = (value / sight.frame.factor for value in place)
    return square((x, y), side)


def _regions(mask: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(height, width) labels from 1, and a row each of left, top, width, height, size."""
    import cv2

    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    return np.asarray(labels, np.int32), np.asarray(boxes, np.int32)


def _nearest(boxes: NDArray[np.int32], at: tuple[float, float]) -> int:
    """The region whose box, doubled, holds the point; 0 where none does."""
    best, nearest = 0, np.inf
    for label in range(1, len(boxes)):
        left, top, width, height, _ = (float(value) for value in boxes[label])
        across = max(left - at[0], at[0] - left - width, 0.0)
        down = max(top - at[1], at[1] - top - height, 0.0)
        far = float(np.hypot(across, down))
        if far <= 0.5 * max(width, height) and far < nearest:
            best, nearest = label, far
    return best


def _well_inside(window: tuple[float, float, float], box: Sequence[float]) -> bool:
    x, y, side = window
    left, top, width, height = box
    reach = 0.45 * side
    across = left >= x - reach and left + width <= x + reach
    return across and top >= y - reach and top + height <= y + reach
