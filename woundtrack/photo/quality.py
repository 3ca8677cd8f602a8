"""Whether a photo is fit to be measured: sharpness, glare and exposure.

Judged at the wound where its outline is known, else over the photo. These warn and never refuse:
the nurse sees the photo, and may have no second one. The sentences are in `photo.remarks`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from woundtrack.photo.types import Pixels

BLURRED_RELATIVE = 1 / 1200
"""Blur of one sd beyond this part of the frame's diagonal shows at any enlargement."""
LEAST_BLUR_PX = 1.0
"""Less does not show in the pixels there are; what they lack is said of a small photo."""
GLARE_FRACTION = 0.02
"""Of the photo: as much as a wound of middling size in it."""
WOUND_GLARE_FRACTION = 0.10
"""Of the wound: about as much as the program's own shares of the tissues are off (ADR 9)."""
DARK_LEVEL = 75.0
"""Fair skin (level 190) three stops under. Dark skin is as dark rightly exposed, hence the next."""
LIGHT_LEVEL, LIGHTEST_PART = 110.0, 0.98
"""White paper three stops under: where something is lighter, the skin is dark and not the photo."""
BLACK_LEVEL = 27.0
"""The darkest skin (L* 25, level 59) two stops under: too dark whatever else is in the photo."""
BLOWN_OUT_FRACTION = 0.5
SMALL_PIXELS = 500_000
_LOOK_PX = 1024
_WINDOW_PX, _WINDOWS = 256, 8
_LEAST_GROWN_PX = 32
_PATCH_PX = 64
_FIRST_PX, _AGAIN_PX = 2.0, 4.0
_SHARP_SHARE = 0.75
_CLIPPED, _CLIPPED_DARKEST = 250, 235
_FEW_COLOURED = 0.05
_EDGE_GRADIENT = 24.0
_RING_PX, _TISSUE_SATURATION, _MAX_SPOTS = 4, 60.0, 400


@dataclass(frozen=True, slots=True)
class Quality:
    """What was seen. `blur_sigma_px` is of the full photo, None where nothing has an edge."""

    blur_sigma_px: float | None
    glare_fraction: float
    light_level: float
    """80th percentile of the luminance, 0 to 255."""
    blown_out_fraction: float
    warnings: tuple[str, ...] = ()
    """Keys of `photo.remarks.REMARKS`."""


def quality(pixels: Pixels, *, rings_px: Sequence[ArrayLike] = ()) -> Quality:
    """Every check at once on an upright BGR photo, at its wounds where their rings are given.

    `rings_px` are the rings (N, 2) of all outlines in the photo, holes included. At the wound
    sharpness is that along its edge, glare a part of its area, and light that of its
    surroundings. Where its edge tells no sharpness, or no ring is given, the photo's own counts.
    """
    height, width = pixels.shape[:2]
    rings = [np.asarray(ring, dtype=np.float64).reshape(-1, 2) for ring in rings_px]
    around = _around(pixels, np.vstack(rings)) if rings else pixels
    blur = blur_along_px(pixels, np.vstack(rings)) if rings else None
    blur = blur_sigma_px(pixels) if blur is None else blur
    glare = wound_glare_fraction(pixels, rings) if rings else glare_fraction(pixels)
    level, blown_out = light_level(around), blown_out_fraction(around)
    sharp_px = max(LEAST_BLUR_PX, BLURRED_RELATIVE * float(np.hypot(width, height)))
    found = {
        "quality.blurred": blur is not None and blur > sharp_px,
        "quality.glare": glare > (WOUND_GLARE_FRACTION if rings else GLARE_FRACTION),
        "quality.too_dark": (bool(rings) and level < BLACK_LEVEL)
        or (level < DARK_LEVEL and light_level(pixels, part=LIGHTEST_PART) < LIGHT_LEVEL),
        "quality.too_bright": blown_out > BLOWN_OUT_FRACTION,
        "quality.small": width * height < SMALL_PIXELS,
    }
    return Quality(
        blur, glare, level, blown_out, tuple(code for code, is_so in found.items() if is_so)
    )


