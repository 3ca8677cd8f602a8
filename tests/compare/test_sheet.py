"""Photos drawn on the plane of a comparison: as large as things are, and no farther than seen."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.compare.seen import (
    BEYOND,
    CAMERAS,
    SIZE_PX,
    bent_alignment,
    outline_of,
    photograph,
    scale_by,
)
from woundtrack.compare import sheet as drawing
from woundtrack.compare.place import laid_on, place_of
from woundtrack.compare.sheet import cropped_sheet, sheet_of
from woundtrack.deidentify.types import Crop
from woundtrack.demo.scene import Camera
from woundtrack.outline.types import Outline
from woundtrack.photo.colour_cast import Correction, Light
from woundtrack.scale.limb import Limb
from woundtrack.scale.types import Lens, Scale, ScaleMethod, matrix3

CLOSE_MM, WIDE_MM = (-15.0, -15.0, 15.0, 15.0), (-120.0, -120.0, 120.0, 120.0)


def placed(camera):
    return place_of(SIZE_PX, scale=scale_by(camera), wound=outline_of(camera), head_angle_deg=None)


def the_square(sheet):
    """Its middle and sides in mm, and its area in mm²."""
    dark = (sheet.pixels[..., 3] > 250) & (sheet.pixels[..., 1] < 110)
    rows, columns = np.nonzero(dark)
    corners = np.column_stack([columns, rows]).astype(np.float32)
    (x, y), sides, _angle = cv2.minAreaRect(corners)
    middle = (np.array([x, y]) + 0.5) * sheet.mm_per_px + (sheet.left_mm, sheet.top_mm)
    sides_mm = (np.array(sides) + 1) * sheet.mm_per_px
    return middle, sides_mm, len(rows) * sheet.mm_per_px**2


@pytest.mark.parametrize("camera", CAMERAS)
def test_ten_millimetres_are_ten_millimetres_whatever_the_camera(camera):
    sheet = cropped_sheet(photograph(camera), placed(camera), CLOSE_MM, 0.05)
    middle, sides_mm, area_mm2 = the_square(sheet)
    assert np.allclose(middle, 0.0, atol=0.15)
    assert np.allclose(sides_mm, 10.0, atol=0.25)
    assert area_mm2 == pytest.approx(100.0, rel=0.02)


@pytest.mark.parametrize("camera", CAMERAS)
def test_the_whole_photo_is_drawn_as_sharp_as_it_is_at_the_wound(camera):
    scale, photo = scale_by(camera), photograph(camera)
    sheet = sheet_of(photo, placed(camera))
    assert sheet.mm_per_px == pytest.approx(
        scale.mm_per_px_at(tuple(scale.to_px([[125.0, 100.0]])[0])), rel=0.01
    )
    _middle, _sides_mm, area_mm2 = the_square(sheet)
    assert area_mm2 == pytest.approx(100.0, rel=0.05)
    small = sheet_of(photo, placed(camera), most_px=20_000)
    assert small.pixels.shape[0] * small.pixels.shape[1] <= 20_600
    assert small.box_mm == pytest.approx(sheet.box_mm, abs=2 * small.mm_per_px)


def test_the_horizon_and_what_lies_beyond_are_kept_out():
    camera = Camera(tilt_deg=75.0, azimuth_deg=0.0, distance_mm=200.0)
    photo, place = photograph(camera), placed(camera)
    assert (photo[0] == BEYOND).all()  # the sky
    sheet = sheet_of(photo, place)
    left, top, right, bottom = sheet.box_mm
    assert max(right - left, bottom - top) < 900
    inside = sheet.pixels[sheet.pixels[..., 3] == 255]
    assert len(inside) > 1000
    wide = cropped_sheet(photo, place, (-2000.0, -2000.0, 2000.0, 2000.0), 4.0)
    rows, columns = np.nonzero(wide.pixels[..., 3])
    reach = np.column_stack([columns, rows]) * 4.0 - 2000.0
    assert np.abs(reach).max() < 900  # neither the sky nor what is behind the camera


@pytest.mark.filterwarnings("error")
def test_a_place_right_on_the_horizon_is_no_harm():
    matrix = matrix3([[0.1, 0, 0], [0, 0.1, 0], [0, -1 / 110, 1]])  # row 110 of the photo
    scale = Scale(ScaleMethod.FOUR_POINTS, matrix, 0.01)
    wound = Outline((((300.0, 20.0), (330.0, 20.0), (315.0, 40.0)),))
    place = place_of((600, 442), scale=scale, wound=wound, head_angle_deg=None)
    sheet = sheet_of(np.full((442, 600, 3), 200, np.uint8), place)
    assert (sheet.pixels[..., 3] == 255).any()
    left, top, right, bottom = sheet.box_mm
    assert max(right - left, bottom - top) < 400


def test_what_the_photo_does_not_show_is_transparent_and_premultiplied():
    place = placed(CAMERAS[1])
    sheet = sheet_of(np.full((*SIZE_PX[::-1], 3), 255, np.uint8), place)
    alpha = sheet.pixels[..., 3]
    assert (alpha == 0).any()
    assert (alpha == 255).any()
    assert (sheet.pixels[..., :3] == alpha[..., None]).all()  # white, as much as there is of it


def round_scale():
    """A limb under the square, through a lens."""
    to_middle = np.array([[1.0, 0.0, -125.0], [0.0, 1.0, -100.0], [0.0, 0.0, 1.0]])
    flat = scale_by(CAMERAS[1])
    return replace(
        flat,
        homography_px_to_mm=matrix3(to_middle @ np.array(flat.homography_px_to_mm)),
        lens=Lens(0.03, (300.0, 225.0), 375.0),
        limb=Limb(60.0, 30.0, (0.0, 0.0, 150.0)),
    )


@pytest.mark.parametrize("strip_px", [256, 50])
def test_the_map_is_exact_to_a_tenth_of_a_px(strip_px, monkeypatch):
    monkeypatch.setattr(drawing, "STRIP_PX", strip_px)
    scale = round_scale()
    first = place_of(SIZE_PX, scale=scale, wound=outline_of(CAMERAS[1]), head_angle_deg=10.0)
    later = laid_on(first, bent_alignment(40.0), size_px=SIZE_PX)
    for place in (first, later):
        finest = drawing.finest_mm_per_px(place)
        grid = drawing._Grid(place, -20.0, -20.0, 0.1, 400, finest)
        rows = grid.rows(150, 90, drawing.Part())
        y, x = np.mgrid[150:240, 0:400]
        points = np.column_stack([x.ravel(), y.ravel()]) * 0.1 + 0.05 - 20.0
        exact = place.to_px(points).reshape(rows.shape)
        drawn = rows[..., 0] != drawing.OUTSIDE_PX
        assert drawn.mean() > 0.7
        assert np.linalg.norm(rows - exact, axis=-1)[drawn].max() < 0.1


def test_landmarks_of_aligned_photos_lie_on_each_other():
    alignment = bent_alignment()
    flat = Scale(ScaleMethod.CARD, matrix3(np.diag([0.2, 0.2, 1.0])), 0.01)
    wound = Outline((((120.0, 120.0), (180.0, 120.0), (180.0, 160.0), (120.0, 160.0)),))
    first = place_of(SIZE_PX, scale=flat, wound=wound, head_angle_deg=75.0)
    later = laid_on(first, alignment, size_px=SIZE_PX)
    moles = np.array([[110.0, 90.0], [200.0, 130.0], [130.0, 190.0], [90.0, 140.0]])
    box = (-20.0, -20.0, 20.0, 20.0)
    seen = []
    for place, points in ((first, moles), (later, alignment.to_later(moles))):
        sheet = cropped_sheet(moled(points), place, box, 0.1)
        seen.append(spots(sheet))
        assert np.abs(seen[-1] - np.sort_complex(as_complex(first.to_mm(moles)))).max() < 0.05
    assert np.abs(seen[0] - seen[1]).max() < 0.05


def moled(points):
    y, x = np.mgrid[0 : SIZE_PX[1], 0 : SIZE_PX[0]]
    dark = sum(np.exp(-((x - px) ** 2 + (y - py) ** 2) / (2 * 3.0**2)) for px, py in points)
    return np.clip(220 - 200 * dark, 0, 255).astype(np.uint8)[..., None].repeat(3, 2)


def spots(sheet):
    """The middles of the dark spots, as complex mm."""
    dark = 220.0 - sheet.pixels[..., 2]
    dark[sheet.pixels[..., 3] < 255] = 0
    count, labels = cv2.connectedComponents((dark > 30).astype(np.uint8))
    found = []
    for label in range(1, count):
        rows, columns = np.nonzero(labels == label)
        weights = dark[rows, columns]
        x, y = np.average(columns, weights=weights), np.average(rows, weights=weights)
        found.append(complex(sheet.left_mm + (x + 0.5) * 0.1, sheet.top_mm + (y + 0.5) * 0.1))
    return np.sort_complex(np.array(found))


def as_complex(points):
    return points[:, 0] + 1j * points[:, 1]


def test_colours_are_those_of_the_photo_or_matched():
    photo = np.zeros((*SIZE_PX[::-1], 3), np.uint8)
    photo[:] = (60, 90, 120)
    place = placed(CAMERAS[0])
    taken = cropped_sheet(photo, place, CLOSE_MM, 0.5)
    assert taken.pixels[5, 5].tolist() == [60, 90, 120, 255]
    assert taken.light.light is Light.ASSUMED
    warm = Correction(Light.CARD, (1.2, 1.0, 0.8))
    matched = cropped_sheet(photo, place, CLOSE_MM, 0.5, light=warm)
    assert matched.light is warm
    assert matched.pixels[5, 5].tolist() == [*warm.applied(photo)[0, 0].tolist(), 255]
    light = cropped_sheet(photo, place, WIDE_MM, 0.5, light=Correction(Light.CARD, (4.0, 4.0, 4.0)))
    assert (light.pixels[..., :3] <= light.pixels[..., 3:]).all()  # at the photo's edge too


def test_nothing_outside_a_crop_is_drawn_however_small():
    photo = np.full((*SIZE_PX[::-1], 3), 255, np.uint8)
    left, top, right, bottom = crop = (151, 103, 401, 307)
    photo[top:bottom, left:right] = (0, 0, 200)
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]]) - 0.5
    place = placed(CAMERAS[1])
    finest = drawing.finest_mm_per_px(place)
    for step in (0.7, 1.0, 3.3):
        seen = cropped_sheet(photo, place, WIDE_MM, step * finest, crop=Crop(*crop)).pixels
        assert seen[..., :2].max() == 0
        assert seen[..., 3].max() == 255
        shown_mm2 = (seen[..., 3] / 255).sum() * (step * finest) ** 2
        x, y = place.to_mm(corners).T
        crop_mm2 = (x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
        assert shown_mm2 == pytest.approx(crop_mm2, rel=0.002)
