"""Rows of strokes drawn at known places, for tests of how they are found."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels

Floats = NDArray[np.float64]
FINE = 4


@dataclass(frozen=True)
class Strokes:
    """`count` strokes from `start` at steps of `pitch` px along `turn_deg`, tips to its right."""

    count: int = 60
    pitch: float = 12.0
    start: tuple[float, float] = (150.0, 260.0)
    turn_deg: float = 0.0
    lengths: tuple[tuple[int, float], ...] = ((1, 26.0), (5, 40.0), (10, 56.0))
    width: float = 2.4
    ink: tuple[int, int, int] = (40, 40, 40)
    base_line: bool = False
    hidden: tuple[int, int] = (0, 0)
    """Strokes from one number to before another are left out."""

    @property
    def axis(self) -> Floats:
        turn = np.radians(self.turn_deg)
        return np.array([np.cos(turn), np.sin(turn)])

    @property
    def seen(self) -> NDArray[np.intp]:
        number = np.arange(self.count)
        return number[(number < self.hidden[0]) | (number >= self.hidden[1])]

    def ends(self) -> tuple[Floats, Floats]:
        """Bases and tips (N, 2) of those seen."""
        base = np.array(self.start) + self.seen[:, None] * self.pitch * self.axis
        length = np.zeros(len(self.seen))
        for period, each in self.lengths:
            length[self.seen % period == 0] = each
        return base, base + length[:, None] * np.array([-self.axis[1], self.axis[0]])


def draw(
    *rows: Strokes,
    size: tuple[int, int] = (1000, 700),
    ground: tuple[int, int, int] = (215, 215, 215),
    blur: float = 0.7,
    noise: float = 2.0,
) -> Pixels:
    """The rows as a camera sees them, on an even ground."""
    image = np.full((size[1] * FINE, size[0] * FINE, 3), ground, np.uint8)
    for row in rows:
        base, tip = row.ends()
        half = 0.5 * row.width * row.axis
        for one, two in zip(base, tip, strict=True):
            _fill(image, [one - half, one + half, two + half, two - half], row.ink)
        if row.base_line:
            side = np.array([-row.axis[1], row.axis[0]]) * row.width
            _fill(image, [base[0], base[-1], base[-1] - side, base[0] - side], row.ink)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    soft = cv2.GaussianBlur(small, (0, 0), blur)
    chance = np.random.default_rng(2)
    grain = chance.normal(0, noise, soft.shape[:2])[..., None] if noise else 0.0
    return np.clip(soft + grain, 0, 255).round().astype(np.uint8)


def _fill(image: Pixels, corners: list[Floats], ink: tuple[int, int, int]) -> None:
    # Centres of px are whole numbers in the photo, and 1.5 in its fourfold copy.
    places = (np.array(corners) + 0.5) * FINE - 0.5
    cv2.fillPoly(image, [np.round(places * 16).astype(np.int32)], ink, cv2.LINE_AA, 4)
