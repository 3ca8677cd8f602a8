"""Skin that a person keeps from date to date, and what of it changes: for photos with truth.

A texture of the unrolled skin, `PX_PER_MM` fine. Kept: tone, mottle, moles, freckles, follicles,
veins, creases, pores (both as a relief, so that they look otherwise in other light) and where hairs
grow. Changed: the wound, its reddened border, scales and crusts, passing blotches, how hairs lie.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.scale_skin import SKINS_BGR, SUBPIXEL_BITS, Chance, Floats, Image, clouds, wound

PX_PER_MM = 8.0
SIZE_MM = (240.0, 200.0)
SIZE_PX = (round(SIZE_MM[0] * PX_PER_MM), round(SIZE_MM[1] * PX_PER_MM))
Floats32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What of the skin stays: its colours (h, w, 3), its relief (h, w), and roots of hairs."""

    colours: Floats32
    relief: Floats32
    roots_px: Floats
    hair_way: float
    hair_length_px: float


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What is of one date: the wound's ring in mm of the skin, and where the light comes from."""

    ring_mm: Floats
    light_rad: float


def to_texture(points_mm: Floats) -> Floats:
    """Points (N, 2) of the skin, (0, 0) its middle, to px of the texture."""
    return (points_mm + np.array(SIZE_MM) / 2) * PX_PER_MM - 0.5


def body(chance: Chance) -> Body:
    """A person's skin: some has moles and veins, some hardly more than pores."""
    tone = np.array(SKINS_BGR[int(chance.integers(len(SKINS_BGR)))], np.float32)
    tone *= chance.uniform(0.92, 1.08, 3).astype(np.float32)
    mottle = _broad(chance, sizes_mm=(3.0, 8.0, 25.0)) * chance.uniform(0.008, 0.025)
    flush = _broad(chance, sizes_mm=(15.0, 40.0))
    colours = tone * (1 + mottle[..., None])
    colours += flush[..., None] * np.array([-3.0, -4.0, 1.5], np.float32) * float(tone.max()) / 220
    colours = colours.astype(np.float32)
    _follicles(colours, chance)
    _veins(colours, chance)
    _moles(colours, chance)
    relief = _relief(chance)
    count = int(chance.choice([0, 150, 500, 1200]))
    roots = chance.uniform(0, 1, (count, 2)) * SIZE_PX
    return Body(
        colours, relief, roots, chance.uniform(0, 2 * np.pi), chance.uniform(2, 9) * PX_PER_MM
    )


def painted(skin: Body, day: Day, chance: Chance) -> Image:
    """The skin's texture on a date, (h, w, 3), BGR."""
    across = np.gradient(skin.relief, axis=1), np.gradient(skin.relief, axis=0)
    shade = across[0] * np.cos(day.light_rad) + across[1] * np.sin(day.light_rad)
    blotches = _broad(chance, sizes_mm=(6.0, 20.0)) * chance.uniform(0.004, 0.012)
    picture = skin.colours * (1 + shade + blotches)[..., None].astype(np.float32)
    _scales(picture, day, chance)
    image = np.clip(picture, 0, 255).astype(np.uint8)
    wound(image, to_texture(day.ring_mm), chance)
    _hairs(image, skin, chance)
    return image


