"""Where photos lie on the plane of a comparison."""

import numpy as np
import pytest

from woundtrack.compare.place import place_of
from woundtrack.outline.types import Outline
from woundtrack.scale.types import Scale, ScaleMethod, matrix3

WOUND = Outline((((100.0, 100.0), (140.0, 100.0), (140.0, 120.0), (100.0, 120.0)),))


@pytest.mark.parametrize("mirror", [1.0, -1.0])
def test_the_head_is_up_and_nothing_is_mirrored(mirror):
    scale = Scale(ScaleMethod.FOUR_POINTS, matrix3(np.diag([mirror * 0.5, 0.5, 1.0])), 0.01)
    place = place_of((400, 300), scale=scale, wound=WOUND, head_angle_deg=90.0)
    middle, towards_head, down = place.to_mm([[120, 110], [130, 110], [120, 120]])
    assert np.allclose(middle, 0.0)
    assert np.allclose(towards_head, [0, -5])
    assert np.allclose(down, [5, 0])
