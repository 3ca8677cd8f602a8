"""A ruler in the photo, read without help: its graduations, its unit, and its plane."""

import numpy as np

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import Scale

MAX_TILT_DEG = 40.0
LEAST_BLUR_PX = 2.0
UNREAD = ("scale.no_ruler", "scale.too_few_ticks", "scale.ambiguous_unit")


def find_ruler(pixels: Pixels, photo: Photo) -> Scale:
    """The scale of the rulers in an upright photo.

    Refuses with ScaleError: scale.no_ruler, too_few_ticks, blurred, ambiguous_unit, bent,
    tilt_beyond, rulers_disagree, too_uncertain. A wrong scale is worse than none.
    """
    from woundtrack.scale.ruler_search import find_edges
    from woundtrack.scale.ruler_solve import solve_plane

    try:
        scale = solve_plane(find_edges(pixels), photo)
    except ScaleError as error:
        if error.code in UNREAD and _blurred(pixels):
            raise ScaleError("scale.blurred") from error
        raise
    if scale.tilt_deg is not None and scale.tilt_deg > MAX_TILT_DEG:
        raise ScaleError("scale.tilt_beyond", tilt_deg=round(scale.tilt_deg))
    return scale


def _blurred(pixels: Pixels) -> bool:
    """Is the photo's sharpest edge too soft for graduations?"""
    from woundtrack.photo.quality import BLURRED_RELATIVE, blur_sigma_px

    blur = blur_sigma_px(pixels)
    height, width = pixels.shape[:2]
    least = max(LEAST_BLUR_PX, BLURRED_RELATIVE * float(np.hypot(width, height)))
    return blur is not None and blur > least
