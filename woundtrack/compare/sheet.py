"""A photo drawn on the plane of a comparison, at an even size."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from woundtrack.compare.place import Floats, Place
from woundtrack.deidentify.types import Crop
from woundtrack.errors import MeasureError
from woundtrack.photo.colour_cast import Correction
from woundtrack.photo.types import Pixels

Colours: TypeAlias = NDArray[np.uint8]
Bools: TypeAlias = NDArray[np.bool_]
BoxMm: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom on the plane."""

MOST_PX = 12_500_000
FARTHEST = 3.0
"""Where a px shows more than so many times what it does at the wound, nothing is drawn: near the
plane's horizon, and where skin bends away, a photo tells nothing."""
NODES = 65
STEPS_PX, OFF_PX, FEW = (16, 8, 4), 0.05, 0.06
"""The map is followed at places so far apart. Where it would be off by more half way between, in
px of the photo or the sheet, whichever are coarser, it is followed px by px; where these are more
than few, at nearer places."""
STRIP_PX = 256
SHRUNK_FROM = 1.5
OUTSIDE_PX, VERY_FAR = -10.0, 1e9


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A photo drawn on the plane."""

    pixels: Colours
    """(H, W, 4), BGRA, premultiplied; transparent where the photo does not reach."""
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
    coarsest = float(np.sqrt((right - left) * (bottom - top) / most_px))
    mm_per_px = max(finest_mm_per_px(place), coarsest)
    return cropped_sheet(pixels, place, (left, top, right, bottom), mm_per_px, light=light)


def cropped_sheet(
    pixels: Pixels,
    place: Place,
    box_mm: BoxMm,
    mm_per_px: float,
    *,
    light: Correction | None = None,
    crop: Crop | None = None,
) -> Sheet:
    """A part of the plane, transparent where the photo does not honestly reach.

    Of the photo nothing outside `crop` is drawn.
    """
    import cv2

    left, top, right, bottom = box_mm
    width = max(1, round((right - left) / mm_per_px))
    height = max(1, round((bottom - top) / mm_per_px))
    light = light or Correction()
    finest = finest_mm_per_px(place)
    source, in_source = _ready(pixels, mm_per_px / finest, crop)
    reach = np.full(source.shape[:2], 255, np.uint8)
    grid = _Grid(place, left, top, mm_per_px, width, finest)
    drawn = np.empty((height, width, 4), np.uint8)
    for start in range(0, height, STRIP_PX):
        strip = drawn[start : start + STRIP_PX]
        at = grid.rows(start, len(strip), in_source)
        part = _seen(reach, at)
        most = cv2.cvtColor(part, cv2.COLOR_GRAY2BGR)  # premultiplied, however much lightened
        cv2.merge([cv2.min(light.applied(_seen(source, at)), most), part], dst=strip)
    return Sheet(drawn, left, top, mm_per_px, place.in_mm, light)


def finest_mm_per_px(place: Place) -> float:
    """How much a px shows at the plane's middle: the geometric mean of its sides."""
    step = 0.5
    seen = place.to_px([[step, 0.0], [-step, 0.0], [0.0, step], [0.0, -step]])
    slopes = np.stack([seen[0] - seen[1], seen[2] - seen[3]])
    return float(1 / np.sqrt(abs(np.linalg.det(slopes))))


def reach_mm(place: Place) -> BoxMm:
    """The part of the plane that the photo honestly shows; MeasureError measure.beyond_horizon."""
    width, height = place.size_px
    x, y = np.linspace(-0.5, width - 0.5, NODES), np.linspace(-0.5, height - 0.5, NODES)
    nodes = _mapped(place.to_mm, x, y)
    slopes = _slopes(nodes, x, y)
    farthest = np.linalg.norm(slopes, ord=2, axis=(-2, -1))
    good = (np.linalg.det(slopes) > 0) & (farthest < FARTHEST * finest_mm_per_px(place))
    kept = nodes[good]
    if not len(kept):
        raise MeasureError("measure.beyond_horizon")
    (left, top), (right, bottom) = kept.min(axis=0), kept.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _mapped(to: Callable[[Floats], Floats], x: Floats, y: Floats) -> Floats:
    """Where a map takes a grid: (rows, columns, 2); what lies on a horizon is very far."""
    points = np.stack(np.meshgrid(x, y), axis=-1)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        there = to(points.reshape(-1, 2)).reshape(points.shape)
    return np.nan_to_num(there, nan=VERY_FAR, posinf=VERY_FAR, neginf=-VERY_FAR)


