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
    """Granulation at the rim, slough and necrosis further in, wet light, a reddened border."""
    low = np.maximum(np.floor(outline_px.min(axis=0)).astype(int) - 40, 0)
    high = np.minimum(np.ceil(outline_px.max(axis=0)).astype(int) + 40, image.shape[1::-1])
    width, height = (int(each) for each in high - low)
    if width < 4 or height < 4:
        return
    cover = np.zeros((height, width), np.uint8)
    points = np.rint((outline_px - low) * 2**SUBPIXEL_BITS).astype(np.int32)
    cv2.fillPoly(cover, [points], 255, cv2.LINE_AA, SUBPIXEL_BITS)
    inside = cover.astype(np.float32)[..., None] / 255
    view = image[low[1] : high[1], low[0] : high[0]]
    halo = cv2.GaussianBlur(inside, (0, 0), 16)[..., None] * float(chance.uniform(0.2, 0.6))
    skin_about = view * (1 - halo * np.array([0.4, 0.4, 0.1], np.float32))
    deep = cv2.distanceTransform((cover > 127).astype(np.uint8), cv2.DIST_L2, 3)
    deep = (deep / max(1.0, float(deep.max())))[..., None]
    tissue = _tissue((width, height), deep, chance)
    tissue *= np.clip(0.45 + 0.6 * float(view.mean()) / 170, 0.5, 1.1)
    mixed = skin_about + inside * (tissue - skin_about)
    view[:] = np.clip(mixed, 0, 255).astype(np.uint8)


def _tissue(size_px: tuple[int, int], deep: NDArray, chance: Chance) -> NDArray:
    """Colours of a wound's bed where `deep` runs from 0 at the rim to 1 at its middle."""
    unit = max(4, min(size_px) // 6)
    broad = clouds(size_px, chance, sizes_px=(unit, 2 * unit))[..., None]
    fine = clouds(size_px, chance, sizes_px=(3, 6, 11))[..., None]
    red = np.array([52, 44, 158], np.float32) * chance.uniform(0.8, 1.15, 3)
    bed = red * (1 + 0.16 * fine + 0.08 * broad)
    slough = np.array([118, 178, 205], np.float32) * (1 + 0.08 * fine)
    black = np.array([34, 30, 40], np.float32) * (1 + 0.2 * fine)
    for colour, most in ((slough, 1.3), (black, 0.9)):
        amount = chance.uniform(-0.9, most)
        part = 1 / (1 + np.exp(-4 * (1.8 * deep + 0.6 * broad + amount - 1.4 + 0.25 * fine)))
        bed += part * (colour - bed)
    edge = np.exp(-deep / 0.12)
    bed += 0.5 * edge * (np.array([120, 120, 190], np.float32) - bed)
    shine = clouds(size_px, chance, sizes_px=(max(3, unit // 2), 5))[..., None]
    bed += 130 * np.clip(shine - 1.9, 0, 0.8)
    return bed.astype(np.float32)


def pen_marks(image: Image, around_px: Floats, chance: Chance) -> None:
    """A surgical pen's dashes about a wound, or a dot here and there."""
    middle = around_px.mean(axis=0)
    colour = [(120, 40, 60), (60, 30, 30), (150, 60, 20)][int(chance.integers(3))]
    ring = middle + (around_px - middle) * chance.uniform(1.25, 1.7)
    thick = int(np.clip(np.ptp(around_px[:, 0]) / 60, 2, 8))
    step = max(2, len(ring) // 24)
    for start in range(0, len(ring), 2 * step):
        if chance.random() < 0.75:
            piece = np.rint(ring[start : start + step] * 2**SUBPIXEL_BITS).astype(np.int32)
            cv2.polylines(image, [piece], False, colour, thick, cv2.LINE_AA, SUBPIXEL_BITS)


def beyond_side(image: Image, keep_px: Floats, chance: Chance) -> None:
    """Past a curved side of the body a drape, clear of what must be kept (N, 2)."""
    height, width = image.shape[:2]
    angle = chance.uniform(0, 2 * np.pi)
    way = np.array([np.cos(angle), np.sin(angle)])
    rim = float((keep_px @ way).max()) + chance.uniform(20, 0.25 * max(width, height))
    small = (width // 4 + 1, height // 4 + 1)
    x, y = np.meshgrid(np.arange(small[0]) * 4.0, np.arange(small[1]) * 4.0)
    along = y * way[0] - x * way[1]
    curve = 0.05 * width * np.sin(along / (0.35 * width) + chance.uniform(0, 6))
    off = (x * way[0] + y * way[1] - rim + curve - 0.05 * width).astype(np.float32)
    off = cv2.resize(off, (4 * small[0], 4 * small[1]))[:height, :width]
    if off.max() <= 0:
        return
    part = np.clip(off / 3 + 0.5, 0, 1)
    ahead, behind = np.maximum(-off, 0), np.maximum(off, 0)
    round_off = 1 - 0.45 * np.exp(ahead * np.float32(-1 / (0.06 * width)))
    shadow = 1 - 0.4 * np.exp(behind * np.float32(-1 / 25))
    body = cv2.multiply(image, cv2.merge([round_off] * 3), dtype=cv2.CV_8U)
    cloth = cv2.multiply(drape((width, height), chance), cv2.merge([shadow] * 3), dtype=cv2.CV_8U)
    image[:] = cv2.blendLinear(body, cloth, 1 - part, part)
