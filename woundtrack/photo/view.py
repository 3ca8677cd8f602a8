"""Whether a photo is most likely an overview or a close-up, by how large its wounds lie in it.

It only proposes: what a photo takes in is told by a person (`VisitPhoto.view`).
"""

from collections.abc import Iterable

from woundtrack.outline.rings import bounds
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import PhotoView
from woundtrack.scale.types import Scale

NEAR = 0.25
"""A wound whose longer extent is this part of the photo's shorter side fills it, with its rim."""
FAR = 0.10
"""Under this part it is small in the photo; in between only a scale can tell."""
NARROW_MM, WIDE_MM = 250.0, 400.0
"""A wound may be small in a photo because it is small. Where a scale tells, a photo whose longer
side takes in no more than a forearm's length is near, and one of more than a lower leg is not."""


def proposed_view(
    photo: Photo, outlines: Iterable[Outline], *, scale: Scale | None = None
) -> PhotoView | None:
    """What a photo most likely takes in, by its largest wound; None where that cannot be told."""
    drawn = [outline for outline in outlines if any(outline.rings)]
    if not drawn:
        return None
    size_px, middle_px = max(map(_extent, drawn))
    share = size_px / min(photo.width_px, photo.height_px)
    if share >= NEAR:
        return PhotoView.CLOSE_UP
    wide_mm = None
    if scale is not None:
        wide_mm = max(photo.width_px, photo.height_px) * scale.mm_per_px_at(middle_px)
        if wide_mm <= NARROW_MM:
            return PhotoView.CLOSE_UP
    far = share <= FAR and (wide_mm is None or wide_mm >= WIDE_MM)
    return PhotoView.OVERVIEW if far else None


def _extent(outline: Outline) -> tuple[float, tuple[float, float]]:
    """The longer side of the box around an outline, and its middle, in px."""
    left, top, right, bottom = bounds(outline)
    return max(right - left, bottom - top), ((left + right) / 2, (top + bottom) / 2)
