"""Clicks as a person would make them.

The next click goes where most is wrong: the point of the largest error region that is furthest
from its edge (Xu et al., "Deep Interactive Object Selection", 2016; Sofiiuk et al., 2021).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.clicks import Click

Bits = NDArray[np.bool_]


def deepest(region: Bits) -> tuple[float, float, float]:
    """The point furthest from the region's edge, and how far; the photo's rim counts as edge."""
    padded = np.pad(region.astype(np.uint8), 1)
    depth = cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1]
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    return float(column), float(row), float(depth[row, column])


def next_click(
    shown: Bits, truth: Bits, *, random: np.random.Generator | None = None
) -> Click | None:
    """A click at the centre of the largest error region; None where nothing is wrong.

    With a random source, somewhere in the deeper half of that region: people do not aim alike.
    """
    wrong = shown != truth
    if not wrong.any():
        return None
    best: Bits | None = None
    most = 0
    positive = True
    for part, is_missed in ((wrong & truth, True), (wrong & shown, False)):
        _, labels, boxes, _ = cv2.connectedComponentsWithStats(part.astype(np.uint8))
        if len(boxes) < 2:
            continue
        largest = 1 + int(boxes[1:, cv2.CC_STAT_AREA].argmax())
        if boxes[largest, cv2.CC_STAT_AREA] > most:
            most = int(boxes[largest, cv2.CC_STAT_AREA])
            best, positive = labels == largest, is_missed
    if best is None:
        return None
    if random is None:
        x, y, _ = deepest(best)
        return Click(x, y, positive)
    depth = cv2.distanceTransform(np.pad(best.astype(np.uint8), 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    rows, columns = np.nonzero(depth >= 0.5 * depth.max())
    chosen = int(random.integers(len(rows)))
    return Click(float(columns[chosen]), float(rows[chosen]), positive)


def disturbed(truth: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """An outline as it may have been before: moved, grown, shrunk or partly missing."""
    size = truth.shape[0]
    matrix = cv2.getRotationMatrix2D(
        ((size - 1) / 2, (size - 1) / 2),
        float(random.normal(0, 6)),
        float(np.exp(random.normal(0, 0.1))),
    )
    matrix[:, 2] += random.normal(0, 0.015, 2) * size
    moved = cv2.warpAffine(truth, matrix, (size, size), flags=cv2.INTER_LINEAR)
    reach = int(random.integers(0, 1 + size // 40))
    if reach:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
        change = cv2.dilate if random.random() < 0.5 else cv2.erode
        moved = change(moved, kernel)
    return np.asarray(moved, np.float32)
