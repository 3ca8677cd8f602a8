"""Where the skin round an earlier wound may lie in a later photo: turns and sizes tried in turn.

Normalised correlation of local contrast where both count (Padfield 2012), at about 1 px a mm.
Skin with a few moles and no other mark is found so, where no two single marks tell it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.align.raster import Raster
from woundtrack.scale.types import projected

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]

TURNS_DEG = 5.0
LEAST_SHARED = 0.45
"""So much of the skin round the wound must be seen in the later photo too."""
KEPT = 6
"""Candidates that are looked at closely."""
APART = 0.05
"""Candidates nearer than this, in widths of the window, are one."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A homography earlier px → later px, and how alike the skin is under it."""

    matrix: Floats
    likeness: float


def turned(earlier: Raster, degrees: float) -> Raster:
    """The raster turned clockwise about its middle."""
    import cv2

    height, width = earlier.counts.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
    counts = cv2.warpAffine(earlier.counts, matrix, (width, height))
    contrast = cv2.warpAffine(earlier.contrast, matrix, (width, height))
    sure = np.asarray(counts > 0.99, np.float32)
    return Raster(np.asarray(contrast * sure[..., None], np.float32), sure)


def likeness(earlier: Sequence[Raster], later: Raster) -> list[Floats32]:
    """How alike each raster is at each shift (H − h + 1, W − w + 1), in −1…1.

    As their normalised correlations are in light and in redness together: 1 less what neither
    explains of the other.
    """
    from scipy import fft

    height, width = earlier[0].counts.shape
    down, across = later.counts.shape
    size = tuple(fft.next_fast_len(side, real=True) for side in (down, across))

    def spectrum(values: Floats32) -> NDArray[np.complex64]:
        return np.asarray(fft.rfft2(values, size), np.complex64)

    channels = range(later.contrast.shape[2])
    counts = spectrum(later.counts)
    theirs = [(spectrum(each), spectrum(each**2)) for each in np.moveaxis(later.contrast, 2, 0)]

    def shifted(product: NDArray[np.complex64]) -> Floats32:
        every = np.asarray(fft.irfft2(product, size), np.float32)
        return every[: down - height + 1, : across - width + 1]

    maps = []
    for one in earlier:
        mine = np.conj(spectrum(one.counts))
        shared, unlike = shifted(mine * counts), np.float32(1)
        for k in channels:
            light = np.ascontiguousarray(one.contrast[..., k])
            mine2 = shifted(np.conj(spectrum(light**2)) * counts)
            theirs2 = shifted(mine * theirs[k][1])
            product = shifted(np.conj(spectrum(light)) * theirs[k][0])
            alike = product / np.sqrt(np.maximum(mine2, 1e-2) * np.maximum(theirs2, 1e-2))
            unlike = unlike * (1 - np.clip(alike, 0, 0.999) ** 2)
        found = np.sqrt(1 - unlike)
        # Little shared skin is alike by chance: less of it counts less.
        part = shared / max(float(one.counts.sum()), 1.0)
        maps.append(np.where(part > LEAST_SHARED, found * np.sqrt(np.clip(part, 0, 1)), -1.0))
    return [np.asarray(each, np.float32) for each in maps]


def peaks(found: Floats32, *, count: int, apart_px: int) -> list[tuple[float, int, int]]:
    """The highest places (value, x, y) of a map, none near another."""
    left, best = found.copy(), []
    for _ in range(count):
        y, x = np.unravel_index(int(left.argmax()), left.shape)
        if left[y, x] <= 0:
            break
        best.append((float(left[y, x]), int(x), int(y)))
        left[max(0, y - apart_px) : y + apart_px + 1, max(0, x - apart_px) : x + apart_px + 1] = -1
    return best


def distinct(candidates: Sequence[Candidate], corners: Floats) -> list[Candidate]:
    """The best candidates, of those that take the window's corners (4, 2) to about the same one."""
    kept: list[tuple[Candidate, Floats]] = []
    for each in sorted(candidates, key=lambda one: -one.likeness):
        # Later px, told in widths of the window as this candidate shows it.
        there = projected(each.matrix, corners)
        size = float(np.linalg.norm(there[0] - there[2])) / np.sqrt(2)
        if all(np.abs(there - other).max() > 2 * APART * size for _one, other in kept):
            kept.append((each, there))
        if len(kept) == KEPT:
            break
    return [each for each, _there in kept]
