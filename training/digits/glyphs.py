"""Labels as a photo shows them: drawn, printed small, seen aslant, blurred, noisy, cut out."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.digits.fonts import SIZE_PX, Typeface
from woundtrack.scale.ruler.digits import COLUMNS, NAMES, OTHER, ROWS, normalised, placed

Image = NDArray[np.float32]

WORDS = ("cm", "mm", "in", "inch", "inches", "CM", "MM", "IN", "INCH", "INCHES", "Inch", "Cm")
LETTERS = "adfjkprtuvwxyAFGHJKLNPRTUVWXY%&@#éü"
"""None that, cut to its ink, is a digit as well."""
UNLIKE_TURNED = set("23457")
"""Characters that are no others when turned by half."""
LEAST_PX, MOST_PX = 6.0, 32.0
KINDS = ("number", "word", "turned", "letters", "clutter")
SHARES = (0.64, 0.1, 0.1, 0.08, 0.08)


@dataclass(frozen=True, slots=True)
class Sample:
    """An input of the reader, what it says ("" for nothing legible), and how high it was."""

    image: Image
    text: str
    height_px: float


def sample(chance: np.random.Generator, faces: list[Typeface], kind: str | None = None) -> Sample:
    """One label of a random text, typeface and view."""
    kind = kind or str(chance.choice(KINDS, p=SHARES))
    face = faces[int(chance.integers(len(faces)))]
    if kind == "clutter":
        return _clutter(chance)
    text = _text(chance, kind)
    drawn = _line(chance, face, text)
    if drawn is None:
        return sample(chance, faces, "number")
    says = text.lower() if kind in ("number", "word") else OTHER
    if kind == "turned":
        drawn = _turned(chance, drawn)
    height_px = float(np.exp(chance.uniform(np.log(LEAST_PX), np.log(MOST_PX))))
    return Sample(_seen(chance, drawn, height_px), says, height_px)


def codes(text: str) -> list[int]:
    """A text as the reader's classes; what is not legible is one of the class "other"."""
    return [NAMES.index(each) for each in text]


def _text(chance: np.random.Generator, kind: str) -> str:
    if kind == "word":
        return str(chance.choice(WORDS))
    if kind == "letters":
        return "".join(chance.choice(list(LETTERS), int(chance.integers(1, 5))))
    while True:
        most = int(chance.choice([10, 31, 100, 320]))
        value = int(chance.integers(0, most))
        if chance.random() < 0.15:
            value = 10 * int(chance.integers(1, 31))
        if kind == "number" or UNLIKE_TURNED & set(str(value)):
            return str(value)


def _line(chance: np.random.Generator, face: Typeface, text: str) -> NDArray[np.uint8] | None:
    """The text in one row, cut to its ink; None where the typeface lacks a character."""
    masks = [face.mask(each) for each in text]
    if any(mask.shape[1] < 3 for mask in masks):
        return None
    gap = round(SIZE_PX * float(chance.choice([chance.normal(0.07, 0.04), chance.uniform(0, 0.3)])))
    space = np.zeros((masks[0].shape[0], max(gap, 0)), np.uint8)
    parts = [part for mask in masks for part in (mask, space)][:-1]
    line = np.concatenate(parts, axis=1)
    rows = np.nonzero(line.max(axis=1) > 40)[0]
    line = np.ascontiguousarray(line[rows[0] : rows[-1] + 1])
    size = int(chance.integers(2, 5))
    if chance.random() < 0.15:
        line = cv2.dilate(line, np.ones((size, size), np.uint8))
    return np.asarray(line, dtype=np.uint8)


