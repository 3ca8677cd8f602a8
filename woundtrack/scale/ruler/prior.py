"""What is known of a photo's camera before a ruler in it is looked at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Photo

Floats = NDArray[np.float64]

K1_SD = 0.01
"""Of the radial term at half the frame's diagonal, after the camera's own correction: makers
leave distortion of some tenths of a per cent to 1 % at the corner."""
CENTRE_SD = 0.006
"""Of the principal point, as a part of the frame's diagonal (stabilised lenses move it)."""
UNKNOWN_FOCAL, UNKNOWN_FOCAL_SD, UNKNOWN_CENTRE_SD = 0.75, 0.35, 0.02
"""Where no focal length is told, as parts of the frame's diagonal: the main cameras of phones have
24 to 28 mm (35 mm equivalent, 0.55 to 0.65), their second ones and other cameras 35 to 80 mm (0.8
to 1.8), and the frame may have been trimmed."""
CROPPED_FOCAL, CROPPED_FOCAL_SD, CROPPED_CENTRE_SD = 1.1, 0.4, 0.10
"""Where the frame's proportions are no camera's either, so that it is a part of a larger one:
the same camera over a third to the whole of its frame."""
MAIN_FOCAL, MAIN_SD, MAIN_PART = 0.60, 0.07, 0.6
OTHER_FOCAL, OTHER_SD = 0.95, 0.45
"""Where a plane's tilt lets it matter, the same more closely: the main cameras of phones, and all
others; parts of the frame's diagonal with the sd of their logarithms."""
CROPS = np.geomspace(1.0, 2.5, 15)
"""How many times longer a photo's diagonal is than that of the part that is left of it."""
SUBJECT_SD = 0.065
"""How far from the middle of a whole photo that lies which it was taken of, along each axis and as
a part of the diagonal: of the wound, in 787 photos of foot ulcers. What is left of a photo is
left for its sake, so that the middle of the part lies as far from the camera's."""
DISTANCE_MM, DISTANCE_SD = 250.0, 0.5
"""From where wounds are photographed: 95 % from 9 to 70 cm."""
TILT_SD_DEG = 11.0
"""About each axis, of photos held by hand; as where two points give the scale."""
PROPORTIONS, PROPORTIONS_WITHIN = (4 / 3, 3 / 2, 16 / 9), 0.003
"""Of cameras' frames, some of which have a few px more; the wider, the more parts pass for such."""
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


def centre_sd_at(photo: Photo, log_focal: Floats) -> Floats:
    """The sd (N,) of the principal point where the focal length is not told, at such ones.

    Parts of the diagonal; logarithms of the focal length in px. The longer it is, the smaller a
    part of the whole photo this one is likely to be.
    """
    if not is_cropped(photo):
        return np.full(len(log_focal), UNKNOWN_CENTRE_SD)
    part = log_focal - np.log(np.hypot(photo.width_px, photo.height_px))
    likely = np.array([_cameras(part - crop) for crop in np.log(CROPS)]) + 1e-30
    found: Floats = SUBJECT_SD * np.sqrt(CROPS**2 @ likely / likely.sum(axis=0))
    return found


def log_likely(
    photo: Photo, *, log_focal: Floats, log_distance: Floats, tilt_deg: Floats, tilt_sd_deg: Floats
) -> Floats:
    """Logarithm of how likely cameras (N,) with such views are, up to a constant.

    Logarithms are of the focal length in px and of the distance in mm. What a photo shows is the
    tangent of the tilt over the focal length, along two axes: the density of that is what counts.
    """
    part = log_focal - np.log(np.hypot(photo.width_px, photo.height_px))
    crops = np.log(CROPS) if is_cropped(photo) else np.zeros(1)
    likely = np.log(np.sum([_cameras(part - crop) for crop in crops], axis=0) + 1e-30)
    far = (log_distance - np.log(DISTANCE_MM)) / DISTANCE_SD
    tilt = np.radians(np.clip(tilt_deg, 0.05, 85.0))
    variance = np.radians(TILT_SD_DEG) ** 2 + np.radians(tilt_sd_deg) ** 2
    held = -0.5 * tilt**2 / variance - np.log(variance)
    shown = np.log(tilt * np.cos(tilt) ** 3 / np.sin(tilt)) + 2 * log_focal
    found: Floats = likely - 0.5 * far**2 + held + shown
    return found


def _cameras(log_part: Floats) -> Floats:
    """Density (N,) of whole frames' focal lengths over their diagonals, by its logarithm."""
    main = (log_part - np.log(MAIN_FOCAL)) / MAIN_SD
    other = (log_part - np.log(OTHER_FOCAL)) / OTHER_SD
    weights = MAIN_PART / MAIN_SD, (1 - MAIN_PART) / OTHER_SD
    density: Floats = weights[0] * np.exp(-0.5 * main**2) + weights[1] * np.exp(-0.5 * other**2)
    return density
