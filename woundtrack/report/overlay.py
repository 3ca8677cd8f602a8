"""A photo as printed: reduced, with the 1 cm grid, the outlines and their labels burnt in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.report.fonts import BOLD, font_path
from woundtrack.scale.types import Scale
from woundtrack.words import _

LONGEST_PX = 1200
GRID_MM = 10.0
COLOURS_BGR = ((233, 180, 86), (66, 228, 240), (115, 158, 0), (0, 159, 230), (167, 121, 204))
"""Okabe–Ito colours that stand out from skin and wound: sky, yellow, green, orange, purple."""
_DARK, _WHITE = (24, 20, 16), (255, 255, 255)
_SHIFT = 4
"""OpenCV draws at 1/16 px."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a photo is drawn, in its own px, and what it is reduced to."""

    left_px: int
    top_px: int
    width_px: int
    height_px: int
    size_px: tuple[int, int]

    @property
    def decode_reduced(self) -> int:
        """By how much the whole photo may be read reduced: 1, 2, 4 or 8."""
        shrink = self.width_px / self.size_px[0]
        return next((by for by in (8, 4, 2) if by <= shrink), 1)


@dataclass(frozen=True, slots=True)
class _View:
    """Where the part lies in the photo, and how much it is reduced."""

    left_px: int
    top_px: int
    factor: float
    unit: float
    """Size of lines and letters: 1 in a picture of the usual size."""

    def reduced(self, line: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
        """Points of the photo in the copy; (0, 0) is the centre of the first pixel."""
        points = np.asarray(line, dtype=np.float64).reshape(-1, 2)
        moved = points - (self.left_px, self.top_px)
        reduced: NDArray[np.float64] = (moved + 0.5) * self.factor - 0.5
        return reduced


def part_of(
    photo_size_px: tuple[int, int],
    *,
    scale: Scale | None,
    outlines: Sequence[Outline] = (),
    field_mm: float | None = None,
    box_px: tuple[int, int] = (LONGEST_PX, LONGEST_PX),
) -> Part:
    """What of a photo of (width, height) is drawn: all of it, or `field_mm` about the first
    outline; reduced to fit a box, never enlarged.
    """
    left, top, right, bottom = _frame(photo_size_px, scale, outlines, field_mm)
    width, height = right - left, bottom - top
    factor = min(1.0, box_px[0] / width, box_px[1] / height)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return Part(left, top, width, height, size)


def overlay(
    pixels: Pixels,
    *,
    scale: Scale | None,
    outlines: Sequence[Outline] = (),
    labels: Sequence[str] = (),
    measurements: Sequence[Measurement | None] = (),
    part: Part | None = None,
    photo_size_px: tuple[int, int] | None = None,
) -> Pixels:
    """A copy (height, width, 3) BGR of a part of the photo with everything drawn over it.

    `labels` and `measurements` go with `outlines`, in their order, in px of the photo, whose
    (width, height) must be told where its `pixels` were read reduced. Without a scale there is
    no grid, and the picture says so.
    """
    full_size = photo_size_px or (int(pixels.shape[1]), int(pixels.shape[0]))
    part = part or part_of(full_size, scale=scale)
    canvas = _reduced(pixels, part, full_size)
    factor = part.size_px[0] / part.width_px
    view = _View(part.left_px, part.top_px, factor, max(part.size_px) / LONGEST_PX)
    if scale is not None:
        canvas = _with_grid(canvas, scale, full_size, view)
    for i, outline in enumerate(outlines):
        measurement = measurements[i] if i < len(measurements) else None
        colour = COLOURS_BGR[i % len(COLOURS_BGR)]
        canvas = _with_outline(canvas, outline, measurement, colour, view)
    return _with_labels(canvas, scale, outlines, labels, view)


def _reduced(pixels: Pixels, part: Part, full_size: tuple[int, int]) -> Pixels:
    """The part of the photo at its printed size, whatever the pixels were read reduced by."""
    import cv2

    by = -(-full_size[0] // pixels.shape[1])
    if by == 1:
        top, left = part.top_px, part.left_px
        cut = pixels[top : top + part.height_px, left : left + part.width_px]
        if (part.width_px, part.height_px) == part.size_px:
            return cut.copy()
        resized = cv2.resize(cut, part.size_px, interpolation=cv2.INTER_AREA)
        return np.asarray(resized, dtype=np.uint8)
    # A px of what was read is `by` of the photo's: the part may begin within one.
    step = part.width_px / part.size_px[0] / by
    x, y = (part.left_px / by + step / 2 - 0.5, part.top_px / by + step / 2 - 0.5)
    to_source = np.array([[step, 0.0, x], [0.0, step, y]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(
        pixels, to_source, part.size_px, flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(moved, dtype=np.uint8)


def jpeg(pixels: Pixels, *, quality: int = 88) -> bytes:
    """A picture as JPEG bytes without any metadata."""
    import cv2

    done, data = cv2.imencode(".jpg", pixels, [int(cv2.IMWRITE_JPEG_QUALITY), quality])
    if not done:
        raise ValueError("the picture is empty")
    return bytes(data.tobytes())


def _frame(
    size_px: tuple[int, int],
    scale: Scale | None,
    outlines: Sequence[Outline],
    field_mm: float | None,
) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is printed, inside the photo and in its shape."""
    width, height = size_px
    points = np.array([p for ring in outlines[0].rings for p in ring] if outlines else [])
    if scale is None or field_mm is None or not points.size:
        return 0, 0, width, height
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    wide = field_mm / scale.mm_per_px_at((float(middle[0]), float(middle[1])))
    share = min(1.0, wide / max(width, height))
    part = (max(1, round(width * share)), max(1, round(height * share)))
    corner = [
        int(np.clip(round(m - p / 2), 0, full - p))
        for m, p, full in zip(middle, part, size_px, strict=True)
    ]
    return corner[0], corner[1], corner[0] + part[0], corner[1] + part[1]


def _with_grid(canvas: Pixels, scale: Scale, size_px: tuple[int, int], view: _View) -> Pixels:
    from woundtrack.scale.grid import grid_lines

    lines = grid_lines(scale, width_px=size_px[0], height_px=size_px[1], spacing_mm=GRID_MM)
    thin = max(1, round(1.2 * view.unit))
    canvas = _drawn(canvas, lines, _DARK, thin + 2, view, opacity=0.22, closed=False)
    return _drawn(canvas, lines, _WHITE, thin, view, opacity=0.55, closed=False)


def _with_outline(
    canvas: Pixels,
    outline: Outline,
    measurement: Measurement | None,
    colour: tuple[int, int, int],
    view: _View,
) -> Pixels:
    thick = max(2, round(3 * view.unit))
    canvas = _drawn(canvas, outline.rings, _DARK, thick + 3, view, opacity=0.55, closed=True)
    canvas = _drawn(canvas, outline.rings, colour, thick, view, opacity=1.0, closed=True)
    if measurement is None:
        return canvas
    axes = (measurement.length_px, measurement.width_px)
    thin = max(1, round(1.5 * view.unit))
    canvas = _drawn(canvas, axes, _DARK, thin + 2, view, opacity=0.4, closed=False)
    return _drawn(canvas, axes, _WHITE, thin, view, opacity=0.9, closed=False)


def _drawn(
    canvas: Pixels,
    lines: Iterable[Sequence[tuple[float, float]]],
    colour: tuple[int, int, int],
    thickness: int,
    view: _View,
    *,
    opacity: float,
    closed: bool,
) -> Pixels:
    import cv2

    points = [view.reduced(line) for line in lines]
    fixed = [np.round(line * 2**_SHIFT).astype(np.int32) for line in points if len(line) > 1]
    drawn = canvas.copy()
    cv2.polylines(drawn, fixed, closed, colour, thickness, cv2.LINE_AA, _SHIFT)
    if opacity >= 1:
        return drawn
    return np.asarray(cv2.addWeighted(drawn, opacity, canvas, 1 - opacity, 0), dtype=np.uint8)


def _with_labels(
    canvas: Pixels,
    scale: Scale | None,
    outlines: Sequence[Outline],
    labels: Sequence[str],
    view: _View,
) -> Pixels:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.fromarray(np.ascontiguousarray(canvas[:, :, ::-1]))
    draw = ImageDraw.Draw(picture, "RGBA")
    font = ImageFont.truetype(font_path(BOLD), max(11, round(30 * view.unit)))
    pad = 9 * view.unit
    for outline, label in zip(outlines, labels, strict=False):
        rings = [view.reduced(ring) for ring in outline.rings if ring]
        if rings and _seen(rings, picture.size):
            x, y = min((tuple(point) for ring in rings for point in ring), key=lambda p: p[1])
            _chip(draw, picture.size, (float(x), float(y) - 34 * view.unit), label, font, pad)
    corner = _("1 cm grid") if scale is not None else _("No scale: not measured")
    _chip(draw, picture.size, (0.0, float(picture.size[1])), corner, font, pad)
    return np.ascontiguousarray(np.asarray(picture, dtype=np.uint8)[:, :, ::-1])


def _seen(rings: list[NDArray[np.float64]], size: tuple[int, int]) -> bool:
    points = np.concatenate(rings)
    return bool(((points >= 0) & (points < size)).all(axis=1).any())


def _chip(
    draw: object,
    size: tuple[int, int],
    centre: tuple[float, float],
    text: str,
    font: object,
    pad: float,
) -> None:
    """White text on a dark plate about a place, kept inside the picture."""
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)  # type: ignore[attr-defined]
    width, height = right - left + 2 * pad, bottom - top + 1.4 * pad
    x = min(max(centre[0] - width / 2, pad), max(pad, size[0] - width - pad))
    y = min(max(centre[1] - height / 2, pad), max(pad, size[1] - height - pad))
    plate = (x, y, x + width, y + height)
    draw.rounded_rectangle(plate, radius=pad, fill=(16, 20, 24, 190))  # type: ignore[attr-defined]
    at = (x + pad - left, y + 0.7 * pad - top)
    draw.text(at, text, font=font, fill=(255, 255, 255, 255))  # type: ignore[attr-defined]