def blur_sigma_px(pixels: Pixels) -> float | None:
    """Sd of the Gaussian blur at the sharpest edges amid a photo, in px; None without edges.

    Re-blurring: an edge of sd s has gradient 1/s; blurred again by sd r it has
    1/sqrt(s² + r²), so the ratio q of the gradients' peaks gives s = r / sqrt(q² - 1)
    (Zhuo & Sim 2011). Taken in the most contrasted patches, whose upper quartile counts.
    """
    return _blur_of([_centre(pixels)])


def blur_along_px(pixels: Pixels, points_px: NDArray[np.float64]) -> float | None:
    """As `blur_sigma_px`, in windows of the photo about points (N, 2) of an outline."""
    places = np.unique(np.linspace(0, len(points_px) - 1, _WINDOWS).astype(int))
    return _blur_of([_window(pixels, points_px[place]) for place in places])


def _blur_of(windows: list[NDArray[np.uint8]]) -> float | None:
    import cv2

    peaks = []
    for window in windows:
        grey = np.asarray(cv2.cvtColor(window, cv2.COLOR_BGR2GRAY), dtype=np.float32)
        # The first smoothing keeps sensor noise from looking like sharp edges; it is taken off
        # below.
        once = _gradient(grey, blur_px=_FIRST_PX)
        twice = _gradient(grey, blur_px=float(np.hypot(_FIRST_PX, _AGAIN_PX)))
        peaks.append(_peaks(once, twice))
    strong, weak = np.concatenate(peaks, axis=1)
    if len(strong) == 0:
        return None
    edge = strong > max(_EDGE_GRADIENT, float(np.quantile(strong, 0.5)))
    if not edge.any():
        return None
    ratio = float(np.quantile(strong[edge] / np.maximum(weak[edge], 1e-6), _SHARP_SHARE))
    if ratio <= 1.0 + 1e-3:
        return None
    sigma2 = _AGAIN_PX**2 / (ratio**2 - 1) - _FIRST_PX**2
    return float(np.sqrt(max(sigma2, 0.0)))


def glare_fraction(pixels: Pixels) -> float:
    """The part of the photo where a clipped, colourless reflection lies on coloured tissue, 0 to 1.

    White paper, dressings and rulers are clipped as well, but their surroundings are grey.
    """
    import cv2

    small = _small(pixels)
    saturation = cv2.cvtColor(small, cv2.COLOR_BGR2HSV)[:, :, 1]
    clipped = _clipped(small).astype(np.uint8)
    count, labels, boxes, _middles = cv2.connectedComponentsWithStats(clipped)
    glare = 0
    for label in range(1, min(count, _MAX_SPOTS + 1)):
        left, top, width, height, size = (int(value) for value in boxes[label])
        rows = slice(max(0, top - _RING_PX), top + height + _RING_PX)
        columns = slice(max(0, left - _RING_PX), left + width + _RING_PX)
        spot = (labels[rows, columns] == label).astype(np.uint8)
        around = cv2.dilate(spot, np.ones((2 * _RING_PX + 1,) * 2, np.uint8)) > spot
        ring = saturation[rows, columns][around]
        if ring.size and float(np.median(ring)) >= _TISSUE_SATURATION:
            glare += size
    return float(glare / labels.size)


def wound_glare_fraction(pixels: Pixels, rings_px: Sequence[NDArray[np.float64]]) -> float:
    """The part of a wound, of rings (N, 2) in px with holes left out, that is clipped, 0 to 1.

    What lies in the outline is tissue: its surroundings need not tell, and may be pale as well.
    """
    import cv2

    left, top, right, bottom = _box(pixels, np.vstack(rings_px), grown=0.0)
    step = _step(pixels[top:bottom, left:right])
    small = np.ascontiguousarray(pixels[top:bottom:step, left:right:step])
    wound = np.zeros(small.shape[:2], np.uint8)
    cv2.fillPoly(
        wound, [np.rint((ring - (left, top)) / step).astype(np.int32) for ring in rings_px], 1
    )
    inside = wound > 0
    return float(_clipped(small)[inside].mean()) if inside.any() else 0.0


