"""The scale from a coin or an adhesive dot of known diameter, which a person clicks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.dot.circle_pose import CirclePose, circle_pose
from woundtrack.scale.dot.ellipse import Ellipse, coarse_ellipse, located_ellipse
from woundtrack.scale.dot.ellipse_search import agreed_ellipses, ground_shares, outer_rim
from woundtrack.scale.manual import check_inside, check_plausible, check_positive
from woundtrack.scale.rim import rims_around
from woundtrack.scale.types import Matrix3, PointPx, Scale, ScaleMethod, Shift, matrix3

Floats = NDArray[np.float64]

METHOD_VERSION = "dot-1"
LEAST_PX = 24.0
"""The shorter diameter of what is still measured."""
LEAST_SUPPORT, LEAST_WORTH = 0.46, 0.4
WIDEST_GAP = 0.4
"""Of the rim, what may be hidden in one piece."""
SURE_WORTH = 0.75
"""With a rim so well seen no other is looked for."""
LEAST_ON_GROUND = 0.92
"""Of the rays, on which the ground must begin at the rim: a coin's relief has rims within rims."""
MOST_IN_SHADOW = 0.2
"""Of the rays, on which the ground may begin inside the rim: there the rim is a shadow's."""
LEAST_OUTER = 0.35
MOST_RIMS = 4
NEXT_SIZE = 1.6
MOST_TILT_DEG = 40.0
RIM_SD_PX = 0.25
"""One sd of how far blur, tone curve and a shadow move the whole rim."""
RIM_SD = 0.06
"""The same of a thick thing, whose edge is round and throws a shadow: of its thickness."""
SHAPE_SD = 0.003
"""One sd of a round thing's shape: not quite round, shaded on one side."""
MADE_SD_MM = 0.05
"""One sd of a diameter as made."""
UNKNOWN_THICKNESS_MM, UNKNOWN_THICKNESS_SD_MM = 1.1, 0.8
"""From an adhesive dot to a thick coin: the face lies nearer to the camera than the wound."""
HEIGHT_SD_MM = 0.5
"""One sd of how much nearer or farther than the wound's plane the thing's foot lies."""
WALL_SEEN, WALL_SEEN_SD = 0.5, 0.35
"""Of a thick thing's wall, on the side that faces the camera, how much is taken for its face."""
TILT_OPEN = "scale.dot_tilt_open"
MARKS = 24


@dataclass(frozen=True, slots=True)
class Coin:
    """A round coin in circulation, in mm as its mint specifies."""

    name: str
    diameter_mm: float
    thickness_mm: float


COINS = (
    # European Commission, "Euro coins: technical specifications".
    Coin("EUR 1 c", 16.25, 1.67),
    Coin("EUR 2 c", 18.75, 1.67),
    Coin("EUR 5 c", 21.25, 1.67),
    Coin("EUR 10 c", 19.75, 1.93),
    Coin("EUR 20 c", 22.25, 2.14),
    Coin("EUR 50 c", 24.25, 2.38),
    Coin("EUR 1", 23.25, 2.33),
    Coin("EUR 2", 25.75, 2.20),
    # The Royal Mint, "Specifications of UK coins"; 20p, 50p and the pound are not round.
    Coin("GBP 1p", 20.3, 1.65),
    Coin("GBP 2p", 25.9, 2.03),
    Coin("GBP 5p", 18.0, 1.77),
    Coin("GBP 10p", 24.5, 1.85),
    Coin("GBP 2", 28.4, 2.5),
    # United States Mint, "Coin specifications".
    Coin("USD 1 c", 19.05, 1.52),
    Coin("USD 5 c", 21.21, 1.95),
    Coin("USD 10 c", 17.91, 1.35),
    Coin("USD 25 c", 24.26, 1.75),
    # Swissmint, "Technical data of circulation coins".
    Coin("CHF 5 ct", 17.15, 1.25),
    Coin("CHF 10 ct", 19.15, 1.45),
    Coin("CHF 20 ct", 21.05, 1.65),
    Coin("CHF 1/2", 18.2, 1.25),
    Coin("CHF 1", 23.2, 1.55),
    Coin("CHF 2", 27.4, 2.15),
    Coin("CHF 5", 31.45, 2.35),
    # Royal Canadian Mint, "Circulation coins"; the dollar has eleven sides.
    Coin("CAD 5 c", 21.2, 1.76),
    Coin("CAD 10 c", 18.03, 1.22),
    Coin("CAD 25 c", 23.88, 1.58),
    Coin("CAD 2", 28.0, 1.8),
)
DOTS_MM = (6.0, 8.0, 10.0, 13.0, 15.0, 19.0, 20.0, 25.0)
"""Diameters of adhesive dots on sale."""


