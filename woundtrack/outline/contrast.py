"""How much a region looks like a wound: set off from its surroundings, redder and darker."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.crops import Window, box_of, look, moved, window
from woundtrack.photo.types import Pixels

RIM, WIDE_RIM = 0.15, 0.5
"""Width of the rims compared inside and outside the edge, as parts of √area."""
REDDER, DARKER, LARGER = 0.5, 0.3, 0.6
PATCH_REDDER, PATCH_WORTH = (-25.0, -10.0), (0.2, 1.0)
"""Slough or necrosis within a wound has far redder surroundings: it is worth a fifth."""
SKIN_LIGHT, SKIN_RED, SKIN_YELLOW = 12.0, 4.0, 2.0
"""Least CIE L*, a* and b* of skin: every tone of it lies above, cloth and shade mostly below."""
SMALLEST_RIM = 10
_SIDE = 112
_MARGIN = 0.55


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region, the window it is seen through, and how convincing it is."""

    region: NDArray[np.bool_]
    through: Window
    contrast: float
    """CIE Lab distance between the rims inside and outside the edge, redder and darker added."""
    score: float
    """The contrast, a little more for larger regions: what candidates are compared by."""
    redder: float
    """How far the rim inside is redder (CIE a*) than the one outside."""
    skin: float
    """The part of the surroundings, near or wide, whichever is less, that can be skin."""


def ranked(
    levels: Sequence[Pixels], region: NDArray[np.bool_], through: Window
) -> Candidate | None:
    """The region with its contrast to what surrounds it; None where no surroundings are seen."""
    import cv2

    around = window(box_of(region, through), levels[0].shape, margin=_MARGIN, side=_SIDE)
    wound = (moved(region.astype(np.float32), through, around) > 0.5).astype(np.uint8)
    size = float(np.sqrt(wound.sum()))
    outside, wide = _grown(wound, RIM * size), _grown(wound, WIDE_RIM * size)
    inside = _grown(1 - wound, RIM * size)
    if min(outside.sum(), inside.sum()) < SMALLEST_RIM:
        return None
    seen = look(levels, around).astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(seen, cv2.COLOR_BGR2Lab), dtype=np.float32)
    lighter, redder, yellower = (lab[inside].mean(axis=0) - lab[outside].mean(axis=0)).tolist()
    distance = float(np.sqrt(lighter**2 + redder**2 + yellower**2))
    bonus = REDDER * float(np.clip(redder, -20, 20)) - DARKER * float(np.clip(lighter, -20, 20))
    contrast = (distance + bonus) * float(np.interp(redder, PATCH_REDDER, PATCH_WORTH))
    photo_px = float(np.sqrt(levels[0].shape[0] * levels[0].shape[1]))
    score = contrast * (size / around.factor / photo_px) ** LARGER
    skin = min(_skin(lab[outside]), _skin(lab[wide]))
    return Candidate(region, through, contrast, score, redder, skin)


def _grown(mask: NDArray[np.uint8], by_px: float) -> NDArray[np.bool_]:
    """What growing a mask by this much adds to it."""
    import cv2

    reach = 2 * max(1, round(by_px)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    added: NDArray[np.bool_] = (np.asarray(cv2.dilate(mask, kernel)) > 0) & (mask == 0)
    return added


def _skin(lab: NDArray[np.float32]) -> float:
    least = np.array([SKIN_LIGHT, SKIN_RED, SKIN_YELLOW], dtype=np.float32)
    return float((lab > least).all(axis=1).mean())
