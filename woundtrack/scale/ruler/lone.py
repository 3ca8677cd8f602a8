"""Where a photo may hold a ruler whose graduations stand apart: short strokes in a row."""

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from woundtrack.scale.ruler.find import Candidate, distinct

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

SIGMA_PX = 1.0
LEAST_LENGTH_PX, MOST_LENGTH_PX, LEAST_SLIM = 4.5, 90.0, 1.8
LEAST_BEND, NOISES = 3.0, 4.0
"""Of a stroke's second derivative: grey values to px², and medians of the photo's."""
MOST_ALONG = 0.6
"""The part of it that a stroke may bend along itself."""
DIRECTIONS = 5
NEIGHBOURS, MOST_STEP_LENGTHS, MOST_STEP_PX = 12, 7.0, 100.0
LIKE_TURN, LIKE_LENGTH, ABREAST = np.radians(10.0), 3.2, 0.75
LEAST_STROKES = 7
MOST_STROKES = 6000


def lone_candidates(grey: NDArray[np.uint8], *, reduction: int) -> list[Candidate]:
    """Rows of like strokes side by side in a grey photo reduced by `reduction`, longest first."""
    soft = cv2.GaussianBlur(grey, (0, 0), SIGMA_PX)
    xx, yy, xy = (
        cv2.Sobel(soft, cv2.CV_32F, *order, ksize=3, scale=0.25)
        for order in ((2, 0), (0, 2), (1, 1))
    )
    whole, apart = xx + yy, xx - yy
    spread = cv2.magnitude(apart, 2 * xy)
    least = max(LEAST_BEND, NOISES * float(np.median(spread[::4, ::4])))
    found: list[Candidate] = []
    for sign in (1.0, -1.0):
        # The larger of the Hessian's eigenvalues is (whole + spread) / 2 on a dark stroke.
        bend, along = spread + sign * whole, spread - sign * whole
        bent = (bend > least) & (np.abs(along) < MOST_ALONG * bend)
        points = cv2.findNonZero(bent.view(np.uint8))
        if points is None:
            continue
        x, y = points.reshape(-1, 2).astype(np.intp).T
        across = 0.5 * np.arctan2(2 * sign * xy[y, x], sign * apart[y, x])
        found += _rows_of(*_strokes(grey.shape, x, y, across), reduction)
    return distinct(sorted(found, key=lambda each: -each.strength))


def _strokes(
    shape: tuple[int, ...], x: Ints, y: Ints, across: NDArray[np.float32]
) -> tuple[Floats, Floats, Floats]:
    """Middles (N, 2), directions (rad) and lengths of the slim spots of px of like direction."""
    bins = np.full(shape, DIRECTIONS, np.uint8)
    bins[y, x] = np.floor(across * (DIRECTIONS / np.pi)).astype(np.intp) % DIRECTIONS
    parts = [np.zeros((0, 4))]
    for step in range(DIRECTIONS):
        near = ((bins == step) | (bins == (step - 1) % DIRECTIONS)).view(np.uint8)
        spots = _spots(near)
        # Of those seen in two of the overlapping ranges the one nearer its middle counts.
        off = spots[:, 2] - np.pi * (step / DIRECTIONS + 0.5)
        off = np.abs((off + np.pi / 2) % np.pi - np.pi / 2)
        parts.append(spots[off <= 0.5 * np.pi / DIRECTIONS])
    spots = np.concatenate(parts)
    return spots[:, :2], spots[:, 2], spots[:, 3]


