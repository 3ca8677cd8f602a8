"""What a person tells of a ruler is weighed against its graduations, and told in the scale."""

import dataclasses

import numpy as np
import pytest

from benchmarks.scale_scenes import scene
from tests.scale.ruler_simulated import (
    SIXTEENTHS,
    View,
    area,
    edge,
    photo,
    ring_mm,
    view,
    without_unit,
)
from woundtrack.errors import ScaleError
from woundtrack.photo.types import Photo
from woundtrack.scale.limb import sides as limb_sides
from woundtrack.scale.ruler import (
    RulerReading,
    pitch_between,
    read_ruler,
    read_ruler_along,
    scale_with_pitch,
)
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.types import ScaleMethod

Point = tuple[float, float]


def seen(seed: int, **wish: object) -> tuple[np.random.Generator, View, Edge]:
    chance = np.random.default_rng(seed)
    camera = view(chance, max_tilt_deg=15.0)
    return chance, camera, edge(chance, camera, **wish)  # type: ignore[arg-type]


def at(camera: View, along_mm: float) -> Point:
    x, y = camera.px(np.array([[along_mm, -1.0]]))[0]
    return float(x), float(y)


def refusal(found: Edge, camera: View, start_mm: float, end_mm: float, length_mm: float) -> str:
    with pytest.raises(ScaleError) as caught:
        between(found, camera, start_mm, end_mm, length_mm)
    return caught.value.code


def between(found: Edge, camera: View, start_mm: float, end_mm: float, length_mm: float) -> float:
    ends = {"start_px": at(camera, start_mm), "end_px": at(camera, end_mm)}
    return pitch_between(found, **ends, length_mm=length_mm)


# -- the length between two graduations


@pytest.mark.parametrize(("start", "end"), [(10, 60), (60, 10), (3, 118), (50, 55)])
def test_the_length_between_two_marks_gives_the_step(start: float, end: float) -> None:
    _, camera, found = seen(1)
    assert between(found, camera, start, end, abs(end - start)) == 1.0


def test_a_point_between_two_marks_counts_as_the_nearer() -> None:
    _, camera, found = seen(2)
    assert between(found, camera, 10.3, 59.7, 50.0) == 1.0


@pytest.mark.parametrize("steps", [16, 32, 64])
def test_sixteenths_of_an_inch_are_known_by_their_length(steps: int) -> None:
    _, camera, found = seen(3, design=SIXTEENTHS, pitch_mm=25.4 / 16, count=75)
    start, end = 4 * 25.4 / 16, (4 + steps) * 25.4 / 16
    assert between(found, camera, start, end, steps * 25.4 / 16) == pytest.approx(25.4 / 16)


def test_a_mark_too_many_is_refused() -> None:
    _, camera, found = seen(4)
    assert refusal(found, camera, 10, 60, 51.0) == "scale.steps_disagree"
    assert refusal(found, camera, 10, 60, 49.0) == "scale.steps_disagree"
    assert refusal(found, camera, 10, 60, 75.0) == "scale.steps_disagree"


def test_half_and_twice_the_length_are_other_graduations() -> None:
    _, camera, found = seen(5)
    assert between(found, camera, 10, 60, 25.0) == 0.5
    assert between(found, camera, 10, 60, 100.0) == 2.0


def test_a_point_where_no_mark_was_seen_still_counts_its_steps() -> None:
    _, camera, found = seen(6, count=61)
    assert between(found, camera, 10, 90, 80.0) == 1.0


def test_points_too_close_and_lengths_of_nothing_are_refused() -> None:
    _, camera, found = seen(7)
    assert refusal(found, camera, 10, 12, 2.0) == "scale.points_too_close"
    for length in (0.0, -5.0, float("nan"), float("inf")):
        assert refusal(found, camera, 10, 60, length) == "scale.mm_not_positive"


# -- the unit named


def test_the_named_step_gives_the_scale_and_is_told() -> None:
    chance, camera, found = seen(10)
    reading = RulerReading((without_unit(found),), None, ScaleError("scale.ambiguous_unit"))
    ring = ring_mm((60.0, 25.0), 12.0)
    scale = scale_with_pitch(reading, photo(chance, camera), pitch_mm=1.0)
    assert scale.method is ScaleMethod.RULER
    assert "scale.unit_named" in scale.warnings
    assert area(scale.to_mm(camera.px(ring))) == pytest.approx(area(ring), rel=0.01)
    half = scale_with_pitch(reading, photo(chance, camera), pitch_mm=0.5)
    assert area(half.to_mm(camera.px(ring))) == pytest.approx(area(ring) / 4, rel=0.01)


