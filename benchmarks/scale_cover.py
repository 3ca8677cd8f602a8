"""What may lie over a ruler: a gloved or bare finger, gauze, a dressing. Looks and their masks."""

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.scale_skin import SKINS_BGR, SUBPIXEL_BITS, Chance, Floats, Image

GLOVES_BGR = ((200, 150, 80), (170, 90, 120), (225, 228, 232), (60, 55, 52))
KINDS = ("finger", "glove", "gauze", "dressing")


FINGER_MM = (14.0, 20.0)


def cover_over(
    image: Image,
    hidden: Image,
    ends_px: Floats,
    across_px: Floats,
    px_per_mm: float,
    chance: Chance,
) -> None:
    """Lay something over the stretch between two points (2, 2), reaching `across_px` both ways.

    `hidden` (h, w) is set to 255 where it lies.
    """
    kind = KINDS[int(chance.integers(len(KINDS)))]
    if kind in ("finger", "glove"):
        _fingers(image, hidden, ends_px, across_px, px_per_mm, chance, gloved=kind == "glove")
    else:
        _patch(image, hidden, ends_px, across_px, chance, woven=kind == "gauze")


def _fingers(
    image: Image,
    hidden: Image,
    ends: Floats,
    across: Floats,
    px_per_mm: float,
    chance: Chance,
    *,
    gloved: bool,
) -> None:
    """One finger or more side by side, as wide as fingers are, their tips on the ruler."""
    wide = float(np.hypot(*(ends[1] - ends[0])))
    way = across / (float(np.hypot(*across)) or 1.0)
    palette = GLOVES_BGR if gloved else SKINS_BGR
    colour = np.array(palette[int(chance.integers(len(palette)))], np.float32)
    broad = chance.uniform(*FINGER_MM) * px_per_mm
    side = 1 if chance.random() < 0.5 else -1
    count = int(np.clip(round(wide / broad), 1, 4))
    lean = chance.normal(0, 0.25)
    turn = np.array([[np.cos(lean), -np.sin(lean)], [np.sin(lean), np.cos(lean)]])
    for at in range(count):
        middle = ends[0] + (ends[1] - ends[0]) * (at + 0.5) / count
        tip = middle - side * across * chance.uniform(0.4, 1.1)
        tint = colour * chance.uniform(0.95, 1.05)
        radius = 0.5 * min(broad, wide / count if count > 1 else broad)
        _finger(image, hidden, tip, side * (turn @ way), radius, tint, nail=not gloved)


def _finger(
    image: Image,
    hidden: Image,
    tip: Floats,
    way: Floats,
    radius: float,
    colour: NDArray,
    *,
    nail: bool,
) -> None:
    """A shaded finger from its tip on, growing wider, with folds at its joints."""
    height, width = image.shape[:2]
    start = tip + way * radius
    far = tip + way * 2.0 * np.hypot(height, width)
    spread = (3 + 0.08 * float(np.hypot(height, width)) / radius) * radius
    low = np.clip(np.minimum(tip, far) - spread, 0, (width, height)).astype(int) // 2 * 2
    high = np.clip(np.maximum(tip, far) + spread, 0, (width, height)).astype(int)
    if (high - low < 4).any():
        return
    y, x = np.mgrid[low[1] : high[1] : 2, low[0] : high[0] : 2].astype(np.float32)
    along = ((x - start[0]) * way[0] + (y - start[1]) * way[1]) / radius
    aside = ((y - start[1]) * way[0] - (x - start[0]) * way[1]) / radius
    girth = 1 + 0.05 * np.clip(along, 0, 12) + 0.05 * np.cos(1.3 * along - 1)
    off = (np.hypot(np.minimum(along, 0), aside) / girth).astype(np.float32)
    shade = np.sqrt(np.clip(1 - 0.8 * off**2, 0.06, 1))
    for joint in (2.6, 2.75, 6.2, 6.4):
        shade *= 1 - 0.10 * np.exp(-(((along - joint) + 0.05 * aside**2) ** 2) / 0.004)
    if nail:
        shade *= 1 + 0.05 * np.cos(np.clip(off, 0, 1) * 9)
    box = (slice(low[1], high[1]), slice(low[0], high[0]))
    size = (int(high[0] - low[0]), int(high[1] - low[1]))
    double = (2 * off.shape[1], 2 * off.shape[0])
    off, shade = (
        cv2.resize(each.astype(np.float32), double)[: size[1], : size[0]] for each in (off, shade)
    )
    part = np.clip((1 - off) * radius + 0.5, 0, 1)
    shadow = np.where(off > 1, 1 - 0.4 * np.exp(-np.maximum(off - 1, 0) * 5), 1)
    flesh = [cv2.convertScaleAbs(shade, alpha=float(level)) for level in colour]
    below = cv2.multiply(image[box], cv2.merge([shadow.astype(np.float32)] * 3), dtype=cv2.CV_8U)
    image[box] = cv2.blendLinear(below, cv2.merge(flesh), 1 - part, part)
    hidden[box][off < 1.08] = 255


def _patch(
    image: Image, hidden: Image, ends: Floats, across: Floats, chance: Chance, *, woven: bool
) -> None:
    """A piece of gauze or dressing with an uneven rim."""
    reach = across * chance.uniform(1.15, 1.5)
    tall = across * chance.uniform(1.3, 4.0)
    lean = (ends[1] - ends[0]) * chance.uniform(-0.12, 0.12)
    near, far = -reach - lean, tall + lean
    corners = np.array([ends[0] + near, ends[1] + near, ends[1] + far, ends[0] + far])
    steps = np.linspace(0, 1, 12, endpoint=False)[:, None]
    rim = np.concatenate(
        [corners[at] + (corners[(at + 1) % 4] - corners[at]) * steps for at in range(4)]
    )
    rim += chance.normal(0, 0.012 * float(np.hypot(*(corners[1] - corners[3]))), rim.shape)
    mask = np.zeros(image.shape[:2], np.uint8)
    points = np.rint(rim * 2**SUBPIXEL_BITS).astype(np.int32)
    cv2.fillPoly(mask, [points], 255, cv2.LINE_AA, SUBPIXEL_BITS)
    x0, y0, wide, high = cv2.boundingRect(np.rint(rim).astype(np.int32))
    left, top = max(0, x0 - 12), max(0, y0 - 12)
    right, bottom = min(image.shape[1], x0 + wide + 12), min(image.shape[0], y0 + high + 12)
    if right - left < 2 or bottom - top < 2:
        return
    box = (slice(top, bottom), slice(left, right))
    part = mask[box].astype(np.float32)[..., None] / 255
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    pale = np.array((222, 228, 230) if woven else (180, 205, 225), np.float32)
    if woven:
        step = chance.uniform(5, 11)
        angle = chance.uniform(0, np.pi)
        u = (x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / step
        v = (y * np.cos(angle) - x * np.sin(angle)) * 2 * np.pi / step
        weave = 1 - 0.10 * (np.cos(u) * np.cos(v) > 0.2) - 0.03 * np.cos(3 * u)
    else:
        weave = 1 + 0.02 * np.cos(x / 7) * np.cos(y / 7)
    shadow = 1 - 0.3 * cv2.GaussianBlur(mask[box], (0, 0), 6).astype(np.float32)[..., None] / 255
    view = image[box]
    below = view * shadow
    view[:] = np.clip(below + part * (pale * weave[..., None] - below), 0, 255).astype(np.uint8)
    hidden[box][mask[box] > 20] = 255
