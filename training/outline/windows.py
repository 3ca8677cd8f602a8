"""Square views of a picture, turned and scaled: whole frames, close-ups, and nothing at all.

The network finds wounds in a whole frame and refines them in a crop, so it learns from both.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from training.outline.pictures import Grey, Picture
from woundtrack.outline.sight import BEYOND

Random = np.random.Generator
SMALLEST_WINDOW_PX = 48.0
FRAME, CLOSE, EMPTY = "frame", "close", "empty"


@dataclass(frozen=True, slots=True)
class View:
    """A window's centre and side in photo px, its turn in radians, its mirror and stretch."""

    centre: tuple[float, float]
    side: float
    turn: float = 0.0
    mirrored: bool = False
    stretch: float = 1.0

    def matrix(self, size: int) -> NDArray[np.float64]:
        """(2, 3): photo px to px of a size × size view, pixel centres at whole numbers."""
        scale = size / self.side
        across = scale * (-self.stretch if self.mirrored else self.stretch)
        down = scale / self.stretch
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        linear = np.diag([across, down]) @ np.array([[cos, -sin], [sin, cos]])
        middle = np.full(2, (size - 1) / 2)
        return np.column_stack([linear, middle - linear @ np.asarray(self.centre)])


def seen(picture: Picture, view: View, size: int, *, fill: bool) -> tuple[NDArray[np.uint8], Grey]:
    """Colours and mask of a view; beyond the photo grey (`fill`) or its mirror image."""
    colours, mask, matrix = picture.colours, picture.mask, view.matrix(size)
    shrink = size / view.side
    if shrink < 0.7:
        height, width = colours.shape[:2]
        to = (max(1, round(width * shrink)), max(1, round(height * shrink)))
        colours = np.asarray(cv2.resize(colours, to, interpolation=cv2.INTER_AREA), np.uint8)
        mask = np.asarray(cv2.resize(mask, to, interpolation=cv2.INTER_AREA), np.uint8)
        factors = np.array([to[0] / width, to[1] / height])
        matrix = matrix.copy()
        matrix[:, 2] += matrix[:, :2] @ (0.5 / factors - 0.5)
        matrix[:, :2] = matrix[:, :2] / factors
    border = cv2.BORDER_CONSTANT if fill else cv2.BORDER_REFLECT_101
    shown = cv2.warpAffine(
        colours,
        matrix,
        (size, size),
        flags=cv2.INTER_LINEAR,
        borderMode=border,
        borderValue=(BEYOND,) * 3,
    )
    truth = cv2.warpAffine(mask, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(shown, np.uint8), np.asarray(truth, np.uint8)


def frame(picture: Picture, random: Random) -> View:
    """The whole photo, a little nearer or further, mostly upright."""
    height, width = picture.mask.shape
    side = max(height, width) * float(np.exp(random.normal(0.02, 0.13)))
    shift = random.normal(0, 0.04, 2) * side
    centre = (float(width / 2 + shift[0]), float(height / 2 + shift[1]))
    return _postured(View(centre, side), random, upright=0.65)


def close(picture: Picture, random: Random) -> View:
    """One wound, or all of them, with more or less of what is around."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats((picture.mask > 127).astype(np.uint8))
    boxes = boxes[1:]
    if not len(boxes):
        return empty(picture, random)
    if random.random() < 0.8:
        left, top, width, height = (float(v) for v in boxes[int(random.integers(len(boxes)))][:4])
    else:
        left, top = (float(v) for v in boxes[:, :2].min(axis=0))
        width, height = (boxes[:, :2] + boxes[:, 2:4]).max(axis=0) - (left, top)
    longest = float(max(width, height))
    side = longest * float(np.exp(random.uniform(np.log(1.15), np.log(5.0))))
    side = min(max(side, SMALLEST_WINDOW_PX), 1.2 * max(picture.mask.shape))
    slack = max(0.0, side - longest) / 2 + 0.15 * longest
    shift = random.uniform(-1, 1, 2) * slack * 0.8
    centre = (float(left + width / 2 + shift[0]), float(top + height / 2 + shift[1]))
    return _postured(View(centre, side), random, upright=0.4)


def empty(picture: Picture, random: Random) -> View:
    """Somewhere without a wound, as far as a few tries find one."""
    height, width = picture.mask.shape
    best, least = View((width / 2, height / 2), float(max(height, width))), np.inf
    for _ in range(12):
        side = max(height, width) * float(np.exp(random.uniform(np.log(0.12), np.log(0.7))))
        side = max(side, SMALLEST_WINDOW_PX)
        x, y = random.uniform(0, width), random.uniform(0, height)
        reach = 0.75 * side
        rows = slice(max(0, int(y - reach)), max(1, int(y + reach)))
        columns = slice(max(0, int(x - reach)), max(1, int(x + reach)))
        wound = int((picture.mask[rows, columns] > 127).sum())
        if wound < least:
            best, least = _postured(View((x, y), side), random, upright=0.4), wound
        if wound == 0:
            break
    return best


def view(picture: Picture, kind: str, random: Random) -> View:
    """A view of one of the three kinds."""
    return {FRAME: frame, CLOSE: close, EMPTY: empty}[kind](picture, random)


def _postured(view: View, random: Random, *, upright: float) -> View:
    if random.random() < upright:
        turn = float(random.normal(0, 0.15))
    else:
        turn = float(random.uniform(0, 2 * np.pi))
    mirrored = bool(random.random() < 0.5)
    return replace(
        view, turn=turn, mirrored=mirrored, stretch=float(np.exp(random.normal(0, 0.06)))
    )
