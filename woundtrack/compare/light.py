"""Colours and brightness of photos matched by the references in them, to be looked at together."""

from dataclasses import replace

import numpy as np

from woundtrack.outline.tissue.light import light_of, white_of
from woundtrack.photo.colour_cast import CLIPPED, LUMA_BGR, Correction, Light
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import Scale

WHITE_LEVEL = 220.0
"""What white paper looks like in a photo that is well exposed; all are brought to it."""
MOST = 1.7
"""A photo is made lighter or darker by so much light at most: beyond it noise or lost lights
would look like a finding."""
_GAMMA = 2.2


def matched_light(pixels: Pixels, scale: Scale | None) -> Correction:
    """What takes the light's colour out of a photo, and makes its reference's paper as light as
    that of others.

    Without a card or ruler that tells it the colours stay as taken: the answer's light is
    `Light.ASSUMED` then, and its gains are 1. The brightness is that of the reference, not of the
    wound, which may lie in its shade.
    """
    found = light_of(pixels, scale)
    white = white_of(pixels, scale)
    if found.light is Light.ASSUMED or white is None or float(white.max()) >= CLIPPED:
        return found
    # What is corrected keeps its luminance: that of the white is compared as it is.
    seen = float(np.dot(LUMA_BGR, (white / WHITE_LEVEL) ** _GAMMA))
    more = float(np.clip(1 / max(seen, 1e-6), 1 / MOST, MOST))
    blue, green, red = (gain * more for gain in found.gains_bgr)
    return replace(found, gains_bgr=(blue, green, red))
