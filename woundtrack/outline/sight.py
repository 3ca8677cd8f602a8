"""A photo as the network is shown it: made ready once, looked at through square windows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.clicks import Click, discs
from woundtrack.outline.crops import BoxPx, Window, look, moved, pyramid
from woundtrack.outline.network import CHANNELS, SIDE_PX, Ask, Values
from woundtrack.photo.types import Pixels

MAP_SIDE = 1024
"""The longest side of the map of a whole photo, whatever the photo's own."""
BEYOND = 127
"""What lies outside a photo, in every channel."""
PADDING_AT_MOST = 12
"""Rows and columns at the rim whose 99th percentile is no brighter are padding."""
SMALLEST_SIDE = 24
TOLD_ON_PX = 512
"""Padding is told on a copy no larger than this."""
_LEAST_LEVEL_PX = 256
"""The whole photo is shown so small that one halving more than elsewhere is needed."""

PartPx: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom of a photo's part in whole px, ends not included."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """The part of a photo that is no black padding, with what does not change between clicks."""

    levels: tuple[Pixels, ...]
    """That part and its halvings, (height, width, 3), blue first."""
    left_px: int
    top_px: int
    frame: Window
    """All of that part in the px of its map; places are px of the part."""

    @classmethod
    def of(cls, pixels: Pixels) -> "Sight":
        """The photo (height, width, 3), blue first, made ready."""
        levels = pyramid(pixels, smallest_px=_LEAST_LEVEL_PX)
        height, width = pixels.shape[:2]
        left, top, right, bottom = _unpadded_px(levels)
        if (right - left, bottom - top) != (width, height):
            part = np.ascontiguousarray(pixels[top:bottom, left:right])
            levels = pyramid(part, smallest_px=_LEAST_LEVEL_PX)
        tall, wide = levels[0].shape[:2]
        factor = MAP_SIDE / max(tall, wide)
        shape = max(2, round(wide * factor)), max(2, round(tall * factor))
        return cls(levels, left, top, Window(0.0, 0.0, factor, *shape))

    @property
    def longest_px(self) -> int:
        """The longer side of the part that is looked at."""
        return int(max(self.levels[0].shape[:2]))

    def whole(self) -> Window:
        """The square window that shows all of it."""
        tall, wide = self.levels[0].shape[:2]
        return square((wide / 2, tall / 2), self.longest_px)

    def inwards(self, click: Click) -> Click:
        """A click of the photo as one of the part."""
        return replace(click, x=click.x - self.left_px, y=click.y - self.top_px)

    def under(self, click: Click) -> tuple[int, int]:
        """Row and column of the map under a click of the part."""
        x, y = self.frame.inwards((click.x, click.y))
        row, column = max(0, round(y)), max(0, round(x))
        return min(row, self.frame.height - 1), min(column, self.frame.width - 1)


def square(centre_px: tuple[float, float], side_px: float) -> Window:
    """The window of this side around a point, in the px the network is shown.

    The point is given from the corner of the first pixel, not from its centre.
    """
    left, top = centre_px[0] - side_px / 2, centre_px[1] - side_px / 2
    return Window(left, top, SIDE_PX / side_px, SIDE_PX, SIDE_PX)


def asked(
    ask: Ask,
    sight: Sight,
    window: Window,
    *,
    clicks: Sequence[Click] = (),
    before: Values | None = None,
) -> Values:
    """What the network thinks of a window, (384, 384), with clicks and the map as it was."""
    x = np.zeros((CHANNELS, window.height, window.width), np.float32)
    x[:3] = look(sight.levels, window, beyond=BEYOND)[..., ::-1].transpose(2, 0, 1)
    x[:3] /= 255
    inside = [here for click in clicks if (here := _shown(click, window)) is not None]
    if inside:
        x[3:5] = discs(inside, window.width)
    if before is not None:
        x[5] = moved(before, sight.frame, window)
    return ask(x)


def blend(likely: Values, seen: Values, window: Window, frame: Window, *, weight: float) -> None:
    """Take a window's opinion into the map of the whole photo, in place."""
    left, top, right, bottom = (round(value) for value in _box_on(window, frame))
    left, top = max(0, left), max(0, top)
    right, bottom = min(frame.width, right), min(frame.height, bottom)
    if right <= left or bottom <= top:
        return
    corner = frame.left_px + left / frame.factor, frame.top_px + top / frame.factor
    part = Window(*corner, frame.factor, right - left, bottom - top)
    here = likely[top:bottom, left:right]
    here += np.float32(weight) * (moved(seen, window, part, go_on=True) - here)


def unpadded(pixels: NDArray[np.uint8]) -> PartPx:
    """The photo without the black bars at its sides; all of it where little would be left."""
    height, width = pixels.shape[:2]
    brightest = pixels.max(axis=2)
    rows = np.flatnonzero(np.percentile(brightest, 99, axis=1) > PADDING_AT_MOST)
    columns = np.flatnonzero(np.percentile(brightest, 99, axis=0) > PADDING_AT_MOST)
    if len(rows) < SMALLEST_SIDE or len(columns) < SMALLEST_SIDE:
        return 0, 0, width, height
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _unpadded_px(levels: Sequence[Pixels]) -> PartPx:
    """As `unpadded`, told on a small copy where the photo is large."""
    height, width = levels[0].shape[:2]
    small = next((level for level in levels if max(level.shape[:2]) <= TOLD_ON_PX), levels[-1])
    across, down = width / small.shape[1], height / small.shape[0]
    left, top, right, bottom = unpadded(small)
    return round(left * across), round(top * down), round(right * across), round(bottom * down)


def _shown(click: Click, window: Window) -> Click | None:
    """The click in px of the window; None outside it."""
    x, y = window.inwards((click.x, click.y))
    inside = -0.5 <= x < window.width - 0.5 and -0.5 <= y < window.height - 0.5
    return replace(click, x=x, y=y) if inside else None


def _box_on(window: Window, frame: Window) -> BoxPx:
    """The window's sides in px of the frame, counted from the corner of its first pixel."""
    left = (window.left_px - frame.left_px) * frame.factor
    top = (window.top_px - frame.top_px) * frame.factor
    step = frame.factor / window.factor
    return left, top, left + window.width * step, top + window.height * step
