"""Painted skin and ulcers, flat and true to size, for the demonstration's photos.

Everything is drawn at a stated px per mm, so what the program measures can be compared with
what was painted.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Image: TypeAlias = NDArray[np.float32]
"""(height, width, 3), BGR, 0 to 1."""

GRANULATION_BGR = (0.16, 0.14, 0.66)
SLOUGH_BGR = (0.46, 0.70, 0.80)
ESCHAR_BGR = (0.10, 0.11, 0.14)
NEW_SKIN_BGR = (0.66, 0.62, 0.88)
EDGE_POINTS = 360
BLEND_MM, HALO_MM = 1.0, 20.0
"""How far from the edge the bed is blended into the skin, and the skin is reddened: beyond, what
is added is too small for a float."""


@dataclass(frozen=True, slots=True)
class Tissue:
    """How much of the wound bed is slough and eschar (the rest is granulation), 0 to 1."""

    slough: float = 0.2
    eschar: float = 0.0


@dataclass(frozen=True, slots=True)
class Wound:
    """An ulcer: its mean radius and the waves that make its edge irregular."""

    radius_mm: float
    aspect: float = 1.3
    turn_deg: float = 20.0
    waves: tuple[tuple[float, float], ...] = ((0.10, 0.4), (0.07, 2.1), (0.04, 4.0), (0.03, 1.0))
    """Relative amplitude and phase of the 2nd, 3rd, … wave round the edge."""
    tissue: Tissue = Tissue()
    livedo: float = 0.0
    """Strength of a net-like discolouration of the skin around, 0 to 1."""

    def scaled(self, factor: float) -> "Wound":
        """The same wound with every length multiplied by `factor`."""
        return replace(self, radius_mm=self.radius_mm * factor)

    def edge_mm(self) -> NDArray[np.float64]:
        """The true edge, (360, 2) mm about the wound's centre."""
        angle = np.linspace(0, 2 * np.pi, EDGE_POINTS, endpoint=False)
        radius = np.full_like(angle, self.radius_mm)
        for order, (amplitude, phase) in enumerate(self.waves, start=2):
            radius += self.radius_mm * amplitude * np.cos(order * angle + phase)
        stretch = np.sqrt(self.aspect)
        x, y = radius * np.cos(angle) * stretch, radius * np.sin(angle) / stretch
        turn = np.deg2rad(self.turn_deg)
        return np.stack(
            [x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)], axis=1
        )


def clouds(
    random: np.random.Generator, height: int, width: int, *, cell: float, octaves: int = 4
) -> NDArray[np.float32]:
    """Smooth noise, mean 0 and sd 1, (height, width); `cell` is its largest grain in px."""
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        grain = max(cell / 2**octave, 1.0)
        rows, columns = int(height / grain) + 3, int(width / grain) + 3
        grid = random.standard_normal((rows, columns)).astype(np.float32)
        total += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) / 2**octave
    result: NDArray[np.float32] = (total - total.mean()) / (total.std() + 1e-6)
    return result


def skin(
    random: np.random.Generator,
    height: int,
    width: int,
    *,
    tone_bgr: tuple[float, float, float],
    px_per_mm: float,
) -> Image:
    """Bare skin: a tone with mottling, fine creases and pores."""
    image = np.empty((height, width, 3), np.float32)
    image[:] = tone_bgr
    mottle = clouds(random, height, width, cell=30 * px_per_mm, octaves=3)
    fine = clouds(random, height, width, cell=1.6 * px_per_mm, octaves=3)
    creases = np.abs(clouds(random, height, width, cell=4 * px_per_mm, octaves=2))
    image *= (1 + 0.035 * mottle + 0.018 * fine - 0.03 * np.exp(-creases * 9))[..., None]
    image[..., 2] *= 1 + 0.012 * mottle
    return image


