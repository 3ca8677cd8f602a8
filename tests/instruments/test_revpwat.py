"""revPWAT: eight items of 0 to 4, its size bands as printed, with their gap and shared ends."""

import pytest

from woundtrack.errors import RecordError
from woundtrack.instruments.revpwat import REVPWAT, size_score


def test_eight_items_reach_0_to_32() -> None:
    assert len(REVPWAT.items) == 8
    assert {item.scores for item in REVPWAT.items} == {(0, 1, 2, 3, 4)}
    assert (REVPWAT.minimum, REVPWAT.maximum) == (0, 32)


@pytest.mark.parametrize(
    ("area_cm2", "score"),
    [
        (0.01, 0), (0.299, 0), (0.3, None), (0.4, None), (0.499, None), (0.5, 1), (1.999, 1),
        (2.0, None), (2.001, 2), (9.999, 2), (10.0, None), (10.001, 3), (19.999, 3), (20.0, 3),
        (20.001, 4), (300.0, 4),
    ],
)  # fmt: skip
def test_where_the_print_names_no_band_or_two_nothing_is_invented(
    area_cm2: float, score: int | None
) -> None:
    assert size_score(area_cm2) == score


@pytest.mark.parametrize("area_cm2", [0.0, -1.0, float("nan")])
def test_no_extent_is_refused_never_scored(area_cm2: float) -> None:
    with pytest.raises(RecordError) as caught:
        size_score(area_cm2)
    assert caught.value.code == "record.size_not_positive"


def test_the_levels_that_no_print_confirms_say_so() -> None:
    by_memory = [item.key for item in REVPWAT.items if item.note and item.note.basis == "memory"]
    assert by_memory == ["edges", "skin"]
