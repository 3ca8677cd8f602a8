"""The scale of a photo: the card before the ruler, or what was asked for."""

from dataclasses import replace
from typing import Literal

import numpy as np

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import Scale

Want = Literal["auto", "card", "ruler", "none"]
RULER_INSTEAD = ("scale.no_card", "scale.card_partial")
"""Refusals of the card after which a ruler may serve; a bent or tilted card is never passed by."""
DISAGREE = 0.02


def find_scale(
    pixels: Pixels, photo: Photo, *, want: Want = "auto", cross_check: bool = False
) -> Scale | None:
    """The scale found in an upright photo; None only where `want` is "none".

    "auto" takes the card, and the ruler where there is no whole card. `cross_check` reads the
    ruler beside a card too, which takes longer, and warns where the two disagree. Raises
    ScaleError as `find_card` and `find_ruler` do, and scale.none_found where "auto" finds neither.
    """
    if want == "none":
        return None
    if want == "ruler":
        return _ruler(pixels, photo)
    from woundtrack.scale.card import find_card

    try:
        scale = find_card(pixels, photo)
    except ScaleError as error:
        if want == "card" or error.code not in RULER_INSTEAD:
            raise
        return _ruler_instead(pixels, photo, refusal=error)
    return _cross_checked(pixels, photo, scale) if cross_check else scale


def _ruler(pixels: Pixels, photo: Photo) -> Scale:
    from woundtrack.scale.ruler import find_ruler

    return find_ruler(pixels, photo)


def _ruler_instead(pixels: Pixels, photo: Photo, *, refusal: ScaleError) -> Scale:
    """The ruler's scale; where there is none, what was wrong with the card or the ruler."""
    try:
        return _ruler(pixels, photo)
    except ScaleError as error:
        if error.code != "scale.no_ruler":
            raise
        if refusal.code == "scale.no_card":
            raise ScaleError("scale.none_found") from error
        raise refusal from error


def _cross_checked(pixels: Pixels, photo: Photo, scale: Scale) -> Scale:
    try:
        ruler = _ruler(pixels, photo)
    except ScaleError:
        return scale
    if not ruler.marks_px:
        return scale
    x, y = np.mean(ruler.marks_px, axis=0)
    place = float(x), float(y)
    ratio = ruler.mm_per_px_at(place) / scale.mm_per_px_at(place)
    doubt = np.hypot(ruler.relative_sd_at(place), scale.relative_sd_at(place))
    if abs(ratio - 1) <= max(DISAGREE, 3 * doubt):
        return scale
    return replace(scale, warnings=(*scale.warnings, "scale.card_ruler_disagree"))
