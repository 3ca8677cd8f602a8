"""One graduated edge in the plane: where its stroke ends lie, and how far off they are seen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.scale.ruler.view import Poses

Floats = NDArray[np.float64]

LEAST_ACROSS_PX = 0.06
PLACED = 4
"""Numbers that lay an edge in the plane of the first: turn, place (2, mm), relative stretch."""
CURVE_STEP = 1e-5
ANGLE_SD, FREE_ANGLE_SD = np.radians(0.3), np.radians(60.0)
"""Of the angle between edges of one ruler, and between those of two."""
TIED_WITHIN = np.radians(1.5)
STRETCH_SD, FREE_STRETCH_SD = 0.0004, 0.002
"""Of the ratio of lengths of two edges: their print; and that two rulers lie unequally high."""


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """One edge as the fit needs it: graduations (N,) at known places along the edge."""

    along_mm: Floats
    base_px: Floats
    tip_px: Floats
    across_sd_px: Floats
    base_sure: NDArray[np.bool_]
    tip_sure: NDArray[np.bool_]
    kinds: NDArray[np.intp]
    kind_count: int
    along_sd_px: float

    @property
    def ends_px(self) -> Floats:
        """Bases, then tips (2 N, 2)."""
        return np.concatenate([self.base_px, self.tip_px])

    def laid(self, placed: Floats, tips: Floats) -> Floats:
        """Bases, then tips (2 N, 2), in mm of the plane."""
        unit = np.array([np.cos(placed[0]), np.sin(placed[0])])
        base = placed[1:3] + (1 + placed[3]) * self.along_mm[:, None] * unit
        return np.concatenate([base, base + tips[self.kinds][:, None] * _across(unit)])

    def laid_slopes(self, placed: Floats, tips: Floats) -> Floats:
        """(PLACED + kinds, 2 N, 2): what each of its numbers adds to `laid`."""
        count = len(self.along_mm)
        unit = np.array([np.cos(placed[0]), np.sin(placed[0])])
        normal = _across(unit)
        slopes = np.zeros((PLACED + self.kind_count, 2 * count, 2))
        along = np.tile(self.along_mm, 2)[:, None]
        slopes[0] = (1 + placed[3]) * along * normal
        slopes[0, count:] -= tips[self.kinds][:, None] * unit
        slopes[1, :, 0], slopes[2, :, 1] = 1.0, 1.0
        slopes[3] = along * unit
        slopes[PLACED + self.kinds, count + np.arange(count)] = normal
        return slopes

    def off(self, seen_px: Floats, expected_px: Floats) -> Floats:
        """Across all ends, then along them (4 N,), px: seen less expected in the stroke's frame."""
        unit, _ = self._strokes(expected_px)
        rest = seen_px - expected_px
        return np.concatenate([_dot(rest, _across(unit)), _dot(rest, unit)])

    def off_slopes(self, seen_px: Floats, expected_px: Floats, moves: Floats) -> Floats:
        """(4 N, P): how `off` changes as the expected ends move by (P, 2 N, 2).

        The strokes' own frame turns with them.
        """
        count = len(self.along_mm)
        unit, length = self._strokes(expected_px)
        normal, rest = _across(unit), seen_px - expected_px
        aside = _dot(moves, normal)
        turn = (aside[:, count:] - aside[:, :count]) / length
        turn = np.concatenate([turn, turn], axis=1)
        across = -aside - turn * _dot(rest, unit)
        along = -_dot(moves, unit) + turn * _dot(rest, normal)
        slopes: Floats = np.concatenate([across, along], axis=1).T
        return slopes

    def _strokes(self, expected_px: Floats) -> tuple[Floats, Floats]:
        """Direction of each end's stroke (2 N, 2), and the strokes' lengths (N,)."""
        count = len(self.along_mm)
        stroke = expected_px[count:] - expected_px[:count]
        length = np.maximum(np.hypot(stroke[:, 0], stroke[:, 1]), 1e-9)
        unit = stroke / length[:, None]
        return np.concatenate([unit, unit]), length

    def sd_px(self, across_scale: float, along_scale: float) -> Floats:
        """One sd of each `off` (4 N,); infinite along ends that are not sure."""
        across = across_scale * np.maximum(self.across_sd_px, LEAST_ACROSS_PX)
        sure = np.concatenate([self.base_sure, self.tip_sure])
        along = np.where(sure, along_scale * self.along_sd_px, np.inf)
        return np.concatenate([across, across, along])


