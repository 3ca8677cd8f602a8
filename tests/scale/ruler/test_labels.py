"""Numbers beside a ruler tell how many units a graduation is, whichever way they are turned."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.scale.drawn_ruler import FONTS, MARGIN_MM, Drawn, draw
from woundtrack.photo.types import Pixels
from woundtrack.scale.ruler.edge import Edge
from woundtrack.scale.ruler.labels import Labels, read_labels
from woundtrack.scale.ruler.search import find_edges

CM = Drawn(1.0, {1: 2.4, 5: 3.6, 10: 5.0}, 101, every=10, word="cm")


def read(pixels: Pixels) -> Labels | None:
    return read_labels(pixels, edge_of(pixels))


def edge_of(pixels: Pixels) -> Edge:
    edges = find_edges(pixels)
    assert edges
    return edges[0]


def turned(pixels: Pixels, angle_deg: float) -> Pixels:
    height, width = pixels.shape[:2]
    side = int(np.hypot(height, width)) + 2
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle_deg, 1.0)
    matrix[:, 2] += side / 2 - np.array([width, height]) / 2
    skin = tuple(int(each) for each in pixels[0, 0])
    return cv2.warpAffine(
        pixels, matrix, (side, side), flags=cv2.INTER_CUBIC, borderValue=skin
    ).astype(np.uint8)


@pytest.mark.parametrize("angle_deg", [0.0, 37.0, 90.0, 180.0, 261.0])
def test_numbers_are_read_whichever_way_the_ruler_lies(angle_deg: float) -> None:
    labels = read(turned(draw(CM), angle_deg))
    assert labels is not None
    assert labels.rate == 0.1
    assert labels.strength > 20
    assert len(labels.values) >= 9


def test_numbers_are_at_their_graduations() -> None:
    labels = read(draw(CM))
    assert labels is not None
    places = np.array([place for place, _ in labels.values])
    numbers = np.array([number for _, number in labels.values])
    assert np.abs(np.abs(places - labels.zero) - 10 * numbers).max() < 0.5
    assert labels.height == pytest.approx(CM.digit_mm, rel=0.12)


def test_other_rates_are_not_borne_out() -> None:
    labels = read(draw(CM))
    assert labels is not None
    assert all(strength < 3 for rate, strength in labels.evidence if rate != 0.1)


def test_the_word_of_a_unit_is_read() -> None:
    for word, unit in (("cm", "cm"), ("mm", "mm"), ("inch", "in"), ("", ""), ("Lot", "")):
        assert word_of(replace(CM, word=word)) == unit


@pytest.mark.parametrize("font", range(len(FONTS)))
@pytest.mark.parametrize("px_per_mm", [6.0, 8.0, 12.0])
def test_an_i_is_read_with_its_dot(font: int, px_per_mm: float) -> None:
    assert word_of(replace(CM, word="in", font=font, px_per_mm=px_per_mm)) == "in"


@pytest.mark.parametrize("both", ["cm          inch", "in          mm", "cm          in"])
def test_the_words_of_two_units_name_none(both: str) -> None:
    assert word_of(replace(CM, word=both)) == ""


@pytest.mark.parametrize("turns", [1, 3])
@pytest.mark.parametrize("word", ["cm", "in"])
def test_a_word_square_to_the_numbers_is_read(turns: int, word: str) -> None:
    labels = read(draw(replace(CM, word=word, number_turns=turns)))
    assert labels is not None
    assert labels.rate == 0.1
    assert labels.word == word


@pytest.mark.parametrize("turns", range(4))
def test_a_word_is_read_whichever_way_up_the_photo_is(turns: int) -> None:
    labels = read(np.ascontiguousarray(np.rot90(draw(replace(CM, word="in")), turns)))
    assert labels is not None
    assert labels.word == "in"


def test_a_word_seen_from_behind_is_read() -> None:
    assert word_of(replace(CM, word="in", mirrored=True)) == "in"


def test_a_brand_is_no_millilitre() -> None:
    for brand in ("Medi-Line", "McKay", "ACME"):
        assert word_of(replace(CM, word=brand)) == ""


def word_of(ruler: Drawn) -> str:
    labels = read(draw(ruler))
    assert labels is not None
    return labels.word


def test_misread_numbers_do_not_matter() -> None:
    pixels, scale = draw(CM).copy(), CM.px_per_mm
    for number in (2, 5, 6):
        x = round((MARGIN_MM + 6 + 10 * number) * scale)
        y = round((MARGIN_MM + 0.8 + 5.0 + 1.05 + 1.5) * scale)
        cv2.circle(pixels, (x, y), round(1.6 * scale), (60, 60, 60), -1)
    labels = read(pixels)
    assert labels is not None
    assert labels.rate == 0.1
    assert labels.strength > 8


def test_numbers_in_a_mirror_are_read_as_such() -> None:
    labels = read(draw(replace(CM, mirrored=True)))
    assert labels is not None
    assert labels.rate == 0.1


def test_a_ruler_without_numbers_has_none() -> None:
    assert read(draw(replace(CM, every=0, word=""))) is None


def test_numbers_in_no_order_say_nothing() -> None:
    pixels, edge = draw(replace(CM, every=0, word="")), None
    edge = edge_of(pixels)
    scale, shuffled = CM.px_per_mm, pixels.copy()
    for place, number in enumerate((7, 2, 9, 4, 8, 3, 6, 5)):
        x = round((MARGIN_MM + 4 + 10 * place) * scale)
        y = round((MARGIN_MM + 10) * scale)
        cv2.putText(shuffled, str(number), (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (30,) * 3, 2)
    labels = read_labels(shuffled, edge)
    assert labels is None or labels.strength < 5
