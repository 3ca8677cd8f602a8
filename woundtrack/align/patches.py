"""Patches of the skin round the wound found again in the later photo, and the field they make.

From coarse to fine: at each level the later photo is brought onto the earlier one as far as it is
known, every patch is looked for near where it should be, and the smooth field that most agree
with is fitted. What few patches agree with is no field.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.align.field import AGREES, Field, fitted
from woundtrack.align.raster import Raster, finest, inverse, raster
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import fit_homography, projected

Floats = NDArray[np.float64]
Masks = NDArray[np.uint8]

FILLED = 0.7
"""So much of a patch must be skin."""
DISTINCT = 0.03
"""How much more alike than anywhere else a patch's place must be."""
ALIKE = 0.35
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
    """Least sd of a patch's place."""


LEVELS = (
    Level(300, 0.13, 0.07, 0.05, 0.002),
    Level(480, 0.10, 0.04, 0.045, 0.0012),
    Level(720, 0.08, 0.022, 0.04, 0.001),
)


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Two photos with what in them is no skin, and the window of the earlier one."""

    earlier: Pixels
    later: Pixels
    earlier_no_skin: Masks
    later_no_skin: Masks
    middle: Floats
    """(2,) of the window, in px of the earlier photo."""
    width: float
    """Of the square window, in px of the earlier photo."""

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
    moved: Floats
    """(N, 2) displacements of the field's places."""
    agree: NDArray[np.bool_]
    """(N,) places that agree with the field."""
    tried: int
    """How many patches could have told something."""

    def to_later(self, points: Floats) -> Floats:
        """Px (N, 2) of the earlier photo to px of the later."""
        return projected(self.matrix, points + self.field.at(points))


def fit_at(subject: Subject, level: Level, matrix: Floats, before: Fit | None = None) -> Fit | None:
    """The fit of a level's patches, near `matrix` or the fit before; None where few are seen."""
    to_px = subject.to_px(level.side_px)
    side = (level.side_px, level.side_px)
    then = raster(subject.earlier, subject.earlier_no_skin, to_px, side_px=side)
    now = raster(subject.later, subject.later_no_skin, matrix @ to_px, side_px=side)
    centres = _centres(then, level)
    if len(centres) < 12:
        return None
    places = projected(to_px, centres)
    step = subject.width / level.side_px
    if before is None:
        expected = np.zeros_like(centres)
    else:
        seen = projected(inverse(matrix), before.to_later(places))
        expected = (seen - places) / step
    shifts, sure, could = _found(then, now, centres, expected, level)
    if sure.sum() < 12:
        return None
    moved = shifts[sure] * step
    width = subject.width
    field = fitted(
        places[sure],
        moved,
        middle=subject.middle,
        width=width,
        reach=level.reach * width,
        least_noise=level.noise * width,
    )
    return Fit(matrix, field, moved, field.trust > AGREES, int(could.sum()))


def next_matrix(fit: Fit) -> Floats:
    """The homography nearest to a fit over the places that agree."""
    places: Floats = fit.field.places[fit.agree]
    return fit_homography(places, fit.to_later(places))


def likeness(subject: Subject, fit: Fit, level: Level) -> float:
    """How much more alike the skin is under a fit than where it is laid a little beside it.

    In sds of the correlations beside. A field bent to what is alike by chance stays near 0.
    """
    import cv2

    matrix = next_matrix(fit)
    to_px = subject.to_px(level.side_px)
    side = (level.side_px, level.side_px)
    then = raster(subject.earlier, subject.earlier_no_skin, to_px, side_px=side)
    now = raster(subject.later, subject.later_no_skin, matrix @ to_px, side_px=side)
    steps = np.linspace(0, level.side_px - 1, 33)
    nodes = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    there = projected(inverse(matrix @ to_px), fit.to_later(projected(to_px, nodes)))
    here = np.stack(np.meshgrid(*[np.arange(level.side_px, dtype=np.float32)] * 2), axis=-1)
    more = cv2.resize((there - nodes).reshape(33, 33, 2).astype(np.float32), side)
    maps = np.asarray(here + more, np.float32)
    contrast, counts = (
        np.asarray(cv2.remap(each, maps[..., 0], maps[..., 1], cv2.INTER_LINEAR), np.float32)
        for each in (finest(now), now.counts)
    )
    away, mine = round(BESIDE * level.side_px), finest(then)
    found = []
    for dx, dy in ((0, 0), *OFFSETS):
        shift = (round(dy * away), round(dx * away))
        both = then.counts * np.roll(counts, shift, axis=(0, 1))
        product = mine * np.roll(contrast, shift, axis=(0, 1)) * both
        found.append(float(product.sum()) / max(1.0, float(both.sum())))
    beside = np.array(found[1:])
    return float((found[0] - beside.mean()) / max(float(beside.std()), 1e-6))


