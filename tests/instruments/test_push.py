"""PUSH 3.0 scores as printed: the published case, every band's edge, and what BWAT may propose."""

import pytest

from woundtrack.errors import RecordError
from woundtrack.instruments import push
from woundtrack.instruments.forms import filled, total_of
from woundtrack.records import Assessment


def bwat(**answers: int) -> list[int | None]:
    return [answers.get(item.key) for item in push.BWAT.items]


def test_three_items_reach_0_to_17() -> None:
    assert (push.PUSH.minimum, push.PUSH.maximum) == (0, 17)
    assert [item.scores for item in push.PUSH.items] == [
        tuple(range(11)), tuple(range(4)), tuple(range(5)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("length_cm", "width_cm", "exudate", "tissue", "total"),
    [
        (3.7, 3.1, 1, 3, 12), (3.3, 2.7, 1, 3, 12), (3.2, 2.9, 0, 2, 10), (3.2, 2.8, 0, 2, 10),
        (2.9, 1.9, 0, 1, 8),
    ],
)  # fmt: skip
def test_the_published_case(
    length_cm: float, width_cm: float, exudate: int, tissue: int, total: int
) -> None:
    """JKMOOD 31-4-126, table 3."""
    scores = (push.area_score(length_cm, width_cm), exudate, tissue)
    assert total_of(filled(Assessment(1, 1), push.PUSH, scores), push.PUSH) == total


@pytest.mark.parametrize(
    ("area_cm2", "score"),
    [
        (0.01, 1), (0.1, 1), (0.2, 1), (0.24, 1), (0.249, 1), (0.25, 2), (0.3, 2), (0.6, 2),
        (0.649, 2), (0.65, 3), (0.7, 3), (1.0, 3), (1.049, 3), (1.05, 4), (1.1, 4), (2.0, 4),
        (2.049, 4), (2.05, 5), (2.1, 5), (3.0, 5), (3.049, 5), (3.05, 6), (3.1, 6), (4.0, 6),
        (4.049, 6), (4.05, 7), (4.1, 7), (8.0, 7), (8.049, 7), (8.05, 8), (8.1, 8), (12.0, 8),
        (12.049, 8), (12.05, 9), (12.1, 9), (24.0, 9), (24.049, 9), (24.05, 10), (24.1, 10),
        (400.0, 10),
    ],
)  # fmt: skip
def test_the_area_is_rounded_to_a_tenth_and_then_banded(area_cm2: float, score: int) -> None:
    assert push.area_score(area_cm2, 1.0) == score
    assert push.area_score(1.0, area_cm2) == score


def test_a_product_of_floats_falls_where_its_decimals_do() -> None:
    assert push.area_score(0.5, 1.3) == 3, "0.65 is rounded up to 0.7"
    assert push.area_score(0.7, 1.5) == 4, "1.05 is rounded up to 1.1"
    assert push.area_score(1.4, 1.5) == 5, "2.1 exactly"
    assert push.area_score(0.2, 1.5) == 2, "0.3 exactly, though its float is less"


def test_the_wrong_band_of_another_program_is_not_used() -> None:
    assert push.area_score(2.2, 1.0) == 5


@pytest.mark.parametrize("sides", [(0.0, 1.0), (1.0, -1.0), (float("nan"), 1.0)])
def test_no_extent_is_refused_never_scored(sides: tuple[float, float]) -> None:
    with pytest.raises(RecordError) as caught:
        push.area_score(*sides)
    assert caught.value.code == "record.size_not_positive"


@pytest.mark.parametrize(
    ("amount", "score"), [(1, 0), (2, None), (3, 1), (4, 2), (5, 3), (None, None)]
)
def test_exudate_is_taken_from_its_amount_but_moist_only_is_asked(
    amount: int | None, score: int | None
) -> None:
    answers = bwat() if amount is None else bwat(exudate_amount=amount)
    assert push.exudate_from_bwat(answers) == score


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ({"necrosis_type": 5, "necrosis_amount": 2}, 4),
        ({"necrosis_type": 4, "necrosis_amount": 5, "granulation": 2}, 4),
        ({"necrosis_type": 3, "necrosis_amount": 3}, None),
        ({"necrosis_type": 2, "necrosis_amount": 2, "granulation": 2}, None),
        ({"necrosis_type": 1, "necrosis_amount": 1, "granulation": 2}, 2),
        ({"necrosis_type": 1, "necrosis_amount": 1, "granulation": 4}, 2),
        ({"necrosis_type": 1, "necrosis_amount": 1, "granulation": 1}, None),
        ({"necrosis_type": 1, "necrosis_amount": 1, "granulation": 5}, None),
        ({"necrosis_type": 1, "necrosis_amount": 1}, None),
        ({"necrosis_type": 1, "necrosis_amount": 3, "granulation": 2}, None),
        ({"necrosis_type": 5, "necrosis_amount": 1}, None),
        ({"necrosis_type": 5}, None),
        ({}, None),
    ],
)
def test_the_worst_tissue_is_taken_over_only_where_nothing_worse_can_lie_beneath(
    answers: dict[str, int], score: int | None
) -> None:
    assert push.tissue_from_bwat(bwat(**answers)) == score
