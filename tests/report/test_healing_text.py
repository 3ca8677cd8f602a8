"""What is said of a lesion's healing: shares a week, reasons instead of rates, dates, the total."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from tests.histories import FIRST_ON, PATIENT, history_of, second_lesion, stored
from woundtrack import words
from woundtrack.healing.by_therapy import REMINDER
from woundtrack.records import PatientHistory, TherapyCourse
from woundtrack.report.healing_text import HealingView, PhaseRow, healing_view
from woundtrack.therapy.catalogue import OTHER


def radii(*weekly: tuple[int, float]) -> list[float | str]:
    """Circles, one a week, of which the area keeps so much each week, for so many weeks."""
    found: list[float | str] = [2.0]
    for weeks, kept in weekly:
        for _week in range(weeks):
            found.append(float(found[-1]) * kept**0.5)
    return found


def course(name: str, start: int, stop: int | None = None) -> TherapyCourse:
    last = None if stop is None else FIRST_ON + dt.timedelta(weeks=stop)
    return TherapyCourse(1, OTHER, name, FIRST_ON + dt.timedelta(weeks=start), last)


def view(sizes: Sequence[float | str], *courses: TherapyCourse) -> HealingView:
    return healing_view(with_courses(history_of(sizes), *courses), lesion_id=1)


def with_courses(history: PatientHistory, *courses: TherapyCourse) -> PatientHistory:
    return replace(history, courses=tuple(stored(each, n) for n, each in enumerate(courses, 1)))


def figures(found: HealingView) -> dict[str, str]:
    return {figure.name: figure.text for figure in found.figures}


def rows(found: HealingView, block: int = 0) -> tuple[PhaseRow, ...]:
    return found.blocks[block].rows


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    words.set_language("en")
    yield
    words.set_language("en")


def test_each_phase_says_its_time_its_share_a_week_and_its_difference() -> None:
    found = view(radii((4, 1.05), (4, 0.9)), course("sts", 4))
    before, during, after = rows(found)
    assert found.blocks[0].title == "sts"
    assert before.time == "28 days, 5 visits\n3 Mar 2026 to 31 Mar 2026"
    assert before.rate == "+5.0 %\n+5.0 % to +5.0 %"
    assert before.difference == "–"
    assert during.rate == "−10.0 %\n−10.0 % to −10.0 %"
    assert during.rate_tip == "ln area: −0.105 (95 %: −0.105 to −0.105) a week"
    # Of the area that +5 % would have left: 0.9 / 1.05.
    assert during.difference == "−14.3 %\n−14.3 % to −14.3 %"
    assert "0.86 times" in during.difference_tip
    assert (after.time, after.rate, after.refused) == ("–", "No visit in this time.", True)
    assert found.caution == REMINDER


def test_a_phase_of_too_few_visits_says_so_instead_of_a_rate() -> None:
    found = view(radii((1, 1.0), (4, 0.9)), course("sts", 1))
    before, during, _after = rows(found)
    assert before.refused
    assert before.rate == "A rate of this phase needs 3 visits with a size; it has 2."
    assert during.rate.startswith("−10.0 %")
    assert during.difference == "–"


def test_therapies_at_once_have_a_block_of_their_own() -> None:
    found = view(radii((9, 0.9)), course("sts", 3), course("rheo", 6))
    assert [block.title for block in found.blocks] == ["sts", "rheo", "sts + rheo, at once"]


def test_what_no_visit_can_tell_apart_is_told_as_more_than_tenfold() -> None:
    wild = [2.0, 0.2, 2.4, 0.1, 2.6, 0.1, 2.2]
    texts = [row.rate for row in rows(view(wild, course("sts", 3)))[:2]]
    assert any("> +900 %" in text for text in texts)
    assert any("< −99 %" in text for text in texts)


def test_the_lesions_own_rate_and_times() -> None:
    found = view(radii((6, 0.9)))
    told = figures(found)
    assert told["Rate over all visits"] == "−10.0 % a week\n95 %: −10.0 % to −10.0 %"
    assert (told["Time to half the area"], told["Time to 90 % less"]) == ("46 days", "153 days")
    assert "First seen closed" not in told
    assert (found.blocks, found.caution) == ((), "")
    assert found.empty.startswith("No therapy noted.")


def test_no_time_is_told_of_a_change_within_the_error_or_of_growth() -> None:
    for kept, why in ((0.998, "within measurement error"), (1.1, "not shrinking")):
        found = view(radii((4, kept)))
        assert figures(found)["Time to half the area"] == "–"
        assert why in found.figures[1].tip


def test_two_visits_have_no_rate_but_a_reason() -> None:
    told = figures(view(radii((1, 0.8))))
    assert told["Rate over all visits"] == "This rate needs at least 3 measured visits."


def test_a_closed_lesion_says_when_and_whether_it_is_confirmed() -> None:
    history = history_of([*radii((4, 0.6)), "closed"])
    lesion = replace(history.lesions[0].value, closed_on=FIRST_ON + dt.timedelta(weeks=5))
    found = healing_view(replace(history, lesions=(stored(lesion, 1),)), lesion_id=1)
    assert figures(found)["First seen closed"] == "7 Apr 2026"
    assert figures(found)["Closure confirmed"] == "not yet"
    assert "Time to half the area" not in figures(found)


def test_all_lesions_together_are_never_a_smaller_number_than_they_are() -> None:
    name = "All lesions together"
    assert name not in figures(view([2.0, 1.5]))
    both = healing_view(second_lesion(history_of([2.0, 1.5]), [1.0, 1.0]), lesion_id=1)
    assert figures(both)[name] == "10.2 ± 0.3 cm²\n10 Mar 2026"
    one = healing_view(second_lesion(history_of([2.0, 1.5]), [1.0]), lesion_id=1)
    assert figures(one)[name] == "not known, lesion B was not traced\n10 Mar 2026"


def test_methods_that_do_not_mix_are_named() -> None:
    assert "left out" in view([2.0, "bedside", 1.9, 1.8]).note
    assert "length × width" in view(["bedside"] * 3).note
    assert view([2.0, 1.9]).note == ""


def test_without_any_size_no_rate_stands_there() -> None:
    found = view(["none", "none"], course("sts", 0))
    assert found.blocks == ()
    assert found.empty.startswith("No confirmed visit has a size")


def test_a_course_ends_with_the_patient() -> None:
    died = FIRST_ON + dt.timedelta(weeks=4)
    history = history_of(radii((8, 0.9)), patient=replace(PATIENT, died_on=died))
    found = healing_view(with_courses(history, course("sts", 1)), lesion_id=1)
    assert rows(found)[1].time == "21 days, 4 visits\n10 Mar 2026 to 31 Mar 2026"


def test_french_has_its_own_words_and_signs() -> None:
    words.set_language("fr")
    found = view(radii((4, 1.05), (4, 0.9)), course("sts", 4))
    assert [row.phase for row in rows(found)] == ["Avant", "Pendant", "Après"]
    assert rows(found)[1].difference == "−14,3\xa0%\n−14,3\xa0% à −14,3\xa0%"
    assert found.caution.startswith("Succession n’est pas causalité")


def test_a_reopened_wound_tells_since_when_and_all_its_closures() -> None:
    history = history_of([2.0, "closed", "closed", "closed", 1.0])
    named = {each.name: each for each in healing_view(history, lesion_id=1).figures}
    assert "First seen closed" not in named
    figure = named["Open again since"]
    assert figure.text == "31 Mar 2026"
    assert figure.tip == "closed 10 Mar 2026, confirmed 24 Mar 2026, open again 31 Mar 2026"
    again = history_of([2.0, "closed", 1.0, "closed"])
    lesion = replace(again.lesions[0].value, closed_on=again.visits[3].value.on)
    again = replace(again, lesions=(stored(lesion, 1),))
    figures = {each.name: each for each in healing_view(again, lesion_id=1).figures}
    assert figures["First seen closed"].text == "24 Mar 2026"
    assert figures["First seen closed"].tip.startswith("closed 10 Mar 2026, open again 17 Mar 2026")


def test_what_became_another_is_neither_open_nor_closed() -> None:
    history = history_of([2.0, "closed"])
    lesion = replace(
        history.lesions[0].value,
        closed_on=history.visits[1].value.on,
        became_ids=(2,),
        became_on=FIRST_ON + dt.timedelta(days=14),
    )
    found = healing_view(replace(history, lesions=(stored(lesion, 1),)), lesion_id=1)
    assert not any("closed" in each.name or "pen again" in each.name for each in found.figures)
