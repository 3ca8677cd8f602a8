"""How surely an edge is seen follows how soft it is."""

import math

import cv2
import numpy as np
import pytest

from woundtrack.errors import OutlineError
from woundtrack.outline.edge import SMALLEST_SD_PX, edge_sd_px
from woundtrack.outline.types import Outline, Ring

SKIN, WOUND = (135, 160, 215), (50, 50, 150)


def circle(radius: float) -> Ring:
    angles = [2 * math.pi * k / 300 for k in range(300)]
    return tuple((300 + radius * math.cos(a), 250 + radius * math.sin(a)) for a in angles)


def photo(*, blur_px: float, contrast: float = 1.0, noise: float = 4.0) -> np.ndarray:
    skin = np.array(SKIN, dtype=float)
    wound = skin + contrast * (np.array(WOUND) - skin)
    scene = np.full((500, 600, 3), skin)
    cv2.circle(scene, (300, 250), 120, wound.tolist(), -1)
    scene = cv2.GaussianBlur(scene, (0, 0), blur_px)
    scene += np.random.default_rng(3).normal(0, noise, scene.shape)
    return scene.clip(0, 255).astype(np.uint8)


def test_a_softer_edge_is_less_sure() -> None:
    outline = Outline((circle(120),))
    sds = [edge_sd_px(photo(blur_px=blur), outline) for blur in (0.5, 2.0, 4.0, 8.0)]
    assert sds == sorted(sds)
    assert sds[0] < 1.2
    assert sds[2] == pytest.approx(2.0, rel=0.25)  # half of the edge's own sd
    assert sds[3] == pytest.approx(4.0, rel=0.25)


def test_an_edge_that_is_not_there_is_as_unsure_as_the_window_allows() -> None:
    outline = Outline((circle(120),))
    unseen = edge_sd_px(photo(blur_px=1.0, contrast=0.0), outline)
    assert unseen > 4 * edge_sd_px(photo(blur_px=1.0), outline)


def test_it_never_claims_better_than_half_a_pixel() -> None:
    assert edge_sd_px(photo(blur_px=0.3, noise=0.0), Outline((circle(120),))) >= SMALLEST_SD_PX


def test_an_outline_at_the_photos_border_can_be_asked() -> None:
    assert edge_sd_px(photo(blur_px=1.0), Outline((circle(249.5),))) > 0


@pytest.mark.parametrize("rings", [(), (((5.0, 5.0), (5.0, 5.0), (5.0, 5.0)),)])
def test_without_an_edge_there_is_no_answer(rings: tuple[Ring, ...]) -> None:
    with pytest.raises(OutlineError) as caught:
        edge_sd_px(photo(blur_px=1.0), Outline(rings))
    assert caught.value.code == "outline.empty"
