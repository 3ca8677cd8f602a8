"""What is burnt into a printed photo lies where it belongs."""

import cv2
import numpy as np
import pytest

from tests.histories import HEIGHT_PX, MM_PER_PX, WIDTH_PX, circle_px, measurement_of, scale
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.report.overlay import COLOURS_BGR, jpeg, overlay, part_of

GREY = np.full((HEIGHT_PX, WIDTH_PX, 3), 128, np.uint8)


def cut_to(field_mm: float, outline: Outline) -> Pixels:
    size = (WIDTH_PX, HEIGHT_PX)
    part = part_of(size, scale=scale(), outlines=[outline], field_mm=field_mm)
    return overlay(GREY, scale=scale(), outlines=[outline], part=part)


def test_the_outline_is_drawn_on_the_wound_s_edge() -> None:
    drawn = overlay(GREY, scale=None, outlines=[circle_px(1.5)], labels=["A"])
    radius_px = 15 / MM_PER_PX
    x, y = round(WIDTH_PX / 2 + radius_px), HEIGHT_PX // 2
    assert np.abs(drawn[y, x].astype(int) - COLOURS_BGR[0]).max() < 40
    assert (drawn[HEIGHT_PX // 2, WIDTH_PX // 2] == 128).all()


def test_a_reduced_copy_keeps_the_place() -> None:
    big = np.full((4 * HEIGHT_PX, 4 * WIDTH_PX, 3), 128, np.uint8)
    part = part_of((4 * WIDTH_PX, 4 * HEIGHT_PX), scale=None, box_px=(WIDTH_PX, WIDTH_PX))
    drawn = overlay(big, scale=None, outlines=[circle_px(1.5)], part=part)
    assert drawn.shape == (HEIGHT_PX, WIDTH_PX, 3)
    blue = np.argwhere(np.abs(drawn.astype(int) - COLOURS_BGR[0]).max(axis=2) < 40)
    centre_y, centre_x = blue.mean(axis=0)
    assert centre_x == pytest.approx(WIDTH_PX / 2 / 4, abs=1)
    assert centre_y == pytest.approx(HEIGHT_PX / 2 / 4, abs=1)


def test_the_grid_has_a_line_every_centimetre() -> None:
    drawn = overlay(GREY, scale=scale())
    row = drawn[HEIGHT_PX // 2 + 7, :, 0].astype(int)
    bright = np.flatnonzero((row > 150) & (row >= np.roll(row, 1)) & (row > np.roll(row, -1)))
    steps = np.diff(bright)
    assert len(bright) > 5
    assert np.median(steps) == pytest.approx(10 / MM_PER_PX, abs=1)


def test_without_a_scale_there_is_no_grid_and_it_is_said() -> None:
    drawn = overlay(GREY, scale=None)
    changed = np.argwhere((drawn != 128).any(axis=2))
    assert len(changed) > 0
    assert changed[:, 0].min() > HEIGHT_PX * 0.9


def test_the_photo_itself_is_left_as_it_was() -> None:
    before = GREY.copy()
    overlay(GREY, scale=scale(), outlines=[circle_px(1.0)], measurements=[measurement_of(1.0)])
    assert (before == GREY).all()


def test_outlines_at_the_frame_s_edge_do_not_fail() -> None:
    drawn = overlay(GREY, scale=scale(), outlines=[circle_px(9.0)], labels=["A"])
    assert drawn.shape == GREY.shape


def test_printed_photos_hold_no_metadata() -> None:
    data = jpeg(GREY)
    assert b"Exif" not in data
    assert cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR).shape == GREY.shape


def test_a_cut_copy_is_as_wide_as_asked_and_keeps_the_outline_in_its_middle() -> None:
    whole = overlay(GREY, scale=None, outlines=[circle_px(1.0)])
    cut = cut_to(40.0, circle_px(1.0))
    assert whole.shape == GREY.shape
    assert cut.shape == (150, 200, 3)
    radius_px = 10 / MM_PER_PX
    edge = cut[75, round(100 + radius_px)].astype(int)
    assert np.abs(edge - COLOURS_BGR[0]).max() < 60


def test_a_cut_at_the_border_stays_inside_the_photo() -> None:
    outline = Outline((((0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (0.0, 20.0)),))
    assert cut_to(40.0, outline).shape == (150, 200, 3)
    assert cut_to(4000.0, outline).shape == GREY.shape
