"""A crop as the network is shown it while it learns: turned, moved, in another light."""

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.tissue.crops import Crop, Taught
from training.tissue.model import CLASSES
from woundtrack.outline.tissue.network import SIDE_PX, STRIDE
from woundtrack.outline.tissue.propose import SMALLEST_VIEW_PX

VIEW_PART = 2.0
"""The middle of the views' sizes, in sizes of the region; each is up to 1.4 times off it."""
OUTSIDE = 255
"""Labels beyond the crop: they count for nothing."""
SIDE = SIDE_PX // STRIDE
"""Places along a view."""
ANY_TURN = 0.7
"""So many are turned by any angle, the others by quarters."""


def view(crop: Crop, random: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Colours (3, S, S) in 0…1 and the part of each class in each place (4, S/4, S/4)."""
    region = crop.region(bed=False)
    if random.random() < 0.5 and crop.region(bed=True).any():
        region = crop.region(bed=True)
    matrix = _matrix(*square(region), random)
    labels = cv2.warpAffine(
        crop.labels, matrix, (SIDE_PX, SIDE_PX),
        flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP, borderValue=OUTSIDE,
    )  # fmt: skip
    each = np.stack([labels == number for number in range(CLASSES)]).astype(np.float32)
    parts = each.reshape(CLASSES, SIDE, STRIDE, SIDE, STRIDE).mean(axis=(2, 4))
    return _seen(crop.pixels, matrix, random), torch.from_numpy(parts)


def taught_view(crop: Taught, random: np.random.Generator) -> tuple[Tensor, Tensor]:
    """The same of a crop without labels: how likely its teachers hold each class there."""
    matrix = _matrix(crop.centre, crop.side, random)
    per_px = crop.likely.shape[1] / crop.side
    # Pixel centres lie at whole numbers in all of them: the view's cell, the crop, its square.
    corner = crop.likely.shape[1] / 2 - 0.5 - per_px * np.asarray(crop.centre)
    middle = matrix[:, :2] @ np.full(2, (STRIDE - 1) / 2) + matrix[:, 2]
    from_cell = per_px * np.column_stack([STRIDE * matrix[:, :2], middle])
    from_cell[:, 2] += corner
    likely = cv2.warpAffine(
        np.ascontiguousarray(crop.likely.transpose(1, 2, 0)), from_cell, (SIDE, SIDE),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=0,
    )  # fmt: skip
    parts = torch.from_numpy(np.ascontiguousarray(likely.transpose(2, 0, 1)))
    return _seen(crop.pixels, matrix, random), parts


def square(region: NDArray[np.bool_]) -> tuple[tuple[float, float], float]:
    """The centre and side, in px, of the square that a region (height, width) is seen in."""
    rows, columns = np.flatnonzero(region.any(axis=1)), np.flatnonzero(region.any(axis=0))
    left, top, right, bottom = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    side = max(VIEW_PART * float(max(right - left, bottom - top)), SMALLEST_VIEW_PX)
    return (float(left + right) / 2, float(top + bottom) / 2), side


def _seen(
    pixels: NDArray[np.uint8], matrix: NDArray[np.float64], random: np.random.Generator
) -> Tensor:
    """(3, S, S): the colours of a view, in another light."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(
        pixels, matrix, (SIDE_PX, SIDE_PX), flags=flags, borderMode=cv2.BORDER_REFLECT
    )
    colours = _in_another_light(np.asarray(seen[..., ::-1], np.float32) / 255, random)
    return torch.from_numpy(np.ascontiguousarray(colours.transpose(2, 0, 1)))


def _matrix(
    middle: tuple[float, float], side: float, random: np.random.Generator
) -> NDArray[np.float64]:
    """From the view to the crop: about a square, moved, nearer or further, turned, mirrored."""
    centre = np.asarray(middle) + side * random.uniform(-0.12, 0.12, 2)
    step = side * 2 ** random.uniform(-0.5, 0.5) / SIDE_PX
    free = random.random() < ANY_TURN
    angle = random.uniform(-np.pi, np.pi) if free else np.pi / 2 * random.integers(4)
    turn = step * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if random.random() < 0.5:
        turn = turn @ np.diag([-1.0, 1.0])
    start = centre - turn @ np.full(2, (SIDE_PX - 1) / 2)
    return np.column_stack([turn, start])


def _in_another_light(
    colours: NDArray[np.float32], random: np.random.Generator
) -> NDArray[np.float32]:
    """Contrast, brightness, colour of the light, saturation, sharpness, noise."""
    x = colours ** np.float32(np.exp(random.uniform(-0.3, 0.3)))
    x = x * (random.uniform(0.8, 1.2) * (1 + random.uniform(-0.08, 0.08, 3))).astype(np.float32)
    if random.random() < 0.5:
        grey = x.mean(axis=2, keepdims=True)
        x = grey + (x - grey) * np.float32(random.uniform(0.75, 1.25))
    if random.random() < 0.3:
        x = np.asarray(cv2.GaussianBlur(x, (0, 0), random.uniform(0.5, 1.5)), np.float32)
    noisy = x + random.normal(0, random.uniform(0, 0.02), x.shape)
    return np.asarray(np.clip(noisy, 0, 1), np.float32)
