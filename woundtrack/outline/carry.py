"""An earlier photo's outline carried over to a later photo of the same wound, or refused.

Marks of the skin round the wound (SIFT, Lowe 2004, as RootSIFT, Arandjelović & Zisserman 2012)
are found again in the later photo. Each pair says by itself how the camera turned and how much
larger it saw; the turn, size and shift that most pairs agree on is taken. Where both photos
have a scale, marks are compared in mm of the wound's plane, so that only turn and shift are
open. Few pairs that agree, or all in one spot (a date stamp, a ruler's digits), are no answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.contrast import SKIN_LIGHT, SKIN_RED, SKIN_YELLOW
from woundtrack.outline.crops import BoxPx
from woundtrack.outline.masks import simplified
from woundtrack.outline.rings import bounds
from woundtrack.outline.strokes import clipped
from woundtrack.outline.types import Outline, OutlineSource, Ring
from woundtrack.photo.types import Pixels
from woundtrack.scale.types import Scale

LONGEST_PX = 1024
"""Photos are looked at this size on their longest side, smaller ones enlarged."""
MOST_MARKS = 4000
AROUND = 1.0
"""Skin so far round the earlier wound is looked at, in lengths of the wound."""
NARROWEST = 0.12
"""But at least so far, as part of the photo's longest side."""
RATIO = 0.9
"""A mark's best likeness must be this much nearer than its second best."""
SIZES, SIZES_IN_MM = (0.5, 2.0), (0.85, 1.18)
"""How much larger the wound may be seen; between two scales only their doubt is left."""
TURN, TURN_BY_ARROW = 60.0, 35.0
"""How far, in degrees, the photo may be turned from the last, or from where the arrows say."""
SIZE_APART, TURN_APART = 1.5, 25.0
"""What a single pair may differ by from all."""
TOLERANCE = 0.08
"""How far a pair may lie off, in lengths of the wound: a foot bends, a wound heals."""
FEWEST = 6
"""Places that agree, at least: half more than any of 335 pairs of different people had."""
PLACE = 0.03
"""Marks nearer than this, in lengths of the wound, are one place."""
SPOT = 0.4
"""A date stamp, a ruler's digits or a tattoo lie within so many lengths of the wound."""
_LOOKED_AT = 60

Points: TypeAlias = NDArray[np.float64]
ToPlane: TypeAlias = Callable[[Points], Points]


@dataclass(frozen=True, slots=True)
class View:
    """What is known of one of the two photos besides its pixels."""

    pixels: Pixels
    scale: Scale | None = None
    head_angle_deg: float | None = None
    """Clockwise from up, where the patient's head is."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The outline in px of the later photo, and how it was found."""

    outline: Outline
    places: int
    """How many places of the skin agree, those in the fullest spot not counted."""
    residual: float
    """Their median distance from where they should be, in lengths of the wound."""
    turned_deg: float
    """Clockwise from the earlier photo to the later."""
    larger: float
    """How much larger the later photo shows it: in px, or in mm where both have a scale."""


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """SIFT marks: (N,) places as complex numbers in the plane, their sizes and turns."""

    at: NDArray[np.complex128]
    arrow: NDArray[np.complex128]
    """From the mark in its own direction, as long as it is large."""
    looks: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Motion:
    """later = factor × earlier + shift, in the planes of both."""

    factor: complex
    shift: complex
    places: int
    residual: float


def carried(earlier: View, outline: Outline, later: View) -> Carried:
    """The earlier outline where the later photo shows the wound, as a proposal.

    OutlineError outline.empty, outline.not_alike where the photos do not surely show the same.
    """
    in_mm = earlier.scale is not None and later.scale is not None
    from_px, to_px = _plane(earlier.scale, in_mm), _plane(later.scale, in_mm)
    longest = max(earlier.pixels.shape[:2])
    box = _grown(bounds(outline), longest)
    then = _marks(earlier.pixels, from_px, box)
    now = _marks(later.pixels, to_px, None)
    pairs = _pairs(then, now)
    corners = from_px(np.array([box[:2], box[2:]]))
    size = float(np.hypot(*(corners[1] - corners[0]))) / np.sqrt(2) / (1 + 2 * AROUND)
    motion = _agreed(pairs, size, SIZES_IN_MM if in_mm else SIZES, _turn(earlier, later))
    if motion is None or motion.places < FEWEST:
        raise OutlineError("outline.not_alike")
    rings = tuple(_moved(ring, motion, from_px, later.scale if in_mm else None)
                  for ring in outline.rings)  # fmt: skip
    height, width = later.pixels.shape[:2]
    there = clipped(Outline(rings), width_px=width, height_px=height)
    if not there.rings:
        raise OutlineError("outline.not_alike")
    return Carried(
        Outline(simplified(there.rings), OutlineSource.CARRIED),
        motion.places,
        motion.residual,
        float(np.degrees(np.angle(motion.factor))),
        abs(motion.factor),
    )


def _plane(scale: Scale | None, in_mm: bool) -> ToPlane:
    return scale.to_mm if in_mm and scale is not None else lambda points_px: points_px


def _turn(earlier: View, later: View) -> tuple[float, float]:
    """Degrees clockwise that the photo is expected to be turned, and how far off it may be."""
    if earlier.head_angle_deg is None or later.head_angle_deg is None:
        return 0.0, TURN
    return later.head_angle_deg - earlier.head_angle_deg, TURN_BY_ARROW


def _grown(box: BoxPx, longest_px: int) -> BoxPx:
    """The box with the skin around it."""
    left, top, right, bottom = box
    by = AROUND * max(right - left, bottom - top, NARROWEST * longest_px)
    return left - by, top - by, right + by, bottom + by


