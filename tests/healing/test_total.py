"""The patient's total area: what counts on a day, and when there is no total."""

from dataclasses import replace

from tests.healing.lesions import CLOSED, day, series
from woundtrack.healing.series import Series
from woundtrack.healing.total import total_areas


def lesion(number: int, visits: dict[int, float | str]) -> Series:
    """A lesion by its number, labelled A, B, …"""
    return replace(series(visits, relative_sd=0.1), lesion_id=number, label="?ABC"[number])


def areas(*lesions: Series, ends: dict[int, int] | None = None) -> list[float | None]:
    """The totals alone."""
    days = {number: day(at) for number, at in (ends or {}).items()}
    return [total.area_cm2 for total in total_areas(lesions, ends=days)]


def test_the_areas_of_a_day_add_up_with_their_doubts() -> None:
    first, second = total_areas([lesion(1, {0: 3.0, 7: 2.0}), lesion(2, {0: 4.0, 7: 4.0})])
    assert (first.on, first.area_cm2) == (day(0), 7.0)
    assert abs(first.area_cm2_sd - 0.5) < 1e-12
    assert second.area_cm2 == 6.0


def test_a_lesion_counts_from_its_first_visit_and_as_nothing_once_closed() -> None:
    closing, later = lesion(1, {0: 3.0, 7: CLOSED, 21: 1.0}), lesion(2, {7: 4.0, 14: 4.0, 21: 2.0})
    assert areas(closing, later) == [3.0, 4.0, 4.0, 3.0]


def test_a_lesion_that_was_not_traced_leaves_no_total() -> None:
    found = total_areas([lesion(1, {0: 3.0, 14: 2.0}), lesion(2, {0: 4.0, 7: 4.0, 14: 1.0})])
    assert [total.area_cm2 for total in found] == [7.0, None, 3.0]
    assert found[1].missing == ("A",)


def test_a_lesion_that_parts_in_two_is_not_counted_beside_its_parts() -> None:
    whole, parts = lesion(1, {0: 9.0}), (lesion(2, {7: 4.0}), lesion(3, {7: 2.0}))
    assert areas(whole, *parts, ends={1: 7}) == [9.0, 6.0]


def test_two_lesions_that_become_one_are_not_counted_beside_it() -> None:
    one, other = lesion(1, {0: 3.0, 7: 4.0}), lesion(2, {0: 2.0})
    assert areas(one, other, ends={2: 7}) == [5.0, 4.0]
