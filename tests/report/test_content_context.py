"""Risk factors, analgesics and events in print: what was noted, and what is not known."""

import datetime as dt
from dataclasses import replace

from tests.histories import FIRST_ON, PATIENT, history_of, second_lesion, stored
from woundtrack.context.types import AnalgesicUse, ClinicalEvent, EventKind, RiskFactor
from woundtrack.records import PatientHistory
from woundtrack.report.content_context import analgesic_part, context_parts, event_part, risk_part
from woundtrack.report.content_types import ContextPart, ReportOptions, ReportPart

ALL = ReportOptions()


def on(days: int) -> dt.date:
    return FIRST_ON + dt.timedelta(days=days)


def taking(*uses: AnalgesicUse) -> PatientHistory:
    records = tuple(stored(use, number) for number, use in enumerate(uses, 1))
    return replace(history_of([2.0, 1.8, 1.6]), analgesics=records)


def told(part: ContextPart | None) -> ContextPart:
    assert part is not None
    return part


OXYCODONE = AnalgesicUse(
    1, "oxycodone", on(-20), route="oral", dose=10.0, unit="mg", times_a_day=2.0
)
SPRAY = AnalgesicUse(1, "fentanyl_other", on(-7), on(6), route="nasal", dose=100.0, unit="µg")
PARACETAMOL = AnalgesicUse(
    1, "paracetamol", on(7), route="oral", dose=1.0, unit="g", times_a_day=3.0
)


def test_each_analgesic_has_its_dose_and_what_it_comes_to() -> None:
    part = told(analgesic_part(taking(OXYCODONE, SPRAY, PARACETAMOL), ALL))
    assert part.table is not None
    assert part.table.rows == (
        ("Oxycodone", "10 mg, 2 × a day", "oral", "since 11 Feb 2026", "30 mg"),
        ("Fentanyl, not as a patch", "100 µg", "nasal", "24 Feb 2026 to 9 Mar 2026", "no figure"),
        ("Paracetamol", "1 g, 3 × a day", "oral", "since 10 Mar 2026", "no opioid"),
    )


def test_a_day_with_an_opioid_without_a_factor_has_no_total() -> None:
    part = told(analgesic_part(taking(OXYCODONE, SPRAY), ALL))
    assert part.lines[:2] == (
        "All together on 3 Mar 2026: incomplete, without a figure for Fentanyl, not as a patch",
        "All together on 17 Mar 2026: 30 mg a day",
    )
    assert "Fentanyl, not as a patch: The table has no factor for this opioid." in part.lines
    assert part.lines[-1].endswith("For tracking, never for converting one opioid into another.")


def test_before_anything_was_noted_there_is_no_0() -> None:
    part = told(analgesic_part(taking(replace(OXYCODONE, start_on=on(10))), ALL))
    assert part.lines[0] == "All together on 3 Mar 2026: nothing noted yet"


def test_an_analgesic_ends_with_the_patient() -> None:
    history = taking(OXYCODONE)
    died = replace(PATIENT, died_on=on(20))
    part = told(analgesic_part(replace(history, patient=stored(died, 1)), ALL))
    assert part.table is not None
    assert part.table.rows[0][3] == "11 Feb 2026 to 23 Mar 2026"


def test_analgesics_outside_the_period_are_left_out() -> None:
    assert analgesic_part(taking(SPRAY), ReportOptions(from_on=on(7))) is None
    assert analgesic_part(taking(PARACETAMOL), ReportOptions(to_on=on(6))) is None


def test_an_event_names_its_lesion_and_the_therapy_it_was_put_down_to() -> None:
    history = history_of([2.0])
    events = (
        ClinicalEvent(
            1, EventKind.ADVERSE_EVENT, on(9), course_id=1, finding="grade_2", text="nausea"
        ),
        ClinicalEvent(1, EventKind.INFECTION, on(2), on(8), lesion_id=1, finding="bone"),
        ClinicalEvent(1, EventKind.OTHER, on(4), text="fell at home"),
    )
    records = tuple(stored(event, number) for number, event in enumerate(events, 1))
    part = told(event_part(replace(history, events=records), ALL))
    assert part.table is not None
    assert part.table.rows == (
        ("5 Mar 2026 to 11 Mar 2026", "Infection", "bone", "A", "–"),
        ("7 Mar 2026", "Other event", "fell at home", "–", "–"),
        ("12 Mar 2026", "Adverse event", "2, moderate: nausea", "–",
         "Sodium thiosulfate, intravenous"),
    )  # fmt: skip
    assert event_part(replace(history, events=records), ReportOptions(from_on=on(20))) is None


def test_a_report_of_one_lesion_leaves_out_events_of_another() -> None:
    history = second_lesion(history_of([2.0]), [1.0])
    events = [
        ClinicalEvent(1, EventKind.INFECTION, on(2), lesion_id=2, finding="bone"),
        ClinicalEvent(1, EventKind.HOSPITAL_STAY, on(3), finding="wound"),
    ]
    history = replace(history, events=tuple(stored(one, n) for n, one in enumerate(events, 1)))
    part = told(event_part(history, ReportOptions(lesion_ids=(1,))))
    assert part.table is not None
    assert [row[1] for row in part.table.rows] == ["Hospital stay"]


def test_risk_factors_are_present_absent_or_not_known() -> None:
    factors = (RiskFactor("diabetes", present=True), RiskFactor("trauma", present=False))
    history = history_of([2.0], patient=replace(PATIENT, risk_factors=factors))
    assert told(risk_part(history, ALL)).lines == (
        "Present: Female sex · Diabetes",
        "Absent: Peritoneal dialysis · Trauma",
        "Of the others nobody noted whether they are there.",
    )
    assert risk_part(history_of([2.0]), ALL) is None


def test_each_part_can_be_left_out() -> None:
    factors = (RiskFactor("diabetes", present=True),)
    history = replace(taking(OXYCODONE), patient=stored(replace(PATIENT, risk_factors=factors), 1))
    assert [part.title for part in context_parts(history, ALL)] == ["Risk factors", "Analgesics"]
    chosen = ReportOptions(parts=frozenset({ReportPart.ANALGESICS, ReportPart.EVENTS}))
    assert [part.title for part in context_parts(history, chosen)] == ["Analgesics"]
