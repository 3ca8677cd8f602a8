"""Rulers in rendered photos are read truly or refused; what is no ruler is never read."""

import dataclasses

import cv2
import numpy as np
import pytest

from benchmarks.ruler_scenes import MM, Design, Scale1D, Scene, designs, polygon_area, render
from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo, Pixels
from woundtrack.scale.ruler import find_ruler
from woundtrack.scale.types import Scale, ScaleMethod

DESIGNS = {design.name: design for design in designs()}
SIZE = (1600, 1200)


def scene_of(name: str, seed: int, **wish: object) -> Scene:
    return render(seed, design=DESIGNS[name], size_px=SIZE, **wish)  # type: ignore[arg-type]


def area_error(scale: Scale, scene: Scene) -> float:
    return polygon_area(scale.to_mm(scene.outline_px)) / scene.area_mm2 - 1


def photo_of(pixels: Pixels) -> Photo:
    return Photo(pixels.shape[1], pixels.shape[0], "image/png", 0)


def refusal(pixels: Pixels) -> str:
    with pytest.raises(ScaleError) as caught:
        find_ruler(pixels, photo_of(pixels))
    return caught.value.code


READABLE = [name for name, design in DESIGNS.items() if design.readable]


@pytest.mark.parametrize("name", READABLE)
def test_every_design_measures_the_area_beside_it(name: str) -> None:
    scene = scene_of(name, 40 + READABLE.index(name), max_tilt_deg=22.0)
    scale = find_ruler(scene.pixels, scene.photo)
    assert scale.method is ScaleMethod.RULER
    assert abs(area_error(scale, scene)) < 0.012
    assert scale.tilt_deg == pytest.approx(scene.tilt_deg, abs=1.5)
    assert 0 < scale.relative_sd < 0.02


@pytest.mark.parametrize("name", [name for name in DESIGNS if not DESIGNS[name].readable])
def test_marks_of_more_than_one_unit_are_refused(name: str) -> None:
    scene = scene_of(name, 7)
    with pytest.raises(ScaleError) as caught:
        find_ruler(scene.pixels, scene.photo)
    assert caught.value.code in {"scale.ambiguous_unit", "scale.too_few_ticks", "scale.no_ruler"}


def test_the_doubt_grows_away_from_the_ruler() -> None:
    scene = scene_of("paper", 3)
    scale = find_ruler(scene.pixels, scene.photo)
    on = np.mean(scale.marks_px, axis=0)
    far = on + 3 * (scene.outline_px.mean(axis=0) - on)
    assert scale.relative_sd_at((far[0], far[1])) > scale.relative_sd_at((on[0], on[1]))


def test_an_unknown_focal_length_widens_the_doubt() -> None:
    scene = scene_of("paper", 5, max_tilt_deg=20.0)
    known = find_ruler(scene.pixels, scene.photo)
    unknown = find_ruler(scene.pixels, dataclasses.replace(scene.photo, focal_px=None))
    place = tuple(scene.outline_px.mean(axis=0))
    assert unknown.relative_sd_at(place) > known.relative_sd_at(place)
    assert abs(area_error(unknown, scene)) < 4 * 2 * unknown.relative_sd_at(place)


def test_centimetres_lie_on_the_grid() -> None:
    scene = scene_of("paper", 2)
    scale = find_ruler(scene.pixels, scene.photo)
    places = scale.to_mm(scale.marks_px[::2])
    whole = (places[:, 0] - scale.anchor_mm[0]) % 1.0
    assert np.median(np.minimum(whole, 1 - whole)) < 0.03
    assert abs(np.median(places[:, 1]) - scale.anchor_mm[1]) < 0.2


def test_a_photo_from_too_far_aside_is_refused() -> None:
    for seed in range(2):
        flat = scene_of("yellow tape", seed, max_tilt_deg=0.0, hardship=0.3)
        height, width = flat.pixels.shape[:2]
        focal = flat.photo.focal_px or 1.0
        tilted, _ = _tilted(flat.pixels, focal, np.radians(52))
        photo = dataclasses.replace(flat.photo, width_px=width, height_px=height)
        with pytest.raises(ScaleError):
            find_ruler(tilted, photo)


def _tilted(pixels: Pixels, focal: float, angle: float) -> tuple[Pixels, np.ndarray]:
    """The flat scene seen from another side: the plane turned about the middle."""
    height, width = pixels.shape[:2]
    camera = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1.0]])
    turn = cv2.Rodrigues(np.array([angle, 0.3 * angle, 0]))[0]
    plane = np.stack([turn[:, 0], turn[:, 1], [0, 0, 1.6]], axis=1)
    matrix = camera @ plane @ np.linalg.inv(camera)
    return cv2.warpPerspective(pixels, matrix, (width, height)), matrix


