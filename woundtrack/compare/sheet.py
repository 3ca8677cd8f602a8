"""A photo drawn on the plane of a comparison, at an even size."""

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.compare.place import Floats, Place
from woundtrack.photo.colour_cast import Correction
from woundtrack.photo.types import Pixels

Colours: TypeAlias = NDArray[np.uint8]
BoxMm: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom on the plane."""

MOST_PX = 12_500_000
FARTHEST = 4.0
"""Where the plane recedes so that a px shows more than so many times what it does at the wound,
nothing is drawn: near the horizon a photo tells nothing."""
RIM_NODES = 33
STEP_PX, FINEST_STEP_PX, OFF_PX = 16, 2, 0.05
"""The map is exact at places so far apart, nearer ones where it would be off by more between."""
STRIP_PX = 256
SHRUNK_FROM = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A photo drawn on the plane."""

    pixels: Colours
    """(H, W, 4), RGBA, premultiplied; transparent where the photo does not reach."""
    left_mm: float
    top_mm: float
    """The upper left corner of the first pixel."""
    mm_per_px: float
    in_mm: bool
    light: Correction = field(default_factory=Correction)
    """How its colours were matched; assumed light: colours as taken."""

    @property
    def box_mm(self) -> BoxMm:
        """Left, top, right and bottom on the plane."""
        height, width = self.pixels.shape[:2]
        right = self.left_mm + width * self.mm_per_px
        return self.left_mm, self.top_mm, right, self.top_mm + height * self.mm_per_px


def sheet_of(
    pixels: Pixels, place: Place, *, most_px: int = MOST_PX, light: Correction | None = None
) -> Sheet:
    """The whole photo on the plane, as sharp as it is at the wound, of `most_px` px at most."""
    left, top, right, bottom = reach_mm(place)
    finest = finest_mm_per_px(place)
    mm_per_px = max(finest, float(np.sqrt((right - left) * (bottom - top) / most_px)))
    return cropped_sheet(pixels, place, (left, top, right, bottom), mm_per_px, light=light)


def cropped_sheet(
    pixels: Pixels,
    place: Place,
    box_mm: BoxMm,
    mm_per_px: float,
    *,
    light: Correction | None = None,
) -> Sheet:
    """A part of the plane, (width / mm_per_px) px wide."""
    left, top, right, bottom = box_mm
    width = max(1, round((right - left) / mm_per_px))
    height = max(1, round((bottom - top) / mm_per_px))
    light = light or Correction()
    source, factor = _ready(light.applied(pixels), mm_per_px / finest_mm_per_px(place))
    drawn = np.empty((height, width, 4), np.uint8)
    lattice = _lattice(place, (left, top), mm_per_px, (width, height))
    import cv2

    for start in range(0, height, STRIP_PX):
        rows = min(STRIP_PX, height - start)
        at = lattice.strip(start, rows, width)
        across, down = (at[..., :2] + 0.5).transpose(2, 0, 1) * factor[:, None, None] - 0.5
        across[at[..., 2] < 0] = -10.0
        cv2.remap(
            source, across, down, cv2.INTER_LINEAR,
            dst=drawn[start : start + rows], borderMode=cv2.BORDER_CONSTANT,
        )  # fmt: skip
    return Sheet(drawn, left, top, mm_per_px, place.in_mm, light)


def finest_mm_per_px(place: Place) -> float:
    """How much a px shows at the wound's middle: the geometric mean of its sides."""
    return float(1 / np.sqrt(abs(np.linalg.det(_slopes_at_middle(place)))))


def reach_mm(place: Place) -> BoxMm:
    """What of the plane the photo honestly shows."""
    width, height = place.size_px
    x, y = np.linspace(-0.5, width - 0.5, RIM_NODES), np.linspace(-0.5, height - 0.5, RIM_NODES)
    nodes_px = np.stack(np.meshgrid(x, y), axis=-1)
    nodes = place.to_mm(nodes_px.reshape(-1, 2)).reshape(nodes_px.shape)
    down, across = np.gradient(nodes, y, x, axis=(0, 1))
    slopes = np.stack([across, down], axis=-1)
    largest = np.linalg.norm(slopes, axis=(-2, -1))
    good = (np.linalg.det(slopes) > 0) & (largest < FARTHEST * 2 * finest_mm_per_px(place))
    kept = nodes[good & np.isfinite(nodes).all(axis=-1)]
    (left, top), (right, bottom) = kept.min(axis=0), kept.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _slopes_at_middle(place: Place) -> Floats:
    """Px for a mm at the plane's middle: (2, 2), a column each for right and down."""
    step = 0.5
    seen = place.to_px([[step, 0.0], [-step, 0.0], [0.0, step], [0.0, -step]])
    slopes: Floats = np.stack([seen[0] - seen[1], seen[2] - seen[3]], axis=1)
    return slopes


