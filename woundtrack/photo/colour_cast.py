"""The colour of the light taken out of a photo, by something in it that is known to be grey.

One gain a channel in linear light (von Kries), scaled so that the brightness stays: what is
corrected is the light's colour, not how much of it there was. No matrix is fitted to coloured
patches: an office printer's colours are not known, its paper and greys are.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from woundtrack.photo.types import Pixels

Gains: TypeAlias = tuple[float, float, float]
"""Of blue, green and red, in linear light."""

LUMA_BGR = (0.0722, 0.7152, 0.2126)
"""How much of the luminance each linear channel carries (ITU-R BT.709)."""
CLIPPED, DARKEST = 250.0, 20.0
"""Levels beyond which a channel no longer tells the light's colour."""
LARGEST_GAIN = 1.8
"""The greatest ratio of two gains that a light can ask for after a camera's own white balance:
beyond it what was taken for grey is coloured (skin asks for 2)."""
ASSUMED_RELATIVE_SD = 0.10
"""One sd of red to blue where the camera's white balance is all there is: an assumption."""
FEWEST = 3


class Light(StrEnum):
    """What told the colour of the light."""

    CARD = "card"
    RULER = "ruler"
    ASSUMED = "assumed"
    """Nothing in the photo: the camera's own white balance is believed."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Gains that make grey things grey, what told them, and how sure they are."""

    light: Light = Light.ASSUMED
    gains_bgr: Gains = (1.0, 1.0, 1.0)
    relative_sd: float = ASSUMED_RELATIVE_SD
    """One standard deviation of the ratio of red to blue, as a fraction."""

    def applied(self, pixels: Pixels) -> Pixels:
        """The corrected pixels, (…, 3) BGR, 8 bit."""
        if self.gains_bgr == (1.0, 1.0, 1.0):
            return pixels
        import cv2

        steps = _linear(np.arange(256.0)[:, None]) * np.array(self.gains_bgr)
        table = np.rint(_encoded(steps)).astype(np.uint8)
        return np.asarray(cv2.LUT(pixels, table[None]), dtype=np.uint8)

    def shifted(self, sds: float) -> "Correction":
        """The same with red over blue moved by so many of its standard deviations."""
        turn = np.array([np.exp(-0.5 * sds * self.relative_sd), 1.0, 0.0])
        turn[2] = 1 / turn[0]
        return Correction(self.light, _even(np.array(self.gains_bgr) * turn), self.relative_sd)


def correction_from_greys(
    seen_bgr: ArrayLike, *, light: Light, least_relative_sd: float
) -> Correction | None:
    """The correction by grey things seen as (N, 3) levels of 0…255; None where they tell none.

    Clipped and very dark ones are left out. The median over the others counts, and their
    disagreement is its doubt, with what is always left (`least_relative_sd`: paper and ink are
    not quite grey). Fewer than three, or colours no light explains, tell nothing.
    """
    levels = np.asarray(seen_bgr, dtype=np.float64).reshape(-1, 3)
    usable = levels[(levels.max(axis=1) < CLIPPED) & (levels.min(axis=1) > DARKEST)]
    if len(usable) < FEWEST:
        return None
    logs = np.log(_linear(usable))
    ratios = logs[:, [0, 2]] - logs[:, 1:2]
    blue, red = np.median(ratios, axis=0)
    gains = np.exp([-blue, 0.0, -red])
    if gains.max() / gains.min() > LARGEST_GAIN:
        return None
    apart = ratios[:, 1] - ratios[:, 0] - (red - blue)
    spread = 1.4826 * float(np.median(np.abs(apart))) / np.sqrt(len(usable))
    return Correction(light, _even(gains), float(np.hypot(spread, least_relative_sd)))


def _even(gains: NDArray[np.float64]) -> Gains:
    """Gains under which what turns out grey keeps its luminance."""
    blue, green, red = gains * float(np.dot(LUMA_BGR, 1 / gains))
    return float(blue), float(green), float(red)


def _linear(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Levels of 0…255 as light of 0…1 (IEC 61966-2-1)."""
    part = levels / 255
    bright = ((part + 0.055) / 1.055) ** 2.4
    return np.asarray(np.where(part <= 0.04045, part / 12.92, bright), dtype=np.float64)


def _encoded(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """The way back, clipped to 0…255."""
    part = np.clip(light, 0.0, 1.0)
    bright = 1.055 * np.power(part, 1 / 2.4) - 0.055
    return np.asarray(255 * np.where(part <= 0.0031308, part * 12.92, bright), dtype=np.float64)
