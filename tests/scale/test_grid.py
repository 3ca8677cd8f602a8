"""The grid lies in the wound's plane and in the photo."""

import numpy as np
import pytest

from woundtrack.scale.grid import grid_lines
from woundtrack.scale.types import Lens, Scale, ScaleMethod, matrix3

SQUARE_ON = Scale(ScaleMethod.CARD, matrix3(np.diag([0.1, 0.1, 1.0])), relative_sd=0.01)
BENT = Scale(
    ScaleMethod.CARD,
    matrix3([[0.1, 0.01, -20.0], [-0.012, 0.12, -15.0], [2e-5, 6e-5, 1.0]]),
    relative_sd=0.01,
    lens=Lens(0.05, (500.0, 400.0), 640.0),
    anchor_mm=(5.0, 50.0),
)


def test_a_square_on_photo_has_lines_every_centimetre() -> None:
    lines = grid_lines(SQUARE_ON, width_px=1001, height_px=801)
    upright = sorted(line[0][0] for line in lines if line[0][0] == line[-1][0])
    level = sorted(line[0][1] for line in lines if line[0][1] == line[-1][1])
    assert upright == pytest.approx(list(range(0, 1001, 100)))
    assert level == pytest.approx(list(range(0, 801, 100)))


def test_every_line_is_a_line_of_the_plane_through_the_anchor_s_grid() -> None:
    lines = grid_lines(BENT, width_px=1001, height_px=801)
    assert len(lines) > 10
    for line in lines:
        offsets = (BENT.to_mm(line) - np.array(BENT.anchor_mm)) / 10.0
        axis = int(np.ptp(offsets, axis=0).argmin())
        assert offsets[:, axis] == pytest.approx(np.round(offsets[0, axis]), abs=0.01)


def test_lines_stay_in_the_photo_and_reach_its_rim() -> None:
    points = np.vstack(grid_lines(BENT, width_px=1001, height_px=801))
    assert points.min() >= -1e-9
    assert points[:, 0].max() <= 1000 + 1e-9
    assert points[:, 1].max() <= 800 + 1e-9
    for line in grid_lines(BENT, width_px=1001, height_px=801):
        for x, y in (line[0], line[-1]):
            assert min(x, 1000 - x, y, 800 - y) == pytest.approx(0, abs=1e-6)


def test_a_plane_seen_from_very_far_gives_a_bounded_number_of_lines() -> None:
    far = Scale(ScaleMethod.RULER, matrix3(np.diag([50.0, 50.0, 1.0])), relative_sd=0.01)
    assert len(grid_lines(far, width_px=4000, height_px=3000)) <= 242
