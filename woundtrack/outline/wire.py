"""Live-wire: the path along the wound's edge between two clicks, to a part of a px.

"Intelligent scissors" (Mortensen & Barrett 1995) as OpenCV has them: the cheapest way over a
small copy of the part of the photo that is looked at. It steps from pixel to pixel, so each
step is then moved across the path onto the steepest change of colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woundtrack.errors import OutlineError
from woundtrack.outline.crops import BoxPx, Window, look, pyramid, window
from woundtrack.outline.edit import without_repeats
from woundtrack.outline.masks import simplified
from woundtrack.outline.rings import signed_area
from woundtrack.outline.strokes import evenly
from woundtrack.outline.types import PointPx, Ring
from woundtrack.photo.types import Pixels

SIDE = 640
"""The longest side of the small copy: finer than what is seen of the photo on a screen."""
MOST = 2.0
"""Px of the small copy for one of the photo, at most: blur moves the edge of a small wound in."""
REACH = 2.5
"""How far a step of the path may lie beside the edge, in px of the small copy."""
SNAP = 4.0
"""How far a click may lie beside the edge and be drawn onto it, in px of the small copy."""
BESIDE = 1.5
BLUR = 1.0
OWN_BLUR2 = BLUR**2 + 0.8
"""Variance, in px² of the small copy, of the blur and of the slope's own 3 × 3 kernel."""
UNSEEN = 3.0
"""The steepest place, in levels of 255 a px, of an edge too weak to be seen: 8 levels in all."""
OVER_TEXTURE = 1.5
"""An edge is this many times steeper than half of what is around it."""
LARGEST_LOSS = 0.01
"""Loops that the closed line makes are taken off while they hold no more of its area."""
_ACROSS = np.arange(-REACH, REACH + 0.125, 0.25)
_CALM = 2.0
"""Sd, in steps along the path, of the smoothing against single wrong places."""

