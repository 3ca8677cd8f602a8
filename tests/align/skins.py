"""Painted skin with a wound, and the same skin seen again from elsewhere."""

import math
from dataclasses import replace

import cv2
import numpy as np
import pytest

from woundtrack.align import candidates, marks, register
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale, ScaleMethod

SIZE = 640
CENTRE = (310.0, 330.0)
RADIUS = 70.0


def quickly(patch: pytest.MonkeyPatch) -> None:
    """Photos are not enlarged and looked at less finely; few turns and sizes, one window."""
    patch.setattr(marks, "LONGEST_PX", SIZE)
    patch.setattr(marks, "MOST_MARKS", 800)
    patch.setattr(candidates, "SIZES", (0.85, 1.2))
    patch.setattr(candidates, "TURNS_DEG", 8.0)
    patch.setattr(register, "WINDOWS", (1.0,))
    levels = (replace(each, side_px=each.side_px // 2) for each in register.LEVELS[:3])
    patch.setattr(register, "LEVELS", tuple(levels))


def skin(seed: int, *, wound: float = RADIUS) -> np.ndarray:
    """Mottled skin with a red wound of a radius, (640, 640, 3), BGR."""
    random = np.random.default_rng(seed)
    texture = np.zeros((SIZE, SIZE))
    for sd, weight in ((1.5, 30), (4, 60), (12, 120)):
        texture += weight * cv2.GaussianBlur(random.normal(0, 1, (SIZE, SIZE)), (0, 0), sd)
    colours = np.array([120.0, 150.0, 200.0]) * (1 + texture[..., None] / 200)
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    colours[np.hypot(x - CENTRE[0], y - CENTRE[1]) < wound] = (40, 30, 150)
    return np.clip(colours, 0, 255).astype(np.uint8)


def outline(radius: float = RADIUS) -> Outline:
    """The wound's edge."""
    angles = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    ring = tuple(
        (CENTRE[0] + radius * math.cos(a), CENTRE[1] + radius * math.sin(a)) for a in angles
    )
    return Outline((ring,))


def flat_scale(mm_per_px: float) -> Scale:
    """A camera straight above."""
    h = ((mm_per_px, 0.0, 0.0), (0.0, mm_per_px, 0.0), (0.0, 0.0, 1.0))
    return Scale(ScaleMethod.CARD, h, 0.01)


class Seen:
    """The skin from elsewhere: turned, tilted, and bent by so many px half a photo aside."""

    def __init__(self, *, turn_deg: float = 12.0, bend_px: float = 0.0) -> None:
        turn = cv2.getRotationMatrix2D((SIZE / 2, SIZE / 2), -turn_deg, 0.95)
        self.matrix = np.vstack([turn, [1.0e-4, -5e-5, 1.0]])
        self.matrix[:2, 2] += (9.0, -14.0)
        self.bend_px = bend_px

    def to_later(self, points: np.ndarray) -> np.ndarray:
        """Where points (N, 2) of the skin are then."""
        bent = points + self._bent(points)
        there = np.column_stack([bent, np.ones(len(bent))]) @ self.matrix.T
        return there[:, :2] / there[:, 2:]

    def photo(self, pixels: np.ndarray) -> np.ndarray:
        """The later photo: a little brighter, with noise."""
        y, x = np.mgrid[0:SIZE, 0:SIZE].astype(float)
        places = np.stack([x.ravel(), y.ravel(), np.ones(x.size)], axis=1)
        back = places @ np.linalg.inv(self.matrix).T
        wanted = back[:, :2] / back[:, 2:]
        found = wanted
        for _ in range(15):
            found = wanted - self._bent(found)
        maps = found.reshape(SIZE, SIZE, 2).astype(np.float32)
        seen = cv2.remap(pixels, maps, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        noise = np.random.default_rng(9).normal(0, 3, seen.shape)
        return np.clip(1.05 * seen + noise, 0, 255).astype(np.uint8)

    def outline(self, of: Outline) -> Outline:
        """The outline then."""
        rings = (self.to_later(np.array(ring)) for ring in of.rings)
        return Outline(tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings))

    def _bent(self, points: np.ndarray) -> np.ndarray:
        across = (points[:, 0] - CENTRE[0]) / (SIZE / 2)
        return np.column_stack([self.bend_px * across**2, np.zeros(len(points))])
