"""Only a card's greys and a ruler's white paper tell the light; all else leaves it assumed."""

import numpy as np
import pytest

from woundtrack.outline.tissue.light import light_of
from woundtrack.photo.colour_cast import Light
from woundtrack.scale import card_layout as design
from woundtrack.scale.types import Scale, ScaleMethod

TENTH = ((0.1, 0.0, 0.0), (0.0, 0.1, 0.0), (0.0, 0.0, 1.0))
CAST = np.array([0.9, 1.0, 1.1])


def _card_photo() -> np.ndarray:
    """A card at 10 px a mm whose patches are cast."""
    photo = np.full((520, 920, 3), (150, 170, 200), np.uint8)
    for patch in design.PATCHES:
        left, top = round(patch.box.left_mm * 10), round(patch.box.top_mm * 10)
        photo[top : top + 50, left : left + 50] = np.array(patch.rgb[::-1]) * 220 * CAST
    return photo


def _ruler(paper: tuple[int, int, int]) -> tuple[np.ndarray, Scale]:
    photo = np.full((200, 500, 3), (90, 110, 160), np.uint8)
    photo[40:160] = paper
    marks = []
    for x in range(50, 450, 10):
        photo[60:100, x - 1 : x + 2] = 30
        marks += [(float(x), 60.0), (float(x), 100.0)]
    return photo, Scale(ScaleMethod.RULER, TENTH, 0.0, marks_px=tuple(marks))


def test_the_cards_greys_come_out_grey() -> None:
    photo = _card_photo()
    found = light_of(photo, Scale(ScaleMethod.CARD, TENTH, 0.0))
    assert found.light is Light.CARD
    patch = design.PATCHES[1].box.centre_mm
    x, y = round(patch[0] * 10), round(patch[1] * 10)
    before, after = photo[y, x].astype(int), found.applied(photo)[y, x].astype(int)
    assert np.ptp(before) > 25
    assert np.ptp(after) <= 3


def test_the_rulers_paper_comes_out_white() -> None:
    photo, scale = _ruler((190, 205, 215))
    found = light_of(photo, scale)
    assert found.light is Light.RULER
    assert np.ptp(found.applied(photo)[150, 200].astype(int)) <= 1


@pytest.mark.parametrize(
    "paper", [(55, 209, 228), (255, 255, 255), (60, 62, 61)], ids=["yellow", "clipped", "steel"]
)
def test_other_paper_tells_nothing(paper: tuple[int, int, int]) -> None:
    assert light_of(*_ruler(paper)).light is Light.ASSUMED


def test_a_card_beyond_the_photo_tells_nothing() -> None:
    cut = np.ascontiguousarray(_card_photo()[:300])
    assert light_of(cut, Scale(ScaleMethod.CARD, TENTH, 0.0)).light is Light.ASSUMED


@pytest.mark.parametrize("scale", [None, Scale(ScaleMethod.TWO_POINTS, TENTH, 0.0)])
def test_without_a_reference_nothing_is_changed(scale: Scale | None) -> None:
    photo = _card_photo()
    assert light_of(photo, scale).applied(photo) is photo
