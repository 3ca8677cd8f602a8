"""Several edges are used together where they agree, and never silently where they do not."""

import dataclasses

import numpy as np
import pytest

from tests.scale.ruler_simulated import (
    MM,
    SIXTEENTHS,
    Limb,
    View,
    area,
    edge,
    photo,
    ring_mm,
    view,
    without_unit,
)
from woundtrack.errors import ScaleError
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.solve import solve_plane
from woundtrack.scale.types import Scale

INCHES = {"design": SIXTEENTHS, "pitch_mm": 25.4 / 16, "count": 60}
RING_MM = ring_mm((60.0, 26.0), 12.0)


def camera_of(seed: int, *, max_tilt_deg: float = 20.0) -> tuple[np.random.Generator, View]:
    chance = np.random.default_rng(seed)
    return chance, view(chance, max_tilt_deg=max_tilt_deg)


def error_of(scale: Scale, camera: View) -> float:
    return area(scale.to_mm(camera.px(RING_MM))) / area(RING_MM) - 1


def marks(scale: Scale) -> int:
    return len(scale.marks_px) // 2


@pytest.mark.parametrize("turn_deg", [0.0, 90.0, 37.0, 171.0])
def test_two_rulers_at_any_angle_are_used_together(turn_deg: float) -> None:
    for seed in range(3):
        chance, camera = camera_of(seed)
        place = {"origin_mm": (70.0, 55.0), "turn_deg": turn_deg, "count": 61}
        edges = [edge(chance, camera), edge(chance, camera, **place)]
        scale = solve_plane(edges, photo(chance, camera, focal=False))
        assert marks(scale) == len(edges[0].number) + len(edges[1].number)
        # Parallel ones leave the focal length open, which square ones tell: 0.98 % of 1.2 % told.
        assert abs(error_of(scale, camera)) < 0.01
        assert scale.warnings == ("scale.focal_unknown",)


def test_a_second_ruler_makes_the_plane_surer() -> None:
    chance, camera = camera_of(5)
    edges = [edge(chance, camera), edge(chance, camera, origin_mm=(-8, 8), turn_deg=90.0, count=60)]
    known = photo(chance, camera, focal=False)
    place = camera.px(RING_MM).mean(axis=0)
    one, both = (solve_plane(edges[:count], known) for count in (1, 2))
    here = (float(place[0]), float(place[1]))
    assert both.relative_sd_at(here) < 0.5 * one.relative_sd_at(here)


@pytest.mark.parametrize("known", [True, False])
def test_a_row_of_inches_joins_with_its_unit_read_or_not(known: bool) -> None:
    for seed in range(3):
        chance, camera = camera_of(10 + seed)
        inches = edge(chance, camera, origin_mm=(0, -25), side=1, **INCHES)
        edges = [edge(chance, camera), inches if known else without_unit(inches)]
        scale = solve_plane(edges, photo(chance, camera))
        assert marks(scale) == len(edges[0].number) + len(inches.number)
        assert abs(error_of(scale, camera)) < 0.008


def test_an_edge_of_no_common_pitch_is_left_out() -> None:
    chance, camera = camera_of(20)
    strange = without_unit(edge(chance, camera, origin_mm=(0, 40), pitch_mm=1.27, count=60))
    edges = [edge(chance, camera), strange]
    scale = solve_plane(edges, photo(chance, camera))
    assert marks(scale) == len(edges[0].number)


@pytest.mark.parametrize("factor", [0.5, 1.07, 1.1, 2.0])
def test_rulers_of_unequal_length_are_refused(factor: float) -> None:
    chance, camera = camera_of(30)
    lengths = tuple(factor * each for each in MM[0])
    place = {"origin_mm": (0.0, 45.0), "count": 60, "enlarged": factor}
    other = edge(chance, camera, design=(lengths, MM[1]), **place)
    with pytest.raises(ScaleError) as caught:
        solve_plane([edge(chance, camera), other], photo(chance, camera))
    assert caught.value.code == "scale.rulers_disagree"


def test_a_ruler_a_step_higher_is_told_or_refused() -> None:
    refused = []
    for seed in range(4):
        chance, camera = camera_of(40 + seed, max_tilt_deg=12.0)
        higher = edge(chance, camera, origin_mm=(0, 45), count=80, height_mm=6.0)
        try:
            scale = solve_plane([edge(chance, camera), higher], photo(chance, camera))
        except ScaleError as error:
            refused.append(error.code)
            continue
        assert "scale.rulers_apart" in scale.warnings
        assert abs(error_of(scale, camera)) < 0.02
    assert set(refused) <= {"scale.rulers_disagree"}


