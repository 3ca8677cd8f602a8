"""Skin that darkens across a ruler alone bends away; uneven light, rims and lamps do not do it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from woundtrack.scale.limb.bend import bends_away
from woundtrack.scale.limb.sheet import COLUMNS, ROWS, Sheet, borders

Floats = NDArray[np.float64]
SKIN_BGR, CLOTH_BGR = np.array([120.0, 150.0, 200.0]), np.array([140.0, 110.0, 70.0])
ALONG_MM, ACROSS_MM = np.linspace(-70, 70, ROWS), np.linspace(-60, 60, COLUMNS)
U_MM, V_MM = np.meshgrid(ACROSS_MM, ALONG_MM)


def sheet(light: Floats, *, cloth: Floats | None = None) -> Sheet:
    """Skin in a light (ROWS, COLUMNS) of about 1, and cloth where that is above 0."""
    bgr = SKIN_BGR * light[..., None]
    if cloth is not None:
        bgr = np.where((cloth > 0)[..., None], CLOTH_BGR, bgr)
    bgr *= 1 + np.random.default_rng(3).normal(0, 0.015, (ROWS, COLUMNS, 1))
    logs = np.log(bgr)
    luma = np.log(bgr @ (0.114, 0.587, 0.299))
    channels = np.dstack([luma, logs[..., 2] - logs[..., 1], logs[..., 1] - logs[..., 0]])
    seen = np.ones((ROWS, COLUMNS), np.bool_)
    return Sheet(channels.astype(np.float32), seen, ALONG_MM, ACROSS_MM, 0.0, 40.0)


def found(of: Sheet) -> bool:
    return bends_away(of, borders(of))


def limb(radius_mm: float, *, ambient: float, power: float = 1.0, top_mm: float = 0.0) -> Floats:
    off = np.clip((U_MM - top_mm) / radius_mm, -1, 1)
    light: Floats = ambient + (1 - ambient) * (1 - off**2) ** (power / 2)
    return light


@pytest.mark.parametrize("radius_mm", [65.0, 75.0])
@pytest.mark.parametrize(("ambient", "power"), [(0.2, 1.0), (0.35, 1.0), (0.35, 2.0), (0.5, 1.5)])
def test_a_limb_none_of_whose_sides_is_seen_bends_away(
    radius_mm: float, ambient: float, power: float
) -> None:
    assert found(sheet(limb(radius_mm, ambient=ambient, power=power)))


def test_with_one_side_in_the_frame_less_shade_is_enough() -> None:
    weak = limb(80.0, ambient=0.65, top_mm=-30.0)
    assert not found(sheet(weak))
    assert found(sheet(weak, cloth=U_MM - 48.0))


@pytest.mark.parametrize("slant", [0.2, 0.35])
def test_light_that_slants_over_flat_skin_bends_nothing(slant: float) -> None:
    assert not found(sheet(1 - slant * U_MM / 60))
    assert not found(sheet(1 - slant * V_MM / 70))


def test_a_lamp_s_circle_of_light_bends_nothing() -> None:
    assert not found(sheet(np.exp(-0.5 * np.hypot(U_MM, V_MM) ** 2 / 80**2)))


def test_skin_that_bends_along_the_ruler_is_not_its_limb() -> None:
    assert not found(sheet(0.35 + 0.65 * np.sqrt(1 - (V_MM / 80) ** 2)))


@pytest.mark.parametrize("reach_mm", [4.0, 8.0])
def test_a_rim_that_shades_flat_skin_near_it_bends_nothing(reach_mm: float) -> None:
    rim = 35.0 + 6 * np.sin(V_MM / 40)
    light = 1 - 0.45 * np.exp(-np.maximum(rim - U_MM, 0) / reach_mm)
    assert not found(sheet(light, cloth=U_MM - rim))


def test_too_little_skin_says_nothing() -> None:
    assert not found(sheet(limb(70.0, ambient=0.2), cloth=np.abs(U_MM) - 4.0))