def test_a_ruler_laid_in_a_curve_is_refused() -> None:
    ruler = Design("tape", (160, 15), (Scale1D(1.0, 155, MM, width_mm=0.3),))
    scene = render(4, design=ruler, size_px=SIZE, max_tilt_deg=0.0, hardship=0.3)
    height, width = scene.pixels.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bow = (0.09 * ((x - width / 2) / (width / 2)) ** 2 * height).astype(np.float32)
    bent = cv2.remap(scene.pixels, x + 0.6 * bow, y + bow, cv2.INTER_LINEAR)
    with pytest.raises(ScaleError) as caught:
        find_ruler(bent, scene.photo)
    assert caught.value.code == "scale.bent"


# -- what is no ruler


def blank(level: int = 190) -> Pixels:
    chance = np.random.default_rng(1)
    noise = chance.normal(level, 3, (900, 1200, 3))
    return np.clip(noise, 0, 255).astype(np.uint8)


def softened(image: Pixels) -> Pixels:
    return cv2.GaussianBlur(image, (0, 0), 0.8)


def stripes() -> Pixels:
    image = blank()
    for x in range(30, 1150, 14):
        image[100:800, x : x + 5] = 60
    return softened(image)


def comb() -> Pixels:
    image = blank()
    image[300:340, 100:1100] = 50
    for x in range(100, 1100, 10):
        image[340:430, x : x + 4] = 50
    return softened(image)


def barcode() -> Pixels:
    image, chance, x = blank(240), np.random.default_rng(4), 200
    while x < 900:
        wide = int(chance.integers(1, 5)) * 3
        long = 340 if chance.random() < 0.1 else 300
        image[200 : 200 + long, x : x + wide] = 20
        x += wide + int(chance.integers(1, 5)) * 3
    return softened(image)


def keyboard() -> Pixels:
    image = blank(60)
    for row in range(5):
        for column in range(16):
            x, y = 60 + 66 * column + 18 * row, 200 + 66 * row
            image[y : y + 56, x : x + 56] = 30
            cv2.putText(
                image, chr(65 + (row * 16 + column) % 26), (x + 12, y + 36), 0, 0.8, (220,) * 3, 2
            )
    return softened(image)


def gauze() -> Pixels:
    x, y = np.meshgrid(np.arange(1200), np.arange(900))
    weave = 200 + 30 * np.sign(np.sin(x * 0.55) * np.sin(y * 0.55)) + 10 * np.sin(x * 0.11)
    return softened(np.repeat(weave.astype(np.uint8)[..., None], 3, axis=2))


def graph_paper() -> Pixels:
    image = blank(245)
    for at in range(0, 1200, 12):
        wide = 3 if at % 60 == 0 else 1
        image[:, at : at + wide] = 120
        if at < 900:
            image[at : at + wide] = 120
    return softened(image)


def piano() -> Pixels:
    image = blank(245)
    for key in range(50):
        x = 20 + 23 * key
        image[200:700, x : x + 2] = 40
        if key % 7 not in (2, 6):
            image[200:500, x + 16 : x + 30] = 20
    return softened(image)


def text() -> Pixels:
    image = blank(240)
    for row in range(20):
        cv2.putText(
            image, "illicit Illinois minimum lll 111", (60, 60 + 40 * row), 0, 1, (30,) * 3, 2
        )
    return softened(image)


def chequers() -> Pixels:
    x, y = np.meshgrid(np.arange(1200) // 20, np.arange(900) // 20)
    board = np.where((x + y) % 2, 230, 30).astype(np.uint8)
    return softened(np.repeat(board[..., None], 3, axis=2))


def random_lengths() -> Pixels:
    image, chance = blank(), np.random.default_rng(9)
    for x in range(60, 1140, 11):
        image[300 : 300 + int(chance.integers(20, 70)), x : x + 3] = 40
    return softened(image)


NOT_RULERS = (blank, stripes, comb, barcode, keyboard, gauze, graph_paper, piano, text, chequers)


@pytest.mark.parametrize("make", [*NOT_RULERS, random_lengths])
def test_no_ruler_is_read_where_there_is_none(make) -> None:  # type: ignore[no-untyped-def]
    assert refusal(make()) in {"scale.no_ruler", "scale.ambiguous_unit", "scale.too_few_ticks"}


def test_a_very_blurred_photo_says_so() -> None:
    scene = scene_of("paper", 3)
    assert refusal(cv2.GaussianBlur(scene.pixels, (0, 0), 7)) in {"scale.blurred"}


def test_a_tiny_photo_is_refused() -> None:
    assert refusal(np.full((40, 60, 3), 128, np.uint8)) == "scale.no_ruler"
