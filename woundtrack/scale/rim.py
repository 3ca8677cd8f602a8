"""Closed borders around a point that a person clicked: coarse rims, to be located by `border`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.types import PointPx

Floats = NDArray[np.float64]

RAYS = 192
STEP = 0.032
"""Of the logarithm of the radius: what lies one ray apart along a circle."""
LEAST_RADIUS_PX = 6.0
MOST_RADIUS = 0.45
"""Of the photo's longest side."""
WINDOW = 3
"""Steps on either side of a border whose colours are compared."""
SLOPE = 3
"""Steps by which the radius may change from one ray to the next: corners, and clicks off centre."""
SLOPE_COST = 0.04
FULL = 20.0
"""A change of colour, as a distance in Lab, beyond which a border is no surer."""
START_EVERY = 4
LEAST_STRENGTH = 0.15
SAME = 0.06
"""Rims nearer to each other than this, as a median of log radii, are one."""


@dataclass(frozen=True, slots=True, eq=False)
class Rim:
    """A closed border: points (RAYS, 2) in px, and how strong it is on the whole, 0 to 1."""

    points_px: Floats
    strength: float


def rims_around(pixels: Pixels, at_px: PointPx) -> list[Rim]:
    """The closed borders that run round a point, the smallest first; empty where none does.

    The photo is unrolled about the point (angle and log radius), where a border that closes is a
    path that ends where it began; the strongest through each start is found by dynamic
    programming (Amini, Weymouth & Jain, IEEE PAMI 1990;12:855-67).
    """
    polar = _unrolled(pixels, at_px)
    if polar is None:
        return []
    paths, scores = _closed_paths(_strength(polar))
    radii = LEAST_RADIUS_PX * np.exp(STEP * (paths + WINDOW - 0.5))
    angles = _angles()
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rims: list[Rim] = []
    kept: list[Floats] = []
    for place in np.argsort(-scores):
        logs = np.log(radii[place])
        if scores[place] < LEAST_STRENGTH:
            break
        if any(float(np.median(np.abs(logs - other))) < SAME for other in kept):
            continue
        kept.append(logs)
        points = np.array(at_px) + directions * radii[place][:, None]
        rims.append(Rim(points, float(scores[place])))
    return sorted(rims, key=lambda rim: float(np.median(np.hypot(*(rim.points_px - at_px).T))))


def _angles() -> Floats:
    return np.linspace(0.0, 2 * np.pi, RAYS, endpoint=False)


def _unrolled(pixels: Pixels, at_px: PointPx) -> NDArray[np.float32] | None:
    """Lab colours (radii, RAYS, 3), NaN outside the photo; each ring from a fitting reduction."""
    import cv2

    height, width = pixels.shape[:2]
    count = int(np.log(MOST_RADIUS * max(width, height) / LEAST_RADIUS_PX) / STEP)
    if count < 4 * WINDOW:
        return None
    radii = LEAST_RADIUS_PX * np.exp(STEP * np.arange(count))
    # A sample should stand for what lies between it and the next: half of that in px.
    levels = np.maximum(0, np.floor(np.log2(radii * STEP))).astype(int)
    angles = _angles()
    x = at_px[0] + radii[:, None] * np.cos(angles)
    y = at_px[1] + radii[:, None] * np.sin(angles)
    rings = np.empty((count, RAYS, 3), np.uint8)
    small = pixels
    for level in range(int(levels.max()) + 1):
        if level > 0:
            small = np.asarray(cv2.pyrDown(small), dtype=np.uint8)
        rows = levels == level
        # pyrDown keeps even pixels: place p of a level is place 2p of the one below.
        maps = [(each[rows] / 2**level).astype(np.float32) for each in (x, y)]
        rings[rows] = cv2.remap(small, maps[0], maps[1], cv2.INTER_LINEAR)
    lab = cv2.cvtColor(rings.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
    outside = (x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)
    lab[outside] = np.nan
    return np.asarray(lab, dtype=np.float32)


def _strength(polar: NDArray[np.float32]) -> NDArray[np.float32]:
    """How strong a border is between rings (radii − 2·WINDOW + 1, RAYS), 0 to 1."""
    padded = np.concatenate([polar[:, -1:], polar, polar[:, :1]], axis=1)
    smooth = (padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / 3
    sums = np.cumsum(np.concatenate([np.zeros_like(smooth[:1]), np.nan_to_num(smooth)]), axis=0)
    means = (sums[WINDOW:] - sums[:-WINDOW]) / WINDOW
    change = np.linalg.norm(means[WINDOW:] - means[:-WINDOW], axis=2)
    outside = np.isnan(polar[:, :, 0])
    beyond = outside[2 * WINDOW - 1 :][: len(change)]
    strength = np.minimum(change, FULL) / FULL
    strength[beyond] = 0.0
    return np.asarray(strength, dtype=np.float32)


def _closed_paths(strength: NDArray[np.float32]) -> tuple[NDArray[np.intp], Floats]:
    """For starts on the first ray, the best path (starts, RAYS) back to it, and its mean value."""
    count = len(strength)
    starts = np.arange(0, count, START_EVERY)
    total = np.full((len(starts), count), -np.inf, np.float32)
    total[np.arange(len(starts)), starts] = strength[starts, 0]
    came = np.zeros((RAYS + 1, len(starts), count), np.int8)
    costs = SLOPE_COST * np.abs(np.arange(-SLOPE, SLOPE + 1), dtype=np.float32)
    edge = np.full((len(starts), SLOPE), -np.inf, np.float32)
    for ray in range(1, RAYS + 1):
        padded = np.concatenate([edge, total, edge], axis=1)
        best = padded[:, SLOPE : SLOPE + count].copy()
        step = np.zeros_like(best, dtype=np.int8)
        for shift in range(-SLOPE, SLOPE + 1):
            tried = padded[:, SLOPE + shift : SLOPE + shift + count] - costs[shift + SLOPE]
            better = tried > best
            best[better], step[better] = tried[better], shift
        came[ray] = step
        total = best + strength[None, :, ray % RAYS]
    rows = np.arange(len(starts))
    scores = (total[rows, starts] - strength[starts, 0]) / RAYS
    paths = np.empty((len(starts), RAYS), np.intp)
    here = starts.copy()
    for ray in range(RAYS, 0, -1):
        here = here + came[ray, rows, here]
        paths[:, ray - 1] = here
    return paths, scores.astype(np.float64)
