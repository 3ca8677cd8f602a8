"""The renderer of rulers shows what it says is true."""

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from benchmarks import scale_fonts
from benchmarks.render import polygon_mm2
from benchmarks.scale_camera import Sight, Surface
from benchmarks.scale_families import FAMILIES
from benchmarks.scale_lookalikes import KINDS
from benchmarks.scale_negatives import negative
from benchmarks.scale_scenes import scene
from benchmarks.scale_truth import Scene, Ticks

SIZE = (1000, 750)
NO_TICKS = ("checker",)


def quiet(seed: int, family: str, *, limb: str = "flat", tilt_deg: float = 20.0) -> Scene:
    return scene(
        seed,
        family=family,
        size_px=SIZE,
        max_tilt_deg=tilt_deg,
        limb=limb,
        hardship=0.1,
        alone=True,
    )


def off_px(shown: Scene, row: Ticks) -> np.ndarray:
    """How far the middle of each stroke's ink is from where it should be, across it."""
    grey = shown.pixels.astype(np.float64).mean(axis=2)
    base, tip = row.ends_px[row.seen, 0], row.ends_px[row.seen, 1]
    way = (tip - base) / np.linalg.norm(tip - base, axis=1, keepdims=True)
    across = np.stack([-way[:, 1], way[:, 0]], axis=1)
    reach = np.linspace(-0.45, 0.45, 41) * min(row.pitch_px, 16.0)
    # Half-way up, where no base line and no number is.
    spots = (base + 0.5 * (tip - base))[:, None] + reach[:, None] * across[:, None]
    level = map_coordinates(grey, [spots[..., 1], spots[..., 0]], order=1)
    ink = np.abs(level - np.median(level, axis=1, keepdims=True))
    ink[ink < 0.5 * ink.max(axis=1, keepdims=True)] = 0
    return (ink * reach).sum(axis=1) / ink.sum(axis=1)


def strokes(shown: Scene) -> list[Ticks]:
    """The rows drawn as strokes whose steps are wide enough to tell ink from gap."""
    return [
        row
        for row in shown.rows
        if row.pitch_px > 4 and row.seen.sum() > 5 and not row.row.boundary
    ]


@pytest.mark.parametrize("family", FAMILIES)
def test_strokes_are_where_the_truth_says(family: str) -> None:
    shown = quiet(100_700 + tuple(FAMILIES).index(family), family)
    assert strokes(shown) or family in NO_TICKS
    for row in strokes(shown):
        off = off_px(shown, row)
        assert abs(np.median(off)) < 0.1
        assert np.median(np.abs(off)) < 0.2


@pytest.mark.parametrize("limb", ["along", "round", "oblique"])
def test_strokes_on_limbs_are_where_the_truth_says(limb: str) -> None:
    shown = quiet(100_530, "sticker", limb=limb)
    for row in strokes(shown):
        assert abs(np.median(off_px(shown, row))) < 0.1
    assert strokes(shown)


def test_the_area_is_that_of_the_outline_on_the_surface() -> None:
    for limb in ("flat", "round"):
        shown = quiet(100_540, "paper", limb=limb)
        back = shown.sight.to_mm(shown.outline_px)
        assert polygon_mm2(back) == pytest.approx(shown.area_mm2, rel=1e-5)


def test_the_homography_is_the_cameras_without_its_lens() -> None:
    shown = scene(100_541, size_px=SIZE, hardship=0.0, limb="flat", focal="exact", alone=True)
    ones = np.ones((len(shown.layout.ring_mm), 1))
    through = np.hstack([shown.layout.ring_mm, ones]) @ shown.homography_mm_to_px.T
    assert through[:, :2] / through[:, 2:] == pytest.approx(shown.outline_px, abs=1e-6)
    assert shown.photo.focal_px == pytest.approx(shown.sight.camera.focal_px, rel=1e-6)


def test_a_limb_is_unrolled_without_stretching() -> None:
    limb = Surface(40.0, 30.0, (5.0, 8.0))
    steps = np.linspace([0.0, 0.0], [30.0, 40.0], 4000)
    walked = np.linalg.norm(np.diff(limb.to_space(steps), axis=0), axis=1).sum()
    assert walked == pytest.approx(50.0, rel=1e-6)


def test_what_lies_higher_looks_larger() -> None:
    sight = quiet(100_542, "paper").sight
    line = np.array([[0.0, 0.0], [50.0, 0.0]])
    low, high = (np.linalg.norm(np.diff(sight.to_px(line, each), axis=0)) for each in (0.0, 1.0))
    distance = -sight.origin[2]
    assert high / low == pytest.approx(distance / (distance - 1), rel=2e-3)


