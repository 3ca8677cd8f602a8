"""First guesses how the later photo lies on the earlier one, of which one is to be proved."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from woundtrack.align.marks import Plane, View, marks, pairs, planes
from woundtrack.align.patches import Subject
from woundtrack.align.raster import Raster, inverse, raster
from woundtrack.align.search import TURNS_DEG, Candidate, distinct, likeness, peaks, turned
from woundtrack.align.similarity import (
    SIZES,
    SIZES_IN_MM,
    agreed,
    expected_turn,
    homography_of,
    lattice,
)
from woundtrack.outline.rings import centroid
from woundtrack.outline.types import Outline
from woundtrack.scale.types import fit_homography, projected

Floats = NDArray[np.float64]

SIDE_PX = 112
SIZE_STEP = 1.09
LEEWAY = 0.22
"""How far the wound's middle may have moved on the skin, in widths of the window."""
PEAKS = 2
MOST_PX = 840
"""A later photo without an outline is searched at no more than this."""


def by_marks(subject: Subject, earlier: View, later: View) -> list[Floats]:
    """The motion that single marks agree on, earlier px → later px, where there is one."""
    from_plane, to_plane = planes(earlier, later)
    left, top, right, bottom = subject.box
    then = marks(earlier.pixels, from_plane, subject.box)
    now = marks(later.pixels, to_plane, None)
    across = from_plane.from_px(np.array([[left, top], [right, bottom]]))
    size = float(np.linalg.norm(across[1] - across[0])) / np.sqrt(2) / 3
    sizes = SIZES if to_plane.scale is None else SIZES_IN_MM
    motion = agreed(pairs(then, now), size, sizes, expected_turn(earlier, later))
    if motion is None:
        return []
    return [homography_of(motion, from_plane, to_plane, middle=subject.middle, width=subject.width)]


def by_skin(
    subject: Subject, earlier: View, later: View, later_wound: Outline | None, *,
    watch: Callable[[], None],
) -> list[Floats]:  # fmt: skip
    """The likeliest motions of the skin as a whole, earlier px → later px, no two alike."""
    left, top, right, bottom = subject.box
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    found = distinct(_searched(subject, earlier, later, later_wound, watch), corners)
    return [each.matrix for each in found]


def _searched(
    subject: Subject, earlier: View, later: View, later_wound: Outline | None,
    watch: Callable[[], None],
) -> list[Candidate]:  # fmt: skip
    """Turns and sizes tried over where the wound is in the later photo, else over all of it."""
    planes_of = planes(earlier, later)
    to_px, unit = _window(subject, planes_of[0])
    side = (SIDE_PX, SIDE_PX)
    then = raster(subject.earlier, lambda each: projected(to_px, each), side_px=side)
    middle_deg, reach_deg = expected_turn(earlier, later)
    turns = middle_deg + np.arange(-reach_deg, reach_deg + 1, TURNS_DEG)
    looked = [turned(then, float(each)) for each in turns]
    low, high = SIZES if planes_of[1].scale is None else SIZES_IN_MM
    steps = int(np.floor(np.log(high) / np.log(SIZE_STEP)))
    least = int(np.ceil(np.log(low) / np.log(SIZE_STEP)))
    found = []
    for size in SIZE_STEP ** np.arange(least, steps + 1):
        watch()
        field = _later_field(subject, later, later_wound, planes_of[1], size * unit)
        if field is None:
            continue
        now, from_raster = field
        for turn, there in zip(turns, likeness(looked, now), strict=True):
            for value, x, y in peaks(there, count=PEAKS, apart_px=6):
                matrix = from_raster @ _moved(float(turn), x, y) @ inverse(to_px)
                found.append(Candidate(matrix / matrix[2, 2], value))
    return found


def _window(subject: Subject, plane: Plane) -> tuple[Floats, float]:
    """The raster→px homography of the earlier window, and mm or px for one of its px."""
    step = subject.width / SIDE_PX
    if plane.scale is None:
        return subject.to_px(SIDE_PX), step
    grid = subject.middle + subject.width * (lattice(5) - 0.5)
    to_plane = fit_homography(grid, plane.from_px(grid))
    x, y = subject.middle
    step *= plane.scale.mm_per_px_at((float(x), float(y)))
    corner = projected(to_plane, subject.middle[None])[0] - step * (SIDE_PX - 1) / 2
    return inverse(to_plane) @ _placed(step, corner), step


def _later_field(
    subject: Subject, later: View, wound: Outline | None, plane: Plane, step: float
) -> tuple[Raster, Floats] | None:
    """The later photo's raster, `step` mm or px a px, and its homography raster→px."""
    height, width = later.pixels.shape[:2]
    frame = lattice(5) * (width - 1, height - 1)
    near = frame if wound is None else np.array([p for ring in wound.rings for p in ring])
    to_plane = np.eye(3) if plane.scale is None else fit_homography(near, plane.from_px(near))
    if wound is not None:
        side = round(SIDE_PX * (1 + 2 * LEEWAY))
        middle = projected(to_plane, np.array([centroid(wound)]))[0]
        size, low = (side, side), middle - step * (side - 1) / 2
    else:
        edge = projected(to_plane, frame)
        beyond = LEEWAY * SIDE_PX * step
        low = edge.min(axis=0) - beyond
        across, down = np.ceil((edge.max(axis=0) + beyond - low) / step).astype(int)
        if max(across, down) > MOST_PX or min(across, down) < SIDE_PX:
            return None
        size = (int(across), int(down))
    matrix = inverse(to_plane) @ _placed(step, low)
    return raster(subject.later, lambda each: projected(matrix, each), side_px=size), matrix


def _placed(step: float, corner: Floats) -> Floats:
    """Steps of a raster whose first px lies at a corner."""
    return np.array([[step, 0, corner[0]], [0, step, corner[1]], [0, 0, 1]])


def _moved(turn_deg: float, x: int, y: int) -> Floats:
    """The earlier raster turned about its middle and laid at a place of the later one."""
    turn, middle = np.radians(turn_deg), (SIDE_PX - 1) / 2
    cos, sin = np.cos(turn), np.sin(turn)
    shift = np.array([middle, middle]) - np.array([[cos, -sin], [sin, cos]]) @ (middle, middle)
    return np.array([[cos, -sin, shift[0] + x], [sin, cos, shift[1] + y], [0, 0, 1]])
