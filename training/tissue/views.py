"""A crop as the network is shown it while it learns: turned, moved, in another light."""

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.tissue.crops import Crop
from training.tissue.model import CLASSES
from woundtrack.outline.tissue.network import SIDE_PX, STRIDE
from woundtrack.outline.tissue.propose import SMALLEST_VIEW_PX

VIEW_PART = 2.0
"""The middle of the views' sizes, in sizes of the region; each is up to 1.4 times off it."""
OUTSIDE = 255
"""Labels beyond the crop: they count for nothing."""
ANY_TURN = 0.7
"""So many are turned by any angle, the others by quarters."""


def view(crop: Crop, random: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Colours (3, S, S) in 0…1 and the part of each class in each place (4, S/4, S/4)."""
    matrix = _matrix(crop, random)
    size = (SIDE_PX, SIDE_PX)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(crop.pixels, matrix, size, flags=flags, borderMode=cv2.BORDER_REFLECT)
    labels = cv2.warpAffine(
        crop.labels, matrix, size,
        flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP, borderValue=OUTSIDE,
    )  # fmt: skip
    colours = _in_another_light(np.asarray(seen[..., ::-1], np.float32) / 255, random)
    side = SIDE_PX // STRIDE
    each = np.stack([labels == number for number in range(CLASSES)]).astype(np.float32)
    parts = each.reshape(CLASSES, side, STRIDE, side, STRIDE).mean(axis=(2, 4))
    x = torch.from_numpy(np.ascontiguousarray(colours.transpose(2, 0, 1)))
    return x, torch.from_numpy(parts)


def _matrix(crop: Crop, random: np.random.Generator) -> NDArray[np.float64]:
    """From the view to the crop: about the whole labelled region or the bed, either as often."""
    region = crop.region(bed=False)
    if random.random() < 0.5 and crop.region(bed=True).any():
        region = crop.region(bed=True)
    rows, columns = np.flatnonzero(region.any(axis=1)), np.flatnonzero(region.any(axis=0))
    box = np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], np.float64)
    side = max(VIEW_PART * float((box[2:] - box[:2]).max()), SMALLEST_VIEW_PX)
    centre = (box[:2] + box[2:]) / 2 + side * random.uniform(-0.12, 0.12, 2)
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