def _spots(mask: NDArray[np.uint8]) -> Floats:
    """Middle x, y, direction (rad) and length of each slim connected spot of a mask (N, 4)."""
    points = cv2.findNonZero(mask)
    if points is None:
        return np.zeros((0, 4))
    count, labels = cv2.connectedComponents(mask, connectivity=8)
    x, y = points.reshape(-1, 2).T
    label = labels[y, x]
    area = np.maximum(np.bincount(label, minlength=count), 1)

    def mean(values: Floats) -> Floats:
        return np.asarray(np.bincount(label, values, count) / area, np.float64)

    middle_x, middle_y = mean(x.astype(np.float64)), mean(y.astype(np.float64))
    dx, dy = x - middle_x[label], y - middle_y[label]
    xx, xy, yy = mean(dx * dx), mean(dx * dy), mean(dy * dy)
    spread = np.hypot(0.5 * (xx - yy), xy)
    # A bar of length L has the variance L²/12 along itself, a px 1/12.
    length = np.sqrt(12 * (0.5 * (xx + yy) + spread) + 1)
    width = np.sqrt(np.maximum(12 * (0.5 * (xx + yy) - spread), 0) + 1)
    slim = (length >= LEAST_LENGTH_PX) & (length <= MOST_LENGTH_PX)
    slim &= length >= LEAST_SLIM * width
    turn = 0.5 * np.arctan2(2 * xy, xx - yy)
    return np.stack([middle_x, middle_y, turn, length], axis=1)[slim]


def _rows_of(middle: Floats, turn: Floats, length: Floats, reduction: int) -> list[Candidate]:
    """The rows that like strokes make which stand abreast of each other."""
    if not LEAST_STROKES <= len(middle) <= MOST_STROKES:
        return []
    reach, other = KDTree(middle).query(
        middle, k=min(NEIGHBOURS + 1, len(middle)), distance_upper_bound=MOST_STEP_PX
    )
    one = np.repeat(np.arange(len(middle)), other.shape[1])
    other, reach = other.ravel(), reach.ravel()
    near = (other < len(middle)) & (other != one)
    one, other, reach = one[near], other[near], reach[near]
    step = middle[other] - middle[one]
    longest = np.maximum(length[one], length[other])
    aside = np.abs(step[:, 0] * np.cos(turn[one]) + step[:, 1] * np.sin(turn[one]))
    off = np.abs((turn[one] - turn[other] + np.pi / 2) % np.pi - np.pi / 2)
    like = (off < LIKE_TURN) & (aside < ABREAST * longest) & (aside < 0.5 * reach)
    like &= reach < MOST_STEP_LENGTHS * longest
    like &= longest < LIKE_LENGTH * np.minimum(length[one], length[other])
    links = coo_matrix((np.ones(int(like.sum())), (one[like], other[like])), (len(middle),) * 2)
    count, row = connected_components(links, directed=False)
    sizes = np.bincount(row, minlength=count)
    large = [row == each for each in np.nonzero(sizes >= LEAST_STROKES)[0]]
    return [_row(middle[each], turn[each], length[each], reduction) for each in large]


def _row(middle: Floats, turn: Floats, length: Floats, reduction: int) -> Candidate:
    """One row of strokes as a candidate: along it as it lies, which is across its strokes."""
    centre = np.median(middle, axis=0)
    spread = np.linalg.svd(middle - centre, full_matrices=False)[2][0]
    doubled = 2 * turn
    across = 0.5 * np.arctan2(np.sin(doubled).mean(), np.cos(doubled).mean()) + np.pi / 2
    normal = np.array([np.cos(across), np.sin(across)])
    axis = spread if abs(spread @ normal) > np.cos(np.radians(28)) else normal
    along, aside = middle @ axis, middle @ np.array([-axis[1], axis[0]])
    middle_along = 0.5 * (along.min() + along.max())
    at = middle_along * axis + np.median(aside) * np.array([-axis[1], axis[0]])
    place = (at + 0.5) * reduction - 0.5
    return Candidate(
        centre_px=(float(place[0]), float(place[1])),
        axis=(float(axis[0]), float(axis[1])),
        half_length_px=(0.5 * float(np.ptp(along)) + float(length.max())) * reduction,
        half_width_px=(0.5 * float(np.ptp(aside)) + float(length.max())) * reduction,
        reduction=reduction,
        strength=float(len(middle)),
    )
