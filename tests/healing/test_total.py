"""The patient's total area: what counts on a day, and when there is no total."""

import datetime as dt
import math
from dataclasses import replace

from tests.healing.lesions import CLOSED, day, series
from tests.histories import FIRST_ON, history_of, second_lesion, stored
from woundtrack.healing.series import Series
from woundtrack.healing.total import begins_of, ends_of, total_areas, totals_of
from woundtrack.records import PatientHistory


def lesion(number: int, visits: dict[int, float | str]) -> Series:
    """A lesion by its number, labelled A, B, …"""
    return replace(series(visits, relative_sd=0.1), lesion_id=number, label="?ABC"[number])


Days = dict[int, int]


def areas(
    *lesions: Series, ends: Days | None = None, begins: Days | None = None
) -> list[float | None]:
    """The totals alone."""
    ended, begun = (
        {number: day(at) for number, at in (days or {}).items()} for days in (ends, begins)
    )
    return [total.area_cm2 for total in total_areas(lesions, ends=ended, begins=begun)]


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


def test_while_one_part_is_not_seen_yet_the_total_is_not_known() -> None:
    whole, parts = lesion(1, {0: 9.0}), (lesion(2, {7: 4.0, 14: 3.0}), lesion(3, {14: 2.0}))
    assert areas(whole, *parts, ends={1: 7}, begins={2: 7, 3: 7}) == [9.0, None, 5.0]


def test_two_lesions_that_become_one_are_not_counted_beside_it() -> None:
    one, other = lesion(1, {0: 3.0, 7: 4.0}), lesion(2, {0: 2.0})
    assert areas(one, other, ends={2: 7}) == [5.0, 4.0]


def parted(history: PatientHistory, *, after_days: int) -> PatientHistory:
    """Lesion A parted into B and the new C, which nobody has seen yet."""
    whole, part = history.lesions
    other = stored(replace(part.value, label="C"), 3)
    on = FIRST_ON + dt.timedelta(days=after_days)
    ended = stored(replace(whole.value, became_ids=(2, 3), became_on=on), whole.id)
    return replace(history, lesions=(ended, part, other))


def test_ends_and_begins_are_what_the_record_says_of_each_lesion() -> None:
    history = parted(second_lesion(history_of([3.0, "none"]), []), after_days=7)
    on = FIRST_ON + dt.timedelta(days=7)
    assert ends_of(history) == {1: on}
    assert begins_of(history) == {2: on, 3: on}


def test_a_patients_total_knows_of_the_parting() -> None:
    history = parted(second_lesion(history_of([3.0, "none"]), []), after_days=7)
    first, second = totals_of(history)
    assert first.area_cm2 is not None
    assert abs(first.area_cm2 - math.pi * 9) < 1e-9
    assert second.missing == ("B", "C")
