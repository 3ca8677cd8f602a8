"""Display profiles (three tone curves and a matrix) applied quickly; all others are refused.

Tags and curve types: ICC.1:2022, 8.3 (matrix/TRC), 10.6 (curv), 10.18 (para), 10.31 (XYZ).
"""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STRIP_ROWS = 64
"""Rows converted at once: few enough to stay in the processor's cache."""
LINEAR_STEPS = 4095
SRGB_D50 = (
    (0.4360747, 0.3850649, 0.1430804),
    (0.2225045, 0.7168786, 0.0606169),
    (0.0139322, 0.0971045, 0.7141733),
)
"""sRGB's primaries adapted to D50 (columns R, G, B), as its profiles have them (IEC 61966-2-1)."""


@dataclass(frozen=True, slots=True, eq=False)
class MatrixProfile:
    """How BGR levels become linear light, and linear light of these primaries that of sRGB."""

    curves: NDArray[np.float32]
    """(256, 1, 3): level to light, 0 to 4095, channels B, G, R."""
    matrix: NDArray[np.float32]
    """(3, 3), B, G, R to B, G, R."""

    def to_srgb(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """BGR pixels (height, width, 3) of this profile as sRGB."""
        import cv2

        levels = _srgb_levels()
        done = np.empty_like(pixels)
        for top in range(0, len(pixels), STRIP_ROWS):
            strip = np.ascontiguousarray(pixels[top : top + STRIP_ROWS])
            light = np.asarray(cv2.transform(cv2.LUT(strip, self.curves), self.matrix))
            steps = (light + 0.5).clip(0, LINEAR_STEPS).astype(np.uint16)
            done[top : top + STRIP_ROWS] = cv2.LUT(steps, levels)
        return done


def matrix_profile(profile: bytes) -> MatrixProfile | None:
    """The matrix and curves of an RGB display profile; None where it is of another kind."""
    try:
        tags = _tags(profile)
        if profile[16:20] != b"RGB " or b"A2B0" in tags:
            return None
        primaries = np.array([_xyz(tags[name]) for name in (b"bXYZ", b"gXYZ", b"rXYZ")]).T
        curves = [_curve(tags[name]) for name in (b"bTRC", b"gTRC", b"rTRC")]
    except (KeyError, IndexError, ValueError, struct.error):
        return None
    to_light = np.linalg.inv(np.array(SRGB_D50))[::-1]
    table = np.stack(curves, axis=-1) * LINEAR_STEPS
    return MatrixProfile(
        np.ascontiguousarray(table.reshape(256, 1, 3), dtype=np.float32),
        np.asarray(to_light @ primaries, dtype=np.float32),
    )


def _tags(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">I", profile, 128)
    if count > 200:
        raise ValueError("not a tag table")
    entries = [struct.unpack_from(">4sII", profile, 132 + 12 * k) for k in range(count)]
    return {name: profile[start : start + size] for name, start, size in entries}


def _xyz(tag: bytes) -> list[float]:
    return [number / 65536 for number in struct.unpack_from(">3i", tag, 8)]


def _curve(tag: bytes) -> NDArray[np.float64]:
    """Light 0…1 at each of the 256 levels."""
    level = np.arange(256) / 255
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        if count == 0:
            return level
        values = struct.unpack_from(f">{count}H", tag, 12)
        if count == 1:
            return np.asarray(level ** (values[0] / 256))
        return np.interp(level, np.linspace(0, 1, count), np.array(values) / 65535)
    if tag[:4] != b"para":
        raise ValueError("not a curve")
    return _parametric(tag, level)


def _parametric(tag: bytes, level: NDArray[np.float64]) -> NDArray[np.float64]:
    (kind,) = struct.unpack_from(">H", tag, 8)
    count = (1, 3, 4, 5, 7)[kind]
    given = [number / 65536 for number in struct.unpack_from(f">{count}i", tag, 12)]
    g, a, b, c, d, e, f = (*given, *(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)[count:])[:7]
    if kind == 0:
        a, b = 1.0, 0.0
    if kind in (1, 2):
        if a == 0.0:
            raise ValueError("a curve without slope")
        d, e = -b / a, c if kind == 2 else 0.0
        c, f = 0.0, e
    with np.errstate(all="ignore"):
        power = np.maximum(a * level + b, 0.0) ** g + e
    light: NDArray[np.float64] = np.where(level >= d, power, c * level + f)
    if not np.isfinite(light).all():
        raise ValueError("not light")
    return light


def _srgb_levels() -> NDArray[np.uint8]:
    """(65536, 1): light 0 to 4095 as an sRGB level (IEC 61966-2-1); the rest is never used."""
    light = (np.arange(65536) / LINEAR_STEPS).clip(0, 1)
    level = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(255 * level).astype(np.uint8).reshape(-1, 1)
