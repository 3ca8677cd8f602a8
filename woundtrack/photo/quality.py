"""Whether a photo is fit to be measured: sharpness, glare and exposure.

These warn and never refuse: the nurse sees the photo, and may have no second one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woundtrack.photo.types import Pixels
from woundtrack.words import N_

QUALITY_WARNINGS: dict[str, str] = {
    "quality.blurred": N_("The photo is blurred. Hold still, let it focus, and take it again."),
    "quality.glare": N_("Wet glare hides part of the photo. Move the lamp or turn off the flash."),
    "quality.too_dark": N_("The photo is too dark. Take it again with more light."),
    "quality.too_bright": N_(
        "The photo is too bright. Take it again without flash or with less light."
    ),
    "quality.small": N_(
        "The photo is very small, so the area is uncertain. Use the camera's own file."
    ),
}
"""What each warning code says. Translate when shown."""

BLURRED_RELATIVE = 1 / 1200
"""Blur of one sd beyond this part of the frame's diagonal shows at any enlargement."""
GLARE_FRACTION = 0.02
DARK_LEVEL = 55.0
BLOWN_OUT_FRACTION = 0.5
SMALL_PIXELS = 500_000
_LOOK_PX = 1024
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
    """Keys of `QUALITY_WARNINGS`."""


def quality(pixels: Pixels) -> Quality:
    """Every check at once on an upright BGR photo."""
    height, width = pixels.shape[:2]
    blur, glare = blur_sigma_px(pixels), glare_fraction(pixels)
    level, blown_out = light_level(pixels), blown_out_fraction(pixels)
    found = {
        "quality.blurred": blur is not None and blur > BLURRED_RELATIVE * np.hypot(width, height),
        "quality.glare": glare > GLARE_FRACTION,
        "quality.too_dark": level < DARK_LEVEL,
        "quality.too_bright": blown_out > BLOWN_OUT_FRACTION,
        "quality.small": width * height < SMALL_PIXELS,
    }
    return Quality(
        blur, glare, level, blown_out, tuple(code for code, is_so in found.items() if is_so)
    )


def blur_sigma_px(pixels: Pixels) -> float | None:
    """Sd of the Gaussian blur at the photo's sharpest edges, in px; None without edges.

    Re-blurring: an edge of sd s has gradient 1/s; blurred again by sd r it has
    1/sqrt(s² + r²), so the ratio q of the gradients' peaks gives s = r / sqrt(q² - 1)
    (Zhuo & Sim 2011). Taken in the most contrasted patches, whose median ratio counts.
    """
    import cv2

    grey = np.asarray(cv2.cvtColor(_centre(pixels), cv2.COLOR_BGR2GRAY), dtype=np.float32)
    # The first smoothing keeps sensor noise from looking like sharp edges; it is taken off below.
    once = _gradient(grey, blur_px=_FIRST_PX)
    twice = _gradient(grey, blur_px=float(np.hypot(_FIRST_PX, _AGAIN_PX)))
    ratios = _peak_ratios(once, twice)
    if len(ratios) == 0:
        return None
    ratio = float(np.quantile(ratios, _SHARP_SHARE))
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
    clipped = (small.max(axis=2) >= _CLIPPED) & (small.min(axis=2) >= _CLIPPED_DARKEST)
    saturation = cv2.cvtColor(small, cv2.COLOR_BGR2HSV)[:, :, 1]
    count, labels, boxes, _middles = cv2.connectedComponentsWithStats(clipped.astype(np.uint8))
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


def light_level(pixels: Pixels) -> float:
    """Luminance of the photo's lighter parts (80th percentile), 0 to 255."""
    import cv2

    return float(np.quantile(cv2.cvtColor(_small(pixels), cv2.COLOR_BGR2GRAY), 0.8))


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
    step = max(1, max(pixels.shape[:2]) // _LOOK_PX)
    return np.ascontiguousarray(pixels[::step, ::step])


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


def _peak_ratios(once: NDArray[np.float32], twice: NDArray[np.float32]) -> NDArray[np.float64]:
    """Gradient before ÷ after the second blur, at the strongest px of each contrasted patch."""
    rows, columns = once.shape[0] // _PATCH_PX, once.shape[1] // _PATCH_PX
    if rows == 0 or columns == 0:
        return np.empty(0)

    def patches(image: NDArray[np.float32]) -> NDArray[np.float32]:
        cut = image[: rows * _PATCH_PX, : columns * _PATCH_PX]
        split = cut.reshape(rows, _PATCH_PX, columns, _PATCH_PX).swapaxes(1, 2)
        return split.reshape(rows * columns, _PATCH_PX * _PATCH_PX)

    before, after = patches(once), patches(twice)
    peak = before.argmax(axis=1)
    each = np.arange(len(peak))
    strong, weak = before[each, peak], after[each, peak]
    edge = strong > max(_EDGE_GRADIENT, float(np.quantile(strong, 0.5)))
    return np.asarray(strong[edge] / np.maximum(weak[edge], 1e-6), dtype=np.float64)