def _broad(chance: Chance, *, sizes_mm: tuple[float, ...]) -> Floats32:
    """Smooth chance over the texture, one sd about 1."""
    small = (SIZE_PX[0] // 4, SIZE_PX[1] // 4)
    sizes = tuple(max(2, round(each * PX_PER_MM / 4)) for each in sizes_mm)
    full = cv2.resize(clouds(small, chance, sizes_px=sizes), SIZE_PX)
    return np.asarray(full, np.float32)


def _relief(chance: Chance) -> Floats32:
    """Pores and fine lines, as steep as they shade the skin by about 2 %, and creases by 6 %."""
    fine = np.zeros(SIZE_PX[::-1], np.float32)
    for size_mm in (0.25, 0.5, 1.0):
        noise = chance.normal(0, 1, SIZE_PX[::-1]).astype(np.float32)
        soft = cv2.GaussianBlur(noise, (0, 0), size_mm * PX_PER_MM / 2)
        fine += soft / soft.std() * size_mm
    steep = float(np.gradient(fine, axis=0).std())
    fine *= chance.uniform(0.01, 0.025) / steep
    creases = np.zeros(SIZE_PX[::-1], np.uint8)
    way = chance.uniform(0, np.pi)
    for _ in range(int(chance.integers(0, 60))):
        path = _path(chance, way=way + chance.normal(0, 0.25), length_mm=chance.uniform(8, 45))
        cv2.polylines(creases, [path], False, int(chance.integers(80, 255)),
                      max(1, round(chance.uniform(0.2, 0.6) * PX_PER_MM)), cv2.LINE_AA,
                      SUBPIXEL_BITS)  # fmt: skip
    soft = cv2.GaussianBlur(creases.astype(np.float32), (0, 0), 0.25 * PX_PER_MM)
    return fine - soft * np.float32(chance.uniform(0.04, 0.1) * 0.35 * PX_PER_MM / 255)


def _path(chance: Chance, *, way: float, length_mm: float) -> NDArray[np.int32]:
    """A gently bent line from a place by chance, for cv2.polylines."""
    steps = 24
    angles = way + np.cumsum(chance.normal(0, 0.09, steps))
    stride = length_mm * PX_PER_MM / steps
    start = chance.uniform(0, 1, 2) * SIZE_PX
    points = start + np.cumsum(np.stack([np.cos(angles), np.sin(angles)], axis=1) * stride, axis=0)
    return np.rint(points * 2**SUBPIXEL_BITS).astype(np.int32)


def _follicles(colours: Floats32, chance: Chance) -> None:
    """The mouths of follicles, 30 to 100 in a cm² as legs have them, and the grain of pigment."""
    count = int(chance.uniform(30, 100) * SIZE_MM[0] * SIZE_MM[1] / 100)
    dots = np.zeros(SIZE_PX[::-1], np.float32)
    x, y = (chance.integers(0, side, count) for side in SIZE_PX)
    dots[y, x] = chance.uniform(0.2, 1.0, count)
    width = float(chance.uniform(0.1, 0.2)) * PX_PER_MM
    dots = cv2.GaussianBlur(dots, (0, 0), width) * np.float32(2 * np.pi * width**2)
    grain = np.zeros_like(dots)
    for size_mm in (0.5, 1.2):
        noise = chance.normal(0, 1, SIZE_PX[::-1]).astype(np.float32)
        soft = cv2.GaussianBlur(noise, (0, 0), size_mm * PX_PER_MM / 2)
        grain += soft / soft.std()
    shade = np.float32(chance.uniform(0.02, 0.1)) * dots
    shade -= np.float32(chance.uniform(0.003, 0.012)) * grain
    colours *= 1 - shade[..., None] * np.array([1.0, 1.0, 0.7], np.float32)


def _veins(colours: Floats32, chance: Chance) -> None:
    """Bluish lines of 2 to 4 mm under the skin, blurred by it."""
    cover = np.zeros(SIZE_PX[::-1], np.uint8)
    for _ in range(int(chance.integers(0, 6))):
        path = _path(chance, way=chance.uniform(0, np.pi), length_mm=chance.uniform(60, 200))
        thick = max(2, round(chance.uniform(1.5, 3.5) * PX_PER_MM))
        cv2.polylines(cover, [path], False, 255, thick, cv2.LINE_AA, SUBPIXEL_BITS)
    soft = cv2.GaussianBlur(cover, (0, 0), 1.2 * PX_PER_MM).astype(np.float32)[..., None] / 255
    colours *= 1 - soft * np.array([0.02, 0.05, 0.09], np.float32) * chance.uniform(0.3, 1.0)


def _moles(colours: Floats32, chance: Chance) -> None:
    """Freckles by the dozen, moles by the handful, as many as the person has."""
    cover = np.zeros(SIZE_PX[::-1], np.float32)
    kinds = ((chance.integers(0, 120), 0.3, 0.9, 0.06, 0.2), (chance.integers(0, 14), 0.8, 2.2,
              0.25, 0.6))  # fmt: skip
    for count, least, most, faint, strong in kinds:
        for _ in range(int(count)):
            spot = np.zeros((96, 96), np.uint8)
            axes = np.maximum(
                1, chance.uniform(least, most) * PX_PER_MM * chance.uniform(0.7, 1, 2)
            )
            cv2.ellipse(spot, (48, 48), tuple(np.rint(axes).astype(int).tolist()),
                        float(chance.uniform(0, 180)), 0, 360, 255, -1, cv2.LINE_AA)  # fmt: skip
            soft = cv2.GaussianBlur(spot, (0, 0), 1.5).astype(np.float32) / 255
            column, row = (int(chance.integers(0, side - 96)) for side in SIZE_PX)
            view = cover[row : row + 96, column : column + 96]
            np.maximum(view, soft * np.float32(chance.uniform(faint, strong)), out=view)
    colours *= 1 - cover[..., None] * np.array([1.0, 0.9, 0.65], np.float32)


def _scales(picture: Floats32, day: Day, chance: Chance) -> None:
    """White scales and brown crusts that come and go, most of them near the wound."""
    middle, spread = day.ring_mm.mean(axis=0), float(np.ptp(day.ring_mm, axis=0).max())
    cover = np.zeros(SIZE_PX[::-1], np.uint8)
    for _ in range(int(60 * chance.uniform() ** 2)):
        at = to_texture((middle + chance.normal(0, 0.6 * spread + 4, 2))[None])[0]
        angles = np.linspace(0, 2 * np.pi, 9)[:-1]
        radii = chance.uniform(0.3, 1.8) * PX_PER_MM * chance.uniform(0.4, 1.3, 8)
        flake = at + np.stack([np.cos(angles), np.sin(angles)], axis=1) * radii[:, None]
        points = np.rint(flake * 2**SUBPIXEL_BITS).astype(np.int32)
        cv2.fillPoly(cover, [points], int(chance.integers(60, 255)), cv2.LINE_AA, SUBPIXEL_BITS)
    part = cv2.GaussianBlur(cover, (0, 0), 1.0).astype(np.float32)[..., None] / 255
    crust = np.array([60, 80, 110] if chance.random() < 0.3 else [205, 215, 225], np.float32)
    picture += 0.5 * part * (crust * float(picture.mean()) / 170 - picture)


def _hairs(image: Image, skin: Body, chance: Chance) -> None:
    """From the roots of always, but each day otherwise laid and not all of one length."""
    if not len(skin.roots_px):
        return
    dark = image[::16, ::16].reshape(-1, 3).mean(axis=0) * 0.4
    way = skin.hair_way + chance.normal(0, 0.3)
    longer = chance.uniform(0.3, 1.2)
    for root in skin.roots_px:
        if chance.random() < 0.15:
            continue
        angles = way + chance.normal(0, 0.35) + np.linspace(0, chance.normal(0, 0.5), 6)
        stride = skin.hair_length_px * longer * chance.uniform(0.5, 1.2) / 6
        path = root + np.cumsum(np.stack([np.cos(angles), np.sin(angles)], axis=1) * stride, axis=0)
        points = np.rint(path * 2**SUBPIXEL_BITS).astype(np.int32)
        cv2.polylines(image, [points], False, dark.tolist(), 1, cv2.LINE_AA, SUBPIXEL_BITS)
