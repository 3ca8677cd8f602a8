"""From stroke to stroke at equal steps, over those that are missing."""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

NEAR = 0.22
"""A stroke belongs to a graduation when it is within this part of the pitch."""
MAX_GAP = 12
"""Graduations that may be hidden in a row before the walk stops."""
RECENT, AHEAD = 14, 3
"""The walk follows the trend of so many graduations, for so many before it is found anew."""
SEEDS = 8
ENOUGH = 0.6
"""A walk over this part of the strokes needs no rival."""
EVEN, LEAST_STEP = 0.12, 2.0
LIKE_STEP = 0.25
"""The logarithm of its ratio to what is expected."""


def longest_walk(position: Floats, *, step: float | None = None) -> list[tuple[int, int]] | None:
    """(stroke, number) of the longest walk over sorted positions; of about a step, where given."""
    best: tuple[float, list[tuple[int, int]]] | None = None
    seen: set[tuple[int, int]] = set()
    tried = 0
    for start, pace in seeds(position):
        size = round(8 * np.log2(pace))
        if (start, size) in seen or (step is not None and abs(np.log(pace / step)) > LIKE_STEP):
            continue
        walk = walk_from(position, start, pace)
        # A step of this size from a stroke already walked over would walk the same way.
        seen |= {(stroke, size + off) for stroke, _ in walk for off in (-1, 0, 1)}
        span = walk[-1][1] - walk[0][1] + 1
        worth = 2.0 * len(walk) - span
        if best is None or worth > best[0]:
            best = (worth, walk)
        tried += 1
        if tried == SEEDS or best[0] > ENOUGH * len(position):
            break
    return None if best is None else best[1]


def seeds(position: Floats) -> list[tuple[int, float]]:
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


def walk_from(position: Floats, start: int, step: float) -> list[tuple[int, int]]:
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
    fresh = 0
    number, missed, ahead = recent[-1][1], 0, _trend(places, recent, step)
    here = number
    while missed < min(MAX_GAP, 2 + len(known) + len(added)):
        number += direction
        start, pitch, bend = ahead
        on = number - here
        target, pitch = start + on * (pitch + on * bend), abs(pitch)
        if pitch <= 1.5 or not places[0] - pitch < target < places[-1] + pitch:
            break
        near = _nearest(places, target)
        hit = abs(places[near] - target) < NEAR * pitch
        if hit:
            added.append((near, number))
            recent.append(added[-1])
        fresh, missed = fresh + hit, 0 if hit else missed + 1
        if fresh >= AHEAD or (fresh and (missed or len(recent) < RECENT)):
            recent = recent[-RECENT:]
            here, ahead, fresh = recent[-1][1], _trend(places, recent, step), 0
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
