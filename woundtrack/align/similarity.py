"""The turn, size and shift that most marks of the skin in two photos agree on.

Each pair of marks says by itself how the camera turned and how much larger it saw; the motion
that most pairs agree on is taken. Few pairs that agree, or all in one spot (a date stamp, a
ruler's digits), are no answer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.align.marks import Marks, Plane, Points, View, as_complex
from woundtrack.scale.types import fit_homography

SIZES, SIZES_IN_MM = (0.5, 2.0), (0.85, 1.18)
"""How much larger the wound may be seen; between two scales only their doubt is left."""
TURN, TURN_BY_ARROW = 60.0, 35.0
"""How far, in degrees, the photo may be turned from the last, or from where the arrows say."""
SIZE_APART, TURN_APART = 1.5, 25.0
"""What a single pair may differ by from all."""
TOLERANCE = 0.08
"""How far a pair may lie off, in lengths of the wound: a foot bends, a wound heals."""
PLACE = 0.03
"""Marks nearer than this, in lengths of the wound, are one place."""
SPOT = 0.4
"""A date stamp, a ruler's digits or a tattoo lie within so many lengths of the wound."""
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Motion:
    """later = factor × earlier + shift, in the planes of both."""

    factor: complex
    shift: complex
    places: int
    """How many places of the skin agree, those in the fullest spot not counted."""
    residual: float
    """Their median distance from where they should be, in lengths of the wound."""

    def moved(self, points: Points) -> Points:
        """Points (N, 2) of the earlier plane in the later one."""
        there = self.factor * as_complex(points) + self.shift
        return np.stack([there.real, there.imag], axis=1)


def lattice(side: int) -> Points:
    """A square's points (side², 2) in 0…1."""
    steps = np.linspace(0, 1, side)
    return np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)


def homography_of(
    motion: Motion, earlier: Plane, later: Plane, *, middle: Points, width: float
) -> Points:  # fmt: skip
    """The homography (3, 3), px to px, nearest to a motion of the planes over a square window."""
    grid = middle + width * (lattice(5) - 0.5)
    return fit_homography(grid, later.to_px(motion.moved(earlier.from_px(grid))))


def expected_turn(earlier: View, later: View) -> tuple[float, float]:
    """Degrees clockwise that the photo is expected to be turned, and how far off it may be."""
    if earlier.head_angle_deg is None or later.head_angle_deg is None:
        return 0.0, TURN
    return later.head_angle_deg - earlier.head_angle_deg, TURN_BY_ARROW


def agreed(
    pairs: tuple[Marks, Marks], size: float, sizes: tuple[float, float],
    turn: tuple[float, float],
) -> Motion | None:  # fmt: skip
    """The motion that most places agree on; no chance is in it."""
    then, now = pairs
    ratio = now.arrow / np.where(then.arrow == 0, 1, then.arrow)
    possible = np.flatnonzero(_allowed(ratio, sizes, turn))
    first = []
    for index in possible:
        shift = now.at[index] - ratio[index] * then.at[index]
        # What is far from a mark is told less surely by its size and turn alone.
        reach = (0.75 * TOLERANCE + 0.15 * np.abs(then.at - then.at[index]) / size) * size
        first.append(_agreeing(pairs, ratio, ratio[index], shift, reach))
    order = sorted(range(len(first)), key=lambda each: -int(first[each].sum()))[:_LOOKED_AT]
    found = (_settled(pairs, ratio, first[each], size, sizes, turn) for each in order)
    return max((m for m in found if m is not None), key=lambda m: m.places, default=None)


def _settled(
    pairs: tuple[Marks, Marks], ratio: NDArray[np.complex128], agree: NDArray[np.bool_],
    size: float, sizes: tuple[float, float], turn: tuple[float, float],
) -> Motion | None:  # fmt: skip
    """The motion fitted to those that agree, and to those that agree with that, narrowing."""
    then, now = pairs
    for wider in (1.9, 1.5, 1.25, 1.0, 1.0):
        if agree.sum() < 3:
            return None
        factor, shift = fitted(then.at[agree], now.at[agree])
        if not _allowed(np.array([factor]), sizes, turn)[0]:
            return None
        agree = _agreeing(pairs, ratio, factor, shift, wider * TOLERANCE * size)
    if agree.sum() < 3:
        return None
    off = np.abs(factor * then.at[agree] + shift - now.at[agree]) / abs(factor)
    places = _places(then.at[agree] / size)
    return Motion(factor, shift, places, float(np.median(off)) / size)


def _places(at: NDArray[np.complex128]) -> int:
    """How many places marks take, those in the fullest spot not counted; `at` in lengths."""
    cells = {(round(z.real / PLACE), round(z.imag / PLACE)) for z in at.tolist()}
    places = np.array([complex(*cell) * PLACE for cell in cells])
    near = np.abs(places[:, None] - places[None, :]) < SPOT / 2
    return len(places) - int(near.sum(axis=1).max())


def _agreeing(
    pairs: tuple[Marks, Marks], ratio: NDArray[np.complex128], factor: complex, shift: complex,
    reach: float | NDArray[np.float64],
) -> NDArray[np.bool_]:  # fmt: skip
    then, now = pairs
    off = np.abs(factor * then.at + shift - now.at)
    apart = ratio / factor
    alike: NDArray[np.bool_] = (
        (off < reach * abs(factor))
        & (np.abs(np.log(np.maximum(np.abs(apart), 1e-9))) < np.log(SIZE_APART))
        & (np.abs(np.angle(apart)) < np.radians(TURN_APART))
    )
    return alike


def _allowed(
    factors: NDArray[np.complex128], sizes: tuple[float, float], turn: tuple[float, float]
) -> NDArray[np.bool_]:
    turned = factors * np.exp(-1j * np.radians(turn[0]))
    low, high = sizes
    allowed: NDArray[np.bool_] = (
        (np.abs(factors) > low)
        & (np.abs(factors) < high)
        & (np.abs(np.angle(turned)) < np.radians(turn[1]))
    )
    return allowed


def fitted(then: NDArray[np.complex128], now: NDArray[np.complex128]) -> tuple[complex, complex]:
    """The similarity of least squares (Umeyama 1991, in complex numbers)."""
    from_middle, to_middle = then.mean(), now.mean()
    away = then - from_middle
    factor = complex((away.conj() * (now - to_middle)).sum() / max((abs(away) ** 2).sum(), 1e-12))
    return factor, complex(to_middle - factor * from_middle)
