"""Where something is written or printed in a picture: how likely, place by place.

A small network of our own (`training/text`, ADR 19) looks at the picture and its halvings, view
by view; it finds lines of writing and codes of every size, and cannot read.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import ExportError
from woundtrack.outline.network import Run, loaded
from woundtrack.paths import resources_dir
from woundtrack.photo.types import Pixels

NAME = "finder.onnx"
VIEW_PX, STRIDE = 384, 4
RIM_PX = 48
"""Of a view's border, not believed: half of what the network would look at there is missing."""
SMALLEST_PX = 400
"""No copy of a picture smaller than this is looked at: larger writing would fill the picture."""

Likely = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """How likely each cell holds writing, in a copy of the picture reduced by a whole number."""

    likely: Likely
    cell_px: int
    """A cell's side in px of the picture itself."""


def likely_writing(pixels: Pixels) -> Iterator[Level]:
    """Where writing is likely, from the smallest that can be read to the largest.

    Raises ExportError deidentify.no_finder.
    """
    run = _network()
    for copy, reduction in _halvings(pixels):
        yield Level(_level(run, copy), STRIDE * reduction)


def _halvings(pixels: Pixels) -> Iterator[tuple[Pixels, int]]:
    import cv2

    reduction = 1
    while reduction == 1 or max(pixels.shape[:2]) >= SMALLEST_PX:
        yield pixels, reduction
        height, width = pixels.shape[:2]
        size = max(1, width // 2), max(1, height // 2)
        half = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        pixels, reduction = np.asarray(half, np.uint8), 2 * reduction


def _level(run: Run, pixels: Pixels) -> Likely:
    """One size of the picture, view beside view; its border is mirrored outwards."""
    import cv2

    height, width = pixels.shape[:2]
    step = VIEW_PX - 2 * RIM_PX
    rows, columns = -(-height // step), -(-width // step)
    bottom, right = rows * step - height + RIM_PX, columns * step - width + RIM_PX
    padded = cv2.copyMakeBorder(pixels, RIM_PX, bottom, RIM_PX, right, cv2.BORDER_REFLECT)
    answer = np.zeros((rows * step // STRIDE, columns * step // STRIDE), np.float32)
    cells, rim = step // STRIDE, RIM_PX // STRIDE
    for row in range(rows):
        for column in range(columns):
            y, x = row * step, column * step
            view = padded[y : y + VIEW_PX, x : x + VIEW_PX]
            seen = np.ascontiguousarray(view.transpose(2, 0, 1) / np.float32(255))
            found = np.asarray(run(seen)[0], np.float32)[rim : rim + cells, rim : rim + cells]
            answer[y // STRIDE : y // STRIDE + cells, x // STRIDE : x // STRIDE + cells] = found
    return answer[: -(-height // STRIDE), : -(-width // STRIDE)]


@functools.lru_cache(maxsize=1)
def _network() -> Run:
    try:
        return loaded((resources_dir() / "writing" / NAME).read_bytes())
    except Exception as error:  # each runtime has kinds of its own for a file that is none
        raise ExportError("deidentify.no_finder") from error
