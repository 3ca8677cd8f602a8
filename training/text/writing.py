"""Writing as ink: print in typefaces, strokes like a hand's, and codes, with where each lies."""

import string
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.digits.fonts import Typeface

Ink = NDArray[np.uint8]
CAPS_OF_A_SHEET = 0.36
"""How high a capital is, in the height of a typeface's sheet."""
_SIGNS = string.ascii_letters + string.digits * 2
_BETWEEN = ".,:/-()+"
_WORDS = ("Name", "Date", "ID", "Patient", "MRN", "DOB", "Nom", "Né le", "Site", "Ward", "L", "R",
          "cm", "Dr", "Mme", "M.", "No", "Tel", "Left", "Foot")  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """Ink on a sheet, 255 where it is full, and the boxes (left, top, right, bottom) of lines."""

    ink: Ink
    boxes: tuple[tuple[float, float, float, float], ...]
    height_px: float
    """Of a capital, or of a code's side."""


def printed(rng: np.random.Generator, faces: Sequence[Typeface]) -> Written:
    """One to four lines of print."""
    face = faces[rng.integers(len(faces))]
    lines = [_text_line(rng, face) for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4]))]
    high = lines[0].shape[0]
    step = round(high * rng.uniform(0.62, 1.1))
    sheet = np.zeros(
        (step * (len(lines) - 1) + high, max(each.shape[1] for each in lines)), np.uint8
    )
    boxes = []
    for row, line in enumerate(lines):
        top = row * step
        where = sheet[top : top + high, : line.shape[1]]
        np.maximum(where, line, out=where)
        ys, xs = np.nonzero(line > 60)
        if len(ys):
            boxes.append((xs.min(), top + ys.min(), xs.max() + 1, top + ys.max() + 1))
    return Written(sheet, tuple(boxes), high * CAPS_OF_A_SHEET)


def words(rng: np.random.Generator) -> str:
    """A name, a number, a date: what a label says, or nonsense like it."""
    kind = rng.random()
    if kind < 0.2:
        return f"{rng.integers(1, 32):02d}{rng.choice(list('./-'))}{rng.integers(1, 13):02d}" + (
            f"{rng.choice(list('./-'))}{rng.integers(1930, 2030)}" if rng.random() < 0.7 else ""
        )
    if kind < 0.35:
        return str(rng.integers(0, 10 ** int(rng.integers(1, 10))))
    parts = []
    for _ in range(rng.choice([1, 1, 2, 3])):
        if rng.random() < 0.3:
            parts.append(str(rng.choice(_WORDS)))
            continue
        letters = "".join(rng.choice(list(_SIGNS), rng.integers(1, 10)))
        parts.append(letters.upper() if rng.random() < 0.4 else letters.capitalize())
        if rng.random() < 0.2:
            parts[-1] += str(rng.choice(list(_BETWEEN)))
    return " ".join(parts)


def _text_line(rng: np.random.Generator, face: Typeface) -> Ink:
    gap = int(rng.integers(1, 9))
    pieces: list[Ink] = []
    for sign in words(rng):
        drawn = face.mask(sign) if sign != " " else np.zeros((112, 22), np.uint8)
        pieces += [drawn, np.zeros((drawn.shape[0], gap), np.uint8)]
    return np.hstack(pieces)


def handwritten(rng: np.random.Generator) -> Written:
    """Strokes that swing up and down along a line, with loops, gaps and a slant."""
    height, pen = 60.0, int(rng.integers(3, 10))
    sheet = np.zeros((170, 700), np.uint8)
    x, base, slant = 20.0, 105.0, rng.normal(0.15, 0.25)
    length = rng.uniform(40, 600)
    boxes: list[NDArray[np.float64]] = []
    while x < length + 20:
        strokes = int(rng.integers(1, 5))
        points = [(x, base - rng.uniform(0, 0.5) * height)]
        for _ in range(strokes * 2):
            x += rng.uniform(-2, 18)
            reach = rng.choice([0.45, 0.45, 1.0, -0.3]) * rng.uniform(0.7, 1.1)
            points.append((x, base - (reach if len(points) % 2 else 0.05) * height))
        curve = _smooth(np.array(points), loops=rng.uniform(0, 0.35), rng=rng)
        curve[:, 0] += slant * (base - curve[:, 1])
        whole = np.round(curve * 8).astype(np.int32)
        cv2.polylines(sheet, [whole], False, 255, pen, cv2.LINE_AA, 3)
        boxes.append(curve)
        x += rng.choice([4, 8, 12, 40]) * rng.uniform(0.5, 1.3)
    every = np.vstack(boxes)
    low, high = every.min(0) - pen / 2, every.max(0) + pen / 2
    return Written(sheet, ((low[0], low[1], high[0], high[1]),), 0.75 * height)


def _smooth(
    points: NDArray[np.float64], *, loops: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """A curve through the points (Catmull–Rom), swung aside into loops."""
    padded = np.vstack([points[:1], points, points[-1:]])
    padded[1:-1] += rng.normal(0, 3, points.shape)
    part = np.linspace(0, 1, 8)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        curve = 0.5 * (2 * b + (c - a) * part + (2 * a - 5 * b + 4 * c - d) * part**2
                       + (3 * b - a - 3 * c + d) * part**3)  # fmt: skip
        curve[:, 0] -= loops * 30 * np.sin(np.pi * part[:, 0])
        pieces.append(curve)
    return np.vstack(pieces)


def coded(rng: np.random.Generator) -> Written:
    """Something like a QR or a bar code; nothing can be read of it."""
    if rng.random() < 0.5:
        cells = int(rng.integers(12, 34))
        grid = (rng.random((cells, cells)) < 0.5).astype(np.uint8)
        if rng.random() < 0.7:
            finder = np.pad(np.pad(np.ones((3, 3), np.uint8), 1), 1, constant_values=1)
            grid[:7, :7] = grid[:7, -7:] = grid[-7:, :7] = finder
            grid[7, :8] = grid[:8, 7] = 0
        sheet = np.kron(grid * 255, np.ones((6, 6), np.uint8))
    else:
        bars = np.repeat(rng.integers(0, 2, 90), rng.integers(1, 5, 90))
        high = int(len(bars) * rng.uniform(0.2, 0.6))
        sheet = np.repeat((bars * 255).astype(np.uint8)[None], high, 0)
    high, wide = sheet.shape
    return Written(np.ascontiguousarray(sheet), ((0, 0, wide, high),), min(high, wide))