def test_the_map_of_a_box_is_the_cameras() -> None:
    sight: Sight = quiet(100_543, "paper", tilt_deg=30.0).sight
    box = (100, 200, 160, 230)
    identity = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    places = sight.maps(box, affine=identity)
    x, y = np.meshgrid(np.arange(100, 160), np.arange(200, 230))
    exact = sight.to_mm(np.stack([x, y], axis=-1).reshape(-1, 2).astype(float))
    assert places.reshape(-1, 2) == pytest.approx(exact, abs=2e-3)


def test_a_seed_gives_one_photo() -> None:
    first, again = (scene(100_544, size_px=SIZE) for _ in range(2))
    assert np.array_equal(first.pixels, again.pixels)
    assert first.area_mm2 == again.area_mm2
    assert not np.array_equal(first.pixels, scene(100_545, size_px=SIZE).pixels)


def test_what_is_under_something_is_not_seen() -> None:
    hidden = [scene(seed, family="paper", size_px=SIZE, limb="flat") for seed in range(8)]
    parts = [each.hidden for each in hidden]
    assert min(parts) == 0
    assert 0.1 < max(parts) < 0.75
    for each in hidden:
        framed = (each.rows[0].ends_px > 2).all(axis=(1, 2))
        assert each.rows[0].seen.sum() <= framed.sum()


def test_only_what_tells_its_unit_in_the_frame_can_be_read() -> None:
    assert quiet(100_561, "paper").readable
    assert not quiet(100_561, "untold").readable
    assert not quiet(100_561, "paper", limb="round").readable
    small = scene(
        100_561, family="paper", size_px=(200, 150), hardship=0.1, limb="flat", alone=True
    )
    assert small.pitch_px < 4
    assert not small.readable


def test_the_focal_length_is_told_as_exif_would() -> None:
    for seed in range(100_570, 100_576):
        rounded = scene(seed, size_px=SIZE, focal="rounded", alone=True)
        told = rounded.photo.focal_px
        assert told is not None
        equivalent = told * 43.2666 / np.hypot(*SIZE)
        assert equivalent == pytest.approx(round(equivalent), abs=1e-3)
        sds = np.log(rounded.sight.camera.focal_px / told) / rounded.photo.focal_relative_sd
        assert abs(sds) < 4
    assert scene(100_570, size_px=SIZE, focal="missing", alone=True).photo.focal_px is None
    cropped = scene(100_571, focal="cropped", alone=True)
    assert cropped.photo.focal_px is None


def test_a_blurred_photo_is_as_soft_as_it_says() -> None:
    soft = scene(100_583, family="checker", size_px=SIZE, limb="flat", hardship=0.7, alone=True)
    for shown, blur_px in ((quiet(100_583, "checker"), 0.41), (soft, 1.08)):
        assert shown.look.motion_px == 0
        assert shown.blur_px == pytest.approx(blur_px, abs=0.01)
        # The px's own width, and that of the samples in it, spread a step a little more.
        assert edge_spread_px(shown) == pytest.approx(np.hypot(blur_px, 0.4), abs=0.12)


def edge_spread_px(shown: Scene) -> float:
    """One sd of the steps between the blocks of a checker bar, from their rise of 20 to 80 %."""
    grey = (shown.pixels.astype(np.float64).mean(axis=2) / 255) ** 2.2
    row, reach, found = shown.rows[0], np.linspace(-8, 8, 321), []
    for base, tip in row.ends_px[row.seen][1:-1]:
        way = (tip - base) / np.linalg.norm(tip - base)
        spots = base + 0.25 * (tip - base) + reach[:, None] * np.array([-way[1], way[0]])
        level = map_coordinates(grey, [spots[:, 1], spots[:, 0]], order=1)
        start, end = np.median(level[:60]), np.median(level[-60:])
        part = (level - start) / (end - start)
        rise = reach[np.argmax(part > 0.8)] - reach[np.argmax(part > 0.2)]
        found.append(rise / (2 * 0.8416))
    return float(np.median(found))


def test_every_lookalike_is_no_ruler() -> None:
    for seed in range(100_600, 100_600 + len(KINDS)):
        shown = negative(seed, size_px=(600, 450))
        assert not shown.readable
        assert shown.pixels.std() > 5


def test_digits_are_drawn_without_any_typeface(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale_fonts, "typefaces", lambda: ())
    mask = scale_fonts.lettering("12", height_px=20, face=0.3)
    assert mask.shape[0] > 15
    assert mask.max() > 200
