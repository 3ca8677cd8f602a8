"""Rings: area, order, insides, and what is refused."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woundtrack.errors import OutlineError
from woundtrack.outline.rings import (
    area_px2,
    bounds,
    centroid,
    check,
    contains,
    is_hole,
    normalised,
    outline_contains,
    outline_from_json,
    outline_to_json,
    signed_area,
)
from woundtrack.outline.types import Outline, OutlineSource, Ring
from woundtrack.sentences import SENTENCES


def square(left: float, top: float, size: float) -> Ring:
    right, bottom = left + size, top + size
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def circle(x: float, y: float, radius: float, count: int = 360) -> Ring:
    angles = [2 * math.pi * k / count for k in range(count)]
    return tuple((x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles)


WOUND, HOLE, ISLAND, OTHER = (
    square(10, 10, 60),
    square(20, 20, 40),
    square(30, 30, 10),
    square(80, 10, 15),
)
NESTED = Outline((ISLAND, OTHER, HOLE, WOUND))


def refusal(outline: Outline) -> str:
    with pytest.raises(OutlineError) as caught:
        check(outline, width_px=100, height_px=100)
    assert caught.value.code in SENTENCES
    return caught.value.code


def test_the_sign_of_an_area_tells_its_turn() -> None:
    assert signed_area(square(3, 4, 5)) == pytest.approx(25)
    assert signed_area(square(3, 4, 5)[::-1]) == pytest.approx(-25)
    assert signed_area(()) == signed_area(((1.0, 1.0), (2.0, 2.0))) == 0.0


def test_a_large_offset_costs_no_accuracy() -> None:
    assert signed_area(circle(1e6, 1e6, 10)) == pytest.approx(signed_area(circle(0, 0, 10)))


def test_holes_are_told_by_parity_and_taken_off() -> None:
    assert [is_hole(i, NESTED.rings) for i in range(4)] == [False, False, True, False]
    assert area_px2(NESTED) == pytest.approx(3600 - 1600 + 100 + 225)


def test_each_outer_ring_is_followed_by_its_holes() -> None:
    rings = normalised(NESTED).rings
    sizes = [round(signed_area(ring)) for ring in rings]
    assert sizes == [3600, -1600, 225, 100]
    assert normalised(Outline(rings)).rings == rings


def test_repeated_points_are_dropped() -> None:
    ring = (*WOUND, WOUND[-1], WOUND[0])
    assert normalised(Outline((ring,))).rings == (WOUND,)


def test_points_inside_and_outside() -> None:
    assert contains(WOUND, (11, 11))
    assert not contains(WOUND, (5, 40))
    assert outline_contains(NESTED, (15, 15))
    assert not outline_contains(NESTED, (25, 25))
    assert outline_contains(NESTED, (35, 35))


def test_bounds_and_centre() -> None:
    assert bounds(NESTED) == (10, 10, 95, 70)
    assert centroid(Outline((WOUND, HOLE))) == pytest.approx((40, 40))
    assert centroid(Outline((circle(30, 50, 7)[::-1],))) == pytest.approx((30, 50))
    for fails in (bounds, centroid):
        with pytest.raises(OutlineError) as caught:
            fails(Outline())
        assert caught.value.code == "outline.empty"


def test_a_sound_outline_passes() -> None:
    whole = Outline((square(-0.5, -0.5, 100),))
    touching = Outline((square(10, 10, 20), square(30, 30, 20)))
    refused = []
    for outline in (NESTED, whole, touching):
        try:
            check(outline, width_px=100, height_px=100)
        except OutlineError as error:
            refused.append(error.code)
    assert refused == []


BOW_TIE = ((10.0, 10.0), (60.0, 60.0), (60.0, 10.0), (10.0, 60.0))


@pytest.mark.parametrize(
    ("rings", "code"),
    [
        ((), "outline.empty"),
        (((),), "outline.too_few_points"),
        (((1.0, 1.0), (5.0, 5.0)), "outline.too_few_points"),
        (((1.0, 1.0), (5.0, 5.0), (1.0, 1.0), (5.0, 5.0)), "outline.too_few_points"),
        (square(50, 50, 60), "outline.outside_photo"),
        (((1.0, 1.0), (float("nan"), 5.0), (9.0, 2.0)), "outline.outside_photo"),
        (BOW_TIE, "outline.crosses_itself"),
    ],
)
def test_what_means_no_area_is_refused(rings: tuple, code: str) -> None:
    outline = Outline(rings if rings in ((), ((),)) else (rings,))
    assert refusal(outline) == code


@pytest.mark.parametrize(
    "other", [square(40, 40, 50), WOUND, square(10, 10, 30), square(65, 20, 20)]
)
def test_rings_that_cross_each_other_are_refused(other: Ring) -> None:
    expected = None if other == square(10, 10, 30) else "outline.crosses_itself"
    outline = Outline((WOUND, other))
    if expected is None:  # a hole that shares part of the edge still means an area
        check(outline, width_px=100, height_px=100)
    else:
        assert refusal(outline) == expected


def test_a_flat_ring_encloses_nothing() -> None:
    flat = ((10.0, 10.0), (20.0, 20.0), (30.0, 30.0))
    assert refusal(Outline((flat,))) in ("outline.empty", "outline.crosses_itself")


@pytest.mark.parametrize(
    "wrapped", [lambda r: r, lambda r: {"outline": r}, lambda r: {"rings": r, "area": 3}]
)
def test_outlines_are_read_from_json(wrapped: object) -> None:
    rings = [[[1, 2], [30.5, 2], [30.5, 40.25]]]
    outline = outline_from_json(json.dumps(wrapped(rings)))  # type: ignore[operator]
    assert outline.rings == (((1.0, 2.0), (30.5, 2.0), (30.5, 40.25)),)
    assert outline.source is OutlineSource.FILE


def test_a_ring_that_repeats_its_first_point_is_closed_once() -> None:
    text = "[[[0, 0], [9, 0], [9, 9], [0, 0]]]"
    assert len(outline_from_json(text).rings[0]) == 3


def test_json_goes_round() -> None:
    assert outline_from_json(outline_to_json(NESTED)).rings == NESTED.rings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "3",
        '"ring"',
        '{"points": []}',
        '{"outline": null}',
        "[[1, 2], [3, 4]]",
        "[[[1]]]",
        "[[[1, 2, 3]]]",
        '[[["1", "2"]]]',
        "[[[true, false]]]",
        "[[[NaN, 1]]]",
        "[[[1e999, 1]]]",
        "[[[" + "9" * 400 + ", 1]]]",
        "[" * 100_000,
        '[[{"x": 1}]]',
    ],
)
def test_a_file_without_rings_is_unreadable(text: str) -> None:
    with pytest.raises(OutlineError) as caught:
        outline_from_json(text)
    assert caught.value.code == "outline.file_unreadable"


@given(st.text(max_size=60))
def test_any_text_is_an_outline_or_refused(text: str) -> None:
    try:
        outline_from_json(text)
    except OutlineError as error:
        assert error.code == "outline.file_unreadable"  # noqa: PT017 - either may happen
