"""The skin round the wound as a small raster of local contrast, without what is no skin."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.scale import card_layout
from woundtrack.scale.types import Scale, ScaleMethod, projected

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]

WIDE = 0.03
"""Contrast is what differs from so large a neighbourhood (one sd), in windows' widths."""
FINE_PX = 0.8
FINEST = 1 / 120
"""What proves likeness differs from so large a neighbourhood (one sd), in windows' widths."""
FLAT = 0.004
"""Contrast of log light that noise alone makes: less of it is not blown up."""
STRONGEST = 1.5
"""Contrast beyond so many sd counts no more: a hair or a scale is no more than a pore."""
RIM = 0.012
"""Beside the wound's edge and a reference's border so much is left out, in windows' widths."""
SEEN_SMALL_PX = 360
CARD_MM = (card_layout.WIDTH_MM, card_layout.HEIGHT_MM)


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Local contrast (h, w), 0 where it does not count, and where it counts (h, w), 0 or 1."""

    contrast: Floats32
    counts: Floats32


def raster(
    pixels: Pixels, leave_out: NDArray[np.uint8], to_px: Floats, *, side_px: tuple[int, int]
) -> Raster:
    """A photo through the homography raster→px; `leave_out` (h, w) is 255 on what is no skin."""
    import cv2

    width, height = side_px
    corners = np.array([[width / 2, height / 2], [width / 2 + 1, height / 2]])
    step = float(np.linalg.norm(np.subtract(*projected(to_px, corners))))
    soft, matrix, leave = pixels, to_px, leave_out
    if step > 1.5:  # averaged first, so that what is finer than the raster makes no noise
        size = (max(2, round(pixels.shape[1] / step)), max(2, round(pixels.shape[0] / step)))
        soft = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        leave = np.asarray(cv2.resize(leave_out, size, interpolation=cv2.INTER_AREA), np.uint8)
        across, down = size[0] / pixels.shape[1], size[1] / pixels.shape[0]
        shrink = np.array(
            [[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1]]
        )  # px of the middle of a px stay in the middle
        matrix = shrink @ to_px
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpPerspective(soft, matrix, side_px, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    left = cv2.warpPerspective(
        leave, matrix, side_px, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return contrasted(np.asarray(seen, np.uint8), np.asarray(left) < 64)


def contrasted(seen: Pixels, counts: NDArray[np.bool_]) -> Raster:
    """The local contrast of colours (h, w, 3), means taken over what counts alone."""
    import cv2

    light = np.log(seen[..., :2].astype(np.float32).mean(axis=2) + 6.0)
    sd = WIDE * max(counts.shape)
    weigh = counts.astype(np.float32)

    def mean(values: Floats32, sd_px: float) -> Floats32:
        return np.asarray(cv2.GaussianBlur(values, (0, 0), sd_px), np.float32)

    share = mean(weigh, sd) + 1e-3
    fine = mean(light * weigh, FINE_PX) / (mean(weigh, FINE_PX) + 1e-3)
    off = (fine - mean(light * weigh, sd) / share) * weigh
    spread = np.sqrt(mean(off**2, sd) / share + FLAT**2)
    contrast = STRONGEST * np.tanh(off / spread / STRONGEST)
    return Raster(np.asarray(contrast * weigh, np.float32), weigh)


def finest(seen: Raster) -> Floats32:
    """Of the contrast (h, w) what is finest: light that falls alike in two photos is not in it."""
    import cv2

    sd = FINEST * max(seen.counts.shape)
    broad = cv2.GaussianBlur(seen.contrast, (0, 0), sd)
    share = np.asarray(cv2.GaussianBlur(seen.counts, (0, 0), sd), np.float32) + 1e-3
    return np.asarray((seen.contrast - broad / share) * seen.counts, np.float32)


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
