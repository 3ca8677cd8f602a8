"""The plane of a camera that is not told: the mean of what it may be, and its spread."""

import dataclasses

import numpy as np

from tests.scale.ruler_simulated import View, area, edge, photo, ring_mm, view
from woundtrack.photo.types import Photo
from woundtrack.scale.ruler.fit import Plane
from woundtrack.scale.ruler.focal import averaged
from woundtrack.scale.ruler.plane import Reading, first_plane, fitted, map_of

RING_MM = ring_mm((60.0, 26.0), 12.0)
PART_PX = (3100, 1900)


def part_of(camera: View, chance: np.random.Generator) -> tuple[View, Photo]:
    """The photo cut down about what it was taken of."""
    longer = np.hypot(*camera.size_px) / np.hypot(*PART_PX)
    off = chance.normal(0, 0.065 * longer, 2) * np.hypot(*PART_PX)
    middle = (np.array(PART_PX) - 1) / 2
    moved = dataclasses.replace(camera, size_px=PART_PX, centre_px=middle + off)
    return moved, Photo(*PART_PX, "image/jpeg", 0)


def found(camera: View, shown: Photo, readings: list[Reading]) -> tuple[Plane, float, float]:
    """The plane averaged over cameras, its area's error and the error's sd."""
    plane = first_plane(readings[0], shown)
    if len(readings) > 1:
        plane = fitted(readings, shown, plane)
    plane = averaged(readings, shown, plane)
    scale = map_of(plane)
    ring_px = camera.px(RING_MM)
    here = area(scale.to_mm(ring_px))
    moved = [area(each.to_mm(ring_px)) / here - 1 for each in scale.shifted()]
    return plane, here / area(RING_MM) - 1, float(np.linalg.norm(moved))


def one(chance: np.random.Generator, camera: View) -> list[Reading]:
    return [Reading(edge(chance, camera), 1.0)]


def scene(seed: int, *, max_tilt_deg: float) -> tuple[np.random.Generator, View]:
    chance = np.random.default_rng([seed, 7])
    return chance, view(chance, max_tilt_deg=max_tilt_deg)


def test_a_camera_square_on_needs_no_focal_length() -> None:
    chance, camera = scene(0, max_tilt_deg=1.0)
    _, error, sd = found(camera, photo(chance, camera, focal=False), one(chance, camera))
    assert abs(error) < 0.003
    assert sd < 0.005


def test_the_doubt_covers_the_error_whatever_the_camera() -> None:
    sizes = {True: [], False: []}
    for seed in range(9):
        for whole in sizes:
            chance, camera = scene(seed, max_tilt_deg=28.0)
            shown = photo(chance, camera, focal=False)
            if not whole:
                camera, shown = part_of(camera, chance)
            _, error, sd = found(camera, shown, one(chance, camera))
            sizes[whole].append(abs(error) / sd)
    for size in map(np.array, sizes.values()):
        assert np.mean(size < 2) > 0.75
        assert size.max() < 3.5


def test_a_part_of_a_photo_is_doubted_more_than_a_whole_one() -> None:
    chance, camera = scene(3, max_tilt_deg=28.0)
    readings = one(chance, camera)
    whole = found(camera, photo(chance, camera, focal=False), readings)[2]
    # The same place in a frame of no camera's proportions.
    strip = Photo(4000, 2990, "image/jpeg", 0)
    assert found(camera, strip, readings)[2] > 1.3 * whole


def test_two_square_rulers_tell_the_camera_of_a_part_too() -> None:
    chance, camera = scene(5, max_tilt_deg=25.0)
    camera, shown = part_of(camera, chance)
    arm = edge(chance, camera, origin_mm=(-8.0, 8.0), turn_deg=90.0, count=71)
    single = one(chance, camera)
    alone = found(camera, shown, single)[2]
    _, error, sd = found(camera, shown, [*single, Reading(arm, 1.0)])
    assert sd < 0.4 * alone
    assert abs(error) < max(3 * sd, 0.01)


def test_the_tilt_is_doubted_with_the_camera() -> None:
    chance, camera = scene(3, max_tilt_deg=28.0)
    plane, _, _ = found(camera, photo(chance, camera, focal=False), one(chance, camera))
    assert plane.tilt_sd_deg > 0.5
    assert abs(plane.tilt_deg - camera.tilt_deg) < 3 * plane.tilt_sd_deg
