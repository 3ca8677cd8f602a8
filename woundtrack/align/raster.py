"""The skin round the wound as a small raster of local contrast, without what is no skin."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.scale import card_layout
from woundtrack.scale.types import Scale, ScaleMethod

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
Map = Callable[[Floats], Floats]
"""Places (N, 2) to places (N, 2)."""

WIDE = (0.015, 0.03)
"""Contrast is what differs from so large a neighbourhood (one sd), in windows' widths: of light,
of which broad shades tell of the lamp, and of redness."""
SPREAD = 0.03
"""Over such a neighbourhood contrast is levelled."""
FINE_PX = (0.8, 1.5)
"""What is finer is noise: of redness cameras keep every other px, and coarsely."""
FINEST = 1 / 120
"""What proves likeness differs from so large a neighbourhood (one sd), in windows' widths."""
FLAT = 0.004
"""Contrast of log light that noise alone makes: less of it is not blown up."""
STRONGEST = 1.5
"""Contrast beyond so many sd counts no more: a hair or a scale is no more than a pore."""
RIM = 0.012
"""Beside the wound's edge and a reference's border so much is left out, in windows' widths."""
SEEN_SMALL_PX = 360
LEAST_PX = 100
"""A photo is halved to no less than this."""
COARSE_PX = 4.0
"""A mean over more px than this (one sd) is taken over fewer, coarser ones."""
NODE_PX = 16
"""Between places so far apart a map is bilinear."""
CARD_MM = (card_layout.WIDTH_MM, card_layout.HEIGHT_MM)


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Local contrast (h, w, 2) of light and of redness, 0 where it does not count, and where it
    counts (h, w), 0 or 1."""

    contrast: Floats32
    counts: Floats32


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """A photo and its halves, each with what of it is no skin."""

    photos: tuple[Pixels, ...]
    masks: tuple[NDArray[np.uint8], ...]
    """255 on what is no skin; of the photo itself as bits: of large ones it is seldom asked for."""

    def no_skin(self, layer: int) -> NDArray[np.uint8]:
        """255 on what is no skin, else 0, as large as that layer's photo."""
        if layer:
            return self.masks[layer]
        bits = np.unpackbits(self.masks[0], axis=1, count=self.photos[0].shape[1])
        return np.multiply(bits, 255, out=bits)


