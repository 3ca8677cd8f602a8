"""A design as a picture with cover: edges are where they should be to a hundredth of a pixel."""

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.scale_design import Box, Colour, Design, Ring, Text
from benchmarks.scale_fonts import lettering

MARGIN_MM = 1.0
Sheet = NDArray[np.uint8]


def printed(design: Design, *, px_per_mm: float, chance: np.random.Generator) -> Sheet:
    """The design (h, w, 4), BGR premultiplied by its cover, from −MARGIN_MM on."""
    wide, tall = design.size_mm
    shape = (round((tall + 2 * MARGIN_MM) * px_per_mm), round((wide + 2 * MARGIN_MM) * px_per_mm))
    cover = np.zeros(shape, np.uint8)
    for x0, y0, x1, y1 in design.sheets_mm:
        _lay(cover, Box(x0, y0, x1, y1), px_per_mm)
    grain = _grain(design.stuff, shape, px_per_mm, chance)
    sheet = [cv2.convertScaleAbs(grain, alpha=level) for level in design.sheet]
    picture = cv2.merge([*sheet, np.full(shape, round(255 * design.opacity), np.uint8)])
    for box in design.boxes:
        _ink(picture, box, px_per_mm, box.colour or design.ink)
    for row in design.rows:
        if not row.boundary:
            for base, tip in row.ends_mm():
                _ink(picture, _stroke(base, tip, row.width_mm), px_per_mm, design.ink)
    for ring in design.rings:
        _ring(picture, ring, px_per_mm, design.ink)
    for text in design.texts:
        _write(picture, text, px_per_mm, text.colour or design.ink)
    if design.stuff == "plastic":
        _bevel(picture, design, px_per_mm)
    alpha = cv2.multiply(picture[..., 3], cover, scale=1 / 255)
    shown = cv2.multiply(picture[..., :3], cv2.merge([alpha] * 3), scale=1 / 255)
    return np.dstack([shown, alpha])


def _stroke(base: NDArray[np.float64], tip: NDArray[np.float64], width_mm: float) -> Box:
    low, high = np.minimum(base, tip), np.maximum(base, tip)
    across = np.where(high - low > 1e-9, 0.0, width_mm / 2)
    return Box(*(low - across), *(high + across))


def _cover(
    box: Box, px_per_mm: float, shape: tuple[int, int]
) -> tuple[slice, slice, NDArray[np.float32]] | None:
    """The rows and columns a box touches, and what part of each px it covers."""
    parts = []
    for low, high, size in (
        (box.y0_mm, box.y1_mm, shape[0]),
        (box.x0_mm, box.x1_mm, shape[1]),
    ):
        start, end = (low + MARGIN_MM) * px_per_mm, (high + MARGIN_MM) * px_per_mm
        first, last = max(0, int(np.floor(start))), min(size, int(np.ceil(end)))
        if last <= first:
            return None
        at = np.arange(first, last)
        parts.append((slice(first, last), np.minimum(at + 1, end) - np.maximum(at, start)))
    (rows, tall), (columns, wide) = parts
    return rows, columns, (tall[:, None] * wide[None]).astype(np.float32)


def _lay(cover: Sheet, box: Box, px_per_mm: float) -> None:
    found = _cover(box, px_per_mm, cover.shape[:2])
    if found is not None:
        rows, columns, part = found
        np.maximum(cover[rows, columns], np.rint(255 * part), out=cover[rows, columns],
                   casting="unsafe")  # fmt: skip


def _ink(picture: Sheet, box: Box, px_per_mm: float, colour: Colour) -> None:
    found = _cover(box, px_per_mm, picture.shape[:2])
    if found is not None:
        rows, columns, part = found
        _blend(picture[rows, columns], part, colour)


def _blend(view: Sheet, part: NDArray[np.float32], colour: Colour, dense: float = 0.95) -> None:
    """Ink of so much cover over what is there."""
    ink = np.array([*colour, 255.0], np.float32)
    view[:] = np.rint(view + dense * part[..., None] * (ink - view))


def _ring(picture: Sheet, ring: Ring, px_per_mm: float, colour: Colour) -> None:
    reach = ring.radius_mm + ring.width_mm + 0.5
    low = [int(max(0, (at - reach + MARGIN_MM) * px_per_mm)) for at in (ring.y_mm, ring.x_mm)]
    high = [int((at + reach + MARGIN_MM) * px_per_mm) for at in (ring.y_mm, ring.x_mm)]
    view = picture[low[0] : high[0], low[1] : high[1]]
    y, x = np.mgrid[low[0] : low[0] + view.shape[0], low[1] : low[1] + view.shape[1]]
    from_mm = np.hypot(
        (x + 0.5) / px_per_mm - MARGIN_MM - ring.x_mm, (y + 0.5) / px_per_mm - MARGIN_MM - ring.y_mm
    )
    off = (np.abs(from_mm - ring.radius_mm) - ring.width_mm / 2) * px_per_mm
    _blend(view, np.clip(0.5 - off, 0, 1).astype(np.float32), colour)


def _write(picture: Sheet, text: Text, px_per_mm: float, colour: Colour) -> None:
    mask = lettering(text.text, height_px=text.height_mm * px_per_mm, face=text.face)
    mask = np.rot90(mask, text.quarter_turns)
    top = round((text.y_mm + MARGIN_MM) * px_per_mm - mask.shape[0] / 2)
    left = round((text.x_mm + MARGIN_MM) * px_per_mm - mask.shape[1] / 2)
    rows = slice(max(0, top), max(0, min(picture.shape[0], top + mask.shape[0])))
    columns = slice(max(0, left), max(0, min(picture.shape[1], left + mask.shape[1])))
    cut = mask[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    _blend(picture[rows, columns], cut.astype(np.float32) / 255, colour)


def _grain(
    stuff: str, shape: tuple[int, int], px_per_mm: float, chance: np.random.Generator
) -> NDArray[np.float32]:
    """How bright the bare sheet is from place to place: fibres, brushing, weave."""
    rough = chance.normal(0, 0.012, (shape[0] // 9 + 2, shape[1] // 9 + 2)).astype(np.float32)
    grain = 1 + cv2.resize(rough, shape[::-1], interpolation=cv2.INTER_LINEAR)
    if stuff == "steel":
        lines = chance.normal(0, 0.035, (shape[0], max(2, shape[1] // 60))).astype(np.float32)
        grain += cv2.resize(lines, shape[::-1], interpolation=cv2.INTER_LINEAR)
    if stuff == "cloth":
        x = np.cos(np.arange(shape[1]) * 2 * np.pi / (0.45 * px_per_mm))
        y = np.cos(np.arange(shape[0]) * 2 * np.pi / (0.45 * px_per_mm))
        grain += (0.035 * y[:, None] * x[None]).astype(np.float32)
    return grain


def _bevel(picture: Sheet, design: Design, px_per_mm: float) -> None:
    """A clear or plastic ruler's rim catches the light on one side and darkens on the other."""
    if design.opacity >= 1 and design.stuff != "plastic":
        return
    for x0, y0, x1, y1 in design.sheets_mm:
        for box, colour in (
            (Box(x0, y0, x1, y0 + 0.15), (250, 250, 250)),
            (Box(x0, y1 - 0.2, x1, y1), (90, 95, 95)),
            (Box(x1 - 0.2, y0, x1, y1), (120, 120, 120)),
            (Box(x0, y0, x0 + 0.15, y1), (245, 245, 245)),
        ):
            found = _cover(box, px_per_mm, picture.shape[:2])
            if found is not None:
                rows, columns, part = found
                _blend(picture[rows, columns], part, colour, dense=0.4)
