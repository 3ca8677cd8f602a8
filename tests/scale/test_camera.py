"""The joint fit of camera, lens and plane, on points of known truth."""

import numpy as np
import pytest

from benchmarks import render
from woundtrack.photo.types import Photo
from woundtrack.scale import camera_model
from woundtrack.scale import card_layout as design
from woundtrack.scale.camera import Fit, Lines, camera_prior, fit_camera
from woundtrack.scale.types import fit_homography

PHOTO = Photo(4000, 3000, "image/jpeg", 1, focal_px=3000.0, focal_relative_sd=0.03)


def camera(tilt_deg: float = 25.0, **more: float) -> render.Camera:
    return render.tilted_camera(
        tilt_deg=tilt_deg,
        azimuth_deg=60.0,
        roll_deg=10.0,
        focal_px=3000.0,
        look_at_mm=(45.0, 45.0),
        mm_across=250.0,
        **more,
    )


def card_lines(lens: render.Camera, *, noise_px: float = 0.0, sag_mm: float = 0.0) -> Lines:
    """Points on the sides of all tags, the card bent upwards by a sagitta along its length."""
    points, axes, values, outward = [], [], [], []
    for tag in design.TAGS:
        corners = np.array(tag.box.corners_mm)
        for side in range(4):
            start, end = corners[side], corners[(side + 1) % 4]
            for part in (0.2, 0.4, 0.6, 0.8):
                points.append(start + part * (end - start))
                axis = int(abs(end - start).argmin())
                axes.append(axis)
                values.append(start[axis])
                outward.append(1.0 if start[axis] > tag.box.centre_mm[axis] else -1.0)
    flat = np.array(points)
    height_mm = sag_mm * (1 - ((flat[:, 0] - 45.0) / 45.0) ** 2)
    seen = lens.to_px(flat) if not sag_mm else raised(lens, flat, height_mm)
    seen = seen + np.random.default_rng(2).normal(0, noise_px, seen.shape)
    return Lines(seen, np.array(axes), np.array(values), np.array(outward))


def raised(lens: render.Camera, flat: np.ndarray, height_mm: np.ndarray) -> np.ndarray:
    """Where points lifted off the plane towards the camera are seen; no lens term."""
    up = -lens.rotation[:, 2] * np.sign(lens.rotation[2, 2])
    space = flat @ lens.rotation[:, :2].T + lens.place_mm + height_mm[:, None] * up
    return space[:, :2] / space[:, 2:] * lens.focal_px + np.array(lens.centre_px)


def fitted(lines: Lines, lens: render.Camera, photo: Photo = PHOTO) -> Fit:
    corners = np.vstack([tag.box.corners_mm for tag in design.TAGS])
    start = fit_homography(lens.to_px(corners) + 1.0, corners)
    return fit_camera(lines, camera_prior(photo), start_px_to_mm=start, noise_floor_px=0.02)


@pytest.mark.parametrize("tilt_deg", [0.0, 15.0, 35.0])
def test_without_noise_the_truth_comes_back(tilt_deg: float) -> None:
    lens = camera(tilt_deg)
    fit = fitted(card_lines(lens), lens)
    assert fit.tilt_deg == pytest.approx(tilt_deg, abs=0.05)
    middle_mm = lens.place_mm + lens.rotation[:, :2] @ fit.origin_mm
    assert fit.distance_mm == pytest.approx(float(np.linalg.norm(middle_mm)), rel=0.002)
    assert fit.noise_px < 0.005


def test_a_lens_is_seen_by_a_card_alone() -> None:
    lens = camera(k1=0.02)
    assert fitted(card_lines(lens), lens).lens.k1 == pytest.approx(-0.02, abs=0.004)


def test_single_bad_points_are_left_out() -> None:
    lens = camera()
    lines = card_lines(lens, noise_px=0.03)
    lines.points_px[5] += 4.0
    fit = fitted(lines, lens)
    assert not fit.inliers[5]
    assert fit.tilt_deg == pytest.approx(25.0, abs=0.3)


def test_borders_that_all_grew_do_not_change_the_scale() -> None:
    lens = camera(0.0)
    lines = card_lines(lens)
    step = np.zeros_like(lines.points_px)
    step[np.arange(len(step)), lines.axis] = 0.4 * lines.outward * np.where(lines.axis == 0, 1, 0)
    turn = lens.rotation[:2, :2]
    grown = Lines(lines.points_px + step @ turn.T, lines.axis, lines.value_mm, lines.outward)
    fit = fitted(grown, lens)
    x, y = fit.parameters[camera_model.BORDER]
    assert (x, y) == (pytest.approx(0.4, abs=0.02), pytest.approx(0.0, abs=0.02))
    assert fit.distance_mm == pytest.approx(250 * 3000 / 4000, rel=0.02)


def test_a_bent_card_leaves_residuals_that_a_flat_one_does_not() -> None:
    lens = camera(25.0)
    flat, bent = (fitted(card_lines(lens, noise_px=0.05, sag_mm=sag), lens) for sag in (0.0, 4.0))
    assert flat.noise_px < 0.06
    assert bent.noise_px > 4 * flat.noise_px


def test_the_rotation_vector_and_its_matrix_are_one_another_s_inverse() -> None:
    for vector in ([0.1, -0.4, 2.0], [3.0, 0.5, 0.2], [0.0, 0.0, 0.0], [0.0, 3.1415, 0.0]):
        turn = camera_model.rotation(np.array(vector))
        assert camera_model.rotation(camera_model.rotation_vector(turn)) == pytest.approx(
            turn, abs=1e-9
        )