def layers(pixels: Pixels, leave_out: NDArray[np.uint8]) -> Layers:
    """A photo halved until it is small: what is finer than a raster makes no noise in it."""
    import cv2

    photos, masks = [pixels], [leave_out]
    while min(photos[-1].shape[:2]) > 2 * LEAST_PX:
        size = (photos[-1].shape[1] // 2, photos[-1].shape[0] // 2)
        for each in (photos, masks):
            each.append(np.asarray(cv2.resize(each[-1], size, interpolation=cv2.INTER_AREA)))
    return Layers(tuple(photos), (np.packbits(leave_out, axis=1), *masks[1:]))


def raster(photo: Layers, to_px: Map, *, side_px: tuple[int, int]) -> Raster:
    """A photo through a map of raster px (N, 2) to px of the photo."""
    import cv2

    width, height = side_px
    corners = np.array([[width / 2, height / 2], [width / 2 + 1, height / 2]])
    step = float(np.linalg.norm(np.subtract(*to_px(corners))))
    layer = int(np.clip(np.rint(np.log2(max(step, 1.0))), 0, len(photo.photos) - 1))
    pixels, leave = photo.photos[layer], photo.no_skin(layer)
    shrink = np.array(pixels.shape[1::-1]) / photo.photos[0].shape[1::-1]
    x, y = _everywhere(lambda places: (to_px(places) + 0.5) * shrink - 0.5, side_px)
    seen = cv2.remap(pixels, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    left = cv2.remap(leave, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255)
    del x, y, leave
    return contrasted(np.asarray(seen, np.uint8), np.asarray(left) < 64)


def _everywhere(to_px: Map, side_px: tuple[int, int]) -> tuple[Floats32, Floats32]:
    """Where a smooth map takes every px of a raster (h, w), x and y, from what it is at some."""
    import cv2

    width, height = side_px
    across, down = (max(2, side // NODE_PX + 1) for side in side_px)
    x, y = np.linspace(0, width - 1, across), np.linspace(0, height - 1, down)
    nodes = to_px(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)).astype(np.float32)
    there = np.meshgrid(
        np.linspace(0, across - 1, width, dtype=np.float32),
        np.linspace(0, down - 1, height, dtype=np.float32),
    )
    table = nodes.reshape(down, across, 2)
    every = np.asarray(cv2.remap(table, *there, cv2.INTER_LINEAR), np.float32)
    return np.ascontiguousarray(every[..., 0]), np.ascontiguousarray(every[..., 1])


def contrasted(seen: Pixels, counts: NDArray[np.bool_]) -> Raster:
    """The local contrast of colours (h, w, 3), means taken over what counts alone.

    Redness is the erythema index, log red less log green: what shades the skin is not in it.
    Done in place as far as it can be: here the most memory is taken while photos are laid.
    """
    weigh = counts.astype(np.float32)
    width = max(counts.shape)
    off = np.empty((*counts.shape, 2), np.float32)
    for k, values in enumerate(_light_and_redness(seen)):
        fine = mean_of(values, weigh, FINE_PX[k])
        fine -= mean_of(values, weigh, WIDE[k] * width)
        off[..., k] = fine
    off *= weigh[..., None]
    spread = mean_of(off**2, weigh, SPREAD * width)
    spread += FLAT**2
    np.sqrt(spread, out=spread)
    off /= spread
    off /= STRONGEST
    np.tanh(off, out=off)
    off *= STRONGEST
    off *= weigh[..., None]
    return Raster(_floats(off), weigh)


def _light_and_redness(seen: Pixels) -> Iterator[Floats32]:
    """First one, then the other (h, w), of colours (h, w, 3)."""
    yield _floats((_log(seen[..., 0]) + _log(seen[..., 1])) / 2)
    yield _floats(_log(seen[..., 2]) - _log(seen[..., 1]))


def _log(colour: NDArray[np.uint8]) -> Floats32:
    return _floats(np.log(colour.astype(np.float32) + 6.0))


def mean_of(values: Floats32, weigh: Floats32, sd_px: float) -> Floats32:
    """The mean (h, w, …) of what lies near, as far as it counts (h, w)."""
    import cv2

    height, width = weigh.shape
    shape = (height, width, *[1] * (values.ndim - 2))
    both = [values * weigh.reshape(shape), weigh]
    coarse = max(1, int(sd_px / COARSE_PX))
    if coarse > 1:  # a broad mean is as smooth when it is taken over fewer px
        size = (-(-width // coarse), -(-height // coarse))
        both = [_floats(cv2.resize(each, size, interpolation=cv2.INTER_AREA)) for each in both]
    total, share = (_floats(cv2.GaussianBlur(each, (0, 0), sd_px / coarse)) for each in both)
    share += 1e-3
    total /= share.reshape(*share.shape, *shape[2:])
    return total if coarse == 1 else _floats(cv2.resize(total, (width, height)))


def _floats(values: object) -> Floats32:
    return np.asarray(values, np.float32)


def finest(seen: Raster) -> Floats32:
    """Of the contrast (h, w, 2) what is finest: light that falls alike is not in it."""
    broad = mean_of(seen.contrast, seen.counts, FINEST * max(seen.counts.shape))
    return np.asarray((seen.contrast - broad) * seen.counts[..., None], np.float32)


def no_skin(
    pixels: Pixels, wound: Outline | None, scale: Scale | None, *, rim_px: float
) -> NDArray[np.uint8]:
    """255 on the wound and on the reference that gave the scale, with a rim, else 0.

    With a wound also where the colour is not that of the skin around it.
    """
    import cv2

    mask = np.zeros(pixels.shape[:2], np.uint8)
    if scale is not None and len(scale.marks_px) > 2:
        points = cv2.convexHull(np.array(scale.marks_px, np.float32))
        hull = np.asarray(points, np.float64).reshape(-1, 2)
        if scale.method is ScaleMethod.CARD:
            hull = scale.to_px(card_layout.Box(0, 0, *CARD_MM).corners_mm)
        _filled(mask, hull, rim_px)
    if wound is None:
        return mask
    around = np.zeros_like(mask)
    for ring in wound.rings:
        _filled(around, np.array(ring), 10 * rim_px)
        _filled(mask, np.array(ring), rim_px)
    around[mask > 0] = 0
    mask[_unlike(pixels, around > 0)] = 255
    return mask


def _filled(mask: NDArray[np.uint8], ring: Floats, rim_px: float) -> None:
    import cv2

    points = np.rint(ring).astype(np.int32)
    cv2.fillPoly(mask, [points], 255)
    cv2.polylines(mask, [points], True, 255, max(1, round(2 * rim_px)))


def _unlike(pixels: Pixels, skin: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where the colour over some breadth differs from that of most of the skin (h, w)."""
    import cv2

    height, width = skin.shape
    factor = SEEN_SMALL_PX / max(height, width)
    size = (max(2, round(width * factor)), max(2, round(height * factor)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
    logs = np.log(cv2.GaussianBlur(small, (0, 0), 1.5) + 6.0)
    hue = logs[..., 1:] - logs[..., :2]
    known = np.asarray(cv2.resize(skin.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST))
    seen = hue[known > 0]
    if len(seen) < 50:
        return np.zeros_like(skin)
    usual = np.median(seen, axis=0)
    spread = 1.4826 * np.median(np.abs(seen - usual), axis=0)
    unlike = (np.abs(hue - usual) > np.clip(5 * spread, 0.1, 0.3)).any(axis=2).astype(np.uint8)
    # What is small is a mole or a scale, and skin; what is broad is cloth, paper or a nail.
    unlike = np.asarray(cv2.morphologyEx(unlike, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8)))
    unlike = np.asarray(cv2.dilate(unlike, np.ones((5, 5), np.uint8)))
    full = cv2.resize(unlike, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(full) > 0


def inverse(matrix: Floats) -> Floats:
    """A homography's way back."""
    return np.asarray(np.linalg.inv(matrix), np.float64)
