"""Which stroke is which graduation: whole numbers for strokes along a line, some missing."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

NEAR = 0.22
"""A stroke belongs to a graduation when it is within this part of the pitch."""
CHANCE_RMS, LEAST_RMS, CURVED_RMS = 0.163, 0.005, 0.08
"""The rms of strokes at random places that are near enough by chance; and the best that counts."""
MAX_GAP = 12
"""Graduations that may be hidden in a row before the walk stops."""
RECENT, AHEAD = 14, 3
"""The walk follows the trend of so many graduations, for so many before it is found anew."""
SEEDS = 8
ENOUGH = 0.6
"""A walk over this part of the strokes needs no rival."""
EVEN, LEAST_STEP = 0.12, 2.0
STRAIGHT = 0.75
"""The part of the walked strokes that a straight ruler's model keeps."""
CURVED_FILLED = 0.85


@dataclass(frozen=True, slots=True)
class Numbered:
    """Strokes `which` are the graduations `number`; position(i) = (a·i + b) / (c·i + 1)."""

    which: Ints
    number: Ints
    model: tuple[float, float, float]
    rms: float
    """Typical distance from the model (1.48 · median), as a part of the pitch."""
    curved: bool = False
    """Evenly walked, but no view of a straight line: a ruler that is bent."""

    @property
    def filled(self) -> float:
        """The part of the graduations between first and last that was seen."""
        return len(self.number) / float(self.number[-1] - self.number[0] + 1)

    @property
    def used(self) -> float:
        """The part of the strokes between first and last that are graduations."""
        return len(self.which) / float(self.which.max() - self.which.min() + 1)

    @property
    def evidence(self) -> float:
        """That its steps are equal, as `evidence_of`; of a bent ruler as of a fair straight one."""
        return evidence_of(len(self.number), CURVED_RMS if self.curved else self.rms)

    def pitch(self, number: Floats | Ints) -> Floats:
        """Distance between neighbouring graduations there, in units of position."""
        a, b, c = self.model
        pitch: Floats = np.abs((a - b * c) / (c * number + 1) ** 2)
        return pitch


def evidence_of(count: int, rms: float) -> float:
    """How much likelier so many equal steps (rms in pitches) are than chance, as a logarithm."""
    return count * float(np.log(CHANCE_RMS / max(rms, LEAST_RMS)))


def number_strokes(position: Floats, *, least: int) -> Numbered | None:
    """Number the strokes at sorted `position`s as a ruler seen in perspective, or None.

    Cross-ratios of collinear points survive perspective, so equal steps in the plane are
    seen at (a·i + b) / (c·i + 1) (Hartley & Zisserman, Multiple View Geometry, §2.2).
    """
    best: tuple[float, list[tuple[int, int]]] | None = None
    seen: set[tuple[int, int]] = set()
    tried = 0
    for start, step in _seeds(position):
        size = round(8 * np.log2(step))
        if (start, size) in seen:
            continue
        walk = _walk(position, start, step)
        # A step of this size from a stroke already walked over would walk the same way.
        seen |= {(stroke, size + off) for stroke, _ in walk for off in (-1, 0, 1)}
        span = walk[-1][1] - walk[0][1] + 1
        worth = 2.0 * len(walk) - span
        if best is None or worth > best[0]:
            best = (worth, walk)
        tried += 1
        if tried == SEEDS or best[0] > ENOUGH * len(position):
            break
    if best is None or len(best[1]) < least:
        return None
    return _settled(position, best[1], least)


def _seeds(position: Floats) -> list[tuple[int, float]]:
    """Strokes with equal steps to both sides, in the longest runs first: (stroke, step)."""
    found: list[tuple[int, int, float]] = []
    for reach in (1, 2):
        if len(position) < 2 * reach + 1:
            continue
        before = position[reach:-reach] - position[: -2 * reach]
        after = position[2 * reach :] - position[reach:-reach]
        step = 0.5 * (before + after)
        even = (np.abs(before - after) < EVEN * step) & (step > LEAST_STEP)
        run = _runs(even)
        found += [(int(run[at]), int(at + reach), float(step[at])) for at in np.nonzero(even)[0]]
    found.sort(key=lambda each: -each[0])
    return [(stroke, step) for _, stroke, step in found]


def _runs(flags: NDArray[np.bool_]) -> Ints:
    """For each place, the length of the run of true flags it lies in."""
    group = np.cumsum(np.diff(flags, prepend=flags[0]) != 0)
    runs: Ints = np.where(flags, np.bincount(group)[group], 0)
    return runs


def _walk(position: Floats, start: int, step: float) -> list[tuple[int, int]]:
    """(stroke, number) on both sides of a seed, extrapolating over what is missing."""
    places: list[float] = position.tolist()
    walk = [(start, 0)]
    for direction in (1, -1):
        side = _one_way(places, walk, step, direction)
        walk = walk + side if direction > 0 else side[::-1] + walk
    return walk


def _one_way(
    places: list[float], known: list[tuple[int, int]], step: float, direction: int
) -> list[tuple[int, int]]:
    """Follow the graduations one way from the known ones."""
    recent = known[-RECENT:] if direction > 0 else known[:RECENT][::-1]
    added: list[tuple[int, int]] = []
    number, missed, since = recent[-1][1], 0, AHEAD
    here, ahead = 0, (0.0, step, 0.0)
    while missed < min(MAX_GAP, 2 + len(known) + len(added)):
        number += direction
        if since >= AHEAD:
            recent = (recent + added[-AHEAD:])[-RECENT:] if added else recent
            here, ahead, since = recent[-1][1], _trend(places, recent, step), 0
        start, pitch, bend = ahead
        on = number - here
        target, pitch = start + on * (pitch + on * bend), abs(pitch)
        if pitch <= 1.5 or not places[0] - pitch < target < places[-1] + pitch:
            break
        near = _nearest(places, target)
        if abs(places[near] - target) < NEAR * pitch:
            added.append((near, number))
            since, missed = since + 1, 0
        else:
            missed += 1
    return added


