"""Camera, lens and plane fitted together to straight lines of known place in the plane.

The model is a pinhole with square pixels, one radial term and a small shift of the optical
centre (Brown, Photogrammetric Engineering 1971;37:855-66; planar pose after Zhang, IEEE PAMI
2000;22:1330-4). What a photo of one small flat thing cannot tell (focal length, lens, centre)
is held by prior knowledge, whose doubt ends in the covariance like every other.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Photo
from woundtrack.scale import camera_model as model
from woundtrack.scale.camera_model import Matrix, Vector
from woundtrack.scale.types import Lens, Matrix3, Shift, matrix3

CENTRE_SD = 0.006
"""One sd of the optical centre's shift, as a fraction of the photo's longest side."""
K1_SD = 0.02
"""One sd of the lens term at the photo's corner, before the photo has been asked."""
EXIF_FOCAL_SD = 0.01
"""Added to the doubt of an EXIF focal length: lenses lengthen as they focus near."""
UNKNOWN_FOCAL, UNKNOWN_FOCAL_LOG_SD = 0.95, 0.5
"""Focal length over the longest side where EXIF tells none: phones lie at 0.7 to 1.5."""
BORDER_SD_PX = 0.3
"""One sd of how far blur, tone curve and ink move all borders outwards."""
OUTLIER_SD = 4.0
_FIRST_ORDER = 1e-3
"""The fraction of a shift over which the map's change is taken."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What was seen: points in px on lines x = value (axis 0) or y = value (axis 1) in mm.

    `outward` is +1 or −1 where the line bounds a dark area below or above `value_mm`, else 0.
    """

    points_px: Matrix
    axis: NDArray[np.intp]
    value_mm: Vector
    outward: Vector


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of a camera before the fit: focal length and optical centre in px."""

    focal_px: float
    focal_log_sd: float
    centre_px: tuple[float, float]
    centre_sd_px: float
    norm_px: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted camera over a plane."""

    parameters: Vector
    covariance: Matrix
    residuals_px: Vector
    """(N,): signed distances from the lines, in px."""
    inliers: NDArray[np.bool_]
    origin_mm: Vector
    prior: Prior
    mirrored: Vector | None = None
    """The other pose that a weak perspective leaves open, where it was asked for."""
    mirrored_share: float = 0.0
    """How likely that one is, of the two."""

    @property
    def noise_px(self) -> float:
        """Root mean square of the residuals that count."""
        return float(np.sqrt(np.mean(self.residuals_px[self.inliers] ** 2)))

    @property
    def focal_deviation(self) -> float:
        """How many sd the focal length was pulled from what was known of it."""
        pulled = self.parameters[model.FOCAL] - np.log(self.prior.focal_px)
        return float(abs(pulled) / self.prior.focal_log_sd)

    @property
    def tilt_deg(self) -> float:
        """The angle between the plane's normal and the optical axis."""
        normal = model.rotation(self.parameters[model.ROTATION])[:, 2]
        return float(np.degrees(np.arccos(min(1.0, abs(float(normal[2]))))))

    @property
    def distance_mm(self) -> float:
        """From the camera to the plane's origin."""
        return float(np.linalg.norm(model.place_mm(self.parameters)))

    @property
    def homography_px_to_mm(self) -> Matrix3:
        """From undistorted px to mm."""
        return matrix3(model.px_to_mm(self.parameters, self.origin_mm))

    @property
    def lens(self) -> Lens:
        """The lens term about the fitted centre."""
        return _lens(self.parameters, self.prior)

    def shifts(self) -> tuple[Shift, ...]:
        """One-sd shifts of the map along the independent directions of its covariance.

        The map's change is taken to first order: what the photo leaves open together (focal
        length and distance, seen square-on) moves the map far less than either does alone.
        """
        spreads, directions = np.linalg.eigh(self.covariance)
        steps = directions * np.sqrt(np.maximum(spreads, 0.0)) * _FIRST_ORDER
        here = model.px_to_mm(self.parameters, self.origin_mm)
        here = here / here[2, 2]
        shifts = []
        for step in steps.T:
            ends = [
                model.px_to_mm(self.parameters + sign * step, self.origin_mm) for sign in (1, -1)
            ]
            ahead, back = (end / end[2, 2] for end in ends)
            moved = here + (ahead - back) / (2 * _FIRST_ORDER)
            lens = _lens(self.parameters + step / _FIRST_ORDER, self.prior)
            shifts.append(Shift(matrix3(moved), lens))
        if self.mirrored is not None:
            other = model.px_to_mm(self.mirrored, self.origin_mm)
            part = float(np.sqrt(self.mirrored_share))
            moved = here + part * (other / other[2, 2] - here)
            shifts.append(Shift(matrix3(moved), _lens(self.parameters, self.prior)))
        return tuple(shifts)


