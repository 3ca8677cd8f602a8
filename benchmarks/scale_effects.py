"""What a camera does to the light: shade, glare, blur, motion, noise, tone, sharpening, JPEG."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
GAMMA = 2.2
LEVELS = 4096
BURNT = 0.55
"""Light added beyond this, of full scale, leaves nothing of a print to be seen."""
_LINEAR = ((np.arange(256) / 255) ** GAMMA).astype(np.float32)
_CODED = np.rint((np.arange(LEVELS) / (LEVELS - 1)) ** (1 / GAMMA) * 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Look:
    """How a photo was taken, drawn by chance."""

    blur_px: float
    """One sd of the Gaussian."""
    motion_px: float
    motion_deg: float
    noise: float
    exposure: float
    slope: tuple[float, float]
    sharpened: float
    quality: int

    @property
    def blur_in_all_px(self) -> float:
        """One sd of blur and motion together, the way the motion goes."""
        return float(np.hypot(self.blur_px, self.motion_px / np.sqrt(12)))


def look_of(chance: np.random.Generator, hardship: float) -> Look:
    """`hardship` scales all but the JPEG."""
    slope = hardship * chance.uniform(-0.35, 0.35, 2)
    moved = chance.random() < 0.25 * hardship
    return Look(
        blur_px=0.3 + hardship * float(chance.uniform(0, 1.2)),
        motion_px=float(chance.uniform(0.5, 3.0)) * moved,
        motion_deg=float(chance.uniform(0, 180)),
        noise=hardship * float(chance.uniform(0.002, 0.02)),
        exposure=1 + hardship * float(chance.uniform(-0.35, 0.1)),
        slope=(float(slope[0]), float(slope[1])),
        sharpened=float(chance.uniform(0.3, 1.0)) * (chance.random() < 0.4),
        quality=int(chance.integers(70, 97)),
    )


def taken(image: Image, glare: NDArray[np.float32] | None, look: Look, seed: int) -> bytes:
    """The JPEG of what is before the camera; `glare` is added light (h, w), of full scale."""
    height, width = image.shape[:2]
    light = cv2.LUT(image, _LINEAR)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    shade = look.exposure * np.maximum(0.25, 1 + look.slope[0] * x + look.slope[1] * y)
    light *= shade[..., None].astype(np.float32)
    if glare is not None:
        light += glare[..., None]
    light = cv2.GaussianBlur(light, (0, 0), look.blur_px)
    if look.motion_px > 0:
        light = cv2.filter2D(light, -1, streak(look.motion_px, look.motion_deg))
    _add_noise(light, look.noise, seed)
    np.clip(light, 0, 1, out=light)
    light *= LEVELS - 1
    coded = _CODED[light.astype(np.uint16)]
    if look.sharpened:
        soft = cv2.GaussianBlur(coded, (0, 0), 1.2)
        coded = cv2.addWeighted(coded, 1 + look.sharpened, soft, -look.sharpened, 0)
    return cv2.imencode(".jpg", coded, [cv2.IMWRITE_JPEG_QUALITY, look.quality])[1].tobytes()


def streak(length_px: float, angle_deg: float) -> NDArray[np.float32]:
    """The kernel of a motion in a straight line."""
    reach = int(np.ceil(length_px / 2)) + 1
    side = 2 * reach + 1
    at = np.arange(side) - reach
    x, y = np.meshgrid(at, at)
    angle = np.radians(angle_deg)
    kernel = np.zeros((side, side))
    for step in np.linspace(-length_px / 2, length_px / 2, 61):
        dx, dy = x - step * np.cos(angle), y - step * np.sin(angle)
        kernel += np.maximum(0, 1 - abs(dx)) * np.maximum(0, 1 - abs(dy))
    return (kernel / kernel.sum()).astype(np.float32)


def _add_noise(light: NDArray[np.float32], sd: float, seed: int) -> None:
    """Noise as strong as `sd` in the middle greys, stronger in the light, of two grain sizes."""
    chance = np.random.default_rng([seed, 99])
    side = 640
    tile = chance.standard_normal((side, side, 3), np.float32)
    tile += 1.5 * cv2.GaussianBlur(tile, (0, 0), 1.0)
    for top in range(0, light.shape[0], side):
        for left in range(0, light.shape[1], side):
            view = light[top : top + side, left : left + side]
            grain = np.roll(tile, chance.integers(0, side, 2), axis=(0, 1))
            grain = grain[: view.shape[0], : view.shape[1]]
            view += grain * (0.9 * sd * np.sqrt(np.maximum(view, 0.02) * 2))


def glare_over(
    shape: tuple[int, int],
    where: NDArray[np.float32],
    centre_px: tuple[float, float],
    chance: np.random.Generator,
) -> NDArray[np.float32]:
    """A band of reflected light over what is glossy (`where`, 0 to 1), through about a point."""
    angle = chance.uniform(0, np.pi)
    wide = chance.uniform(8, 45)
    strength = chance.uniform(0.3, 1.6)
    y, x = np.indices(shape, np.float32)
    off = (x - centre_px[0]) * np.float32(np.cos(angle)) + (y - centre_px[1]) * np.float32(
        np.sin(angle)
    )
    band = np.exp(-0.5 * (off / np.float32(wide)) ** 2)
    return (np.float32(strength) * band * where).astype(np.float32)
