"""Rows of even blocks, by turns of ink and ground, as checker bars of scales have them."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Grey = NDArray[np.uint8]

STRIDE, NEAR, REACH = 4, 5, 25
"""The darkest and the lightest px near each are taken at every fourth, within so many of these:
a block's middle is no farther from its ground."""
LEAST_CONTRAST = 45
LEAST_AREA_PX, MOST_SIDE_PX, MOST_BLOCKS = 40, 240, 400
LEAST_SQUARE, MOST_SQUARE = 0.88, 1.06
"""Area over that of the rectangle or parallelogram of the same moments; an ellipse has 0.955."""
ALIKE = 1.45
"""By so much may the areas of neighbours differ."""
PART_WITHIN = 0.1
"""Blocks take up half of a period, to this part of it."""
LEAST_BROAD, MOST_BROAD = 0.08, 0.75
"""Across the row, in periods."""
MEETS = 0.12
"""A next block lies where the last two point, to this part of a period; farther on to more."""
MOST_HIDDEN = 3
"""Periods from one block to the next that is seen."""
LEAST_BLOCKS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Blocks (N,) of one colour in one row: every second one of a checker bar."""

    number: NDArray[np.intp]
    """Of each in blocks of both colours: even."""
    centre_px: Floats
    """(N, 2), in px of the whole photo."""
    broad_px: float
    """Across the row."""
    dark: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Patches:
    """Connected patches (N,) that are parallelograms."""

    centre: Floats
    area: Floats
    inverse: Floats
    """(N, 2, 2): of their covariance."""


def block_rows(grey: Grey, *, reduction: int) -> list[Blocks]:
    """Rows of blocks in a grey photo already reduced by `reduction`, the longest first."""
    rows: list[Blocks] = []
    for dark, mask in _masks(grey):
        patches = _patches(mask)
        for chain in _chains(patches):
            which = np.array([at for at, _ in chain])
            number = np.array([2 * step for _, step in chain], np.intp)
            centre = (patches.centre[which] + 0.5) * reduction - 0.5
            period = np.hypot(*(patches.centre[which[1]] - patches.centre[which[0]]))
            period /= (number[1] - number[0]) / 2
            broad = float(np.median(patches.area[which])) / (0.5 * period)
            rows.append(Blocks(number, centre, broad * reduction, dark))
    return sorted(rows, key=lambda row: -len(row.number))


def _masks(grey: Grey) -> Iterator[tuple[bool, Grey]]:
    """What is darker, and what is lighter, than halfway between what is near it.

    Thin lines are left out (thresholds as of Bernsen, ICPR 1986).
    """
    near = np.ones((NEAR, NEAR), np.uint8)
    reach = np.ones((REACH, REACH), np.uint8)
    low = cv2.erode(np.ascontiguousarray(cv2.erode(grey, near)[::STRIDE, ::STRIDE]), reach)
    high = cv2.dilate(np.ascontiguousarray(cv2.dilate(grey, near)[::STRIDE, ::STRIDE]), reach)
    contrast = np.where(cv2.subtract(high, low) > LEAST_CONTRAST, 255, 0).astype(np.uint8)
    size = (grey.shape[1], grey.shape[0])
    half = cv2.resize(cv2.addWeighted(low, 0.5, high, 0.5, 0.0), size)
    clear = cv2.resize(contrast, size, interpolation=cv2.INTER_NEAREST)
    for dark, code in ((True, cv2.CMP_LT), (False, cv2.CMP_GT)):
        mask = cv2.bitwise_and(cv2.compare(grey, half, code), clear)
        opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        yield dark, np.asarray(opened, np.uint8)


def _patches(mask: Grey) -> _Patches:
    """The patches that are parallelograms, the largest of many."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    x, y, wide, tall, area = stats.T
    fits = (area >= LEAST_AREA_PX) & (np.maximum(wide, tall) < MOST_SIDE_PX)
    fits &= area > 0.15 * wide * tall
    fits &= (x > 0) & (y > 0) & (x + wide < mask.shape[1]) & (y + tall < mask.shape[0])
    fits[0] = False
    order = np.nonzero(fits)[0]
    order = order[np.argsort(-area[order])][:MOST_BLOCKS]
    centres, areas, inverses = [], [], []
    for at in order:
        part = labels[y[at] : y[at] + tall[at], x[at] : x[at] + wide[at]] == at
        moments = cv2.moments(part.view(np.uint8), binaryImage=True)
        whole = moments["m00"]
        xy = moments["mu11"] / whole
        # A px is a square, not a point.
        spread = np.array([[moments["mu20"] / whole, xy], [xy, moments["mu02"] / whole]])
        spread += np.eye(2) / 12
        square = whole / (12 * np.sqrt(max(float(np.linalg.det(spread)), 1e-9)))
        if not LEAST_SQUARE < square < MOST_SQUARE:
            continue
        centres.append((x[at] + moments["m10"] / whole, y[at] + moments["m01"] / whole))
        areas.append(whole)
        inverses.append(np.linalg.inv(spread))
    shape = (len(centres), 2)
    return _Patches(
        np.array(centres, np.float64).reshape(shape),
        np.array(areas, np.float64),
        np.array(inverses, np.float64).reshape(*shape, 2),
    )


