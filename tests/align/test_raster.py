"""The raster of local contrast: of light and of redness, and what is no skin in it."""

import numpy as np
import pytest

from tests.align.skins import SIZE, outline, skin
from woundtrack.align.raster import contrasted, layers, no_skin, raster

EVERYWHERE = np.ones((160, 160), bool)


def noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.08, (160, 160, 1))


def test_what_shades_the_skin_is_in_light_and_not_in_redness():
    pigment, relief = noise(1), noise(2)
    colours = np.array([110.0, 130.0, 190.0]) * (1 + pigment * (1.0, 1.0, 0.2))
    plain, shaded = (
        contrasted(np.rint(each).astype(np.uint8), EVERYWHERE).contrast
        for each in (colours, colours * (1 + relief))
    )

    def alike(channel: int) -> float:
        return float(np.corrcoef(plain[..., channel].ravel(), shaded[..., channel].ravel())[0, 1])

    assert alike(1) > 0.95
    assert alike(0) < 0.85


def test_what_is_halved_stays_where_it_is():
    pixels = np.full((SIZE, SIZE, 3), 60, np.uint8)
    pixels[300:316, 400:416] = 250
    photo = layers(pixels, np.zeros((SIZE, SIZE), np.uint8))
    for step in (1.0, 2.0, 4.0):

        def to_px(places: np.ndarray, step: float = step) -> np.ndarray:
            return (407.5, 307.5) + step * (places - 64.0)

        light = raster(photo, to_px, side_px=(129, 129)).contrast[..., 0]
        bright = np.maximum(light[44:85, 44:85], 0)
        y, x = np.mgrid[-20:21, -20:21]
        off = step * np.array([(bright * x).sum(), (bright * y).sum()]) / bright.sum()
        assert off == pytest.approx((0.0, 0.0), abs=0.1 * step)


def test_neither_the_wound_nor_what_is_not_of_the_skin_s_colour_counts():
    pixels = skin(1)
    pixels[:, :120] = (200, 120, 40)
    left_out = no_skin(pixels, outline(), None, rim_px=5.0)
    assert left_out[330, 310] == 255
    assert left_out[330, 60] == 255
    assert left_out[330, 420] == 0


def test_what_is_no_skin_is_told_in_each_size() -> None:
    mask = np.zeros((423, 601), np.uint8)
    mask[100:300, 33:468] = 255
    found = layers(np.zeros((423, 601, 3), np.uint8), mask)
    np.testing.assert_array_equal(found.no_skin(0), mask)
    shapes = [found.no_skin(layer).shape for layer in range(len(found.photos))]
    assert shapes == [each.shape[:2] for each in found.photos]
    assert len(shapes) > 1
