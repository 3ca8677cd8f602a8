"""What lies around a ruler: skin of five tones, hair, a painted wound, a drape. Looks, no truth."""

import cv2
import numpy as np
from numpy.typing import NDArray

Chance = np.random.Generator
Image = NDArray[np.uint8]
Floats = NDArray[np.float64]
SKINS_BGR = ((190, 208, 236), (150, 182, 222), (104, 144, 196), (64, 96, 148), (42, 58, 92))
DRAPES_BGR = ((160, 110, 60), (150, 150, 90), (215, 215, 210), (110, 140, 90), (60, 50, 45))
SUBPIXEL_BITS = 6


def clouds(size_px: tuple[int, int], chance: Chance, *, sizes_px: tuple[int, ...]) -> NDArray:
    """Smooth chance over a frame (h, w), mean 0 and one sd about 1, of features of these sizes."""
    width, height = size_px
    total = np.zeros((height, width), np.float32)
    for each in sizes_px:
        rough = chance.normal(0, 1, (height // each + 3, width // each + 3)).astype(np.float32)
        total += cv2.resize(rough, size_px, interpolation=cv2.INTER_CUBIC)
    return total / np.float32(np.sqrt(len(sizes_px)))


def skin(size_px: tuple[int, int], chance: Chance) -> Image:
    """Mottled skin with pores, of one of five tones."""
    width, height = size_px
    tone = np.array(SKINS_BGR[int(chance.integers(len(SKINS_BGR)))], np.float32)
    tone = tone * chance.uniform(0.92, 1.08, 3)
    broad = (width // 4, height // 4)
    mottle = clouds(broad, chance, sizes_px=(7, 22, 80))
    flush = clouds(broad, chance, sizes_px=(60, 120))
    layers = tone * (1 + 0.022 * mottle[..., None])
    layers += flush[..., None] * np.array([-3.0, -4.0, 1.5], np.float32) * float(tone.max()) / 220
    picture = cv2.resize(layers.astype(np.float32), size_px, interpolation=cv2.INTER_LINEAR)
    side = 512
    pores = cv2.GaussianBlur(chance.normal(0, 1, (side, side)).astype(np.float32), (0, 0), 1.1)
    pores *= 0.018 * float(tone.mean()) / float(pores.std())
    tiled = np.tile(pores, (-(-height // side), -(-width // side)))[:height, :width]
    picture += tiled[..., None]
    return np.clip(picture, 0, 255).astype(np.uint8)


def drape(size_px: tuple[int, int], chance: Chance) -> Image:
    """Cloth in folds, behind what is photographed."""
    colour = np.array(DRAPES_BGR[int(chance.integers(len(DRAPES_BGR)))], np.float32)
    small = (size_px[0] // 4, size_px[1] // 4)
    folds = clouds(small, chance, sizes_px=(40, 90))
    picture = colour * np.clip(1 + 0.13 * folds, 0.4, 1.6)[..., None]
    return np.clip(cv2.resize(picture, size_px), 0, 255).astype(np.uint8)


def hairs(image: Image, chance: Chance, *, count: int) -> None:
    """Short bent hairs, all about one way."""
    height, width = image.shape[:2]
    way = chance.uniform(0, 2 * np.pi)
    dark = np.array(image[height // 2, width // 2], np.float64) * chance.uniform(0.3, 0.6)
    for _ in range(count):
        start = chance.uniform(0, 1, 2) * (width, height)
        angle, bend = way + chance.normal(0, 0.4), chance.normal(0, 0.3)
        step = np.linspace(0, chance.uniform(15, 60), 6)
        turn = angle + bend * np.linspace(0, 1, 6)
        path = start + np.cumsum(
            np.stack([np.cos(turn), np.sin(turn)], axis=1) * step[1], axis=0
        )  # fmt: skip
        points = np.rint(path * 2**SUBPIXEL_BITS).astype(np.int32)
        cv2.polylines(image, [points], False, dark.tolist(), 1, cv2.LINE_AA, SUBPIXEL_BITS)


def wound(image: Image, outline_px: Floats, chance: Chance) -> None:
    """Granulation, slough and necrosis inside the outline, a reddened rim about it."""
    low = np.floor(outline_px.min(axis=0)).astype(int) - 40
    high = np.ceil(outline_px.max(axis=0)).astype(int) + 40
    low, high = np.maximum(low, 0), np.minimum(high, image.shape[1::-1])
    width, height = (int(each) for each in high - low)
    if width < 4 or height < 4:
        return
    cover = np.zeros((height, width), np.uint8)
    points = np.rint((outline_px - low) * 2**SUBPIXEL_BITS).astype(np.int32)
    cv2.fillPoly(cover, [points], 255, cv2.LINE_AA, SUBPIXEL_BITS)
    inside = cover.astype(np.float32) / 255
    view = image[low[1] : high[1], low[0] : high[0]]
    halo = cv2.GaussianBlur(inside, (0, 0), 14) * chance.uniform(0.2, 0.6)
    red = view * (1 - 0.35 * halo[..., None] * np.array([1.0, 1.0, 0.25], np.float32))
    unit = max(4, min(width, height) // 9)
    field = clouds((width, height), chance, sizes_px=(unit, 2 * unit, max(3, unit // 3)))
    fine = clouds((width, height), chance, sizes_px=(3, 5))
    bright = float(view.mean()) / 200
    tissue = np.empty((height, width, 3), np.float32)
    tissue[:] = np.array([42, 36, 150]) * min(1.0, 0.6 + 0.4 * bright)
    for colour, at in (((110, 190, 215), 0.5), ((30, 26, 34), 1.3), ((90, 90, 205), -1.2)):
        level = (field - at) if at > 0 else (at - field)
        part = np.clip(2.5 * (level + chance.normal(0, 0.4)), 0, 1)[..., None]
        tissue += part * (np.array(colour, np.float32) - tissue)
    tissue *= (1 + 0.09 * fine)[..., None]
    mixed = red + inside[..., None] * (tissue - red)
    view[:] = np.clip(mixed, 0, 255).astype(np.uint8)