def camera_prior(photo: Photo, *, trust_focal: bool = True) -> Prior:
    """What the photo's size and EXIF tell of its camera."""
    longest_px = max(photo.width_px, photo.height_px)
    focal_px, log_sd = UNKNOWN_FOCAL * longest_px, UNKNOWN_FOCAL_LOG_SD
    if photo.focal_px is not None and trust_focal:
        focal_px = photo.focal_px
        log_sd = float(np.hypot(photo.focal_relative_sd, EXIF_FOCAL_SD))
    return Prior(
        focal_px,
        log_sd,
        ((photo.width_px - 1) / 2, (photo.height_px - 1) / 2),
        CENTRE_SD * longest_px,
        float(np.hypot(photo.width_px, photo.height_px)) / 2,
    )


def fit_camera(
    lines: Lines,
    prior: Prior,
    *,
    start_px_to_mm: Matrix,
    noise_floor_px: float,
    correlated: float = 1.0,
    weigh_poses: bool = False,
) -> Fit:
    """The most likely camera, lens and plane, robust against single bad points.

    `start_px_to_mm` is a rough homography. `noise_floor_px` is the least sd believed of one
    point; `correlated` is by how much the doubt of all points together exceeds that of
    independent ones. Both poses that a weak perspective leaves open are tried (Schweighofer &
    Pinz, IEEE PAMI 2006;28:2024-30); `weigh_poses` keeps the less likely one too, as a doubt.
    """
    problem = _problem(lines, prior, start_px_to_mm)
    first = _start(start_px_to_mm, prior, problem.origin_mm)
    parameters, inliers = _settled(problem, (first, _mirrored(first)), noise_floor_px)
    residuals_px = problem.residuals_px(parameters)
    spread_px = float(np.sqrt(np.mean(residuals_px[inliers] ** 2)))
    believed_px = max(noise_floor_px, spread_px) * correlated
    covariance = problem.covariance(parameters, noise_px=believed_px, keep=inliers)
    fit = Fit(parameters, covariance, residuals_px, inliers, problem.origin_mm, prior)
    return _with_mirrored(fit, problem, believed_px) if weigh_poses else fit


def _with_mirrored(fit: Fit, problem: model.Problem, noise_px: float) -> Fit:
    """The fit with the best pose tilted the other way, and how likely that is."""
    start = _mirrored(fit.parameters)
    other = problem.solved(start, noise_px=noise_px, keep=fit.inliers)
    costs = [
        problem.cost(values, noise_px=noise_px, keep=fit.inliers)
        for values in (fit.parameters, other)
    ]
    share = 1 / (1 + float(np.exp(np.clip((costs[1] - costs[0]) / 2, 0.0, 50.0))))
    return replace(fit, mirrored=other, mirrored_share=share)


def _problem(lines: Lines, prior: Prior, px_to_mm: Matrix) -> model.Problem:
    points_mm = _rough_mm(lines, px_to_mm)
    return model.Problem(
        points_px=lines.points_px,
        axis=lines.axis,
        value_mm=lines.value_mm,
        outward=lines.outward,
        origin_mm=(points_mm.min(axis=0) + points_mm.max(axis=0)) / 2,
        norm_px=prior.norm_px,
        mm_per_px=_mm_per_px_across(lines, px_to_mm),
        expected=_expected(prior),
        expected_sd=_expected_sd(prior),
    )


