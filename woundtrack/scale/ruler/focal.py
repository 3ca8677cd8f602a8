"""The plane under edges in a photo whose camera is not known: the mean of what it may be.

Edges along or across a tilt tell next to nothing of the focal length, on which the area depends.
It is no one number with an error: phones' main cameras are nearly alike, others are not. So the
plane is fitted at focal lengths over all their range, each weighed by how well it fits and by how
likely such a camera, distance and tilt are (a marginal posterior on a grid: Gelman et al.,
Bayesian Data Analysis, 3rd ed., § 10.1 and 13.9).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo
from woundtrack.scale.ruler.fit import Plane, PlaneFit
from woundtrack.scale.ruler.plane import Reading, ladder_of, map_of
from woundtrack.scale.ruler.prior import CameraPrior, centre_sd_at, log_likely

Floats = NDArray[np.float64]

RANGE = np.geomspace(0.4, 4.0, 13)
"""Focal lengths tried, in parts of the frame's diagonal; and about the one that fits best, in sd
of what the edges and a rough prior leave open."""
ABOUT_SD = np.arange(-3.0, 4.0)
APART = 0.1
FINE = 800
HELD_SD = 1e-4


def averaged(readings: Sequence[Reading], photo: Photo, plane: Plane) -> Plane:
    """The plane of the mean area (by its logarithm) at the first edge, doubted by its spread.

    `plane` is the one fitted with these edges and a rough prior of the focal length.
    """
    ladders = [ladder_of(each) for each in readings]

    def held(log_focal: float) -> Plane:
        centre_sd = float(centre_sd_at(photo, np.array([log_focal]))[0])
        known = CameraPrior(float(np.exp(log_focal)), HELD_SD, centre_sd)
        try:
            with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
                return PlaneFit(ladders, photo, known=known).plane_near(plane)
        except (np.linalg.LinAlgError, ArithmeticError) as error:
            raise ScaleError("scale.bent") from error

    tried = _tried(plane, float(np.hypot(photo.width_px, photo.height_px)))
    planes = [held(each) for each in tried]
    x, y = (float(value) for value in ladders[0].base_px.mean(axis=0))
    areas = [2 * np.log(map_of(each).mm_per_px_at((x, y))) for each in planes]
    fine = np.linspace(tried[0], tried[-1], FINE)
    area = _between(tried, areas, fine)
    likely = _likely(photo, tried, planes, fine)
    mean = float(likely @ area)
    sd = float(np.sqrt(likely @ (area - mean) ** 2))
    best = held(fine[np.argmin(np.abs(area - mean))])
    other = held(fine[np.argmin(np.abs(np.abs(area - mean) - sd))])
    tilt_sd_deg = float(np.hypot(best.tilt_sd_deg, other.tilt_deg - best.tilt_deg))
    return replace(best, shifts=(*best.shifts, other.map), tilt_sd_deg=tilt_sd_deg)


def _tried(plane: Plane, diagonal_px: float) -> Floats:
    """Logarithms of focal lengths, in order: the whole range, and closer about the best."""
    wide = np.log(RANGE * diagonal_px)
    close = np.log(plane.focal_px) + plane.focal_sd * ABOUT_SD
    close = close[(close > wide[0]) & (close < wide[-1])]
    least = 0.25 * min(plane.focal_sd, APART)
    free = [bool(np.all(np.abs(close - each) > least)) for each in wide]
    return np.sort(np.concatenate([wide[free], close]))


def _likely(photo: Photo, tried: Floats, planes: list[Plane], fine: Floats) -> Floats:
    """How likely each focal length is (N,), in all 1."""
    log = log_likely(
        photo,
        log_focal=fine,
        log_distance=_between(tried, [np.log(each.distance_mm) for each in planes], fine),
        tilt_deg=_between(tried, [each.tilt_deg for each in planes], fine),
        tilt_sd_deg=_between(tried, [each.tilt_sd_deg for each in planes], fine),
    )
    log = log - _between(tried, [each.cost for each in planes], fine)
    likely = np.exp(log - log.max())
    shares: Floats = likely / likely.sum()
    return shares


def _between(tried: Floats, values: Sequence[float], fine: Floats) -> Floats:
    """Values at the focal lengths tried, between them without overshooting."""
    from scipy.interpolate import PchipInterpolator

    found: Floats = PchipInterpolator(tried, np.array(values))(fine)
    return found
