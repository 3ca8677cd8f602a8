"""The form of a day and the table of all days as data: rows, memory, questions, flags, figures."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.histories import history_of, stored
from ui.dialogs.revisions_dialog import changes
from ui.models.lab_day import Memory, Slot, far_question, slot_name, slots_of, usual_day
from ui.models.lab_figures import derived_lines
from ui.models.lab_table import lab_table
from ui.models.record_words import record_line
from ui.widgets.quantity import doubt_about
from woundtrack import words
from woundtrack.context.types import AnalgesicUse, Comparator, LabResult

MARCH, APRIL = dt.date(2026, 3, 10), dt.date(2026, 4, 7)
CORE = (
    "calcium_total", "calcium_corrected", "phosphate", "pth", "albumin", "crp", "fibrinogen",
    "fetuin_a",
)  # fmt: skip


class Keeps:
    """Settings that forget with the test."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def last(self, name: str) -> str:
        return self.texts.get(name, "")

    def keep_last(self, name: str, text: str) -> None:
        self.texts[name] = text


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    words.set_language("en")
    yield
    words.set_language("en")


def lab(
    analyte: str, value: float, unit: str, on: dt.date = MARCH, *, name: str = "",
    low: float | None = None, high: float | None = None, sign: Comparator = Comparator.EXACT,
) -> LabResult:  # fmt: skip
    return LabResult(1, on, analyte, value, unit, name, sign, low, high)


def kept(*results: LabResult) -> tuple[object, ...]:
    return tuple(stored(result, number) for number, result in enumerate(results, 1))


# -- the form of a day


def test_a_form_has_the_analytes_of_the_sources_and_those_used_before() -> None:
    assert tuple(slot.analyte for slot in slots_of((), on=MARCH)) == CORE
    before = kept(lab("inr", 1.1, ""), lab("other", 812.0, "µg/L", name="Ferritin"))
    slots = slots_of(before, on=APRIL)  # type: ignore[arg-type]
    assert [slot.analyte for slot in slots] == [*CORE, "inr", "other"]
    assert slot_name(slots[-1]) == "Ferritin"
    assert all(slot.stored is None for slot in slots)


def test_each_of_two_results_of_one_day_has_a_row_of_its_own() -> None:
    labs = kept(lab("phosphate", 1.67, "mmol/L"), lab("phosphate", 1.2, "mmol/L"))
    values = [
        slot.stored.value.value
        for slot in slots_of(labs, on=MARCH)  # type: ignore[arg-type]
        if slot.stored is not None
    ]
    assert values == [1.67, 1.2]


def test_a_form_begins_with_the_last_visit_and_never_after_death() -> None:
    history = history_of([2.6, 2.5])
    visit, after = history.visits[-1].value.on, history.visits[-1].value.on + dt.timedelta(days=3)
    late = after + dt.timedelta(days=30)
    assert usual_day(history, today=late) == visit
    known = replace(history, labs=kept(lab("crp", 3.0, "mg/L", visit)))
    assert usual_day(known, today=late) == late
    dead = replace(known.patient, value=replace(known.patient.value, died_on=after))
    assert usual_day(replace(known, patient=dead), today=late) == after


def test_limits_are_remembered_of_the_patient_then_of_the_clinic_and_never_converted() -> None:
    keeps = Keeps()
    clinic = Memory((), keeps=keeps)
    assert clinic.of(Slot("pth")).unit == "pg/mL"
    clinic.learn([lab("pth", 300.0, "ng/L", low=15.0, high=65.0)])
    again = Memory((), keeps=keeps).of(Slot("pth"))
    assert (again.unit, again.low, again.high, again.on) == ("ng/L", 15.0, 65.0, None)
    own = Memory(kept(lab("pth", 20.0, "pmol/L", high=7.0)), keeps=keeps)  # type: ignore[arg-type]
    assert (own.of(Slot("pth")).unit, own.of(Slot("pth")).high) == ("pmol/L", 7.0)
    assert own.of(Slot("pth")).on == MARCH
    assert own.of(Slot("pth"), unit="ng/L").high == 65.0
    assert own.of(Slot("pth"), unit="pg/mL").high is None


def test_each_clinic_has_a_memory_of_its_own() -> None:
    keeps = Keeps()
    Memory((), keeps=keeps, clinic_name="Lyon").learn([lab("pth", 300.0, "ng/L", high=65.0)])
    assert Memory((), keeps=keeps, clinic_name="Lyon").of(Slot("pth")).high == 65.0
    assert Memory((), keeps=keeps, clinic_name="Demo").of(Slot("pth")).high is None


def test_a_memory_that_cannot_be_read_is_none() -> None:
    keeps = Keeps()
    for text in ("{", "[1]", '["pth"]', '{"a": 1}'):
        keeps.texts["laboratory "] = text
        assert Memory((), keeps=keeps).slots() == ()


def test_a_value_that_hardly_occurs_is_asked_about_with_the_unit_it_would_fit() -> None:
    assert far_question(lab("calcium_total", 2.31, "mmol/L")) == ""
    question = far_question(lab("calcium_total", 9.31, "mmol/L"))
    assert "9.31 mmol/L" in question
    assert "9.31 mg/dL?" in question
    assert "are 4.01 to 18 mg/dL" in far_question(lab("calcium_total", 2.3, "mg/dL"))
    assert far_question(lab("other", 9999.0, "U", name="LDH")) == ""


def test_digits_that_may_be_a_thousand_are_asked_about() -> None:
    assert "1200 or 1.2?" in doubt_about("1,200")
    assert doubt_about("<1,200 mg/L")
    assert not doubt_about("1,23")
    assert not doubt_about("1.200 mg/L")
    assert not doubt_about("12000")


