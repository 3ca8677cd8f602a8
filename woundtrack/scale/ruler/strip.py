"""A straight strip of the photo, turned so that the ruler's edge runs along its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from woundtrack.scale.types import PointPx


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the whole photo: a point on it and its unit direction."""

    point_px: PointPx
    axis: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Strip:
    """Grey values (rows, columns) as float32; row `middle` lies on the line."""

    grey: NDArray[np.float32]
    line: Line
    start_px: float
    """Where column 0 lies along the line, in px of the photo from its point."""
    middle: float
    step_px: float
    """Px of the photo to a px of the strip."""

    def to_photo(self, points: ArrayLike) -> NDArray[np.float64]:
        """Points (N, 2), column and row of the strip, in px of the photo."""
        offsets = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        along = self.start_px + self.step_px * offsets[:, 0]
        aside = self.step_px * (offsets[:, 1] - self.middle)
        ux, uy = self.line.axis
        x = self.line.point_px[0] + along * ux - aside * uy
        y = self.line.point_px[1] + along * uy + aside * ux
        return np.stack([x, y], axis=1)


def line_through(strip: Strip, *, slope: float, row: float) -> Line:
    """The photo's line that runs in the strip along row + slope · column."""
    columns = strip.grey.shape[1] - 1
    ends = strip.to_photo([(0.0, row), (columns, row + slope * columns)])
    span = ends[1] - ends[0]
    unit = span / np.hypot(*span)
    middle = ends.mean(axis=0)
    return Line((float(middle[0]), float(middle[1])), (float(unit[0]), float(unit[1])))


def reduction_at(pyramid: Sequence[NDArray[np.uint8]], most: float) -> int:
    """The largest reduction (1, 2, 4, …) of a pyramid that is not beyond `most`."""
    reduction = 1
    while 2 * reduction <= most and 2 * reduction < 2 ** len(pyramid):
        reduction *= 2
    return reduction


def cut_strip(
    pyramid: Sequence[NDArray[np.uint8]],
    line: Line,
    *,
    reduction: int,
    half_height_px: float,
    half_length_px: float | None = None,
) -> Strip:
    """The strip around a line, from the pyramid's photo reduced by `reduction` (1, 2, 4, …).

    It runs as far as the line lies in the photo, or `half_length_px` either side of its point.
    """
    height, width = pyramid[0].shape
    start, end = _span_in_photo(line, width, height)
    if half_length_px is not None:
        start, end = max(start, -half_length_px), min(end, half_length_px)
    columns = max(int((end - start) / reduction), 2)
    half_rows = max(int(np.ceil(half_height_px / reduction)), 4)
    (px, py), (ux, uy) = line.point_px, line.axis
    first_x = px + start * ux + half_rows * reduction * uy
    first_y = py + start * uy - half_rows * reduction * ux
    shift = 0.5 * (1 - reduction)
    matrix = np.array(
        [
            [ux, -uy, (first_x + shift) / reduction],
            [uy, ux, (first_y + shift) / reduction],
        ]
    )
    level = pyramid[int(np.log2(reduction))]
    grey = cv2.warpAffine(
        level,
        matrix,
        (columns, 2 * half_rows + 1),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)
    return Strip(grey, line, start, float(half_rows), float(reduction))


def _span_in_photo(line: Line, width: int, height: int) -> tuple[float, float]:
    """From where to where along the line, in px from its point, it lies in the photo."""
    start, end = -np.inf, np.inf
    sizes = (width, height)
    for place, direction, size in zip(line.point_px, line.axis, sizes, strict=True):
        if abs(direction) < 1e-9:
            continue
        bounds = sorted([-place / direction, (size - 1 - place) / direction])
        start, end = max(start, bounds[0]), min(end, bounds[1])
    return (float(start), float(end)) if end > start else (0.0, 1.0)