def _slopes(nodes: Floats, x: Floats, y: Floats) -> Floats:
    """What a map (rows, columns, 2) of places x, y does near each: (rows, columns, 2, 2)."""
    down, across = np.gradient(nodes, y, x, axis=(0, 1))
    return np.stack([across, down], axis=-1)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the px of a sheet lie in the photo."""

    place: Place
    left_mm: float
    top_mm: float
    mm_per_px: float
    width: int
    finest_mm_per_px: float

    def rows(self, start: int, count: int, in_source: "Part") -> NDArray[np.float32]:
        """For every px of some rows that of a part of the photo, or one outside it."""
        step, nodes, good, far = self._nodes(start, count)
        found = self._between(in_source.of(nodes), step, count)
        if far.any():
            self._follow(found, far, step, start, in_source)
        if good.min() < 0:
            found[self._between(good, step, count) < 0] = OUTSIDE_PX
        return found

    def _follow(
        self, found: NDArray[np.float32], far: Bools, step: int, start: int, in_source: "Part"
    ) -> None:
        """Put the map itself, px by px, where it is far from the mean of its neighbours."""
        row, column = np.nonzero(far)
        steps = np.arange(step) - step // 2
        shape = (len(row), step, step)
        rows = np.broadcast_to((row * step)[:, None, None] + steps[:, None], shape).ravel()
        columns = np.broadcast_to((column * step)[:, None, None] + steps, shape).ravel()
        there = (rows >= 0) & (rows < found.shape[0]) & (columns >= 0) & (columns < self.width)
        rows, columns = rows[there], columns[there]
        mm = np.column_stack([columns, rows + start]) + 0.5
        exact = self.place.to_px(mm * self.mm_per_px + (self.left_mm, self.top_mm))
        found[rows, columns] = in_source.of(exact)

    def _between(self, nodes: Floats, step: int, count: int) -> NDArray[np.float32]:
        import cv2

        size = (nodes.shape[1] * step, nodes.shape[0] * step)
        whole = cv2.resize(nodes.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
        part = np.asarray(whole, np.float32)[step : step + count, step : step + self.width]
        return np.ascontiguousarray(part)

    def _nodes(self, start: int, count: int) -> tuple[int, Floats, Floats, Bools]:
        """Every `step`-th place, one more on each side; whether it is honest (> 0); and between
        which of them the map is to be followed px by px."""
        for step in STEPS_PX:
            x = self.left_mm + self._centres(self.width, step)
            y = self.top_mm + start * self.mm_per_px + self._centres(count, step)
            nodes = _mapped(self.place.to_px, x, y)
            good = self._honest(nodes, x, y)
            far = self._far(nodes, good, x, y)
            if far.mean() <= FEW:
                break
        return step, nodes, good, far

    def _centres(self, length: int, step: int) -> Floats:
        places = np.arange(-(-length // step) + 2) - 0.5
        return np.asarray(places * step * self.mm_per_px, np.float64)

    def _honest(self, nodes: Floats, x: Floats, y: Floats) -> Floats:
        """Above 0 where the plane is seen from above and a px does not show too much of it."""
        slopes = _slopes(nodes, x, y)
        smallest = np.linalg.norm(slopes, ord=-2, axis=(-2, -1))
        good = np.clip(smallest * self.finest_mm_per_px * FARTHEST - 1, -1.0, 1.0)
        middle = np.array(self.place.size_px) / 2
        aside = np.abs(nodes - middle).max(axis=-1) > 3 * middle.max()
        good[(np.linalg.det(slopes) <= 0) | aside] = -1.0
        return np.asarray(good, np.float64)

    def _far(self, nodes: Floats, good: Floats, x: Floats, y: Floats) -> Bools:
        """Where the map differs from the mean of its neighbours, and the photo is seen."""
        between = (nodes[1:, 1:] + nodes[:-1, 1:] + nodes[1:, :-1] + nodes[:-1, :-1]) / 4
        exact = _mapped(self.place.to_px, (x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2)
        inside = ((exact > -1) & (exact < np.array(self.place.size_px))).all(axis=-1)
        corners = np.stack([good[1:, 1:], good[:-1, 1:], good[1:, :-1], good[:-1, :-1]])
        most = OFF_PX * max(1.0, self.mm_per_px / self.finest_mm_per_px)
        off = np.linalg.norm(exact - between, axis=-1) > most
        return np.asarray(off & inside & (corners > 0).any(axis=0), np.bool_)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a photo, reduced: where the photo's px lie in it."""

    corner_px: tuple[int, int] = (0, 0)
    """Its left and top."""
    factors: tuple[float, float] = (1.0, 1.0)
    """What it is reduced by, across and down."""

    def of(self, points_px: Floats) -> Floats:
        """Px (…, 2) of the photo in px of the part."""
        there: Floats = (points_px + 0.5 - self.corner_px) * self.factors - 0.5
        return there


def _ready(pixels: Pixels, step: float, crop: Crop | None) -> tuple[Pixels, Part]:
    """What of a photo may be seen, averaged first where it is drawn much smaller."""
    import cv2

    left, top = 0, 0
    if crop is not None:
        left, top = crop.left_px, crop.top_px
        pixels = pixels[top : crop.bottom_px, left : crop.right_px]
    height, width = pixels.shape[:2]
    if step > SHRUNK_FROM:
        size = (max(1, round(width / step)), max(1, round(height / step)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    factors = (pixels.shape[1] / width, pixels.shape[0] / height)
    return pixels, Part((left, top), factors)


def _seen(source: Pixels, at: NDArray[np.float32]) -> Pixels:
    """What lies there; 0 outside."""
    import cv2

    found = cv2.remap(  # type: ignore[call-overload]  # both maps in one: its stubs lack that
        source, at, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
    )
    return np.asarray(found, np.uint8)
