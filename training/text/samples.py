"""Pictures with writing on them, and where it is."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from training.digits.fonts import Typeface
from training.text.grounds import Picture, cloudy, ground
from training.text.writing import Written, coded, handwritten, printed

SIDE_PX = 144
STRIDE = 4
CAPS_PX = (6.0, 44.0)
"""How high capitals are drawn: an octave and more, so that half as large a copy shows the rest."""
CODES_PX = (30.0, 150.0)
GROWN = 0.12
"""Around each line so much of a capital's height belongs to it."""


def sample(
    rng: np.random.Generator, faces: Sequence[Typeface]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A picture (SIDE, SIDE, 3) BGR, and its writing (SIDE / 4, SIDE / 4), 255 within a line."""
    picture = ground(rng, SIDE_PX)
    truth = np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    if rng.random() < 0.8:
        for _ in range(rng.choice([1, 1, 2, 3])):
            kind = rng.random()
            written = (
                printed(rng, faces) if kind < 0.62
                else handwritten(rng) if kind < 0.88 else coded(rng)
            )  # fmt: skip
            _lay(rng, picture, truth, written)
    grid = cv2.resize(truth, None, fx=1 / STRIDE, fy=1 / STRIDE, interpolation=cv2.INTER_AREA)
    return _taken(rng, picture), np.asarray(grid, np.uint8)


def _lay(
    rng: np.random.Generator, picture: Picture, truth: NDArray[np.uint8], written: Written
) -> None:
    code = len(written.boxes) == 1 and written.height_px == min(written.ink.shape)
    low, high = CODES_PX if code else CAPS_PX
    size = np.exp(rng.uniform(np.log(low), np.log(high)))
    matrix = _placed(rng, written, size / written.height_px)
    shape = (SIDE_PX, SIDE_PX)
    ink = _warped(written.ink, matrix, shape)
    if rng.random() < 0.4:
        _sticker(rng, picture, truth, written, matrix)
    colour = _ink_colour(rng, picture, ink)
    share = ink * np.float32(rng.uniform(0.65, 1.0) if rng.random() < 0.8 else 0.45)
    if rng.random() < 0.3:
        share *= np.clip(0.8 + 0.25 * cloudy(rng, SIDE_PX, rough=1.0), 0, 1)
    picture += share[..., None] * (colour - picture)
    grown = 0 if code else GROWN * written.height_px
    for box in written.boxes:
        cv2.fillConvexPoly(truth, _quad(box, matrix, grown), 255, cv2.LINE_AA, 3)


def _placed(rng: np.random.Generator, written: Written, scale: float) -> NDArray[np.float64]:
    """The homography from the sheet to the picture: turned, sheared, a little in perspective."""
    high, wide = written.ink.shape
    turn = rng.normal(0, 0.25) + rng.choice([0, 0, 0, np.pi / 2, -np.pi / 2, np.pi])
    if rng.random() < 0.25:
        turn = rng.uniform(0, 2 * np.pi)
    across = scale * np.exp(rng.normal(0, 0.15))
    middle = np.array([[1, 0, -wide / 2], [0, 1, -high / 2], [0, 0, 1.0]])
    shear = np.array([[across, rng.normal(0, 0.12) * scale, 0], [0, scale, 0], [0, 0, 1]])
    cos, sin = np.cos(turn), np.sin(turn)
    turned = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])
    tilt = rng.normal(0, 0.0006, 2)
    seen = np.array([[1, 0, 0], [0, 1, 0], [tilt[0], tilt[1], 1.0]])
    there = rng.uniform(0.05, 0.95, 2) * SIDE_PX
    move = np.array([[1, 0, there[0]], [0, 1, there[1]], [0, 0, 1.0]])
    matrix: NDArray[np.float64] = move @ seen @ turned @ shear @ middle
    return matrix


def _warped(
    ink: NDArray[np.uint8], matrix: NDArray[np.float64], shape: tuple[int, int]
) -> NDArray[np.float32]:
    """The ink in the picture, made at three times its resolution so that thin strokes stay."""
    fine = np.diag([3.0, 3.0, 1.0]) @ np.array([[1, 0, 1 / 3], [0, 1, 1 / 3], [0, 0, 1.0]]) @ matrix
    drawn = cv2.warpPerspective(ink, fine, (3 * shape[1], 3 * shape[0]), flags=cv2.INTER_LINEAR)
    small = cv2.resize(drawn, shape[::-1], interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / 255


def _quad(
    box: tuple[float, float, float, float], matrix: NDArray[np.float64], grown: float
) -> NDArray[np.int32]:
    left, top, right, bottom = box
    corners = np.array(
        [[left - grown, top - grown], [right + grown, top - grown],
         [right + grown, bottom + grown], [left - grown, bottom + grown]],
        dtype=np.float64,
    )  # fmt: skip
    seen = cv2.perspectiveTransform(corners[None], matrix)[0]
    return np.round(np.clip(seen, -1e4, 1e4) * 8).astype(np.int32)


def _sticker(
    rng: np.random.Generator,
    picture: Picture,
    truth: NDArray[np.uint8],
    written: Written,
    matrix: NDArray[np.float64],
) -> None:
    high, wide = written.ink.shape
    aside, above = rng.uniform(0.1, 1.5, 2) * high * 0.5
    quad = _quad((-aside, -above, wide + aside, high + above), matrix, 0.0)
    mask = np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    cv2.fillConvexPoly(mask, quad, 255, cv2.LINE_AA, 3)
    truth[mask > 127] = 0  # what lay there is hidden
    colour = np.float32(rng.uniform(0.75, 1.0)) if rng.random() < 0.7 else rng.random(3)
    picture += (mask / np.float32(255))[..., None] * (np.asarray(colour, np.float32) - picture)


def _ink_colour(
    rng: np.random.Generator, picture: Picture, ink: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Unlike its ground; mostly dark, often a ballpoint's blue, sometimes light or a stamp's."""
    there = ink > 0.3
    behind = picture[there].mean(0) if there.any() else picture.mean((0, 1))
    pens = ((0.08, 0.08, 0.08), (0.10, 0.15, 0.50), (0.05, 0.05, 0.30), (0.60, 0.08, 0.10),
            (1.0, 0.62, 0.10), (1.0, 0.9, 0.2), (1.0, 1.0, 1.0), (0.1, 0.4, 0.2))  # fmt: skip
    odds = np.array([0.36, 0.18, 0.1, 0.07, 0.07, 0.05, 0.12, 0.05])
    for _ in range(12):
        colour = np.array(pens[rng.choice(len(pens), p=odds)])[::-1] + rng.normal(0, 0.05, 3)
        if np.abs(colour - behind).max() > rng.uniform(0.18, 0.45):
            break
    else:
        colour = np.where(behind > 0.5, 0.05, 0.95)
    return np.asarray(np.clip(colour, 0, 1), np.float32)


def _taken(rng: np.random.Generator, picture: Picture) -> NDArray[np.uint8]:
    """As a camera would have it: soft, noisy, compressed."""
    if rng.random() < 0.6:
        picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.3, 1.3)))
    if rng.random() < 0.08:
        kernel = np.zeros((9, 9), np.float32)
        kernel[4, 4 - int(rng.integers(1, 4)) : 5 + int(rng.integers(1, 4))] = 1
        turn = cv2.getRotationMatrix2D((4, 4), float(rng.uniform(0, 180)), 1)
        kernel = cv2.warpAffine(kernel, turn, (9, 9))
        picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
    gain, lift = rng.uniform(0.55, 1.15), rng.uniform(-0.03, 0.08)
    cast = np.exp(rng.normal(0, 0.06, 3)).astype(np.float32)
    noisy = picture * gain * cast + lift + rng.gamma(1.2, 0.01) * rng.standard_normal(picture.shape)
    whole = np.clip(noisy * 255, 0, 255).astype(np.uint8)
    if rng.random() < 0.7:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 96))]
        whole = cv2.imdecode(cv2.imencode(".jpg", whole, quality)[1], cv2.IMREAD_COLOR)
    return np.asarray(whole, np.uint8)
