"""Views of a picture keep mask and colours together; spoiling keeps the shape."""

import cv2
import numpy as np
import pytest

from training.outline.augment import spoiled
from training.outline.pictures import Picture, unpadded
from training.outline.windows import CLOSE, EMPTY, FRAME, View, seen, view


@pytest.fixture
def picture() -> Picture:
    mask = np.zeros((300, 200), np.uint8)
    cv2.ellipse(mask, (120, 90), (24, 14), 30, 0, 360, 255, -1)
    colours = np.full((300, 200, 3), 120, np.uint8)
    colours[mask > 0] = (220, 30, 30)
    return Picture("one", colours, mask)


def test_the_views_centre_is_the_windows_middle() -> None:
    matrix = View((37.0, 81.0), 100.0, turn=0.7, mirrored=True, stretch=1.1).matrix(64)
    assert matrix @ (37.0, 81.0, 1.0) == pytest.approx([31.5, 31.5])


@pytest.mark.parametrize("side", [150.0, 420.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_mask_and_colours_move_together_and_areas_scale(
    picture: Picture, side: float, mirrored: bool
) -> None:
    colours, truth = seen(picture, View((110, 100), side, 0.4, mirrored), 128, fill=True)
    red = colours[:, :, 0].astype(int) - colours[:, :, 1] > 95
    assert np.mean(red == (truth > 127)) > 0.99
    wanted = (picture.mask > 0).sum() * (128 / side) ** 2
    assert (truth / 255).sum() == pytest.approx(wanted, rel=0.03)


@pytest.mark.parametrize("kind", [FRAME, CLOSE, EMPTY])
def test_views_show_what_they_are_for(picture: Picture, kind: str) -> None:
    random = np.random.default_rng(2)
    parts = []
    for _ in range(30):
        _, truth = seen(picture, view(picture, kind, random), 96, fill=True)
        parts.append((truth > 127).mean())
    low, high = {FRAME: (0.004, 0.03), CLOSE: (0.01, 0.7), EMPTY: (0.0, 0.002)}[kind]
    assert low <= np.median(parts) <= high
    if kind == EMPTY:
        assert max(parts) < 0.02


def test_spoiling_is_seeded_and_stays_a_picture(picture: Picture) -> None:
    one = spoiled(picture.colours, np.random.default_rng(4))
    two = spoiled(picture.colours, np.random.default_rng(4))
    other = spoiled(picture.colours, np.random.default_rng(5))
    np.testing.assert_array_equal(one, two)
    assert one.shape == picture.colours.shape
    assert one.dtype == np.uint8
    assert (one != other).any()


def test_black_bars_are_cut_and_dark_photos_are_not(picture: Picture) -> None:
    padded = np.zeros((400, 400, 3), np.uint8)
    padded[50:350, 100:300] = picture.colours
    part = unpadded(padded)
    assert (part.top, part.bottom, part.left, part.right) == (50, 350, 100, 300)
    dark = np.full((60, 60, 3), 5, np.uint8)
    assert unpadded(dark).bottom == 60