def from_dot(
    pixels: Pixels,
    photo: Photo,
    *,
    at_px: PointPx,
    diameter_mm: float,
    thickness_mm: float | None = None,
) -> Scale:
    """The scale of a coin or adhesive dot, clicked about its middle, of known diameter.

    Near it the scale is as sure as its rim; which way the camera is tilted it does not tell, so
    the doubt grows away from it. `thickness_mm` is how high its face lies; None: unknown, up to a
    thick coin's. Raises ScaleError scale.mm_not_positive, scale.points_outside, scale.no_dot,
    scale.dot_small, scale.dot_cut, scale.tilt_beyond, scale.implausible.
    """
    check_positive(diameter_mm)
    check_inside((at_px,), photo)
    ellipse = _checked(_found(pixels, at_px), photo)
    check_plausible(diameter_mm / (2 * ellipse.mean_radius_px), photo)
    thickness_sd_mm = UNKNOWN_THICKNESS_SD_MM if thickness_mm is None else 0.0
    high_mm = UNKNOWN_THICKNESS_MM if thickness_mm is None else thickness_mm
    ellipse, wall_sd = _face(ellipse, thick=high_mm / diameter_mm)
    shape_sd = float(np.sqrt(SHAPE_SD**2 + _shape_sd(ellipse) ** 2 + wall_sd**2))
    pose = circle_pose(ellipse, photo, shape_sd=shape_sd)
    if pose.foreshortening < np.cos(np.radians(MOST_TILT_DEG)):
        tilt_deg = float(np.degrees(np.arccos(pose.foreshortening)))
        raise ScaleError("scale.tilt_beyond", tilt_deg=round(tilt_deg))
    distance_mm = pose.relative_distance * diameter_mm / 2
    radius_mm = diameter_mm / 2 * (1 + high_mm / distance_mm)
    made_sd = MADE_SD_MM / diameter_mm
    height_sd = float(np.hypot(HEIGHT_SD_MM, thickness_sd_mm)) / distance_mm
    # A wall taken for the face makes the ellipse too round: an area's doubt, half a length's.
    rim_sd = np.hypot(RIM_SD_PX / ellipse.radii_px[1], RIM_SD * high_mm / (diameter_mm / 2))
    parts = np.array([made_sd, height_sd, rim_sd, _size_sd(ellipse), wall_sd / 2])
    common_sd = float(np.linalg.norm(parts))
    return _scale(ellipse, pose, radius_mm=radius_mm, photo=photo, common_sd=common_sd)


def _found(pixels: Pixels, at_px: PointPx) -> Ellipse:
    """The round border about a point that the photo bears out best."""
    closed = (coarse_ellipse(rim.points_px) for rim in rims_around(pixels, at_px))
    found = _best(pixels, at_px, (each for each in closed if each is not None))
    if found is None:
        found = _best(pixels, at_px, _circles(pixels, at_px))
    if found is None:
        raise ScaleError("scale.no_dot")
    return found


def _circles(pixels: Pixels, at_px: PointPx) -> Iterator[Ellipse]:
    """Circles of every size about a point, for rims too broken to be followed round."""
    radius_px, most_px = LEAST_PX, 0.3 * max(pixels.shape[:2])
    while radius_px < most_px:
        yield Ellipse(np.array(at_px), np.diag([radius_px, radius_px]))
        radius_px *= NEXT_SIZE


def _best(pixels: Pixels, at_px: PointPx, starts: Iterable[Ellipse]) -> Ellipse | None:
    """The worthiest rim near any of the starts."""
    best: Ellipse | None = None
    for start in starts:
        for agreed in agreed_ellipses(pixels, start):
            rim = _outermost(pixels, agreed)
            if rim and _holds(rim, at_px) and (best is None or rim.worth > best.worth):
                best = rim
            if best and best.worth >= SURE_WORTH:
                return best
    return best


def _outermost(pixels: Pixels, start: Ellipse) -> Ellipse | None:
    """The rim near a start beyond which the ground begins; None where no round one does."""
    rim = located_ellipse(pixels, start)
    for _step in range(MOST_RIMS):
        if rim is None or rim.support < LEAST_SUPPORT / 2:
            return None
        inside, outside = ground_shares(pixels, rim)
        if outside >= LEAST_ON_GROUND:
            return rim if _is_round(rim) and inside <= MOST_IN_SHADOW else None
        scale, agreed = outer_rim(pixels, rim)
        if agreed < LEAST_OUTER:
            return None
        rim = located_ellipse(pixels, Ellipse(rim.centre_px, rim.axes_px * scale))
    return None


