"""Teachers label the crops nobody labelled, softly, inside what the outline network sees there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.outline.pictures import files
from training.tissue.crops import Taught
from training.tissue.views import square
from woundtrack.outline.interactive import HABITS, first
from woundtrack.outline.network import Ask
from woundtrack.outline.sight import Sight
from woundtrack.outline.tissue.network import SIDE_PX, TissueNetwork

SMALLEST_PX = 150
"""A bed of fewer px shows a teacher nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """An unlabelled crop, blue first, and the square about the wound found in it."""

    pixels: NDArray[np.uint8]
    centre: tuple[float, float]
    side: float


def unlabelled(data: Path, ask: Ask) -> list[Seen]:
    """The crops of `tissue/unlabelled` in which the outline network finds a wound."""
    found = []
    for path in files(data / "tissue" / "unlabelled"):
        pixels = np.asarray(cv2.imread(str(path)), np.uint8)
        height, width = pixels.shape[:2]
        sight = Sight.of(pixels)
        likely = first(ask, sight).likely
        part = np.zeros((height, width), np.float32)
        inner = cv2.resize(likely, sight.levels[0].shape[1::-1], interpolation=cv2.INTER_LINEAR)
        part[
            sight.top_px : sight.top_px + inner.shape[0],
            sight.left_px : sight.left_px + inner.shape[1],
        ] = inner
        bed = part > HABITS.level
        if int(bed.sum()) >= SMALLEST_PX:
            found.append(Seen(pixels, *square(bed)))
    return found


def taught(crops: Sequence[Seen], teachers: Sequence[TissueNetwork]) -> list[Taught]:
    """The crops with their teachers' mean opinion, over four quarter turns and their mirrors."""
    return [Taught(crop.pixels, crop.centre, crop.side, _opinion(crop, teachers)) for crop in crops]


def _opinion(crop: Seen, teachers: Sequence[TissueNetwork]) -> NDArray[np.float32]:
    scale = SIDE_PX / crop.side
    shift = SIDE_PX / 2 - 0.5 - scale * np.asarray(crop.centre)
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    shown = cv2.warpAffine(
        crop.pixels, matrix, (SIDE_PX, SIDE_PX),
        flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT,
    )  # fmt: skip
    opinions = []
    for quarter in range(4):
        turned = np.ascontiguousarray(np.rot90(shown, quarter))
        opinions += [np.rot90(teacher(turned), -quarter, (1, 2)) for teacher in teachers]
    return np.asarray(np.mean(opinions, axis=0), np.float32)
