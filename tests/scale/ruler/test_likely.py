"""What numbers, words and sizes together tell of a step, and what they leave open."""

from dataclasses import replace

import numpy as np
import pytest

from tests.scale.ruler_simulated import ideal_edge
from woundtrack.photo.types import Photo
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.evidence import SETTLED, Verdict
from woundtrack.scale.ruler.labels import Labels
from woundtrack.scale.ruler.likely import alone, by_size
from woundtrack.scale.ruler.steps import STEPS_MM
from woundtrack.scale.ruler.unit import PATTERNS

INCH = 25.4
STEP_PX = 20.0
TYPE_MM = 25.4 / 72 * 0.714
"""How high the digits of a point of type are."""
PHOTO = Photo(4000, 3000, "image/jpeg", 0)


def graduated(step_mm: float, lengths_mm: dict[int, float], *, count: int = 61) -> Edge:
    """An edge of lengths by period."""
    return ideal_edge(STEP_PX, {n: mm / step_mm for n, mm in lengths_mm.items()}, count=count)


def blocks(step_mm: float) -> Edge:
    """The boundaries of blocks as broad as a checker's, which tell nothing by their length."""
    return replace(graduated(step_mm, {1: 3.0}, count=13), blocks=True)


def numbers(step_mm: float, *, every: int, print_mm: float = 3.0, word: str = "") -> Labels:
    """Numbers that count up by one, read beyond doubt."""
    values = tuple((float(every * n), n) for n in range(6))
    return Labels(((1 / every, 20.0),), 0.0, values, print_mm / step_mm, word)


def told(edge: Edge, labels: Labels) -> float | None:
    """The step, mm, that lengths, labels and sizes settle; None where they leave it open."""
    scores = alone(edge, labels) + by_size(edge, labels, PHOTO)
    verdict = Verdict(tuple(scores.tolist()), labels)
    return verdict.step_mm if verdict.told and verdict.margin >= SETTLED else None


def tenths(shortest_mm: float, word: str = "") -> float | None:
    """What is told of a ruler in tenths of an inch, whose lengths are in the order of mm."""
    edge = graduated(INCH / 10, {n: k * shortest_mm for n, k in ((1, 1), (5, 1.5), (10, 2.1))})
    return told(edge, numbers(INCH / 10, every=10, word=word))


def millimetres(shortest_mm: float, word: str = "") -> float | None:
    """The same of a ruler in millimetres, numbered in centimetres."""
    edge = graduated(1.0, {n: k * shortest_mm for n, k in ((1, 1), (5, 1.5), (10, 2.1))})
    return told(edge, numbers(1.0, every=10, word=word))


def test_tenths_of_an_inch_as_short_as_millimetres_are_told_apart_from_these() -> None:
    """As millimetres they would be less than 1 mm long, which is not printed."""
    assert tenths(2.4) == INCH / 10


@pytest.mark.parametrize("shortest_mm", [3.0, 3.5])
def test_tenths_of_an_inch_that_may_be_millimetres_need_their_word(shortest_mm: float) -> None:
    assert tenths(shortest_mm) is None
    assert tenths(shortest_mm, "in") == INCH / 10


@pytest.mark.parametrize("shortest_mm", [2.0, 2.6, 3.2, 4.0])
def test_the_word_of_the_other_edge_names_no_tenth_of_an_inch_a_millimetre(
    shortest_mm: float,
) -> None:
    for word in ("cm", "mm"):
        assert tenths(shortest_mm, word) in (None, INCH / 10)


@pytest.mark.parametrize("shortest_mm", [1.6, 2.0, 2.6, 3.2, 4.5])
def test_the_word_of_the_other_edge_names_no_millimetre_a_tenth_of_an_inch(
    shortest_mm: float,
) -> None:
    assert millimetres(shortest_mm) == 1.0
    assert millimetres(shortest_mm, "cm") == 1.0
    assert millimetres(shortest_mm, "in") in (None, 1.0)


def test_the_word_of_the_other_edge_does_not_hide_usual_millimetres() -> None:
    assert millimetres(2.6, "in") == 1.0


@pytest.mark.parametrize("print_mm", [2.6, 3.2, 4.0])
def test_a_number_at_every_block_of_a_centimetre_is_no_millimetre(print_mm: float) -> None:
    assert told(blocks(10.0), numbers(10.0, every=1, print_mm=print_mm)) == 10.0


@pytest.mark.parametrize("print_mm", [2.5, 3.5, 4.5])
def test_a_number_at_every_block_of_an_inch_is_no_centimetre(print_mm: float) -> None:
    assert told(blocks(INCH), numbers(INCH, every=1, print_mm=print_mm)) in (None, INCH)


def test_blocks_with_small_numbers_need_their_word_to_be_centimetres() -> None:
    """Larger blocks have larger numbers, most often."""
    small = {"every": 1, "print_mm": 1.6}
    assert told(blocks(10.0), numbers(10.0, **small)) is None
    assert told(blocks(10.0), numbers(10.0, **small, word="cm")) == 10.0


def sizes_at(step_mm: float, edge: Edge, labels: Labels | None, photo: Photo) -> float:
    """What the sizes at a step say, as a log-likelihood below that of the usual ones."""
    return float(by_size(edge, labels, photo)[int(np.argmin(np.abs(STEPS_MM - step_mm)))])


def length_of(shortest_mm: float) -> float:
    return sizes_at(1.0, graduated(1.0, {1: shortest_mm}), None, PHOTO)


TWO_SD = -0.5 * 2.0**2


def test_graduations_too_short_to_be_printed_are_beyond_two_and_a_half_sd() -> None:
    least_mm = next(each.least_mm for each in PATTERNS if each.name == "mm")
    assert length_of(least_mm) < -0.5 * 2.5**2
    assert all(length_of(mm) > TWO_SD for mm in (1.6, 2.0, 3.0, 4.0, 6.0))
    assert length_of(13.0) < 2 * TWO_SD


def test_numbers_are_as_high_as_small_type() -> None:
    def print_of(points: float) -> float:
        labels = numbers(10.0, every=1, print_mm=points * TYPE_MM)
        return sizes_at(10.0, blocks(10.0), labels, PHOTO)

    assert all(print_of(points) > TWO_SD for points in (7, 10, 12, 14))
    assert print_of(3) < 2 * TWO_SD
    assert print_of(60) < 2 * TWO_SD


def test_wounds_are_photographed_from_8_cm_to_a_metre() -> None:
    def from_mm(distance_mm: float) -> float:
        photo = replace(PHOTO, focal_px=distance_mm * STEP_PX / 10.0)
        return sizes_at(10.0, blocks(10.0), None, photo)

    assert all(from_mm(mm) > TWO_SD for mm in (80, 250, 500, 995))
    assert from_mm(25) < 2 * TWO_SD
    assert from_mm(3000) < 2 * TWO_SD