def test_a_named_unit_does_not_hide_a_ruler_on_a_limbs_flank(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_scale: object, _pixels: object, _photo: object) -> None:
        raise ScaleError("scale.on_flank")

    monkeypatch.setattr(limb_sides, "with_limb_sides", refuse)
    chance, camera, found = seen(13)
    reading = RulerReading((found,), None, ScaleError("scale.on_flank"))
    pixels = np.zeros((9, 9, 3), np.uint8)
    with pytest.raises(ScaleError) as raised:
        scale_with_pitch(reading, photo(chance, camera), pitch_mm=1.0, pixels=pixels)
    assert raised.value.code == "scale.on_flank"


def test_the_edge_of_the_named_place_is_the_one_that_counts() -> None:
    chance, camera, found = seen(11)
    other = without_unit(edge(chance, camera, origin_mm=(0.0, 45.0), pitch_mm=2.0, count=40))
    reading = RulerReading((without_unit(found), other), None, None)
    scale = scale_with_pitch(reading, photo(chance, camera), pitch_mm=2.0, place=1)
    ring = ring_mm((60.0, 25.0), 12.0)
    assert area(scale.to_mm(camera.px(ring))) == pytest.approx(area(ring), rel=0.012)


def test_a_person_who_is_contradicted_is_told_so() -> None:
    chance, camera, found = seen(12)
    sure = edge(chance, camera, origin_mm=(0.0, 45.0))
    reading = RulerReading((without_unit(found), sure), None, None)
    scale = scale_with_pitch(reading, photo(chance, camera), pitch_mm=2.0)
    assert "scale.unit_disputed" in scale.warnings


@pytest.mark.parametrize("pitch_mm", [0.0, -1.0, float("nan"), float("inf")])
def test_a_step_of_no_length_is_refused(pitch_mm: float) -> None:
    chance, camera, found = seen(13)
    with pytest.raises(ScaleError) as caught:
        scale_with_pitch(
            RulerReading((found,), None, None), photo(chance, camera), pitch_mm=pitch_mm
        )
    assert caught.value.code == "scale.mm_not_positive"


@pytest.mark.parametrize("place", [0, 1, -1])
def test_an_edge_that_is_not_there_is_no_ruler(place: int) -> None:
    chance, camera, found = seen(14)
    edges = () if place == 0 else (found,)
    with pytest.raises(ScaleError) as caught:
        scale_with_pitch(
            RulerReading(edges, None, None), photo(chance, camera), pitch_mm=1.0, place=place
        )
    assert caught.value.code == "scale.no_ruler"


# -- along a drawn line


def test_a_ruler_is_read_along_a_line_drawn_over_it() -> None:
    shown = scene(100_003, family="paper", limb="flat", focal="exact", max_tilt_deg=15.0)
    ends = shown.rows[0].ends_px[shown.rows[0].seen].mean(axis=1)
    start, end = ends[len(ends) // 8], ends[-len(ends) // 8]
    reading = read_ruler_along(
        shown.pixels, shown.photo,
        start_px=(float(start[0]) + 3.0, float(start[1]) - 4.0),
        end_px=(float(end[0]) - 2.0, float(end[1]) + 3.0),
    )  # fmt: skip
    assert reading.refusal is None
    assert reading.scale is not None
    found = area(reading.scale.to_mm(shown.outline_px))
    assert found == pytest.approx(shown.area_mm2, rel=0.02)
    whole = read_ruler(shown.pixels, shown.photo)
    assert whole.scale is not None
    assert found == pytest.approx(area(whole.scale.to_mm(shown.outline_px)), rel=0.005)


def test_along_a_line_over_bare_skin_there_is_none() -> None:
    skin = np.full((900, 1200, 3), 170, np.uint8)
    known = Photo(1200, 900, "image/png", 0)
    reading = read_ruler_along(skin, known, start_px=(100.0, 200.0), end_px=(700.0, 400.0))
    assert reading.edges == ()
    assert reading.refusal is not None
    assert reading.refusal.code in {"scale.no_ruler", "scale.blurred"}
    short = read_ruler_along(skin, known, start_px=(100.0, 200.0), end_px=(110.0, 204.0))
    assert short.edges == ()


def test_a_tilt_beyond_the_limit_is_refused_for_a_named_unit_too() -> None:
    chance, camera, found = seen(16)
    steep = dataclasses.replace(
        camera, rotation=camera.rotation @ np.array(_turned(50.0)), centre_px=camera.centre_px
    )
    known = photo(chance, steep)
    reading = RulerReading((edge(chance, steep),), None, None)
    with pytest.raises(ScaleError) as caught:
        scale_with_pitch(reading, known, pitch_mm=1.0)
    assert caught.value.code in {"scale.tilt_beyond", "scale.too_uncertain"}
    assert found.sure


def _turned(degrees: float) -> list[list[float]]:
    cosine, sine = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))
    return [[1.0, 0.0, 0.0], [0.0, cosine, -sine], [0.0, sine, cosine]]