def _centres(then: Raster, level: Level) -> Floats:
    """Middles (N, 2) of patches of the raster that are skin for the most part."""
    import cv2

    half = _half(level)
    side = 2 * half + 1
    filled = np.asarray(cv2.boxFilter(then.counts, -1, (side, side)))
    step = max(1, round(level.step * level.side_px))
    places = np.arange(half, level.side_px - half, step)
    grid = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
    kept: Floats = grid[filled[grid[:, 1], grid[:, 0]] > FILLED].astype(np.float64)
    return kept


def _half(level: Level) -> int:
    return round(level.patch * level.side_px / 2)


def _found(
    then: Raster, now: Raster, centres: Floats, expected: Floats, level: Level
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """Displacements (N, 2) of patches in the raster's px, which are sure, which were in sight."""
    import cv2

    half, reach = _half(level), max(3, round(level.reach * level.side_px))
    pad = half + reach
    wide, skin = np.pad(now.contrast, pad), np.pad(now.counts, pad)
    filled = np.asarray(cv2.boxFilter(skin, -1, (2 * half + 1, 2 * half + 1)))
    shifts, sure = np.zeros_like(centres), np.zeros(len(centres), bool)
    starts = np.rint(expected).astype(int)
    corners = centres.astype(int) + starts
    could = ((corners >= 0) & (corners < level.side_px)).all(axis=1)
    there = np.clip(corners, 0, level.side_px - 1) + pad
    could &= filled[there[:, 1], there[:, 0]] >= FILLED
    for k in np.flatnonzero(could):
        (x, y), (left, top) = centres[k].astype(int), corners[k]
        mine = (slice(y - half, y + half + 1), slice(x - half, x + half + 1))
        about = wide[top : top + 2 * pad + 1, left : left + 2 * pad + 1]
        alike = cv2.matchTemplate(
            about, then.contrast[mine], cv2.TM_CCORR_NORMED, mask=then.counts[mine]
        )
        # Where nothing is seen there is nothing to be alike.
        known = np.where(np.abs(alike) <= 1.01, alike, 0.0).astype(np.float64)
        place = _peak(known, apart=max(2, half // 2))
        if place is not None:
            sure[k] = True
            shifts[k] = starts[k] + np.array(place) - reach
    return shifts, sure, could


def _peak(found: Floats, *, apart: int) -> tuple[float, float] | None:
    """The highest place of a map to a part of a px; None where it does not stand out."""
    y, x = np.unravel_index(int(found.argmax()), found.shape)
    best = found[y, x]
    if not (0 < y < found.shape[0] - 1 and 0 < x < found.shape[1] - 1) or best < ALIKE:
        return None
    rest = found.copy()
    rest[max(0, y - apart) : y + apart + 1, max(0, x - apart) : x + apart + 1] = -1
    if best - rest.max() < DISTINCT:
        return None
    return (
        x + _vertex(found[y, x - 1], best, found[y, x + 1]),
        y + _vertex(found[y - 1, x], best, found[y + 1, x]),
    )


def _vertex(before: float, here: float, after: float) -> float:
    """Where the parabola through three neighbours is highest, from the middle one."""
    bent = before - 2 * here + after
    return float(0.5 * (before - after) / bent) if bent < 0 else 0.0