Path = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LiveWire:
    """A part of a photo made ready; safe to be asked from several threads."""

    levels: tuple[Pixels, ...]
    """The photo and its halvings, for the next part of it."""
    through: Window
    seen: Pixels
    steepness: NDArray[np.float32]
    """(height, width), levels of 255 a px, of the small copy."""
    least: float
    """Less steep places are texture."""

    def holds(self, point_px: PointPx) -> bool:
        """Whether a point of the photo lies in the part made ready."""
        x, y = self.through.inwards(point_px)
        return 0 <= x <= self.through.width - 1 and 0 <= y <= self.through.height - 1

    def snapped(self, point_px: PointPx) -> PointPx:
        """The steepest place near a click, in px of the photo; the click where nothing is."""
        if not self.holds(point_px):
            return point_px
        x, y = self.through.inwards(point_px)
        offsets = np.arange(-SNAP, SNAP + 0.25, 0.5)
        across, down = (grid.ravel() for grid in np.meshgrid(offsets, offsets))
        far2 = across**2 + down**2
        near = far2 <= SNAP**2
        steep = _read(self.steepness, x + across[near], y + down[near])
        # What is near counts more: a click between two edges means the nearer one.
        worth = steep * np.exp(-far2[near] / (2 * (SNAP / 2) ** 2))
        best = int(np.argmax(worth))
        if steep[best] < self.least:
            return point_px
        # That leans towards the click: the steepest place beside it is the edge.
        apart2 = (across[near] - across[near][best]) ** 2 + (down[near] - down[near][best]) ** 2
        best = int(np.argmax(np.where(apart2 <= BESIDE**2, steep - 1e-3 * far2[near], -1.0)))
        return self._outwards(np.array([[x + across[near][best], y + down[near][best]]]))[0]

    def anchored(self, point_px: PointPx) -> "Anchor":
        """The cheapest ways from a point to everywhere else: some 0.1 s of work."""
        import cv2

        scissors: Any = cv2.segmentation.IntelligentScissorsMB()
        scissors.setEdgeFeatureCannyParameters(24, 72)
        scissors.setGradientMagnitudeMaxLimit(200)
        scissors.applyImage(self.seen)
        scissors.buildMap(self._pixel(point_px))
        return Anchor(self, point_px, scissors)

    def _pixel(self, point_px: PointPx) -> tuple[int, int]:
        x, y = (round(value) for value in self.through.inwards(point_px))
        return min(max(x, 0), self.through.width - 1), min(max(y, 0), self.through.height - 1)

    def _outwards(self, points: Path) -> Ring:
        return self.through.outwards(tuple((float(x), float(y)) for x, y in points))


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A point that ways along the edge start from."""

    wire: LiveWire
    at_px: PointPx
    _scissors: Any

    def path(self, to_px: PointPx) -> Ring:
        """The line along the edge from the anchor to a point, both ends as they are, in px.

        A straight line where no edge is seen, or the point lies outside the part made ready.
        """
        straight = (self.at_px, to_px)
        wire = self.wire
        if not (wire.holds(self.at_px) and wire.holds(to_px)):
            return straight
        steps = self._scissors.getContour(wire._pixel(to_px), backward=False)
        steps = np.asarray(steps, dtype=np.float64).reshape(-1, 2)
        if len(steps) < 2 * _CALM:
            return straight
        ends = np.array([wire.through.inwards(point) for point in straight])
        line = evenly(_calmed(np.vstack([ends[:1], steps[1:-1], ends[1:]])), 1.0)
        refined, steep = _on_edge(wire.steepness, line)
        if float(np.median(steep)) < wire.least:
            return straight
        return (self.at_px, *wire._outwards(refined[1:-1]), to_px)


def live_wire(pixels: Pixels, box_px: BoxPx, *, levels: Sequence[Pixels] = ()) -> LiveWire:
    """Make a part of a photo (height, width, 3, BGR) ready; `levels` is its pyramid, if at hand."""
    import cv2

    levels = tuple(levels) or pyramid(pixels)
    through = window(box_px, levels[0].shape, margin=0.0, side=SIDE)
    if through.factor > MOST:
        shrink = MOST / through.factor
        wide, high = (max(2, round(n * shrink)) for n in (through.width, through.height))
        through = Window(through.left_px, through.top_px, MOST, wide, high)
    seen = cv2.GaussianBlur(look(levels, through), (0, 0), BLUR)
    colours = seen.astype(np.float32)
    across, down = (cv2.Sobel(colours, cv2.CV_32F, *way, ksize=3, scale=1 / 8)
                    for way in ((1, 0), (0, 1)))  # fmt: skip
    steepness = np.sqrt((across**2 + down**2).sum(axis=2) / 3, dtype=np.float32)
    least = max(UNSEEN, OVER_TEXTURE * float(np.median(steepness)))
    return LiveWire(levels, through, np.asarray(seen, np.uint8), steepness, least)


def closed(points: Sequence[PointPx], *, tolerance_px: float) -> Ring:
    """A ring of a closed line with the points it needs, which cost it less than 0.2 % of its area.

    Small loops where two paths meet are taken off. OutlineError outline.drawn_across where
    the line crosses itself otherwise, outline.ring_needs_three without area.
    """
    import shapely

    ring = without_repeats(points)
    if len(ring) < 3:
        raise OutlineError("outline.ring_needs_three")
    whole = shapely.make_valid(shapely.Polygon(ring))
    parts = [p for p in shapely.get_parts(whole) if p.geom_type in ("Polygon", "MultiPolygon")]
    largest = max((q for p in parts for q in shapely.get_parts(p)), key=lambda p: p.area,
                  default=None)  # fmt: skip
    if largest is None:
        raise OutlineError("outline.ring_needs_three")
    outer = tuple((float(x), float(y)) for x, y in largest.exterior.coords[:-1])
    lost = sum(float(p.area) for p in parts) - float(largest.area)
    if largest.interiors or lost > LARGEST_LOSS * largest.area:
        raise OutlineError("outline.drawn_across")
    (thin,) = simplified((outer,), tolerance_px=tolerance_px)
    sound = shapely.Polygon(thin).is_valid and abs(signed_area(thin)) > 0
    return thin if sound else outer


def _on_edge(steepness: NDArray[np.float32], line: Path) -> tuple[Path, Path]:
    """The line (N, 2) moved across itself onto the edge, its ends as they were; how steep it is."""
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    normal = np.stack([along[:, 1], -along[:, 0]], axis=1)
    x = line[:, 0, None] + normal[:, 0, None] * _ACROSS
    y = line[:, 1, None] + normal[:, 1, None] * _ACROSS
    steep = _read(steepness, x, y)
    best = np.clip(np.argmax(steep, axis=1), 1, len(_ACROSS) - 2)
    rows = np.arange(len(line))
    before, top, after = (steep[rows, best + k] for k in (-1, 0, 1))
    sag = np.minimum(before - 2 * top + after, -1e-9)
    part = np.clip(0.5 * (before - after) / sag, -1, 1)
    offset = _weighed(_ACROSS[best] + part * 0.25, top)
    # Onto the ends, which a person set, within a few steps.
    from_end = np.minimum(rows, rows[::-1])
    offset *= np.minimum(1.0, from_end / (2 * _CALM))
    # Blur of variance v moves the steepest place of an edge of curvature c inwards by v·c/2.
    bend = _calmed(np.gradient(along, axis=0)) * OWN_BLUR2 / 2
    bend[[0, -1]] = 0.0
    return line + normal * offset[:, None] - bend, top


def _weighed(offset: Path, steep: Path) -> Path:
    """Offsets calmed along the path, the sure ones leading."""
    from scipy.ndimage import gaussian_filter1d

    weight = steep**2 + 1e-6
    total = gaussian_filter1d(weight, _CALM, mode="nearest")
    calm: Path = gaussian_filter1d(offset * weight, _CALM, mode="nearest") / total
    return calm


def _calmed(line: Path) -> Path:
    """A line of whole px without its stairs, its ends as they were."""
    from scipy.ndimage import gaussian_filter1d

    calm = gaussian_filter1d(line, _CALM, axis=0, mode="nearest")
    calm[0], calm[-1] = line[0], line[-1]
    return np.asarray(calm, dtype=np.float64)


def _read(values: NDArray[np.float32], x: Path, y: Path) -> Path:
    """Values at places between the pixels, the border continued."""
    import cv2

    places = (np.atleast_2d(x).astype(np.float32), np.atleast_2d(y).astype(np.float32))
    seen = cv2.remap(values, *places, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, dtype=np.float64).reshape(np.shape(x))