def paint_wound(
    image: Image,
    wound: Wound,
    *,
    centre_px: tuple[float, float],
    px_per_mm: float,
    random: np.random.Generator,
    skin_random: np.random.Generator,
) -> NDArray[np.float64]:
    """Paint the wound into `image`, in place; return its true edge (360, 2) in its px.

    The net of livedo belongs to the skin, and is drawn by its own chance.
    """
    edge_px: NDArray[np.float64] = wound.edge_mm() * px_per_mm + np.array(centre_px)
    height, width = image.shape[:2]
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [np.round(edge_px * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
    mask = inside.astype(np.float32) / 255
    depth = _distance_mm(inside > 127, px_per_mm)
    away = _distance_mm(inside <= 127, px_per_mm)
    _redden(image, away, wound.livedo, px_per_mm, skin_random)
    soft = cv2.GaussianBlur(mask, (0, 0), 0.12 * px_per_mm)[..., None]
    near = _near(away, BLEND_MM)
    bed = _bed(depth, wound.tissue, px_per_mm, random, near)
    image[near] = image[near] * (1 - soft[near]) + bed * soft[near]
    return edge_px


def _near(away_mm: NDArray[np.float32], reach_mm: float) -> tuple[slice, slice]:
    """The rows and columns that lie within `reach_mm` of the wound."""
    close = away_mm <= reach_mm
    spans = []
    for axis in (1, 0):
        (places,) = np.nonzero(close.any(axis=axis))
        spans.append(slice(places[0], places[-1] + 1) if places.size else slice(0, 0))
    return spans[0], spans[1]


def _distance_mm(where: NDArray[np.bool_], px_per_mm: float) -> NDArray[np.float32]:
    """For each px of `where`, how far the nearest other px is."""
    distance_px = cv2.distanceTransform(where.astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(distance_px / px_per_mm, dtype=np.float32)


def _redden(
    image: Image,
    away_mm: NDArray[np.float32],
    livedo: float,
    px_per_mm: float,
    random: np.random.Generator,
) -> None:
    """Inflamed skin round the edge, and the violet net of livedo further out."""
    near = _near(away_mm, HALO_MM)
    close_mm = away_mm[near]
    halo = np.exp(-((close_mm / 4.0) ** 2))[..., None] * (close_mm > 0)[..., None]
    image[near] *= 1 - halo * np.array([0.30, 0.32, 0.06], np.float32)
    rim = np.exp(-(((close_mm - 0.6) / 0.5) ** 2))[..., None]
    image[near] += rim * np.array(NEW_SKIN_BGR, np.float32) * 0.06
    if livedo > 0:
        height, width = away_mm.shape
        net = np.abs(clouds(random, height, width, cell=14 * px_per_mm, octaves=2))
        strength = livedo * np.exp(-net * 2.6) * np.exp(-away_mm / 24)
        image *= 1 - strength[..., None] * np.array([0.16, 0.30, 0.22], np.float32)


def _bed(
    depth_mm: NDArray[np.float32],
    tissue: Tissue,
    px_per_mm: float,
    random: np.random.Generator,
    near: tuple[slice, slice],
) -> Image:
    """The wound bed at `near`: bumpy granulation, slough, plates of eschar, wet glints."""
    height, width = depth_mm.shape
    bumps = clouds(random, height, width, cell=2.2 * px_per_mm, octaves=3)[near]
    patches = clouds(random, height, width, cell=9 * px_per_mm, octaves=3)[near]
    depth_mm = depth_mm[near]
    bed = np.empty((*depth_mm.shape, 3), np.float32)
    bed[:] = GRANULATION_BGR
    bed *= (1 + 0.16 * bumps)[..., None]
    within = depth_mm > 0
    for amount, colour, field in (
        (tissue.slough, SLOUGH_BGR, patches),
        (tissue.eschar, ESCHAR_BGR, -patches + 0.15 * depth_mm),
    ):
        if amount > 0 and within.any():
            level = np.quantile(field[within], 1 - amount)
            share = 1 / (1 + np.exp(-(field - level) * 7))[..., None]
            bed = bed * (1 - share) + np.array(colour, np.float32) * share * (
                1 + 0.07 * bumps[..., None]
            )
    shade = 1 - 0.35 * np.exp(-depth_mm / 0.9)
    glint = np.clip(bumps - 2.1, 0, None) * 0.22 * (depth_mm > 0.8)
    result: Image = (bed * shade[..., None] + glint[..., None]).astype(np.float32)
    return result
