"""What a lesion's card says where it closed, reopened, parted or grew together; and the total."""

import datetime as dt
from dataclasses import replace

from tests.histories import FIRST_ON, history_of, second_lesion, stored
from ui.models.lesion_view import LesionView
from ui.models.patient_view import view_of
from woundtrack.records import LesionStatus, PatientHistory


def on(days: int) -> dt.date:
    return FIRST_ON + dt.timedelta(days=days)


def card(history: PatientHistory, label: str = "A") -> LesionView:
    return next(lesion for lesion in view_of(history).lesions if lesion.label == label)


def changed(history: PatientHistory, number: int, **fields: object) -> PatientHistory:
    """The history with fields of one lesion changed."""
    lesions = tuple(
        replace(each, value=replace(each.value, **fields)) if each.id == number else each  # type: ignore[arg-type]
        for each in history.lesions
    )
    return replace(history, lesions=lesions)


def parted(history: PatientHistory, *, days: int) -> PatientHistory:
    """A parted into B and C."""
    part = replace(history.lesions[0].value, label="C")
    history = replace(history, lesions=(*history.lesions, stored(part, 3)))
    return changed(history, 1, became_ids=(2, 3), became_on=on(days))


def test_a_reopened_lesion_says_since_when_it_is_open_and_when_it_was_closed() -> None:
    seen = card(history_of([2.0, "closed", "closed", "closed", 1.0], step_days=7))
    assert seen.remark == "open again since 31 Mar 2026, was closed 10 Mar 2026"
    assert seen.remark_hint == "closed 10 Mar 2026, confirmed 24 Mar 2026, open again 31 Mar 2026"
    assert seen.figure == "3.14 ± 0.12 cm²"
    assert not seen.status


def test_one_closed_again_says_so_and_keeps_the_earlier_closure_in_its_tip() -> None:
    history = history_of([2.0, "closed", 1.0, "closed"])
    seen = card(changed(history, 1, closed_on=on(21)))
    assert (seen.figure, seen.remark) == ("closed, to be confirmed", "")
    assert seen.change_hint == ("closed 10 Mar 2026, open again 17 Mar 2026\nclosed 24 Mar 2026")


def test_a_lesion_marked_as_closed_by_hand_shows_no_open_area() -> None:
    seen = card(changed(history_of([2.0, 1.0]), 1, status=LesionStatus.CLOSED))
    assert (seen.figure, seen.change) == ("closed", "")


def test_a_parted_lesion_says_what_it_became_and_comes_last() -> None:
    history = parted(second_lesion(history_of([2.0, "none"]), []), days=7)
    view = view_of(history)
    assert [lesion.label for lesion in view.lesions] == ["B", "C", "A"]
    seen = card(history)
    assert seen.figure == "became B and C"
    assert seen.change == "since 10 Mar 2026"
    assert seen.change_hint == "Before: 12.6 ± 0.5 cm²"
    assert seen.dot is not None
    assert seen.dot.ended
    assert seen.status
    assert card(history, "B").remark == "came out of A, 10 Mar 2026"


def test_a_parted_lesion_is_neither_open_nor_closed() -> None:
    history = parted(second_lesion(history_of([2.0, "closed"]), []), days=14)
    seen = card(changed(history, 1, closed_on=on(7)))
    assert seen.figure == "became B and C"
    assert "closed" not in seen.change


def test_rates_and_percentages_do_not_run_across_a_parting() -> None:
    history = parted(second_lesion(history_of([2.0, 2.0]), []), days=7)
    assert card(history, "B").change == ""
    assert card(history, "B").figure == "not measured yet"


def test_the_total_has_its_doubt_or_names_who_is_missing() -> None:
    history = second_lesion(history_of([2.0, 2.0]), [1.0, 1.0])
    total = view_of(history).total
    assert total is not None
    assert (total.figure, total.day) == ("15.7 ± 0.5 cm²", "10 Mar 2026")
    unseen = view_of(second_lesion(history_of([2.0, "none"]), [1.0, 1.0])).total
    assert unseen is not None
    assert not unseen.known
    assert (unseen.figure, unseen.day) == ("not known", "A not traced, 10 Mar 2026")
    assert view_of(history_of([2.0])).total is None


def test_of_one_visit_there_is_a_size_and_no_percentage() -> None:
    seen = card(history_of([2.0]))
    assert (seen.figure, seen.change) == ("12.6 ± 0.5 cm²", "first measured 3 Mar 2026")


def test_a_size_taken_in_another_way_is_the_first_of_its_own() -> None:
    seen = card(history_of([2.0, 1.5, "bedside"]))
    assert seen.figure == "3.0 × 2.0 cm, by ruler"
    assert seen.change == "first measured in this way 17 Mar 2026"
