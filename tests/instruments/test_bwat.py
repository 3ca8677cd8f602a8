"""The Bates-Jensen form scores as published, and never guesses."""

import pytest

from woundtrack.errors import RecordError
from woundtrack.instruments import bwat, scoring
from woundtrack.instruments.forms import filled, scores_of, total_of
from woundtrack.records import Assessment


def form(*scores: int | None) -> Assessment:
    return filled(Assessment(1, 1), bwat.BWAT, scores)


def test_thirteen_items_reach_13_to_65_and_9_in_the_revised_form() -> None:
    assert len(bwat.BWAT.items) == 13
    assert bwat.BWAT.maximum == 65
    assert bwat.BWAT.minimum == 9
    assert total_of(form(*[1] * 13), bwat.BWAT) == 13
    assert total_of(form(*[5] * 13), bwat.BWAT) == 65
    assert total_of(form(0, 0, 0, 0, *[1] * 9), bwat.BWAT) == 9


def test_zero_belongs_to_items_1_to_4_alone() -> None:
    for number, item in enumerate(bwat.BWAT.items, 1):
        assert item.scores == ((0, 1, 2, 3, 4, 5) if number <= 4 else (1, 2, 3, 4, 5))
    with pytest.raises(RecordError) as caught:
        form(*[1] * 4, 0, *[1] * 8)
    assert caught.value.code == "record.answer_out_of_range"
    assert caught.value.data["number"] == 5


def test_an_incomplete_form_has_no_total() -> None:
    incomplete = form(None, *[3] * 12)
    assert total_of(incomplete, bwat.BWAT) is None
    scores = scores_of(incomplete, bwat.BWAT)
    assert [item.key for item in scoring.missing(bwat.BWAT, scores)] == ["size"]
    assert total_of(incomplete, bwat.BWAT_CUA) == 24
    assert total_of(Assessment(1, 1), bwat.BWAT) is None


def test_a_form_of_another_length_is_refused() -> None:
    with pytest.raises(RecordError) as caught:
        form(1, 2, 3)
    assert caught.value.code == "record.answer_count"


@pytest.mark.parametrize(
    ("total", "key"),
    [
        (9, "minimal"), (13, "minimal"), (20, "minimal"), (21, "mild"), (30, "mild"),
        (31, "moderate"), (40, "moderate"), (41, "extreme"), (65, "extreme"),
    ],
)  # fmt: skip
def test_severity_bands_at_their_borders(total: int, key: str) -> None:
    band = scoring.band(bwat.BWAT, total)
    assert band is not None
    assert band.key == key


def test_no_band_without_a_total_nor_for_the_eight_items() -> None:
    assert scoring.band(bwat.BWAT, None) is None
    assert scoring.band(bwat.BWAT_CUA, 20) is None


@pytest.mark.parametrize(
    ("length_cm", "width_cm", "score"),
    [
        (1.0, 3.99, 1), (2.0, 2.0, 2), (4.0, 4.0, 2), (16.05, 1.0, 3), (6.0, 6.0, 3),
        (36.05, 1.0, 4), (8.0, 10.0, 4), (80.01, 1.0, 5), (12.0, 12.0, 5), (0.1, 0.1, 1),
        (3.2, 5.0, 2), (6.4, 2.5, 2),
    ],
)  # fmt: skip
def test_size_bands_are_4_16_36_80_with_no_gaps(
    length_cm: float, width_cm: float, score: int
) -> None:
    assert bwat.size_score(length_cm, width_cm) == score


def test_the_wrong_bands_of_other_programs_are_not_used() -> None:
    assert bwat.size_score(8.0, 8.0) == 4, "64 cm² is no border"
    assert bwat.size_score(5.0, 5.0) == 3, "25 cm² lies in 16 to 36"
    assert bwat.size_score(0.7, 0.7) == 1, "0.5 cm² is no border"


@pytest.mark.parametrize("size", [(0.0, 3.0), (3.0, 0.0), (-1.0, 2.0), (float("nan"), 1.0)])
def test_a_size_without_extent_is_refused_never_scored(size: tuple[float, float]) -> None:
    with pytest.raises(RecordError) as caught:
        bwat.size_score(*size)
    assert caught.value.code == "record.size_not_positive"


def test_the_eight_items_are_5_to_12_and_reach_8_to_40() -> None:
    assert bwat.BWAT_CUA.minimum == 8
    assert bwat.BWAT_CUA.maximum == 40
    keys = [item.key for item in bwat.BWAT_CUA.items]
    assert keys[0] == "necrosis_type"
    assert keys[-1] == "granulation"
    assert total_of(form(5, 5, 5, 5, *[1] * 8, 5), bwat.BWAT_CUA) == 8
