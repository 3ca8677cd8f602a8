"""The band of a ruler beside one edge, laid flat by the edge's own numbering."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.index import fit_projective, projective

Floats = NDArray[np.float64]
Image = NDArray[np.float32]

MOST_PX = 450_000
MOST_COLUMNS = 48.0
"""To a step, at most: labels of whole centimetres are then some 12 px high."""
MOST_BLOCK_COLUMNS = 96.0
"""To a block."""
REACH_LENGTHS, FAR_LENGTHS, REACH_STEPS = 2.1, 3.6, 0.6
"""How far beyond the longest graduations, and before their base, labels are looked for; and where
none are there: beyond a bar of blocks."""
LEAST_STROKE, GAP, BROAD = 0.3, 0.2, 2.0
"""A graduation has no gap before this part of its length; there is less ink than this part of its
contrast, and where it meets a number, so many times more on both its sides."""
END_STEPS, END_LENGTHS = 0.5, 2.5
ERASE_BLOCKS, BESIDE_BLOCKS = 1.3, 0.3
"""How far beyond its last boundaries a bar of blocks is erased, in blocks; and how far beside it
the ground is looked at, in its breadths."""
PRINT_OF_BLOCKS = 0.6
"""The contrast of print, which is fine, over that of blocks."""
ERASE_SIDE, ERASE_SLIM, ERASE_BASE, ERASE_TIP = 0.22, 0.2, 0.12, 0.04
"""Half the width, in steps and at most in lengths of the shortest, and the parts of its length
beyond its ends, where a stroke was."""


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Ink (rows, columns), high where there is print, the graduations themselves erased.

    Neither mirrored nor stretched: what is upright in the photo along the edge is upright here.
    """

    ink: Image
    contrast: float
    """Of a graduation."""
    columns_per_step: float
    first: float
    """The graduation number at column 0."""
    direction: int
    """1 where numbers rise from left to right, −1 where they fall."""
    base_row: float

    def number(self, column: float | Floats) -> Floats:
        """The place of a column in graduation numbers."""
        places: Floats = self.first + self.direction * np.asarray(column) / self.columns_per_step
        return places


@dataclass(frozen=True, slots=True)
class _Course:
    """Where the bases run and the graduations point, by number."""

    model: tuple[float, float, float]
    origin: Floats
    axis: Floats
    aside: tuple[float, float]
    angle: tuple[float, float]

    def base(self, number: Floats) -> Floats:
        along = projective(self.model, number)
        aside = np.polyval(self.aside, along)
        normal = np.array([-self.axis[1], self.axis[0]])
        places: Floats = self.origin + along[:, None] * self.axis + aside[:, None] * normal
        return places

    def outward(self, number: Floats) -> Floats:
        angle = np.polyval(self.angle, number)
        return np.stack([np.cos(angle), np.sin(angle)], axis=-1)

    def step_px(self, number: Floats) -> Floats:
        a, b, c = self.model
        step: Floats = np.abs((a - b * c) / (c * number + 1) ** 2)
        return step


