"""An ellipse fitted to the rim of a round thing, to a small part of a pixel."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.border import Crossings, find_crossings

Floats = NDArray[np.float64]

PLACES = 240
REACHES = (0.04, 0.03, 0.03)
"""Of the mean radius, either side, in each round of locating the rim."""
LEAST_REACH_PX = 4.0
ON_RIM_PX, ON_RIM = 0.6, 0.006
"""A place lies on the rim within this many px, or this part of the radius."""
CORRELATED = 2.5
"""Places side by side share their slips: by how much the doubt of all exceeds independent ones'."""
_PARAMETERS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Ellipse:
    """centre + axes·(cos t, sin t), and how well the photo's rim follows it."""

    centre_px: Floats
    axes_px: Floats
    """(2, 2)."""
    seen: NDArray[np.bool_] | None = None
    """(PLACES,): where round it the rim was seen and lies on it."""
    support: float = 0.0
    """The part of the rim that was seen and lies on it, 0 to 1."""
    widest_gap: float = 1.0
    """The longest stretch of rim not seen, as a part of the whole."""
    noise_px: float = 0.0
    worth: float = 0.0
    """The support once more, each place by how near it lies to the rim."""
    contrast: float = 0.0
    """The median of the rim's, as `border` takes it."""
    softness_px: float = 0.0
    """The median width over which the rim rises."""
    covariance: Floats | None = None
    """(6, 6), of the centre and the rows of the axes."""

    @property
    def radii_px(self) -> tuple[float, float]:
        """The longer and the shorter semi-axis."""
        longer, shorter = np.linalg.svd(self.axes_px, compute_uv=False)
        return float(longer), float(shorter)

    @property
    def mean_radius_px(self) -> float:
        """The radius of the circle of the same area."""
        return float(np.sqrt(abs(np.linalg.det(self.axes_px))))

    def rim_px(self, count: int) -> tuple[Floats, Floats, Floats]:
        """Unit circle points, rim points and outward unit normals, each (count, 2)."""
        angles = np.arange(count) * (2 * np.pi / count)
        units = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        normals = units @ np.linalg.inv(self.axes_px)
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        return units, self.centre_px + units @ self.axes_px.T, normals


def coarse_ellipse(points_px: Floats) -> Ellipse | None:
    """The ellipse of a rim's points (N, 2), robust against a third of them lying elsewhere."""
    import cv2

    kept = points_px
    for _round in range(4):
        (x, y), (width, height), angle = cv2.fitEllipse(kept.astype(np.float32).reshape(-1, 1, 2))
        if not np.isfinite([x, y, width, height]).all() or min(width, height) < 2.0:
            return None
        turn = np.radians(angle)
        rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        ellipse = Ellipse(np.array([x, y]), rotation @ np.diag([width / 2, height / 2]))
        off = np.abs(_radius_ratio(ellipse, points_px) - 1)
        kept = points_px[off <= max(0.02, 1.5 * float(np.median(off)))]
        if len(kept) < len(points_px) // 3:
            return None
    return ellipse


def _radius_ratio(ellipse: Ellipse, points: Floats) -> Floats:
    ratio: Floats = np.linalg.norm(
        (points - ellipse.centre_px) @ np.linalg.inv(ellipse.axes_px).T, axis=1
    )
    return ratio


def located_ellipse(pixels: Pixels, start: Ellipse) -> Ellipse | None:
    """The ellipse whose rim is located in the photo along its normals; None where it is lost."""
    ellipse = start
    for reach in REACHES:
        reach_px = max(LEAST_REACH_PX, reach * ellipse.mean_radius_px)
        units, places, normals = ellipse.rim_px(PLACES)
        seen = find_crossings(pixels, places, normals, reach_px=reach_px, cyclic=True)
        fitted = _moved(ellipse, units, normals, seen)
        if fitted is None or fitted.radii_px[1] < 2.0:
            return None
        ellipse = fitted
    return ellipse


def _moved(ellipse: Ellipse, units: Floats, normals: Floats, rim: Crossings) -> Ellipse | None:
    """The ellipse moved by offsets along its normals: least squares with Cauchy's weights."""
    offsets = rim.offset_px
    seen = np.isfinite(offsets)
    if seen.sum() < PLACES // 3:
        return None
    # The rim moves along its normal by n·(dc + dA u); turning the unit circle moves nothing.
    slopes = np.hstack([normals, (normals[:, :, None] * units[:, None, :]).reshape(-1, 4)])
    slopes, target = slopes[seen], offsets[seen]
    rest = target.copy()
    step, weights = np.zeros(6), np.ones(len(target))
    for _round in range(8):
        spread_px = max(0.15, 1.4826 * float(np.median(np.abs(rest))))
        weights = 1 / (1 + (rest / (1.5 * spread_px)) ** 2)
        root = np.sqrt(weights)
        step = np.linalg.lstsq(slopes * root[:, None], target * root, rcond=1e-9)[0]
        rest = target - slopes @ step
    moved = Ellipse(ellipse.centre_px + step[:2], ellipse.axes_px + step[2:].reshape(2, 2))
    within = max(ON_RIM_PX, ON_RIM * moved.mean_radius_px)
    on_rim = np.abs(rest) < within
    if on_rim.sum() < PLACES // 3:
        return None
    around = np.zeros(len(offsets), dtype=bool)
    around[np.flatnonzero(seen)[on_rim]] = True
    noise_px = float(np.sqrt(np.mean(rest[on_rim] ** 2)))
    worth = float(np.sum(1 / (1 + (rest / (0.4 * within)) ** 2))) / PLACES
    kept = slopes[on_rim]
    inverse = np.linalg.pinv(kept.T @ kept, rcond=1e-9)
    return Ellipse(
        moved.centre_px,
        moved.axes_px,
        seen=around,
        support=float(around.mean()),
        widest_gap=_widest_gap(around),
        noise_px=noise_px,
        worth=worth,
        contrast=float(np.median(rim.contrast[around])),
        softness_px=float(np.median(rim.softness_px[around])),
        covariance=inverse * (CORRELATED * max(noise_px, 0.05)) ** 2,
    )


def _widest_gap(seen: NDArray[np.bool_]) -> float:
    """The longest run of places not seen round the rim, as a part of all."""
    places = np.flatnonzero(seen)
    if len(places) == 0:
        return 1.0
    gaps = np.diff(np.concatenate([places, [places[0] + len(seen)]])) - 1
    return float(gaps.max() / len(seen))