@dataclass(frozen=True, slots=True, eq=False)
class _Lattice:
    """Where the sheet's px lie in the photo, at every `step`-th, one more on each side."""

    nodes: NDArray[np.float32]
    """(rows, columns, 3): x and y in px, and whether it is honest (> 0)."""
    step: int

    def strip(self, start: int, rows: int, width: int) -> NDArray[np.float32]:
        """The same for every px of some rows, (rows, width, 3)."""
        import cv2

        first = start // self.step
        last = -(-(start + rows) // self.step) + 2
        part = self.nodes[first:last]
        size = (part.shape[1] * self.step, part.shape[0] * self.step)
        whole = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_LINEAR), np.float32)
        return whole[self.step + start - first * self.step :][:rows, self.step : self.step + width]


def _lattice(
    place: Place, corner_mm: tuple[float, float], mm_per_px: float, size: tuple[int, int]
) -> _Lattice:
    step = STEP_PX
    while True:
        columns, rows = (-(-side // step) + 2 for side in size)
        x = (np.arange(columns) - 0.5) * step * mm_per_px + corner_mm[0]
        y = (np.arange(rows) - 0.5) * step * mm_per_px + corner_mm[1]
        nodes = place.to_px(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))
        nodes = nodes.reshape(rows, columns, 2)
        good = _honest(place, nodes, step * mm_per_px)
        if step <= FINEST_STEP_PX or _off_px(place, nodes, good, x, y) <= OFF_PX:
            return _Lattice(np.dstack([nodes, good]).astype(np.float32), step)
        step //= 2


def _honest(place: Place, nodes: Floats, step_mm: float) -> Floats:
    """Above 0 (rows, columns) where the plane is seen from above and not from too far away."""
    down, across = np.gradient(nodes, step_mm, axis=(0, 1))
    slopes = np.stack([across, down], axis=-1)
    smallest = np.linalg.svd(slopes, compute_uv=False)[..., -1]
    good = np.clip(smallest * finest_mm_per_px(place) * FARTHEST - 1, -1.0, 1.0)
    width, height = place.size_px
    aside = np.abs(nodes - np.array([width, height]) / 2) > 1.5 * max(width, height)
    good[(np.linalg.det(slopes) <= 0) | aside.any(axis=-1)] = -1.0
    return np.asarray(good, np.float64)


def _off_px(place: Place, nodes: Floats, good: Floats, x: Floats, y: Floats) -> float:
    """How far the map lies from the mean of its neighbours, at most, where the photo is seen."""
    between = (nodes[1:, 1:] + nodes[:-1, 1:] + nodes[1:, :-1] + nodes[:-1, :-1]) / 4
    middles = np.meshgrid((x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2)
    exact = place.to_px(np.stack(middles, axis=-1).reshape(-1, 2)).reshape(between.shape)
    inside = ((exact > -1) & (exact < np.array(place.size_px))).all(axis=-1)
    corners = np.stack([good[1:, 1:], good[:-1, 1:], good[1:, :-1], good[:-1, :-1]])
    counts = inside & (corners > 0).all(axis=0)
    off = np.linalg.norm(exact - between, axis=-1)[counts]
    return float(off.max()) if off.size else 0.0


def _ready(pixels: Pixels, step: float) -> tuple[Colours, NDArray[np.float32]]:
    """The photo as RGBA, averaged first where it is drawn much smaller, and by how much (2,)."""
    import cv2

    height, width = pixels.shape[:2]
    small = pixels
    if step > SHRUNK_FROM:
        size = (max(1, round(width / step)), max(1, round(height / step)))
        small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    factor = np.array([small.shape[1] / width, small.shape[0] / height], np.float32)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGBA), np.uint8), factor