def cut_band(
    pixels: Pixels,
    edge: Edge,
    *,
    most_steps: float = np.inf,
    reach_lengths: float = REACH_LENGTHS,
) -> Band:
    """The band of an edge or of its middle, as fine as the photo has it and the work allows.

    It reaches so many lengths of the longest graduations beyond these and before their base.
    """
    course = _course(edge)
    longest = float(np.percentile(edge.length, 95))
    reach = reach_lengths * longest + REACH_STEPS
    beyond = END_STEPS + END_LENGTHS * longest
    middle = float(edge.number[len(edge.number) // 2])
    low = max(float(edge.number[0]) - beyond, middle - most_steps / 2)
    high = min(float(edge.number[-1]) + beyond, middle + most_steps / 2)
    steps_high = longest + 2 * reach
    most_columns = MOST_BLOCK_COLUMNS if edge.blocks else MOST_COLUMNS
    columns_per_step = float(
        min(edge.pitch_px, most_columns, np.sqrt(MOST_PX / (steps_high * (high - low))))
    )
    centre = np.array([0.5 * (low + high)])
    ahead = course.base(centre + 0.5)[0] - course.base(centre - 0.5)[0]
    out = course.outward(centre)[0]
    direction = 1 if ahead[0] * out[1] - ahead[1] * out[0] > 0 else -1
    wide, tall = int((high - low) * columns_per_step), int(steps_high * columns_per_step)
    first = low if direction > 0 else high
    base_row = reach * columns_per_step
    number = first + direction * np.arange(wide) / columns_per_step
    step = course.step_px(number) / columns_per_step
    rows = np.arange(tall) - base_row
    shift = course.outward(number) * step[:, None]
    places = course.base(number)[None] + rows[:, None, None] * shift[None]
    grey = _sampled(pixels, places, float(np.median(step)))
    ink, contrast = _ink(grey, edge, columns_per_step, first, direction, base_row, longest)
    return Band(ink, contrast, columns_per_step, first, direction, base_row)


def _course(edge: Edge) -> _Course:
    origin, axis = np.array(edge.line.point_px), np.array(edge.line.axis)
    offset = edge.base_px - origin
    along, aside = offset @ axis, offset @ np.array([-axis[1], axis[0]])
    number = edge.number.astype(np.float64)
    sure = edge.base_sure if int(edge.base_sure.sum()) > 4 else np.ones(len(number), np.bool_)
    stroke = edge.tip_px - edge.base_px
    mean = stroke.mean(axis=0)
    turn = np.arctan2(stroke[:, 1] * mean[0] - stroke[:, 0] * mean[1], stroke @ mean)
    weight = np.hypot(stroke[:, 0], stroke[:, 1]) * (np.abs(turn - np.median(turn)) < 0.15)
    tilt = np.polyfit(number, turn, 1, w=weight + 1e-6)
    drift = np.polyfit(along[sure], aside[sure], 1)
    return _Course(
        model=fit_projective(edge.number, along),
        origin=origin,
        axis=axis,
        aside=(float(drift[0]), float(drift[1])),
        angle=(float(tilt[0]), float(tilt[1] + np.arctan2(mean[1], mean[0]))),
    )


def _sampled(pixels: Pixels, places: Floats, px_per_px: float) -> Image:
    """The photo's grey at places (rows, columns, 2); reduced first where that skips px."""
    height, width = pixels.shape[:2]
    x, y = places[..., 0], places[..., 1]
    left, right = np.clip([x.min() - 4, x.max() + 5], 0, width).astype(int)
    top, bottom = np.clip([y.min() - 4, y.max() + 5], 0, height).astype(int)
    if right - left < 8 or bottom - top < 8:
        return np.zeros(x.shape, np.float32)
    part = pixels[top:bottom, left:right]
    factor = max(1, int(px_per_px + 0.3))
    if factor > 1:
        size = (max(1, part.shape[1] // factor), max(1, part.shape[0] // factor))
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    fx, fy = (right - left) / part.shape[1], (bottom - top) / part.shape[0]
    seen = cv2.remap(
        part,
        ((x - left + 0.5) / fx - 0.5).astype(np.float32),
        ((y - top + 0.5) / fy - 0.5).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(cv2.cvtColor(seen, cv2.COLOR_BGR2GRAY), dtype=np.float32)


def _ink(
    grey: Image,
    edge: Edge,
    columns_per_step: float,
    first: float,
    direction: int,
    base_row: float,
    longest: float,
) -> tuple[Image, float]:
    """How much darker (or lighter, as the graduations are) than its ground each px is."""
    column = direction * (edge.number - first) * columns_per_step
    inside = (column > 0) & (column < grey.shape[1] - 1)
    column, tip_row = column[inside], base_row + edge.length[inside] * columns_per_step
    contrast = _contrast(grey, column, base_row, tip_row, columns_per_step, blocks=edge.blocks)
    if contrast < 0:
        grey, contrast = 255 - grey, -contrast
    size = 2 * int(0.25 * max(longest * columns_per_step, 24)) + 1
    ground = cv2.morphologyEx(
        cv2.blur(grey, (3, 3)), cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)
    )
    ink = ground - grey
    if edge.blocks and len(column):
        side = ERASE_BLOCKS * columns_per_step
        left, right = max(0, round(column.min() - side)), round(column.max() + side)
        ink[max(0, round(base_row) - 2) : round(float(tip_row.max())) + 3, left:right] = 0
        return np.asarray(ink, dtype=np.float32), contrast
    faint = GAP * contrast
    slim = min(ERASE_SIDE, ERASE_SLIM * float(np.percentile(edge.length, 25)))
    for number, length in _strokes(edge):
        place = direction * (number - first) * columns_per_step
        if not -1 < place < grey.shape[1]:
            continue
        _erase(ink, place, base_row, length * columns_per_step, slim * columns_per_step, faint)
    return np.asarray(ink, dtype=np.float32), contrast


def _contrast(
    grey: Image,
    column: Floats,
    base_row: float,
    tip_row: Floats,
    columns_per_step: float,
    *,
    blocks: bool,
) -> float:
    """Of print with its ground, by the graduations at these columns; negative where lighter."""
    middle = 0.6 * base_row + 0.4 * tip_row
    rows = np.clip(np.round(middle), 0, grey.shape[0] - 1).astype(np.intp)

    def at(shift: float) -> Image:
        places = np.clip(np.round(column + shift * columns_per_step), 0, grey.shape[1] - 1)
        return np.asarray(grey[rows, places.astype(np.intp)], dtype=np.float32)

    before, after = at(-0.5), at(0.5)
    if not blocks:
        return float(np.median(0.5 * (before + after) - at(0.0)))
    # What is printed beside blocks has their ink; its ground is that beside their bar.
    beside = BESIDE_BLOCKS * (float(np.median(tip_row)) - base_row)
    sides = np.round([base_row - beside, float(np.median(tip_row)) + beside])
    ground = float(np.median(grey[np.clip(sides, 0, len(grey) - 1).astype(np.intp)]))
    contrast = PRINT_OF_BLOCKS * float(np.median(np.abs(after - before)))
    return contrast if ground > float(np.median(0.5 * (after + before))) else -contrast


def _strokes(edge: Edge) -> list[tuple[int, float]]:
    """(number, length in steps) of all graduations, those not seen too.

    A length beyond its kind's is a number that touches the graduation.
    """
    most = np.full(len(edge.number), float(np.percentile(edge.length, 90)))
    if edge.unit is not None and edge.unit.borne_out:
        most = np.array(edge.unit.typical)[edge.unit.kinds]
    length = dict(zip(edge.number.tolist(), np.minimum(edge.length, most).tolist(), strict=True))
    usual = float(np.percentile(edge.length, 90))
    every = range(int(edge.number[0]), int(edge.number[-1]) + 1)
    return [(number, length.get(number, usual)) for number in every]


def _erase(ink: Image, column: float, row: float, length: float, slim: float, faint: float) -> None:
    """One graduation, as far as its first gap, or to where ink is broader: there is a number."""
    side = max(1.5, slim)
    left, right = max(0, round(column - side)), max(0, round(column + side) + 1)
    top = max(0, round(row - ERASE_BASE * length - 1))
    bottom = max(0, round(row + (1 + ERASE_TIP) * length) + 2)
    start = max(0, round(row + LEAST_STROKE * length))
    on = ink[start:bottom, max(0, round(column) - 1) : max(0, round(column) + 2)]
    beside = (ink[start:bottom, max(0, left - 1) : left], ink[start:bottom, right : right + 1])
    if on.size and all(part.size for part in beside):
        broad = np.min([part.min(axis=1) for part in beside], axis=0) > BROAD * faint
        through = np.nonzero((on.max(axis=1) < faint) | broad)[0]
        bottom = start + int(through[0]) + int(not broad[through[0]]) if len(through) else bottom
    ink[top:bottom, left:right] = 0
