"""Photos taken in other light look alike by their references, and stay as taken without one."""

import numpy as np
import pytest

from woundtrack.compare.light import MOST, WHITE_LEVEL, matched_light
from woundtrack.photo.colour_cast import Light
from woundtrack.scale.types import Scale, ScaleMethod

TENTH = ((0.1, 0.0, 0.0), (0.0, 0.1, 0.0), (0.0, 0.0, 1.0))


def ruler(paper):
    """A ruler on this paper, and its scale."""
    photo = np.full((200, 500, 3), (90, 110, 160), np.uint8)
    photo[40:160] = paper
    marks = []
    for x in range(50, 450, 10):
        photo[60:100, x - 1 : x + 2] = 30
        marks += [(float(x), 60.0), (float(x), 100.0)]
    return photo, Scale(ScaleMethod.RULER, TENTH, 0.0, marks_px=tuple(marks))


@pytest.mark.parametrize("paper", [(170, 185, 200), (205, 215, 230), (235, 235, 235)])
def test_paper_becomes_one_white_in_any_light(paper):
    photo, scale = ruler(paper)
    light = matched_light(photo, scale)
    assert light.light is Light.RULER
    white = light.applied(photo)[150, 250].astype(float)
    assert np.abs(white - WHITE_LEVEL).max() < 6


def test_a_dark_photo_is_made_lighter_only_so_far():
    photo, scale = ruler((110, 110, 110))
    assert np.mean(matched_light(photo, scale).gains_bgr) == pytest.approx(MOST)


@pytest.mark.parametrize("paper", [(255, 255, 255), (60, 209, 228)], ids=["clipped", "yellow"])
def test_what_tells_no_light_leaves_colours_as_taken(paper):
    photo, scale = ruler(paper)
    for known in (scale, None):
        light = matched_light(photo, known)
        assert light.light is Light.ASSUMED
        assert light.applied(photo) is photo