def test_what_a_day_comes_to_is_said_in_both_units_or_why_it_cannot_be() -> None:
    day = [lab("calcium_total", 2.20, "mmol/L"), lab("phosphate", 1.67, "mmol/L")]
    assert derived_lines(day, on=MARCH) == ("Calcium × phosphate: 3.67 mmol²/L² = 45.6 mg²/dL²",)
    without = derived_lines([lab("pth", 390.0, "pg/mL")], on=MARCH)
    assert without == ("Parathyroid hormone: The laboratory’s upper limit is missing.",)
    with_limit = derived_lines([lab("pth", 390.0, "pg/mL", high=65.0)], on=MARCH)
    assert with_limit == ("Parathyroid hormone: 6.0 × upper limit",)
    several = derived_lines([*day, lab("phosphate", 1.2, "mmol/L")], on=MARCH)
    assert "which belong together is not known" in several[0]
    twice = [lab("pth", value, "pg/mL", high=65.0) for value in (390.0, 130.0)]
    assert derived_lines(twice, on=MARCH) == (
        "Parathyroid hormone: 6.0 × upper limit · 2.0 × upper limit",
    )


# -- the table


def test_days_run_from_the_newest_and_flags_are_the_laboratory_s_own() -> None:
    table = lab_table(
        kept(  # type: ignore[arg-type]
            lab("phosphate", 1.9, "mmol/L", MARCH, low=0.8, high=1.45),
            lab("phosphate", 1.4, "mmol/L", APRIL, low=0.8, high=1.45),
            lab("albumin", 30.0, "g/L", MARCH, low=35.0, high=50.0),
            lab("albumin", 70.0, "g/L", APRIL),
        )
    )
    assert table.days == (APRIL, MARCH)
    phosphate, albumin = table.lines
    assert (phosphate.name, phosphate.limits) == ("Phosphate, mmol/L", "0.8 to 1.45")
    assert [(cell.text, cell.flag) for cell in phosphate.cells] == [("1.4", 0), ("↑ 1.9", 1)]
    assert [(cell.text, cell.flag) for cell in albumin.cells] == [("70", 0), ("↓ 30", -1)]
    assert "above" in phosphate.cells[1].tip


def test_another_unit_is_converted_to_that_of_the_newest_and_told() -> None:
    table = lab_table(
        kept(  # type: ignore[arg-type]
            lab("calcium_total", 9.2, "mg/dL", MARCH, high=10.2),
            lab("calcium_total", 2.2, "mmol/L", APRIL),
        )
    )
    assert table.lines[0].name == "Calcium, total, mmol/L"
    assert [cell.text for cell in table.lines[0].cells] == ["2.2", "2.30"]
    assert "reported as 9.2 mg/dL" in table.lines[0].cells[1].tip


def test_bounds_and_two_results_of_one_day_stand_as_they_are() -> None:
    table = lab_table(
        kept(  # type: ignore[arg-type]
            lab("crp", 0.6, "mg/L", sign=Comparator.BELOW, high=5.0),
            lab("phosphate", 1.67, "mmol/L", high=1.45),
            lab("phosphate", 1.2, "mmol/L", high=1.45),
        )
    )
    texts = {line.name: line.cells[0].text for line in table.lines}
    assert texts["C-reactive protein, mg/L"] == "<0.6"
    assert texts["Phosphate, mmol/L"] == "↑ 1.67\n1.2"
    flags = {line.name: line.cells[0].flag for line in table.lines}
    assert flags["Phosphate, mmol/L"] == 0, "only one of them is high"


def test_derived_rows_follow_and_a_free_analyte_in_two_units_has_two_rows() -> None:
    table = lab_table(
        kept(  # type: ignore[arg-type]
            lab("calcium_total", 2.20, "mmol/L"), lab("phosphate", 1.67, "mmol/L"),
            lab("other", 812.0, "µg/L", name="Ferritin"),
            lab("other", 800.0, "ng/mL", APRIL, name="Ferritin"),
        )
    )  # fmt: skip
    names = [line.name for line in table.lines]
    assert names[2:4] == ["Ferritin, µg/L", "Ferritin, ng/mL"]
    derived = {
        line.name: [cell.text for cell in line.cells] for line in table.lines if line.derived
    }
    assert derived == {
        "Calcium × phosphate, mmol²/L²": ["", "3.67"],
        "Calcium × phosphate, mg²/dL²": ["", "45.6"],
    }


def test_the_text_for_a_spreadsheet_has_a_line_for_each_row() -> None:
    words.set_language("fr")
    table = lab_table(kept(lab("phosphate", 1.67, "mmol/L", high=1.45)))  # type: ignore[arg-type]
    head, line = table.as_text().split("\n")
    assert head.split("\t")[2] == "2026-03-10"
    assert line.split("\t")[-1] == "↑ 1,67"


def test_revisions_and_the_bin_name_results_and_analgesics_in_words() -> None:
    result = lab("pth", 300.0, "pg/mL", high=65.0)
    assert record_line(stored(result, 1)) == "Parathyroid hormone: 300 pg/mL · 10 Mar 2026"
    lines = changes(result, replace(result, analyte="phosphate", comparator=Comparator.BELOW))
    assert "Analyte: Parathyroid hormone → Phosphate" in lines
    assert "Below or above a limit: – → below" in lines
    use = AnalgesicUse(1, "fentanyl_other", MARCH, APRIL, route="nasal", dose=100.0, unit="µg")
    assert record_line(stored(use, 1)).startswith("Fentanyl, not as a patch, 100 µg · 10 Mar 2026")
    told = changes(use, replace(use, drug="morphine", route="sublingual", times_a_day=0.5))
    assert "Route: nasal → sublingual or buccal" in told
    assert "Analgesic: Fentanyl, not as a patch → Morphine" in told
