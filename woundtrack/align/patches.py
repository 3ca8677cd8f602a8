"""Patches of the skin round the wound found again in the later photo, and the field they make.

From coarse to fine: at each level the later photo is brought onto the earlier one as far as it is
known, every patch is looked for near where it should be, and the smooth field that most agree
with is fitted. What few patches agree with is no field.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from woundtrack.align.field import AGREES, SOFT, STIFF, Field, Prior, fitted
from woundtrack.align.raster import Layers, Map, Raster, finest, inverse, raster
from woundtrack.outline.crops import BoxPx
from woundtrack.scale.types import fit_homography, projected

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]

FILLED = 0.7
"""So much of a patch must be skin."""
FEWEST = 12
SURE = 0.4
"""Patches whose place is less sure than so much of how far was searched (one sd) tell nothing."""
LEAST_CHANCE = 1e-3
BESIDE = 0.06
"""Skin laid so far beside itself is alike by chance alone, in windows' widths."""
OFFSETS = tuple(
    (reach * float(np.cos(turn)), reach * float(np.sin(turn)))
    for reach in (1.0, 1.5)
    for turn in np.linspace(0, 2 * np.pi, 16, endpoint=False)
)


@dataclass(frozen=True, slots=True)
class Level:
    """Sizes in parts of the window's width, but for its raster's side."""

    side_px: int
    patch: float
    reach: float
    step: float
    noise: float
    """Least sd that all patches' places have."""
    prior: Prior = STIFF


LEVELS = (
    Level(300, 0.13, 0.07, 0.05, 0.001),
    Level(480, 0.12, 0.04, 0.05, 0.0006, SOFT),
    Level(720, 0.10, 0.022, 0.045, 0.0004, SOFT),
    Level(1000, 0.08, 0.012, 0.036, 0.0003, SOFT),
)


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Two photos, and the window of the earlier one."""

    earlier: Layers
    later: Layers
    middle: Floats
    """(2,) of the window, in px of the earlier photo."""
    width: float
    """Of the square window, in px of the earlier photo."""
    seen: dict[int, Raster] = field(default_factory=dict)
    """The window's rasters by their side, as far as they were asked for."""

    @property
    def box(self) -> BoxPx:
        """The window in px of the earlier photo."""
        (left, top), (right, bottom) = self.middle - self.width / 2, self.middle + self.width / 2
        return float(left), float(top), float(right), float(bottom)

    def to_px(self, side_px: int) -> Floats:
        """The homography from a raster of the window to px of the earlier photo."""
        step = self.width / side_px
        corner = self.middle - self.width / 2 + step / 2
        return np.array([[step, 0, corner[0]], [0, step, corner[1]], [0, 0, 1.0]])


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Later px = matrix(x + field(x)) of earlier px x, and how well patches agree with it."""

    matrix: Floats
    field: Field
    agree: NDArray[np.bool_]
    """(N,) places that agree with the field."""
    tried: int
    """How many patches could have told something."""

    def to_later(self, points: Floats) -> Floats:
        """Px (N, 2) of the earlier photo to px of the later."""
        return projected(self.matrix, points + self.field.at(points))


def fit_at(subject: Subject, level: Level, matrix: Floats, before: Fit | None = None) -> Fit | None:
    """The fit of a level's patches, near `matrix` or the fit before; None where few are seen."""
    to_px, step = subject.to_px(level.side_px), subject.width / level.side_px

    def so_far(places: Floats) -> Floats:
        return projected(matrix, places) if before is None else before.to_later(places)

    then, now = rasters(subject, level, so_far)
    centres = _centres(then, level)
    if len(centres) < FEWEST:
        return None
    shifts, sds, could = _found(then, now, centres, level)
    sure = sds < SURE * level.reach * level.side_px
    if sure.sum() < FEWEST:
        return None
    places, seen = (projected(to_px, each[sure]) for each in (centres, centres + shifts))
    smooth = fitted(
        places,
        projected(inverse(matrix), so_far(seen)) - places,
        sds=sds[sure] * step,
        middle=subject.middle,
        width=subject.width,
        reach=level.reach * subject.width,
        least_noise=level.noise * subject.width,
        overlap=(level.patch / level.step) ** 2,
        prior=level.prior,
    )
    return Fit(matrix, smooth, smooth.trust > AGREES, int(could.sum()))


def rasters(subject: Subject, level: Level, to_later: Map) -> tuple[Raster, Raster]:
    """The window in the earlier photo, and the later photo brought onto it."""
    side = (level.side_px, level.side_px)
    to_px = subject.to_px(level.side_px)
    then = subject.seen.get(level.side_px)
    if then is None:
        then = raster(subject.earlier, lambda each: projected(to_px, each), side_px=side)
        subject.seen[level.side_px] = then
    now = raster(subject.later, lambda each: to_later(projected(to_px, each)), side_px=side)
    return then, now


def next_matrix(fit: Fit) -> Floats:
    """The homography nearest to a fit over the places that agree."""
    places: Floats = fit.field.places[fit.agree]
    return fit_homography(places, fit.to_later(places))