def _marks(pixels: Pixels, plane: ToPlane, box: BoxPx | None) -> _Marks:
    """The marks of what may be skin, within a box where one is given."""
    import cv2

    height, width = pixels.shape[:2]
    factor = LONGEST_PX / max(height, width)
    size = (max(2, round(width * factor)), max(2, round(height * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = cv2.resize(pixels, size, interpolation=way)
    mask = _may_be_skin(np.asarray(small, np.uint8))
    if box is not None:
        left, top, right, bottom = (round((side + 0.5) * factor) for side in box)
        inside = np.zeros_like(mask)
        inside[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 255
        mask &= inside
    grey = cv2.createCLAHE(3.0, (8, 8)).apply(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
    sift = cv2.SIFT.create(MOST_MARKS, contrastThreshold=0.01, edgeThreshold=15)
    keys, looks = sift.detectAndCompute(grey, mask)
    if looks is None or not keys:
        nothing = np.empty(0, np.complex128)
        return _Marks(nothing, nothing, np.empty((0, 128), np.float32))
    table = np.array([(*key.pt, key.size, np.radians(key.angle)) for key in keys])
    at = (table[:, :2] + 0.5) / factor - 0.5
    tip = np.stack([np.cos(table[:, 3]), np.sin(table[:, 3])], axis=1) * table[:, 2:3] / factor
    here, there = _complex(plane(at)), _complex(plane(at + tip))
    roots = np.sqrt(looks / np.maximum(looks.sum(axis=1, keepdims=True), 1e-6))
    return _Marks(here, there - here, roots.astype(np.float32))


def _may_be_skin(small: Pixels) -> NDArray[np.uint8]:
    import cv2

    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2Lab)
    least = np.array([SKIN_LIGHT, SKIN_RED, SKIN_YELLOW], dtype=np.float32)
    return np.where((np.asarray(lab) > least).all(axis=2), 255, 0).astype(np.uint8)


def _pairs(then: _Marks, now: _Marks) -> tuple[_Marks, _Marks]:
    """Marks that look alike, one to one."""
    import cv2

    best: dict[int, tuple[float, int]] = {}
    if len(then.at) and len(now.at) >= 2:
        for first, second in cv2.BFMatcher().knnMatch(then.looks, now.looks, k=2):
            likeness = first.distance / max(second.distance, 1e-9)
            if likeness < RATIO and likeness < best.get(first.trainIdx, (1.0, 0))[0]:
                best[first.trainIdx] = (likeness, first.queryIdx)
    there = np.array(sorted(best), dtype=np.intp)
    here = np.array([best[index][1] for index in there], dtype=np.intp)
    return (
        _Marks(then.at[here], then.arrow[here], then.looks[here]),
        _Marks(now.at[there], now.arrow[there], now.looks[there]),
    )


def _agreed(
    pairs: tuple[_Marks, _Marks], size: float, sizes: tuple[float, float],
    turn: tuple[float, float],
) -> _Motion | None:  # fmt: skip
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
    pairs: tuple[_Marks, _Marks], ratio: NDArray[np.complex128], agree: NDArray[np.bool_],
    size: float, sizes: tuple[float, float], turn: tuple[float, float],
) -> _Motion | None:  # fmt: skip
    """The motion fitted to those that agree, and to those that agree with that, narrowing."""
    then, now = pairs
    for wider in (1.9, 1.5, 1.25, 1.0, 1.0):
        if agree.sum() < 3:
            return None
        factor, shift = _fitted(then.at[agree], now.at[agree])
        if not _allowed(np.array([factor]), sizes, turn)[0]:
            return None
        agree = _agreeing(pairs, ratio, factor, shift, wider * TOLERANCE * size)
    if agree.sum() < 3:
        return None
    off = np.abs(factor * then.at[agree] + shift - now.at[agree]) / abs(factor)
    places = _places(then.at[agree] / size)
    return _Motion(factor, shift, places, float(np.median(off)) / size)


def _places(at: NDArray[np.complex128]) -> int:
    """How many places marks take, those in the fullest spot not counted; `at` in lengths."""
    cells = {(round(z.real / PLACE), round(z.imag / PLACE)) for z in at.tolist()}
    places = np.array([complex(*cell) * PLACE for cell in cells])
    near = np.abs(places[:, None] - places[None, :]) < SPOT / 2
    return len(places) - int(near.sum(axis=1).max())


def _agreeing(
    pairs: tuple[_Marks, _Marks], ratio: NDArray[np.complex128], factor: complex, shift: complex,
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


def _fitted(then: NDArray[np.complex128], now: NDArray[np.complex128]) -> tuple[complex, complex]:
    """The similarity of least squares (Umeyama 1991, in complex numbers)."""
    from_middle, to_middle = then.mean(), now.mean()
    away = then - from_middle
    factor = complex((away.conj() * (now - to_middle)).sum() / max((abs(away) ** 2).sum(), 1e-12))
    return factor, complex(to_middle - factor * from_middle)


def _moved(ring: Ring, motion: _Motion, from_px: ToPlane, scale: Scale | None) -> Ring:
    """A ring of the earlier photo in px of the later."""
    there = motion.factor * _complex(from_px(np.asarray(ring, dtype=np.float64))) + motion.shift
    points = np.stack([there.real, there.imag], axis=1)
    points = points if scale is None else scale.to_px(points)
    return tuple((float(x), float(y)) for x, y in points)


def _complex(points: Points) -> NDArray[np.complex128]:
    return np.asarray(points[:, 0] + 1j * points[:, 1], dtype=np.complex128)
