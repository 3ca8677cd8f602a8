"""A ruler in the photo, read without help: its graduations, its unit, and its plane."""

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.types import Scale

METHOD_VERSION = "ruler-1"
MAX_TILT_DEG = 40.0


def find_ruler(pixels: Pixels, photo: Photo) -> Scale:
    """The scale of the rulers in an upright photo.

    Refuses with ScaleError: scale.no_ruler, too_few_ticks, blurred, ambiguous_unit, bent,
    tilt_beyond, rulers_disagree, too_uncertain. A wrong scale is worse than none.
    """
    from woundtrack.scale.ruler_search import find_edges
    from woundtrack.scale.ruler_solve import solve_plane

    edges = find_edges(pixels)
    scale = solve_plane(edges, photo)
    if scale.tilt_deg is not None and scale.tilt_deg > MAX_TILT_DEG:
        raise ScaleError("scale.tilt_beyond", tilt_deg=round(scale.tilt_deg), limit_deg=40)
    return scale