def _is_round(ellipse: Ellipse) -> bool:
    longer, shorter = ellipse.radii_px
    return (
        ellipse.support >= LEAST_SUPPORT
        and ellipse.worth >= LEAST_WORTH
        and ellipse.widest_gap <= WIDEST_GAP
        and shorter > 0.5 * longer
    )


def _holds(ellipse: Ellipse, at_px: PointPx) -> bool:
    inside = np.linalg.solve(ellipse.axes_px, np.array(at_px) - ellipse.centre_px)
    return float(np.linalg.norm(inside)) < 0.9


def _checked(ellipse: Ellipse, photo: Photo) -> Ellipse:
    if 2 * ellipse.radii_px[1] < LEAST_PX:
        raise ScaleError("scale.dot_small", least_px=round(LEAST_PX))
    rim = ellipse.rim_px(72)[1]
    size = np.array([photo.width_px, photo.height_px])
    if (rim < 1).any() or (rim > size - 2).any():
        raise ScaleError("scale.dot_cut")
    return ellipse


def _face(ellipse: Ellipse, *, thick: float) -> tuple[Ellipse, float]:
    """The ellipse of the upper face, without the wall that shows below it, and its shape's sd.

    A disc of thickness k diameters tilted by θ is seen cos θ + k·sin θ as high as wide.
    """
    left, (longer, shorter), right = np.linalg.svd(ellipse.axes_px)
    height, wall = shorter / longer, 0.0
    for _round in range(6):
        face = float(np.clip(height - WALL_SEEN * wall, 0.3, 1.0))
        wall = thick * float(np.sqrt(1 - face**2))
    axes = left @ np.diag([longer, longer * min(face, height)]) @ right
    return replace(ellipse, axes_px=axes), WALL_SEEN_SD * wall


def _shape_sd(ellipse: Ellipse) -> float:
    """One sd of the ellipse's shape from the places on its rim."""
    return _spread(ellipse, np.array([1.0, -1.0]))


def _size_sd(ellipse: Ellipse) -> float:
    """One sd of its mean radius, as a part of it."""
    return _spread(ellipse, np.array([1.0, 1.0]))


def _spread(ellipse: Ellipse, change: Floats) -> float:
    """One sd of half the sum or difference of the relative changes of both semi-axes."""
    if ellipse.covariance is None:
        return 0.0
    left, sizes, right = np.linalg.svd(ellipse.axes_px)
    # A change dA moves semi-axis k by uₖᵀ dA vₖ.
    slopes = sum(
        share / 2 * np.outer(left[:, k], right[k]) / sizes[k] for k, share in enumerate(change)
    )
    slope = np.concatenate([[0.0, 0.0], np.asarray(slopes).ravel()])
    return float(np.sqrt(slope @ ellipse.covariance @ slope))


def _scale(
    ellipse: Ellipse, pose: CirclePose, *, radius_mm: float, photo: Photo, common_sd: float
) -> Scale:
    spreads, directions = np.linalg.eigh(pose.covariance)
    steps = directions * np.sqrt(np.maximum(spreads, 0.0))
    rim = ellipse.rim_px(MARKS)[1]
    scale = Scale(
        method=ScaleMethod.DOT,
        homography_px_to_mm=_map(ellipse, pose.perspective, radius_mm),
        relative_sd=0.0,
        tilt_deg=None if photo.focal_px is None else pose.tilt_deg,
        warnings=(TILT_OPEN,),
        marks_px=tuple((float(x), float(y)) for x, y in rim),
        method_version=METHOD_VERSION,
        shifts=tuple(Shift(_map(ellipse, pose.perspective + step, radius_mm)) for step in steps.T),
        common_relative_sd=common_sd,
    )
    x, y = ellipse.centre_px
    return replace(scale, relative_sd=scale.relative_sd_at((float(x), float(y))))


def _map(ellipse: Ellipse, perspective: Floats, radius_mm: float) -> Matrix3:
    """The homography px→mm of this perspective that makes the ellipse a circle about (0, 0)."""
    shift = np.eye(3)
    shift[:2, 2] = -ellipse.centre_px
    flatten = np.eye(3)
    flatten[2, :2] = perspective
    frame = np.eye(3)
    frame[:2, :2] = ellipse.axes_px
    back = np.linalg.inv(flatten @ frame)
    conic = back.T @ np.diag([1.0, 1.0, -1.0]) @ back
    centre = -np.linalg.solve(conic[:2, :2], conic[:2, 2])
    size = -(conic[2, 2] + conic[:2, 2] @ centre)
    lower = np.linalg.cholesky(np.linalg.inv(conic[:2, :2]) * size)
    to_mm = np.eye(3)
    to_mm[:2, :2] = radius_mm * np.linalg.inv(lower)
    to_mm[:2, 2] = -to_mm[:2, :2] @ centre
    return matrix3(to_mm @ flatten @ shift)
