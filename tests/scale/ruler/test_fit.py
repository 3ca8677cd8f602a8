"""The plane from exact stroke ends is exact, and its doubt covers what noise does to it."""

import dataclasses

import numpy as np
import pytest

from woundtrack.photo.types import Photo
from woundtrack.scale.ruler.fit import Plane, PlaneFit
from woundtrack.scale.ruler.ladder import Ladder
from woundtrack.scale.ruler.view import COUNT, CURVED_COUNT
from woundtrack.scale.types import Scale, ScaleMethod

PHOTO = Photo(4000, 3000, "image/jpeg", 0, focal_px=3200.0, focal_relative_sd=0.02)
WOUND_MM = np.array([[20.0, 20.0], [50.0, 20.0], [50.0, 55.0], [20.0, 55.0]])


def camera(tilt_deg: float, azimuth_deg: float, turn_deg: float) -> np.ndarray:
    """From mm of the plane to px: 300 mm away, the plane tilted about an axis in it."""
    tilt, azimuth, turn = np.radians([tilt_deg, azimuth_deg, turn_deg])
    axis = np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
    cross = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    tilted = np.eye(3) + np.sin(tilt) * cross + (1 - np.cos(tilt)) * cross @ cross
    flat = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)], [0, 0]])
    view = np.column_stack([tilted @ flat, [-20.0, -15.0, 300.0]])
    return np.array([[3200.0, 0, 1999.5], [0, 3200.0, 1499.5], [0, 0, 1.0]]) @ view


def through(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    rays = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return rays[:, :2] / rays[:, 2:]


def ladder(matrix: np.ndarray, *, noise_px: float = 0.0, seed: int = 0) -> Ladder:
    chance = np.random.default_rng(seed)
    number = np.sort(chance.permutation(101)[:80]) - 50
    kinds = np.where(number % 10 == 0, 2, np.where(number % 5 == 0, 1, 0))
    along = number.astype(np.float64)
    tips = np.array([2.6, 4.1, 5.7])[kinds]
    base = through(matrix, np.column_stack([along, np.zeros(80)]))
    tip = through(matrix, np.column_stack([along, tips]))
    sure = np.ones(80, np.bool_)
    return Ladder(
        along_mm=along,
        base_px=base + chance.normal(0, noise_px, base.shape),
        tip_px=tip + chance.normal(0, noise_px, tip.shape),
        across_sd_px=np.full(80, max(noise_px, 0.1)),
        base_sure=sure,
        tip_sure=sure,
        kinds=kinds,
        kind_count=3,
        along_sd_px=max(noise_px, 0.1),
    )


def scale_of(plane: Plane) -> Scale:
    return Scale(
        method=ScaleMethod.RULER,
        homography_px_to_mm=plane.map.homography_px_to_mm,
        lens=plane.map.lens,
        relative_sd=0.0,
        shifts=plane.shifts,
    )


def area_error(plane: Plane, matrix: np.ndarray) -> float:
    x, y = scale_of(plane).to_mm(through(matrix, WOUND_MM)).T
    area = 0.5 * abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))
    return area / (30 * 35) - 1


VIEWS = [(0, 0, 0), (15, 0, 30), (20, 90, 200), (30, 45, 110), (22, 250, 300), (35, 180, 10)]


@pytest.mark.parametrize("view", VIEWS)
def test_exact_ends_give_the_exact_plane(view: tuple[float, float, float]) -> None:
    matrix = camera(*view)
    plane = PlaneFit([ladder(matrix)], PHOTO).plane()
    assert abs(area_error(plane, matrix)) < 2e-4
    assert plane.tilt_deg == pytest.approx(view[0], abs=0.05)


def test_a_wrong_focal_length_is_within_its_doubt() -> None:
    matrix = camera(22, 60, 40)
    for factor in (0.97, 1.03):
        photo = dataclasses.replace(PHOTO, focal_px=3200.0 * factor, focal_relative_sd=0.03)
        plane = PlaneFit([ladder(matrix, noise_px=0.3)], photo).plane()
        place = through(matrix, WOUND_MM.mean(axis=0)[None])[0]
        doubt = 2 * scale_of(plane).relative_sd_at((place[0], place[1]))
        assert abs(area_error(plane, matrix)) < 3 * doubt
        assert abs(area_error(plane, matrix)) < 0.02


def test_the_doubt_is_what_noise_does() -> None:
    matrix = camera(18, 130, 75)
    errors, doubts = [], []
    for seed in range(24):
        plane = PlaneFit([ladder(matrix, noise_px=0.3, seed=seed)], PHOTO).plane()
        place = through(matrix, WOUND_MM.mean(axis=0)[None])[0]
        errors.append(area_error(plane, matrix))
        doubts.append(2 * scale_of(plane).relative_sd_at((place[0], place[1])))
    # The lens and focal length are true here, so their doubt makes the told one the larger.
    assert 0.5 * np.std(errors) < np.median(doubts) < 6 * np.std(errors)
    assert np.mean(np.abs(errors) < 2 * np.array(doubts)) > 0.9


def test_a_tenth_of_wrong_strokes_does_not_move_the_plane() -> None:
    matrix = camera(20, 30, 160)
    good = ladder(matrix, noise_px=0.2)
    tip = good.tip_px.copy()
    tip[::10] += 9.0
    plane = PlaneFit([dataclasses.replace(good, tip_px=tip)], PHOTO).plane()
    assert abs(area_error(plane, matrix)) < 0.01


@pytest.mark.parametrize("curved", [False, True])
def test_the_slopes_are_those_of_the_residuals(curved: bool) -> None:
    matrix = camera(20, 30, 40)
    ladders = [ladder(matrix, noise_px=0.3), ladder(matrix, noise_px=0.3, seed=1)]
    fit = PlaneFit(ladders, PHOTO, curved=curved)
    view = [0.2, -0.3, 0.7, 0.05, -0.1, np.log(10.0), 0.02, 0.01, 0.003, -0.002]
    curve = [1 / 80.0, 0.4] if curved else []
    x = np.array([*view, *curve, 2.6, 4.1, 5.7, 0.01, -3.0, 12.0, 0.001, 2.5, 4.0, 5.5])
    assert fit.count == (CURVED_COUNT if curved else COUNT)
    slopes = fit.slopes(x)
    for place in range(len(x)):
        step = np.zeros(len(x))
        step[place] = 1e-6
        counted = (fit.residuals(x + step) - fit.residuals(x - step)) / 2e-6
        assert np.abs(slopes[:, place] - counted).max() < 1e-4 * max(np.abs(counted).max(), 1.0)


def test_errors_that_neighbours_share_widen_the_doubt() -> None:
    matrix = camera(10, 30, 40)
    alone = ladder(matrix, noise_px=0.3)
    wave = 0.35 * np.sin(np.arange(80) / 5.0)[:, None]
    shared = dataclasses.replace(
        ladder(matrix), base_px=ladder(matrix).base_px + wave, tip_px=ladder(matrix).tip_px + wave
    )
    one, other = (PlaneFit([each], PHOTO).plane() for each in (alone, shared))
    assert other.tilt_sd_deg > 1.2 * one.tilt_sd_deg