# -- a person names the unit


def named(edges: list[Edge], camera: View, chance: np.random.Generator) -> Scale:
    return solve_plane(edges, photo(chance, camera), pitch_mm=1.0)


def test_a_unit_named_by_hand_is_told() -> None:
    chance, camera = camera_of(50)
    scale = named([without_unit(edge(chance, camera))], camera, chance)
    assert scale.warnings == ("scale.unit_named",)
    assert abs(error_of(scale, camera)) < 0.008


def test_an_edge_that_speaks_against_the_person_is_left_out_and_told() -> None:
    chance, camera = camera_of(51)
    other = edge(chance, camera, origin_mm=(0, 45), count=80, enlarged=1.1)
    edges = [without_unit(edge(chance, camera)), other]
    scale = named(edges, camera, chance)
    assert set(scale.warnings) == {"scale.unit_named", "scale.unit_disputed"}
    assert marks(scale) == len(edges[0].number)


# -- the way the photo was taken


def test_a_ruler_laid_in_a_curve_is_refused() -> None:
    chance, camera = camera_of(60)
    straight = edge(chance, camera)
    along = straight.base_px @ np.array(straight.line.axis)
    bow = 40.0 * ((along - along.mean()) / np.ptp(along)) ** 2
    sag = bow[:, None] * np.array([-straight.line.axis[1], straight.line.axis[0]])
    bent = dataclasses.replace(
        straight, base_px=straight.base_px + sag, tip_px=straight.tip_px + sag
    )
    with pytest.raises(ScaleError) as caught:
        solve_plane([bent], photo(chance, camera))
    assert caught.value.code == "scale.bent"


@pytest.mark.parametrize("across_deg", [0.0, 40.0])
def test_a_tape_round_a_limb_is_unrolled_and_told(across_deg: float) -> None:
    chance = np.random.default_rng(70)
    camera = view(chance, max_tilt_deg=15.0, limb=Limb(70.0, 50.0, across_deg))
    scale = solve_plane([edge(chance, camera, count=101)], photo(chance, camera))
    assert scale.warnings == ("scale.curved_surface",)
    assert scale.limb is not None
    assert scale.limb.radius_mm == pytest.approx(70.0, rel=0.05)
    turn = np.radians(across_deg)
    length = camera.rotation @ np.array([-np.sin(turn), np.cos(turn), 0.0])
    assert scale.tilt_deg == pytest.approx(np.degrees(np.arcsin(abs(length[2]))), abs=2.0)
    assert abs(error_of(scale, camera)) < 0.02


def test_a_photo_whose_scale_is_too_uncertain_is_refused() -> None:
    refused = []
    for seed in range(12):
        chance, camera = camera_of(80 + seed, max_tilt_deg=34.0)
        part = photo(chance, camera, focal=False)
        part = dataclasses.replace(part, width_px=3100, height_px=1900)
        try:
            scale = solve_plane([edge(chance, camera)], part)
        except ScaleError as error:
            refused.append(error.code)
            continue
        assert abs(error_of(scale, camera)) < 0.05
    assert len(refused) > 2
    assert set(refused) == {"scale.too_uncertain"}


def test_an_edge_that_looks_curved_and_fits_a_plane_is_flat() -> None:
    chance, camera = camera_of(90)
    looks = dataclasses.replace(edge(chance, camera), curved=True)
    scale = solve_plane([looks], photo(chance, camera))
    assert scale.warnings == ()
    assert abs(error_of(scale, camera)) < 0.01


def test_the_tilt_has_a_doubt_of_its_own() -> None:
    chance, camera = camera_of(101, max_tilt_deg=15.0)
    edges = [edge(chance, camera)]
    known, unknown = (solve_plane(edges, photo(chance, camera, focal=f)) for f in (True, False))
    for scale in (known, unknown):
        assert scale.tilt_deg is not None
        assert scale.tilt_sd_deg is not None
        assert abs(scale.tilt_deg - camera.tilt_deg) < 3 * scale.tilt_sd_deg
    assert unknown.tilt_sd_deg > 3 * known.tilt_sd_deg
