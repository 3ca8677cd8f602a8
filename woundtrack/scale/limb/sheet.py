"""A photo seen square-on to a ruler's plane, and the long straight borders beside the ruler."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.types import Scale

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]

ROWS, COLUMNS = 40, 256
COARSE = 12
"""The map to px is exact on so many places either way and linear between."""
ON_AXIS_MM = 1.0
MOST_ALONG_MM, MOST_ACROSS_MM = 200.0, 240.0
ANGLES_DEG = np.arange(-15.0, 15.5, 1.5)
"""Of borders to the ruler: one that lies along a limb is laid so by eye."""
BAND, GAP = 3, 1
"""A step is that between the means of so many columns on either side of some between."""
HALF_STEP = 0.08
"""In logarithms of luminance or colour: what counts half of a step beyond doubt."""
DARKEST = 6.0
LEAST_SEEN = 0.35
"""The part of the rows in which a border must be within the frame."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The photo over the ruler's plane: rows across the ruler, which lies along column place 0."""

    channels: Floats32
    """(ROWS, COLUMNS, 3): logarithms of the luminance, of red to green and of green to blue."""
    seen: NDArray[np.bool_]
    along_mm: Floats
    across_mm: Floats
    middle_mm: float
    """Where along the plane's x axis the ruler's middle is, from which places along it count."""
    half_ruler_mm: float
    """How far its graduations reach to either side."""

    def shifted(self, angle_deg: float) -> NDArray[np.intp]:
        """The columns (ROWS, COLUMNS) along lines at an angle to the ruler; may lie outside."""
        step = self.across_mm[1] - self.across_mm[0]
        shift = np.rint(self.along_mm * np.tan(np.radians(angle_deg)) / step).astype(np.intp)
        columns: NDArray[np.intp] = np.arange(COLUMNS)[None, :] + shift[:, None]
        return columns


def sheet_of(scale: Scale, pixels: Pixels) -> Sheet:
    """What the photo shows around a ruler whose first edge lies along the plane's x axis."""
    strokes = scale.to_mm(scale.marks_px).reshape(-1, 2, 2)
    strokes = strokes[np.abs(strokes[:, 0, 1]) < ON_AXIS_MM]
    middle_mm = float(np.median(strokes[:, 0, 0])) if len(strokes) else 0.0
    along_mm, across_mm = _extent(scale, pixels, middle_mm)
    coarse = [np.linspace(each[0], each[-1], COARSE) for each in (across_mm, along_mm)]
    grid = np.stack(np.meshgrid(*coarse), axis=-1).reshape(-1, 2)
    px = scale.to_px(grid[:, ::-1] + (middle_mm, 0.0)).astype(np.float32)
    places = _between(px.reshape(COARSE, COARSE, 2))
    height, width = pixels.shape[:2]
    inside = (places > 1) & (places < np.array([width - 2, height - 2], np.float32))
    shown = cv2.remap(
        pixels, places[..., 0], places[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    linear = cv2.blur(shown, (3, 1)).astype(np.float32) + np.float32(DARKEST)
    luma = linear @ np.array([0.114, 0.587, 0.299], np.float32)
    logs = np.log(np.dstack([luma, linear]))
    colours = logs[:, :, [3, 2]] - logs[:, :, [2, 1]]
    return Sheet(
        channels=np.dstack([logs[:, :, 0], colours]),
        seen=np.asarray(inside.all(axis=2), dtype=np.bool_),
        along_mm=along_mm,
        across_mm=across_mm,
        middle_mm=middle_mm,
        half_ruler_mm=float(np.abs(strokes[:, :, 1]).max(initial=0.0)),
    )


def _extent(scale: Scale, pixels: Pixels, middle_mm: float) -> tuple[Floats, Floats]:
    """Places along and across the ruler over what the frame shows of the plane, not too far."""
    height, width = pixels.shape[:2]
    x, y = np.meshgrid(np.linspace(0, width - 1, 5), np.linspace(0, height - 1, 5))
    along, across = (scale.to_mm(np.column_stack([x.ravel(), y.ravel()])) - (middle_mm, 0.0)).T
    return (
        np.linspace(max(along.min(), -MOST_ALONG_MM), min(along.max(), MOST_ALONG_MM), ROWS),
        np.linspace(max(across.min(), -MOST_ACROSS_MM), min(across.max(), MOST_ACROSS_MM), COLUMNS),
    )


def _between(coarse: Floats32) -> Floats32:
    """A map (COARSE, COARSE, 2) at all rows and columns, its corners at theirs."""
    x = np.linspace(0, COARSE - 1, COLUMNS, dtype=np.float32)
    y = np.linspace(0, COARSE - 1, ROWS, dtype=np.float32)
    full = cv2.remap(coarse, *np.meshgrid(x, y), cv2.INTER_LINEAR)
    return np.asarray(full, dtype=np.float32)


def borders(sheet: Sheet) -> Floats:
    """How far the rows agree on a step, 0 to 1, for each angle of ANGLES_DEG at each column."""
    kernel = np.zeros((1, 2 * BAND + GAP), np.float32)
    kernel[0, :BAND], kernel[0, -BAND:] = -1 / BAND, 1 / BAND
    step = cv2.filter2D(sheet.channels, -1, kernel, borderType=cv2.BORDER_REPLICATE)
    step = step / (HALF_STEP + np.linalg.norm(step, axis=2, keepdims=True))
    whole = cv2.erode(
        sheet.seen.astype(np.uint8), np.ones_like(kernel, np.uint8),
        borderType=cv2.BORDER_CONSTANT, borderValue=0,
    ).astype(np.float32)  # fmt: skip
    counted = np.dstack([step, np.ones_like(whole)]) * whole[:, :, None]
    flat = np.concatenate([counted.reshape(-1, 4), np.zeros((1, 4), np.float32)])
    agreed = []
    for angle_deg in ANGLES_DEG:
        columns = sheet.shifted(float(angle_deg))
        outside = (columns < 0) | (columns >= COLUMNS)
        at = np.where(outside, len(flat) - 1, columns + COLUMNS * np.arange(ROWS)[:, None])
        total = flat[at].sum(axis=0)
        mean = np.linalg.norm(total[:, :3], axis=1) / np.maximum(total[:, 3], 1)
        agreed.append(mean * (total[:, 3] >= LEAST_SEEN * ROWS))
    return np.array(agreed, dtype=np.float64)
