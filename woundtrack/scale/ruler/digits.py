"""What a label on a ruler says: a small convolutional network over one printed line, in numpy.

Trained by `training/digits` on labels drawn in freely licensed typefaces alone. The line is read
column by column; texts are weighed by the connectionist temporal forward sum (Graves et al. 2006).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.paths import resources_dir

Image = NDArray[np.float32]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in px."""

ROWS, COLUMNS = 20, 48
TEXT_ROWS = 14
"""The ink of a label is this high in the reader's input."""
SIDE_PX = 3.0
"""Beyond a label's left and right by so much of the input nothing is looked at."""
BLANK, OTHER = 0, "?"
NAMES = ("", *"0123456789", *"cminhes", OTHER)
"""The reader's classes: nothing, digits, the letters of units, and what is neither."""
CLASSES = {name: place for place, name in enumerate(NAMES)}
POOLS = ((2, 2), (2, 1), (2, 1))
BATCH = 64
GROUND, INK = 0.25, 0.97
"""Quantiles of a label's px that are ground and print."""


def placed(grey: Image, box: Box) -> Image:
    """The label in a box of a grey image (ink high), of a fixed height, (ROWS, COLUMNS).

    Its sides are cut off, since a neighbour may stand there; a long one is narrowed.
    """
    left, top, right, bottom = box
    scale = TEXT_ROWS / max(bottom - top, 1.0)
    across = min(scale, (COLUMNS - 2 * SIDE_PX) / max(right - left, 1.0))
    if min(scale, across) < 0.7:
        soft = cv2.GaussianBlur(grey, (0, 0), sigmaX=0.35 / across, sigmaY=0.35 / scale)
        grey = np.asarray(soft, dtype=np.float32)
    centre = 0.5 * (left + right - 1), 0.5 * (top + bottom - 1)
    matrix = np.array(
        [
            [across, 0, 0.5 * (COLUMNS - 1) - across * centre[0]],
            [0, scale, 0.5 * (ROWS - 1) - scale * centre[1]],
        ]
    )
    edge = cv2.BORDER_REPLICATE
    turned = cv2.warpAffine(grey, matrix, (COLUMNS, ROWS), flags=cv2.INTER_LINEAR, borderMode=edge)
    out = np.asarray(turned, dtype=np.float32)
    half = 0.5 * across * (right - left) + SIDE_PX
    first = max(0, int(0.5 * COLUMNS - half))
    last = min(COLUMNS, int(np.ceil(0.5 * COLUMNS + half)))
    out[:, :first] = out[:, last:] = _quantile(out[:, first:last], GROUND)
    return out


def normalised(image: Image) -> Image:
    """With the ground at 0 and the ink at 1."""
    ground, ink = _quantile(image, GROUND), _quantile(image, INK)
    level = (image - ground) / max(float(ink - ground), 1e-3)
    return np.asarray(np.clip(level, -0.5, 1.5), dtype=np.float32)


def _quantile(image: Image, part: float) -> float:
    at = int(part * (image.size - 1))
    return float(np.partition(image, at, axis=None)[at])


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """The network's weights: (outputs, inputs, rows, columns) and (outputs,) of each layer."""

    weights: tuple[Image, ...]
    biases: tuple[Image, ...]

    @classmethod
    def load(cls, path: Path) -> "Reader":
        """From the file that training wrote."""
        with np.load(path) as arrays:
            layers = range(len(arrays.files) // 2)
            weights = tuple(arrays[f"weight_{at}"].astype(np.float32) for at in layers)
            biases = tuple(arrays[f"bias_{at}"].astype(np.float32) for at in layers)
        return cls(weights, biases)

    def probabilities(self, images: Image) -> Image:
        """(N, ROWS, COLUMNS) to (N, steps, classes): the classes seen at each step along it."""
        parts = [
            self._probabilities(images[start : start + BATCH])
            for start in range(0, len(images), BATCH)
        ]
        none = np.zeros((0, COLUMNS // 2, len(NAMES)), np.float32)
        return np.concatenate(parts) if parts else none

    def best(self, images: Image) -> list[tuple[str, float]]:
        """The text of each image read step by step, and its probability."""
        seen = self.probabilities(images)
        texts = [spelled(each) for each in seen]
        return list(zip(texts, likelihoods(seen, texts), strict=True))

    def _probabilities(self, images: Image) -> Image:
        values = images[..., None]
        for place, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            values = _convolved(values, weight, bias)
            if place < len(self.weights) - 1:
                values = np.maximum(values, 0)
            if place < len(POOLS):
                values = _pooled(values, *POOLS[place])
        scores = values[:, 0]
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return np.asarray(scores / scores.sum(axis=-1, keepdims=True), dtype=np.float32)


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The program's own reader."""
    return Reader.load(resources_dir() / "digits" / "labels.npz")


def spelled(probabilities: Image) -> str:
    """The likeliest class of each step (steps, classes), repeats joined, blanks left out."""
    classes = probabilities.argmax(axis=-1)
    kept = classes[np.diff(classes, prepend=BLANK) != 0]
    return "".join(NAMES[at] for at in kept if at != BLANK)


def likelihoods(probabilities: Image, texts: Sequence[str]) -> NDArray[np.float64]:
    """The probability (N,) that each image (N, steps, classes) says the text beside it."""
    longest = max((len(text) for text in texts), default=0)
    every = np.arange(len(texts))
    states = np.zeros((len(texts), 2 * longest + 1), np.intp)
    for place, text in enumerate(texts):
        states[place, 1 : 2 * len(text) : 2] = [CLASSES[each] for each in text]
    seen = np.stack([probabilities[every, :, state].astype(np.float64) for state in states.T], 2)
    skip = np.zeros(states.shape, np.bool_)
    skip[:, 2:] = (states[:, 2:] != BLANK) & (states[:, 2:] != states[:, :-2])
    sums = np.zeros(states.shape)
    sums[:, :2] = seen[:, 0, :2]
    for step in range(1, seen.shape[1]):
        moved = sums.copy()
        moved[:, 1:] += sums[:, :-1]
        moved[:, 2:] += np.where(skip[:, 2:], sums[:, :-2], 0)
        sums = moved * seen[:, step]
    ends = 2 * np.array([len(text) for text in texts], np.intp)
    total: NDArray[np.float64] = sums[every, ends]
    total += np.where(ends > 0, sums[every, np.maximum(ends - 1, 0)], 0)
    return total


def _convolved(values: Image, weight: Image, bias: Image) -> Image:
    """(N, rows, columns, inputs) through a layer; 3 wide keeps the width, 2 high is a last row."""
    rows, columns = weight.shape[2:]
    down, side = (rows // 2 if rows == 3 else 0), columns // 2
    padded = np.pad(values, ((0, 0), (down, down), (side, side), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (rows, columns), axis=(1, 2))
    flat = windows.reshape(*windows.shape[:3], -1)
    matrix = weight.reshape(len(weight), -1)
    return np.asarray(flat @ matrix.T + bias, dtype=np.float32)


def _pooled(values: Image, rows: int, columns: int) -> Image:
    """The largest of each block."""
    count, height, width, channels = values.shape
    whole = values[:, : height // rows * rows, : width // columns * columns]
    blocks = whole.reshape(count, height // rows, rows, width // columns, columns, channels)
    return np.asarray(blocks.max(axis=(2, 4)), dtype=np.float32)
