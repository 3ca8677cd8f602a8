"""How much a region looks like a wound: set off from its surroundings, redder and darker."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.crops import Window, box_of, look, moved, window
from woundtrack.photo.types import Pixels

RIM = 0.15
"""Width of the rims compared inside and outside the edge, as a part of √area."""
REDDER, DARKER, LARGER = 0.5, 0.3, 0.3
SMALLEST_RIM = 10
_SIDE = 96
_MARGIN = 0.35


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region, the window it is seen through, and how convincing it is."""

    region: NDArray[np.bool_]
    through: Window
    contrast: float
    """CIE Lab distance between the rims inside and outside the edge, redder and darker added."""
    score: float


def ranked(
    levels: Sequence[Pixels], region: NDArray[np.bool_], through: Window
) -> Candidate | None:
    """The region with its contrast to what surrounds it; None where no surroundings are seen."""
    import cv2

    box = box_of(region, through)
    around = window(box, levels[0].shape, margin=_MARGIN, side=_SIDE)
    wound = (moved(region.astype(np.float32), through, around) > 0.5).astype(np.uint8)
    size = float(np.sqrt(wound.sum()))
    if size < 2:
        return None
    reach = 2 * max(1, round(RIM * size)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    outside = (cv2.dilate(wound, kernel) > 0) & (wound == 0)
    inside = (wound > 0) & (cv2.erode(wound, kernel) == 0)
    if outside.sum() < SMALLEST_RIM or inside.sum() < SMALLEST_RIM:
        return None
    seen = look(levels, around).astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(seen, cv2.COLOR_BGR2Lab))
    lighter, redder, yellower = (lab[inside].mean(axis=0) - lab[outside].mean(axis=0)).tolist()
    distance = float(np.sqrt(lighter**2 + redder**2 + yellower**2))
    bonus = REDDER * float(np.clip(redder, -20, 20)) - DARKER * float(np.clip(lighter, -20, 20))
    contrast = distance + bonus
    photo_px = float(np.sqrt(levels[0].shape[0] * levels[0].shape[1]))
    return Candidate(
        region, through, contrast, contrast * (size / around.factor / photo_px) ** LARGER
    )