def between(placed: Floats) -> tuple[Floats, Floats]:
    """How unlike another edge of the same ruler one lies: (angle, stretch) in sd, and their slopes.

    Edges nearly parallel or square are one ruler's; others may lie at any angle.
    """
    off = (placed[0] + np.pi / 4) % (np.pi / 2) - np.pi / 4
    tied = abs(off) < TIED_WITHIN
    sd = np.array([ANGLE_SD, STRETCH_SD] if tied else [FREE_ANGLE_SD, FREE_STRETCH_SD])
    return np.array([off, placed[3]]) / sd, 1 / sd


def seen_at(poses: Poses, laid_mm: Floats, curve: Floats) -> Floats:
    """Where the first camera sees points (N, 2) laid on the plane, or round a limb.

    `curve` is empty, or the limb's as in `ruler.view`.
    """
    return _projected(_rays(poses, laid_mm, curve))


def seen_slopes(
    poses: Poses,
    slopes: tuple[Floats, Floats],
    laid_mm: Floats,
    laid_slopes: Floats,
    curve: Floats,
) -> tuple[Floats, Floats]:
    """What each number of the view (and the curve), and of the laying, add to `seen_at`."""
    rays = _rays(poses, laid_mm, curve)
    points, depth = _projected(rays), rays[:, 2:]
    forward, out = slopes
    rolled = _rolled(laid_mm, curve)
    view = rolled[:, :2] @ forward[:, :, :2].transpose(0, 2, 1) + forward[:, None, :, 2]
    east, north = poses.forward[0][:, 0], poses.forward[0][:, 1]
    if len(curve):
        view = view + rolled[:, 2, None] * out[:, None, :]
        still = np.zeros(2)
        bent = [_slope(poses, laid_mm, still, curve, step) for step in np.eye(2)]
        view = np.concatenate([view, np.stack(bent)])
        east, north = (_slope(poses, laid_mm, way, curve, still) for way in np.eye(2))
    laid = laid_slopes[:, :, :1] * east + laid_slopes[:, :, 1:] * north
    moved = [(each[:, :, :2] - points * each[:, :, 2:]) / depth for each in (view, laid)]
    return moved[0], moved[1]


def _slope(poses: Poses, laid_mm: Floats, way: Floats, curve: Floats, bent: Floats) -> Floats:
    """How the rays (N, 3) change as the points go that way or the limb is bent so."""
    step = CURVE_STEP
    ahead = _rays(poses, laid_mm + step * way, curve + step * bent)
    back = _rays(poses, laid_mm - step * way, curve - step * bent)
    slope: Floats = (ahead - back) / (2 * step)
    return slope


def _rays(poses: Poses, laid_mm: Floats, curve: Floats) -> Floats:
    forward = poses.forward[0]
    rolled = _rolled(laid_mm, curve)
    rays: Floats = rolled[:, :2] @ forward[:, :2].T + forward[:, 2]
    return rays + rolled[:, 2:] * poses.out_px[0] if len(curve) else rays


def _rolled(laid_mm: Floats, curve: Floats) -> Floats:
    """Points (N, 2) of a sheet laid round a limb that touches the plane: (N, 3), in mm, down last.

    Without a curve (N, 2), as they are. At s round a limb of radius R = 1/curve they lie at
    (R sin(s/R), R (1 − cos(s/R))).
    """
    if not len(curve):
        return laid_mm
    cosine, sine = np.cos(curve[1]), np.sin(curve[1])
    across = laid_mm[:, 0] * cosine + laid_mm[:, 1] * sine
    along = laid_mm[:, 1] * cosine - laid_mm[:, 0] * sine
    turn = curve[0] * across
    down = 0.5 * turn * across * np.sinc(turn / (2 * np.pi)) ** 2
    across = across * np.sinc(turn / np.pi)
    return np.stack([across * cosine - along * sine, across * sine + along * cosine, down], axis=1)


def _projected(rays: Floats) -> Floats:
    projected: Floats = rays[:, :2] / rays[:, 2:]
    return projected


def _across(unit: Floats) -> Floats:
    """Directions turned by a quarter."""
    return np.stack([-unit[..., 1], unit[..., 0]], axis=-1)


def _dot(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.sum(one * other, axis=-1), dtype=np.float64)