def _turned(chance: np.random.Generator, drawn: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Upside down, on its side, or as in a mirror."""
    how = int(chance.integers(4))
    turned = drawn[:, ::-1] if how == 3 else np.rot90(drawn, how + 1)
    return np.ascontiguousarray(turned)


def _seen(chance: np.random.Generator, drawn: NDArray[np.uint8], height_px: float) -> Image:
    """Through the camera at so many px of height, cut out and normalised as the reader does."""
    scale = height_px / drawn.shape[0]
    wide = scale * float(np.exp(chance.normal(0, 0.13)))
    margin = 0.8 * height_px + 3
    shear, turn = chance.normal(0, 0.09), chance.normal(0, 0.03)
    matrix = np.array([[wide, shear * scale, margin], [turn * wide, scale, margin]])
    size = (
        int(np.ceil(wide * drawn.shape[1] + 2 * margin)),
        int(np.ceil(height_px + 2 * margin)),
    )
    soft = cv2.GaussianBlur(drawn, (0, 0), max(0.3, 0.4 / scale))
    ink = cv2.warpAffine(soft, matrix, size, flags=cv2.INTER_LINEAR).astype(np.float32) / 255
    rows, columns = np.nonzero(ink >= 0.35 * float(ink.max()))
    box = (columns.min(), rows.min(), columns.max() + 1.0, rows.max() + 1.0)
    _add_neighbours(chance, ink, box)
    blur = chance.uniform(0.3, min(1.6, 0.35 + 0.07 * height_px))
    grey = cv2.GaussianBlur(ink, (0, 0), blur)
    grey *= chance.uniform(0.35, 1.0)
    grey += chance.normal(0, chance.uniform(0.0, 0.07), grey.shape).astype(np.float32)
    slope = chance.normal(0, 0.08, 2) / max(grey.shape)
    grey += (np.arange(grey.shape[1]) * slope[0]).astype(np.float32)[None, :]
    grey += (np.arange(grey.shape[0]) * slope[1]).astype(np.float32)[:, None]
    off = chance.normal(0, 0.045 * height_px + 0.15, 4)
    cut = tuple(float(side + move) for side, move in zip(box, off, strict=True))
    return normalised(placed(grey, (cut[0], cut[1], cut[2], cut[3])))


def _add_neighbours(
    chance: np.random.Generator, ink: Image, box: tuple[float, float, float, float]
) -> None:
    """The end of a graduation above or below, a base line, or a part of a neighbour."""
    left, top, right, bottom = box
    width = ink.shape[1]
    if chance.random() < 0.35:
        x = int(np.clip(chance.uniform(left - 2, right + 2), 0, width - 2))
        thick = max(1, round(chance.uniform(0.06, 0.16) * (bottom - top)))
        gap = chance.uniform(0.02, 0.5) * (bottom - top) + 1
        if chance.random() < 0.5:
            ink[: max(0, int(top - gap)), x : x + thick] = 1
        else:
            ink[int(bottom + gap) :, x : x + thick] = 1
    if chance.random() < 0.1:
        y = int(bottom + chance.uniform(0.1, 0.4) * (bottom - top) + 1)
        ink[y : y + 2] = 1


def _clutter(chance: np.random.Generator) -> Sample:
    """Strokes, blobs and cloth: what is cut out by mistake."""
    image = np.zeros((ROWS, COLUMNS), np.float32)
    for _ in range(int(chance.integers(1, 6))):
        at = chance.uniform(0, [COLUMNS, ROWS], (2, 2))
        if chance.random() < 0.5:
            at[1] = at[0] + [chance.normal(0, 1.5), chance.uniform(-ROWS, ROWS)]
        one, two = (tuple(int(v) for v in each) for each in at)
        cv2.line(image, one, two, 1.0, int(chance.integers(1, 4)), cv2.LINE_AA)
    if chance.random() < 0.4:
        rough = chance.normal(0, 1, (ROWS, COLUMNS)).astype(np.float32)
        image = image * 0.5 + 3 * cv2.GaussianBlur(rough, (0, 0), chance.uniform(1, 4))
    soft = cv2.GaussianBlur(image, (0, 0), chance.uniform(0.4, 1.5))
    noisy = soft + chance.normal(0, 0.05, soft.shape).astype(np.float32)
    return Sample(normalised(noisy.astype(np.float32)), OTHER, float(ROWS))