def _settled(
    problem: model.Problem, starts: tuple[Vector, ...], noise_floor_px: float
) -> tuple[Vector, NDArray[np.bool_]]:
    """The best of the starts' solutions, solved again without what lies off; and what does not."""
    inliers = np.ones(len(problem.axis), dtype=bool)
    found = [problem.solved(start, noise_px=0.3, keep=inliers) for start in starts]
    costs = [problem.cost(values, noise_px=0.3, keep=inliers) for values in found]
    parameters = found[int(np.argmin(costs))]
    for _round in range(2):
        sizes_px = np.abs(problem.residuals_px(parameters))
        noise_px = max(noise_floor_px, 1.4826 * float(np.median(sizes_px)))
        inliers = sizes_px < OUTLIER_SD * noise_px
        parameters = problem.solved(parameters, noise_px=noise_px, keep=inliers)
    return parameters, inliers


def _lens(parameters: Vector, prior: Prior) -> Lens:
    x, y = parameters[model.CENTRE]
    return Lens(float(parameters[model.K1]), (float(x), float(y)), prior.norm_px)


def _expected(prior: Prior) -> Vector:
    expected = np.zeros(model.COUNT)
    expected[model.FOCAL] = np.log(prior.focal_px)
    expected[model.CENTRE] = prior.centre_px
    return expected


def _expected_sd(prior: Prior) -> Vector:
    sd = np.full(model.COUNT, np.inf)
    sd[model.FOCAL] = prior.focal_log_sd
    sd[model.CENTRE] = prior.centre_sd_px
    sd[model.K1] = K1_SD
    sd[model.BORDER] = BORDER_SD_PX
    return sd


def _rough_mm(lines: Lines, px_to_mm: Matrix) -> Matrix:
    return model.mapped(px_to_mm, lines.points_px)


def _mm_per_px_across(lines: Lines, px_to_mm: Matrix) -> Vector:
    """By how many mm the coordinate that a line fixes changes over one px across the line."""
    here = _rough_mm(lines, px_to_mm)
    rows = np.arange(len(here))
    slopes = [
        (model.mapped(px_to_mm, lines.points_px + step) - here)[rows, lines.axis]
        for step in (np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    ]
    across: Vector = np.hypot(*slopes)
    return across


def _start(px_to_mm: Matrix, prior: Prior, origin_mm: Vector) -> Vector:
    """Parameters from a rough homography (Zhang 2000), at the focal length expected."""
    shift = np.array([[1.0, 0, origin_mm[0]], [0, 1.0, origin_mm[1]], [0, 0, 1.0]])
    mm_to_px = np.linalg.inv(px_to_mm) @ shift
    rays = np.linalg.inv(model.camera_matrix(prior.focal_px, prior.centre_px)) @ mm_to_px
    rays *= 2.0 / (np.linalg.norm(rays[:, 0]) + np.linalg.norm(rays[:, 1]))
    rays *= np.sign(rays[2, 2])
    parameters = _expected(prior)
    parameters[model.ROTATION] = _rotation_vector(rays[:, 0], rays[:, 1])
    x, y, depth_mm = rays[:, 2]
    seen_px = prior.focal_px * np.array([x, y]) / depth_mm + np.array(prior.centre_px)
    parameters[model.PLACE] = (*seen_px, np.log(depth_mm / prior.focal_px))
    return parameters


def _mirrored(parameters: Vector) -> Vector:
    """The other pose that looks the same from afar: tilted the other way about the sight."""
    axes = model.rotation(parameters[model.ROTATION])
    place_mm = model.place_mm(parameters)
    sight = place_mm / np.linalg.norm(place_mm)
    first, second = (axes[:, place] - 2 * (axes[:, place] @ sight) * sight for place in (0, 1))
    other: Vector = parameters.copy()
    other[model.ROTATION] = _rotation_vector(first, second)
    return other


def _rotation_vector(first: Vector, second: Vector) -> Vector:
    """The rotation vector whose first two columns are nearest to two given axes."""
    rough = np.column_stack([first, second, np.cross(first, second)])
    left, _sizes, right = np.linalg.svd(rough)
    turn = left @ np.diag([1.0, 1.0, np.linalg.det(left @ right)]) @ right
    return model.rotation_vector(turn)