def _chains(patches: _Patches) -> list[list[tuple[int, int]]]:
    """Rows of patches with their periods counted, no pair of neighbours in two of them."""
    chains: list[list[tuple[int, int]]] = []
    taken: set[int] = set()
    for one, two in _pairs(patches):
        if one in taken or two in taken:
            continue
        ahead = _extended(patches, [(one, 0), (two, 1)], 1)
        whole = _extended(patches, ahead[::-1], -1)[::-1]
        if len(whole) >= LEAST_BLOCKS:
            chains.append(whole)
            taken.update(at for at, _ in whole)
    return chains


def _pairs(patches: _Patches) -> list[tuple[int, int]]:
    """Patches a period apart, the nearest first."""
    if len(patches.area) < LEAST_BLOCKS:
        return []
    span = patches.centre[None] - patches.centre[:, None]
    distance = np.hypot(span[..., 0], span[..., 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        # The chord of a parallelogram through its middle, along a side.
        chords = np.sqrt(12 / np.einsum("ija,iab,ijb->ij", span, patches.inverse, span))
        broad = patches.area[:, None] / (chords * distance) / distance
        alike = patches.area[:, None] / patches.area[None]
        fits = (np.abs(chords - 0.5) < PART_WITHIN) & (np.abs(chords.T - 0.5) < PART_WITHIN)
        fits &= (broad > LEAST_BROAD) & (broad < MOST_BROAD)
        fits &= (alike < ALIKE) & (alike > 1 / ALIKE)
    one, two = np.nonzero(np.triu(fits, 1))
    order = np.argsort(distance[one, two])
    return [(int(one[at]), int(two[at])) for at in order]


def _extended(patches: _Patches, chain: list[tuple[int, int]], way: int) -> list[tuple[int, int]]:
    """The chain with what follows its last two, in the direction of these."""
    chain = list(chain)
    while True:
        (before, first), (last, number) = chain[-2:]
        step = (patches.centre[last] - patches.centre[before]) / abs(number - first)
        period = float(np.hypot(*step))
        for ahead in range(1, MOST_HIDDEN + 1):
            off = patches.centre - (patches.centre[last] + ahead * step)
            apart = np.hypot(off[:, 0], off[:, 1]) / period
            ratio = patches.area / patches.area[last]
            apart[(ratio > ALIKE) | (ratio < 1 / ALIKE)] = np.inf
            apart[[at for at, _ in chain]] = np.inf
            nearest = int(np.argmin(apart))
            if apart[nearest] < MEETS * (1 + ahead * (ahead - 1) / 2):
                chain.append((nearest, number + way * ahead))
                break
        else:
            return chain
