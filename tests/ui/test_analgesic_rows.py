"""The list of analgesics, the day's total in words, and what is asked of a dose."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.histories import stored
from ui.models.analgesic_rows import (
    day_total,
    dose_question,
    name_question,
    ome_told,
    rows_of,
    same_question,
)
from woundtrack import words
from woundtrack.context.types import AnalgesicUse

DAY = dt.date(2026, 3, 20)
EARLY = dt.date(2026, 3, 2)
OXYCODONE = AnalgesicUse(1, "oxycodone", EARLY, None, "", "oral", 10.0, "mg", 2.0)
SPRAY = AnalgesicUse(1, "fentanyl_other", EARLY, None, "", "nasal", 100.0, "µg", 3.0)
PARACETAMOL = AnalgesicUse(1, "paracetamol", EARLY, None, "", "oral", 1.0, "g", 3.0)


@pytest.fixture(autouse=True)
def english() -> None:
    words.set_language("en")


def test_what_is_taken_now_stands_first_and_after_death_nothing_is() -> None:
    ended = replace(OXYCODONE, start_on=dt.date(2026, 3, 10), stop_on=dt.date(2026, 3, 12))
    uses = (stored(ended, 1), stored(OXYCODONE, 2))
    rows = rows_of(uses, day=DAY, died_on=None)
    assert [(row.use.id, row.running) for row in rows] == [(2, True), (1, False)]
    assert rows[0].cells == (
        "Oxycodone", "10 mg, 2 × a day\noral", "2 Mar 2026", "goes on", "30 mg",
    )  # fmt: skip
    assert not any(row.running for row in rows_of(uses, day=DAY, died_on=dt.date(2026, 3, 15)))


def test_a_total_is_a_number_only_where_every_opioid_has_one() -> None:
    assert day_total([OXYCODONE, PARACETAMOL], day=DAY).text.startswith("Today 30 mg")
    lacking = day_total([OXYCODONE, SPRAY], day=DAY)
    assert "incomplete" in lacking.text
    assert "30" not in lacking.text
    assert lacking.why == (
        "Fentanyl, not as a patch: The table has no factor for this opioid.",
    )  # fmt: skip
    assert day_total([PARACETAMOL], day=DAY).text == "No opioid today"
    assert "Nothing noted" in day_total([], day=DAY).text


def test_one_line_tells_what_it_comes_to_with_the_table_and_its_purpose() -> None:
    told = ome_told(OXYCODONE)
    assert told.startswith("30 mg of oral morphine equivalents a day.")
    assert "CDC 2022" in told
    assert "never for converting" in told
    assert "route" in ome_told(replace(OXYCODONE, route=""))
    assert ome_told(PARACETAMOL).startswith("No opioid")


def test_a_dose_that_hardly_occurs_is_asked_about_once() -> None:
    slip = replace(OXYCODONE, dose=1000.0)
    assert "3,000 mg" in dose_question(slip, before=None)
    assert not dose_question(slip, before=slip)
    assert not dose_question(OXYCODONE, before=None)
    assert "1,000 g" in dose_question(replace(PARACETAMOL, dose=1000.0), before=None)


def test_the_same_drug_by_the_same_route_at_once_is_asked_about() -> None:
    later = replace(OXYCODONE, start_on=DAY, dose=5.0)
    assert "add up" in same_question(later, None, [OXYCODONE])
    assert not same_question(later, None, [replace(OXYCODONE, route="intravenous")])
    assert not same_question(later, None, [replace(OXYCODONE, stop_on=dt.date(2026, 3, 19))])
    assert not same_question(later, OXYCODONE, [OXYCODONE])


@pytest.mark.parametrize("name", ["oxyc", "Oxycodone LP"])
def test_a_free_name_much_like_a_known_one_is_asked_about(name: str) -> None:
    free = AnalgesicUse(1, "other", DAY, name=name)
    assert "Oxycodone?" in name_question(free, before=None)
    assert not name_question(free, before=free)
    assert not name_question(replace(free, name="Cannabidiol"), before=None)
