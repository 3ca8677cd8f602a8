"""What a rendered photo suffers: blur, motion, uneven light, and the skin all around."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.render_camera import Camera, turn_matrix

Image = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Look:
    """What a photo suffers: blur, motion, noise, uneven light, the camera's tone curve."""

    defocus_px: float = 1.0
    motion_px: float = 0.0
    motion_deg: float = 0.0
    noise: float = 0.006
    light_slope: tuple[float, float] = (0.0, 0.0)
    gamma: float = 2.2
    skin: tuple[float, float, float] = (0.30, 0.38, 0.62)
    """Linear BGR of what lies around."""


def blurred(region: Image, look: Look) -> Image:
    """Defocus as a disc, motion as a line, each exact to a tenth of a px by supersampling."""
    if look.defocus_px > 0:
        region = cv2.filter2D(region, -1, _disc(look.defocus_px), borderType=cv2.BORDER_REPLICATE)
    if look.motion_px > 0:
        kernel = _streak(look.motion_px, look.motion_deg)
        region = cv2.filter2D(region, -1, kernel, borderType=cv2.BORDER_REPLICATE)
    return region


def _disc(radius_px: float) -> Image:
    reach = int(np.ceil(radius_px)) + 1
    fine = (np.arange((2 * reach + 1) * 10) + 0.5) / 10 - reach - 0.5
    inside = (fine[:, None] ** 2 + fine[None] ** 2 <= radius_px**2).astype(np.float32)
    kernel = inside.reshape(2 * reach + 1, 10, 2 * reach + 1, 10).mean(axis=(1, 3))
    return kernel / kernel.sum()


def _streak(length_px: float, angle_deg: float) -> Image:
    reach = int(np.ceil(length_px / 2)) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    direction = turn_matrix(angle_deg)[:, 0]
    for step in np.linspace(-length_px / 2, length_px / 2, 101):
        x, y = direction * step + reach
        column, row = int(x), int(y)
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
            weight = (1 - abs(x - column - dx)) * (1 - abs(y - row - dy))
            kernel[row + dy, column + dx] += weight
    return kernel / kernel.sum()


def light_over(camera: Camera, look: Look, *, left: int, top: int, shape: tuple[int, int]) -> Image:
    """How much of the light falls on each px (h, w, 1) of a part of the photo."""
    x = (left + np.arange(shape[1], dtype=np.float32)) / camera.width_px - 0.5
    y = (top + np.arange(shape[0], dtype=np.float32)) / camera.height_px - 0.5
    return (1 + look.light_slope[0] * x[None] + look.light_slope[1] * y[:, None])[..., None]


def surroundings(camera: Camera, look: Look, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Mottled skin, encoded, with noise, all over the photo."""
    base = np.array(look.skin, np.float32) ** (1 / look.gamma) * 255
    rough = base + rng.normal(0, 9, (camera.height_px // 60, camera.width_px // 60, 1))
    size = (camera.width_px, camera.height_px)
    smooth = cv2.resize(rough.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    tile = rng.normal(0, 3, (500, 500, 3)).astype(np.float32)
    times = (-(-camera.height_px // 500), -(-camera.width_px // 500), 1)
    smooth += np.tile(tile, times)[: camera.height_px, : camera.width_px]
    return np.clip(smooth, 0, 255).astype(np.uint8)
