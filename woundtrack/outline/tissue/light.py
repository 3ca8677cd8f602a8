"""The colour of the light in one photo: from the card's greys, the ruler's paper, or assumed."""

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.colour_cast import Correction, Light, correction_from_greys
from woundtrack.photo.types import Pixels
from woundtrack.scale import card_layout as design
from woundtrack.scale.types import Scale, ScaleMethod

PRINT_RELATIVE_SD = 0.03
"""What office paper and toner leave: red to blue of white papers differs by some per cent."""
PAPER_RELATIVE_SD = 0.08
"""The same of rulers: white ones, and cream ones that pass for white in a warm light."""
PATCH_PART = 0.5
"""The inner part of a patch that is looked at: away from its rim's blur."""
_STEPS = 7
_GREYS = tuple(patch for patch in design.PATCHES if patch.key in design.NEUTRALS[:4])
"""The black patch is glare as much as ink."""
_BRIGHT_PART = 0.75
"""Paper is lighter than this part of the brightest places between the graduations."""
_PAPER_LEVEL = 90.0
"""Darker grounds (steel, clear film over skin) are not taken for white."""


def light_of(pixels: Pixels, scale: Scale | None) -> Correction:
    """What makes grey things grey in a photo, by the reference that its scale was found on.

    Without a reference, or where its white is clipped or coloured, the camera's own white
    balance is assumed, with more doubt: a wound and skin are no grey world.
    """
    found = None
    greys = _greys(pixels, scale)
    if scale is not None and len(greys):
        by_card = scale.method is ScaleMethod.CARD
        found = correction_from_greys(
            greys,
            light=Light.CARD if by_card else Light.RULER,
            least_relative_sd=PRINT_RELATIVE_SD if by_card else PAPER_RELATIVE_SD,
        )
    return found or Correction()


def white_of(pixels: Pixels, scale: Scale | None) -> NDArray[np.float64] | None:
    """How light the reference's paper is, (3,) levels of blue, green and red; None without one."""
    greys = _greys(pixels, scale)
    if scale is None or not len(greys):
        return None
    if scale.method is ScaleMethod.CARD:  # the first of its greys is its paper
        return np.asarray(greys[0]) if len(greys) == len(_GREYS) else None
    return np.asarray(np.median(greys, axis=0), dtype=np.float64)


def _greys(pixels: Pixels, scale: Scale | None) -> NDArray[np.float64]:
    """What is known to be grey, (N, 3): a card's patches in their order, a ruler's paper."""
    if scale is not None and scale.method is ScaleMethod.CARD:
        return _card_greys(pixels, scale)
    if scale is not None and scale.method is ScaleMethod.RULER:
        return _ruler_paper(pixels, scale)
    return np.zeros((0, 3))


def _card_greys(pixels: Pixels, scale: Scale) -> NDArray[np.float64]:
    seen = [_patch_level(pixels, scale, patch) for patch in _GREYS]
    return np.array([level for level in seen if level is not None]).reshape(-1, 3)


def _patch_level(pixels: Pixels, scale: Scale, patch: design.Patch) -> NDArray[np.float64] | None:
    """The median colour (3,) of a patch's inner part."""
    half_mm = PATCH_PART * design.PATCH_MM / 2
    steps_mm = np.linspace(-half_mm, half_mm, _STEPS)
    grid_mm = np.stack(np.meshgrid(steps_mm, steps_mm), axis=-1).reshape(-1, 2)
    return _median(pixels, scale.to_px(grid_mm + np.array(patch.box.centre_mm)))


def _ruler_paper(pixels: Pixels, scale: Scale) -> NDArray[np.float64]:
    """The paper between neighbouring graduations, half way along the shorter of the two."""
    strokes = np.asarray(scale.marks_px, dtype=np.float64).reshape(-1, 2, 2)
    middle = strokes.mean(axis=1)
    gap = np.linalg.norm(np.diff(middle, axis=0), axis=1)
    near = gap < 1.5 * np.median(gap) if len(gap) else np.zeros(0, bool)
    between = (0.5 * (middle[1:] + middle[:-1]))[near]
    paper = [level for place in between if (level := _median(pixels, place[None])) is not None]
    levels = np.array(paper).reshape(-1, 3)
    brightness = levels.max(axis=1)
    usual = np.percentile(brightness, 90) if len(levels) else 0.0
    bright = brightness > max(_PAPER_LEVEL, _BRIGHT_PART * usual)
    return np.asarray(levels[bright], dtype=np.float64)


def _median(pixels: Pixels, places_px: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The median colour (3,) at some places of the photo; None where any lies outside it."""
    at = np.rint(places_px).astype(np.intp)
    height, width = pixels.shape[:2]
    if (at < 0).any() or (at >= np.array([width, height])).any():
        return None
    return np.asarray(np.median(pixels[at[:, 1], at[:, 0]], axis=0), dtype=np.float64)