def _clipped(small: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where nothing but white is left of what was there."""
    return np.asarray(
        (small.max(axis=2) >= _CLIPPED) & (small.min(axis=2) >= _CLIPPED_DARKEST), dtype=np.bool_
    )


def light_level(pixels: Pixels, *, part: float = 0.8) -> float:
    """Luminance of the photo's lighter parts (by default the 80th percentile), 0 to 255."""
    import cv2

    return float(np.quantile(cv2.cvtColor(_small(pixels), cv2.COLOR_BGR2GRAY), part))


def blown_out_fraction(pixels: Pixels) -> float:
    """The part of the coloured px whose red or another channel is at its end, 0 to 1."""
    import cv2

    hue_saturation_value = cv2.cvtColor(_small(pixels), cv2.COLOR_BGR2HSV)
    coloured = hue_saturation_value[:, :, 1] >= _TISSUE_SATURATION / 2
    if coloured.mean() < _FEW_COLOURED:
        return 0.0
    return float((hue_saturation_value[:, :, 2][coloured] >= _CLIPPED).mean())


def _small(pixels: Pixels) -> NDArray[np.uint8]:
    """Every n-th pixel: clipped pixels must stay clipped, so nothing is averaged."""
    step = _step(pixels)
    return np.ascontiguousarray(pixels[::step, ::step])


def _step(pixels: Pixels) -> int:
    return int(max(1, max(pixels.shape[:2]) // _LOOK_PX))


def _around(pixels: Pixels, points_px: NDArray[np.float64]) -> Pixels:
    """The wound and as much skin on each side as half its extent."""
    left, top, right, bottom = _box(pixels, points_px, grown=0.5)
    return pixels[top:bottom, left:right]


def _box(
    pixels: Pixels, points_px: NDArray[np.float64], *, grown: float
) -> tuple[int, int, int, int]:
    """Left, top, right, bottom around points, grown by a part of their extent, in the photo."""
    size = np.array(pixels.shape[1::-1])
    low, high = points_px.min(axis=0), points_px.max(axis=0)
    by = max(_LEAST_GROWN_PX, grown * float((high - low).max()))
    left, top = np.clip(low - by, 0, size - 1).astype(int)
    right, bottom = np.clip(high + by + 1, (left + 1, top + 1), size).astype(int)
    return int(left), int(top), int(right), int(bottom)


def _window(pixels: Pixels, middle_px: NDArray[np.float64]) -> NDArray[np.uint8]:
    """A square of the photo at full resolution about a place, moved inside it."""
    height, width = pixels.shape[:2]
    left, top = (
        int(np.clip(place - _WINDOW_PX / 2, 0, max(0, size - _WINDOW_PX)))
        for place, size in zip(middle_px, (width, height), strict=True)
    )
    return np.ascontiguousarray(pixels[top : top + _WINDOW_PX, left : left + _WINDOW_PX])


def _centre(pixels: Pixels) -> NDArray[np.uint8]:
    """The middle of the photo at full resolution: what was aimed at."""
    height, width = pixels.shape[:2]
    top, left = max(0, (height - _LOOK_PX) // 2), max(0, (width - _LOOK_PX) // 2)
    return np.ascontiguousarray(pixels[top : top + _LOOK_PX, left : left + _LOOK_PX])


def _gradient(grey: NDArray[np.float32], *, blur_px: float) -> NDArray[np.float32]:
    import cv2

    blurred = cv2.GaussianBlur(grey, (0, 0), blur_px)
    across = cv2.Sobel(blurred, cv2.CV_32F, 1, 0, ksize=3)
    down = cv2.Sobel(blurred, cv2.CV_32F, 0, 1, ksize=3)
    return np.asarray(cv2.magnitude(across, down), dtype=np.float32)


def _peaks(once: NDArray[np.float32], twice: NDArray[np.float32]) -> NDArray[np.float64]:
    """Gradient before and after the second blur (2, N), at the strongest px of each patch."""
    rows, columns = once.shape[0] // _PATCH_PX, once.shape[1] // _PATCH_PX
    if rows == 0 or columns == 0:
        return np.empty((2, 0))

    def patches(image: NDArray[np.float32]) -> NDArray[np.float32]:
        cut = image[: rows * _PATCH_PX, : columns * _PATCH_PX]
        split = cut.reshape(rows, _PATCH_PX, columns, _PATCH_PX).swapaxes(1, 2)
        return split.reshape(rows * columns, _PATCH_PX * _PATCH_PX)

    before, after = patches(once), patches(twice)
    peak, each = before.argmax(axis=1), np.arange(len(before))
    return np.stack([before[each, peak], after[each, peak]]).astype(np.float64)