def _trend(
    places: list[float], recent: list[tuple[int, int]], step: float
) -> tuple[float, float, float]:
    """Place, pitch and its half change about the last of the recent graduations.

    A parabola (of fewer than 8 a line) by least squares: its normal equations by Cramer's rule.
    """
    last = recent[-1][1]
    if len(recent) < 3:
        return places[recent[-1][0]], step, 0.0
    origin = places[recent[-1][0]]
    n = float(len(recent))
    s1 = s2 = s3 = s4 = t0 = t1 = t2 = 0.0
    for stroke, number in recent:
        u, v = float(number - last), places[stroke] - origin
        uu = u * u
        s1, s2, s3, s4 = s1 + u, s2 + uu, s3 + u * uu, s4 + uu * uu
        t0, t1, t2 = t0 + v, t1 + u * v, t2 + uu * v
    if len(recent) < 8:
        whole = n * s2 - s1 * s1
        return origin + (s2 * t0 - s1 * t1) / whole, (n * t1 - s1 * t0) / whole, 0.0
    a, b, c = s2 * s4 - s3 * s3, s1 * s4 - s2 * s3, s1 * s3 - s2 * s2
    whole = n * a - s1 * b + s2 * c
    d, e, f = n * s4 - s2 * s2, n * s3 - s1 * s2, n * s2 - s1 * s1
    return (
        origin + (a * t0 - b * t1 + c * t2) / whole,
        (d * t1 - b * t0 - e * t2) / whole,
        (c * t0 - e * t1 + f * t2) / whole,
    )


def _nearest(places: list[float], target: float) -> int:
    at = bisect_left(places, target)
    if at == 0:
        return 0
    if at == len(places):
        return at - 1
    return at if places[at] - target < target - places[at - 1] else at - 1


def _settled(position: Floats, walk: list[tuple[int, int]], least: int) -> Numbered | None:
    """Fit the whole walk, number all strokes by it, and drop what does not lie on it."""
    which = np.array([each[0] for each in walk], dtype=np.intp)
    number = np.array([each[1] for each in walk], dtype=np.intp)
    walked = which, number
    for _ in range(4):
        if len(which) < least:
            break
        model = fit_projective(number, position[which])
        low, high = number.min() - MAX_GAP, number.max() + MAX_GAP
        which, number = _claimed(position, model, low, high)
    curved = len(which) < STRAIGHT * len(walked[0])
    if curved:
        which, number = walked
    if len(which) < least:
        return None
    model = fit_projective(number, position[which])
    rest = position[which] - projective(model, number.astype(np.float64))
    numbered = Numbered(which, number, model, 0.0, curved)
    if curved and numbered.filled < CURVED_FILLED:
        return None
    rms = 1.48 * float(np.median(np.abs(rest) / numbered.pitch(number)))
    return Numbered(which, number, model, rms, curved)


def _claimed(
    position: Floats, model: tuple[float, float, float], low: int, high: int
) -> tuple[Ints, Ints]:
    """For each graduation from low to high the nearest stroke, where one is near enough."""
    a, b, c = model
    numbers = np.arange(low, high + 1, dtype=np.float64)
    numbers = numbers[c * numbers + 1 > 0.2]
    expected = projective(model, numbers)
    pitch = np.abs((a - b * c) / (c * numbers + 1) ** 2)
    after = np.clip(np.searchsorted(position, expected), 1, len(position) - 1)
    near = after - (expected - position[after - 1] < position[after] - expected)
    good = np.abs(position[near] - expected) < NEAR * pitch
    return near[good], numbers[good].astype(np.intp)


def projective(model: tuple[float, float, float], number: Floats) -> Floats:
    """(a·i + b) / (c·i + 1)."""
    a, b, c = model
    place: Floats = (a * number + b) / (c * number + 1)
    return place


def fit_projective(number: Ints, position: Floats) -> tuple[float, float, float]:
    """The projective model through (number, position), by linear least squares, reweighted."""
    middle, centre = 0.5 * float(number[0] + number[-1]), float(position.mean())
    half = max(0.5 * abs(float(number[-1] - number[0])), 1.0)
    size = max(float(np.abs(position - centre).max()), 1e-9)
    count, place = (number - middle) / half, (position - centre) / size
    rows = np.stack([count, np.ones_like(count), -count * place], axis=1)
    weight = np.ones(len(count))
    a = b = c = 0.0
    for _ in range(4):
        weighted = rows * (weight * weight)[:, None]
        a, b, c = (float(value) for value in np.linalg.solve(weighted.T @ rows, weighted.T @ place))
        depth = np.maximum(np.abs(c * count + 1), 0.05)
        rest = np.abs((a * count + b) / depth - place)
        limit = max(3 * float(np.median(rest)), 1e-9)
        weight = np.minimum(1.0, limit / np.maximum(rest, 1e-12)) / depth
    # Back from (i − middle) / half and (x − centre) / size to numbers and places as given.
    a, b, c = size * a + centre * c, size * b + centre, c
    a, c = a / half, c / half
    depth_at_zero = 1 - c * middle
    return a / depth_at_zero, (b - a * middle) / depth_at_zero, c / depth_at_zero
