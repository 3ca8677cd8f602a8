"""A photo as printed: reduced, with the 1 cm grid, the outlines and their labels burnt in."""

from collections.abc import Iterable, Sequence

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


def overlay(
    pixels: Pixels,
    *,
    scale: Scale | None,
    outlines: Sequence[Outline] = (),
    labels: Sequence[str] = (),
    measurements: Sequence[Measurement | None] = (),
    longest_px: int = LONGEST_PX,
) -> Pixels:
    """A reduced copy (height, width, 3) BGR of the photo with everything drawn over it.

    `labels` and `measurements` go with `outlines`, in their order. Without a scale there is no
    grid, and the picture says so.
    """
    import cv2

    height, width = pixels.shape[:2]
    factor = min(1.0, longest_px / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    canvas: Pixels = (
        np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        if factor < 1
        else pixels.copy()
    )
    unit = max(size) / LONGEST_PX
    if scale is not None:
        canvas = _with_grid(canvas, scale, (width, height), factor, unit)
    for i, outline in enumerate(outlines):
        measurement = measurements[i] if i < len(measurements) else None
        colour = COLOURS_BGR[i % len(COLOURS_BGR)]
        canvas = _with_outline(canvas, outline, measurement, colour, factor, unit)
    return _with_labels(canvas, scale, outlines, labels, factor, unit)


def jpeg(pixels: Pixels, *, quality: int = 88) -> bytes:
    """A picture as JPEG bytes without any metadata."""
    import cv2

    done, data = cv2.imencode(".jpg", pixels, [int(cv2.IMWRITE_JPEG_QUALITY), quality])
    if not done:
        raise ValueError("the picture is empty")
    return bytes(data.tobytes())


def _with_grid(
    canvas: Pixels, scale: Scale, size_px: tuple[int, int], factor: float, unit: float
) -> Pixels:
    from woundtrack.scale.grid import grid_lines

    lines = grid_lines(scale, width_px=size_px[0], height_px=size_px[1], spacing_mm=GRID_MM)
    thin = max(1, round(1.2 * unit))
    canvas = _drawn(canvas, lines, _DARK, thin + 2, factor, opacity=0.22, closed=False)
    return _drawn(canvas, lines, _WHITE, thin, factor, opacity=0.55, closed=False)


def _with_outline(
    canvas: Pixels,
    outline: Outline,
    measurement: Measurement | None,
    colour: tuple[int, int, int],
    factor: float,
    unit: float,
) -> Pixels:
    thick = max(2, round(3 * unit))
    canvas = _drawn(canvas, outline.rings, _DARK, thick + 3, factor, opacity=0.55, closed=True)
    canvas = _drawn(canvas, outline.rings, colour, thick, factor, opacity=1.0, closed=True)
    if measurement is None:
        return canvas
    axes = (measurement.length_px, measurement.width_px)
    thin = max(1, round(1.5 * unit))
    canvas = _drawn(canvas, axes, _DARK, thin + 2, factor, opacity=0.4, closed=False)
    return _drawn(canvas, axes, _WHITE, thin, factor, opacity=0.9, closed=False)


def _drawn(
    canvas: Pixels,
    lines: Iterable[Sequence[tuple[float, float]]],
    colour: tuple[int, int, int],
    thickness: int,
    factor: float,
    *,
    opacity: float,
    closed: bool,
) -> Pixels:
    import cv2

    points = [_reduced(line, factor) for line in lines]
    fixed = [np.round(line * 2**_SHIFT).astype(np.int32) for line in points if len(line) > 1]
    drawn = canvas.copy()
    cv2.polylines(drawn, fixed, closed, colour, thickness, cv2.LINE_AA, _SHIFT)
    if opacity >= 1:
        return drawn
    return np.asarray(cv2.addWeighted(drawn, opacity, canvas, 1 - opacity, 0), dtype=np.uint8)


def _reduced(line: Sequence[tuple[float, float]], factor: float) -> NDArray[np.float64]:
    """Points of the photo in the reduced copy; (0, 0) is the centre of the first pixel."""
    points = np.asarray(line, dtype=np.float64).reshape(-1, 2)
    reduced: NDArray[np.float64] = (points + 0.5) * factor - 0.5
    return reduced


def _with_labels(
    canvas: Pixels,
    scale: Scale | None,
    outlines: Sequence[Outline],
    labels: Sequence[str],
    factor: float,
    unit: float,
) -> Pixels:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.fromarray(np.ascontiguousarray(canvas[:, :, ::-1]))
    draw = ImageDraw.Draw(picture, "RGBA")
    font = ImageFont.truetype(font_path(BOLD), max(11, round(30 * unit)))
    pad = 9 * unit
    for outline, label in zip(outlines, labels, strict=False):
        rings = [_reduced(ring, factor) for ring in outline.rings if ring]
        if rings:
            x, y = min((tuple(point) for ring in rings for point in ring), key=lambda p: p[1])
            _chip(draw, picture.size, (float(x), float(y) - 34 * unit), label, font, pad)
    corner = _("1 cm grid") if scale is not None else _("No scale: not measured")
    _chip(draw, picture.size, (0.0, float(picture.size[1])), corner, font, pad)
    return np.ascontiguousarray(np.asarray(picture, dtype=np.uint8)[:, :, ::-1])


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
