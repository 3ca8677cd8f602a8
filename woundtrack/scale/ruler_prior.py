"""What is known of a photo's camera before a ruler in it is looked at."""

from dataclasses import dataclass

import numpy as np

from woundtrack.photo.types import Photo

K1_SD = 0.01
"""Of the radial term at half the frame's diagonal, after the camera's own correction: makers
leave distortion of some tenths of a per cent to 1 % at the corner."""
CENTRE_SD = 0.006
"""Of the principal point, as a part of the frame's diagonal (stabilised lenses move it)."""
UNKNOWN_FOCAL, UNKNOWN_FOCAL_SD, UNKNOWN_CENTRE_SD = 0.75, 0.35, 0.04
"""Where no focal length is told, as parts of the frame's diagonal: the main cameras of phones have
24 to 28 mm (35 mm equivalent, 0.55 to 0.65), their second ones and other cameras 35 to 80 mm (0.8
to 1.8), and the frame may have been trimmed."""
CROPPED_FOCAL, CROPPED_FOCAL_SD, CROPPED_CENTRE_SD = 1.1, 0.4, 0.2
"""Where the frame's proportions are no camera's either, so that it is a part of a larger one:
the same camera over a third to the whole of its frame, whose middle may be anywhere."""
PROPORTIONS, PROPORTIONS_WITHIN = (4 / 3, 3 / 2, 16 / 9), 0.01
LEAST_FOCAL_SD = 0.01


@dataclass(frozen=True, slots=True)
class CameraPrior:
    """The focal length in px with its relative sd; the sd of the principal point."""

    focal_px: float
    focal_sd: float
    centre_sd: float
    """As a part of the frame's diagonal."""


def prior_of(photo: Photo) -> CameraPrior:
    """From the photo's EXIF focal length, else from its proportions."""
    if photo.focal_px is not None:
        return CameraPrior(photo.focal_px, max(photo.focal_relative_sd, LEAST_FOCAL_SD), CENTRE_SD)
    diagonal_px = float(np.hypot(photo.width_px, photo.height_px))
    if is_cropped(photo):
        return CameraPrior(CROPPED_FOCAL * diagonal_px, CROPPED_FOCAL_SD, CROPPED_CENTRE_SD)
    return CameraPrior(UNKNOWN_FOCAL * diagonal_px, UNKNOWN_FOCAL_SD, UNKNOWN_CENTRE_SD)


def is_cropped(photo: Photo) -> bool:
    """Is it a part of a larger photo, by its proportions? One that tells its focal length is not.

    Its focal length, which the parts of a photo lose, is known for whole photos alone.
    """
    proportion = max(photo.width_px, photo.height_px) / min(photo.width_px, photo.height_px)
    whole = any(abs(proportion / each - 1) < PROPORTIONS_WITHIN for each in PROPORTIONS)
    return photo.focal_px is None and not whole