def likeness(subject: Subject, fit: Fit, level: Level) -> float:
    """How much more alike the skin is under a fit than where it is laid a little beside it.

    In sds of the correlations beside, of light or of redness, whichever tells more: light of the
    two photos may fall from opposite sides. A field bent to what is alike by chance stays low.
    """
    then, now = rasters(subject, level, fit.to_later)
    mine, theirs = finest(then), finest(now)
    away = BESIDE * level.side_px
    found = []
    for dx, dy in ((0, 0), *OFFSETS):
        shift = (round(dy * away), round(dx * away))
        both = then.counts * np.roll(now.counts, shift, axis=(0, 1))
        product = np.einsum("ijk,ijk,ij->k", mine, np.roll(theirs, shift, axis=(0, 1)), both)
        found.append(product / max(1.0, float(both.sum())))
    here, *beside = found
    spread = np.maximum(np.std(beside, axis=0), 1e-6)
    return float(np.max((here - np.mean(beside, axis=0)) / spread))


def _centres(then: Raster, level: Level) -> Floats:
    """Middles (N, 2) of patches of the raster that are skin for the most part."""
    half = _half(level)
    filled = _filled(then, half)
    step = max(1, round(level.step * level.side_px))
    places = np.arange(half, level.side_px - half, step)
    grid = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
    kept: Floats = grid[filled[grid[:, 1], grid[:, 0]] > FILLED].astype(np.float64)
    return kept


def _filled(seen: Raster, half: int) -> Floats32:
    """Which part (h, w) of the patch about each px is skin."""
    import cv2

    side = 2 * half + 1
    return np.asarray(cv2.boxFilter(seen.counts, -1, (side, side)), np.float32)


def _half(level: Level) -> int:
    return round(level.patch * level.side_px / 2)


def _found(
    then: Raster, now: Raster, centres: Floats, level: Level
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Displacements (N, 2) of patches in the raster's px, one sd of each, which were in sight."""
    half = _half(level)
    filled = _filled(now, half)
    corners = centres.astype(int)
    could = filled[corners[:, 1], corners[:, 0]] >= FILLED
    shifts, sds = np.zeros_like(centres), np.full(len(centres), np.inf)
    if not could.any():
        return shifts, sds, could
    alike = _alike(then, now, corners[could], half, max(3, round(level.reach * level.side_px)))
    # How much a likeness tells is told by how alike skin is elsewhere by chance: what one patch
    # of light explains of the other lowers the noise (Gaussian profile likelihood).
    chance = np.maximum(alike.var(axis=(2, 3)).mean(axis=0), LEAST_CHANCE)[:, None, None]
    told = (-np.log1p(-(np.clip(alike, 0.0, 0.95) ** 2)) / (2 * chance)).sum(axis=1)
    for k, one in zip(np.flatnonzero(could), told, strict=True):
        shifts[k], sds[k] = _place(one.astype(np.float64))
    return shifts, sds, could


def _alike(
    then: Raster, now: Raster, corners: NDArray[np.int_], half: int, reach: int
) -> Floats32:  # fmt: skip
    """Correlations (N, channel, 2 reach + 1, 2 reach + 1) of patches with what is near them."""
    import cv2

    pad, side = half + reach, 2 * reach + 1
    channels = then.contrast.shape[2]
    alike = np.empty((len(corners), channels, side, side), np.float32)
    for k in range(channels):  # one after the other: less is in memory at a time
        mine = np.ascontiguousarray(then.contrast[..., k])
        wide = np.pad(now.contrast[..., k], pad)
        for maps, (x, y) in zip(alike, corners, strict=True):
            patch = mine[y - half : y + half + 1, x - half : x + half + 1]
            about = wide[y : y + 2 * pad + 1, x : x + 2 * pad + 1]
            maps[k] = cv2.matchTemplate(about, patch, cv2.TM_CCORR_NORMED)
    return alike


def _place(told: Floats) -> tuple[Floats, float]:
    """The likeliest place of a map of log likelihoods from its middle, and one sd of it."""
    reach = len(told) // 2
    y, x = np.unravel_index(int(told.argmax()), told.shape)
    if not (0 < y < 2 * reach and 0 < x < 2 * reach):
        return np.zeros(2), np.inf
    best = told[y, x]
    place = np.array(
        [
            x + _vertex(told[y, x - 1], best, told[y, x + 1]) - reach,
            y + _vertex(told[y - 1, x], best, told[y + 1, x]) - reach,
        ]
    )
    likely = np.exp(told - best)
    likely /= likely.sum()
    side = np.arange(-reach, reach + 1.0)
    off2 = (side[None] - place[0]) ** 2 + (side[:, None] - place[1]) ** 2
    return place, float(np.sqrt((likely * off2).sum() / 2))


def _vertex(before: float, here: float, after: float) -> float:
    """Where the parabola through three neighbours is highest, from the middle one."""
    bent = before - 2 * here + after
    return float(0.5 * (before - after) / bent) if bent < 0 else 0.0
