"""Names and values of a patient and a lesion: dialysis, cause, parted and reopened."""

import datetime as dt
from dataclasses import replace

from tests.histories import FIRST_ON, NOW, PATIENT, history_of, second_lesion, stored
from woundtrack.context.types import CalcificationShape, CalcinosisSubtype, CauseFacts
from woundtrack.healing.series import series_of
from woundtrack.records import Aetiology, DialysisMode, PatientHistory
from woundtrack.report.content_facts import lesion_facts, patient_facts

TODAY = NOW.date()


def facts_of(history: PatientHistory, lesion_id: int = 1) -> dict[str, str]:
    series = series_of(history, lesion_id=lesion_id)
    return {fact.label: fact.value for fact in lesion_facts(history, series)}


def with_lesion(history: PatientHistory, **changes: object) -> PatientHistory:
    first, *others = history.lesions
    changed = replace(first.value, **changes)  # type: ignore[arg-type]
    return replace(history, lesions=(stored(changed, 1), *others))


def test_dialysis_says_since_when_and_the_last_contact_is_told() -> None:
    patient = replace(PATIENT, dialysis_since_on=dt.date(2021, 5, 10))
    told = patient_facts(history_of([2.0, 1.8], patient=patient), today=TODAY)
    values = {fact.label: fact.value for fact in told}
    assert values["Dialysis"] == "haemodialysis since 10 May 2021"
    assert values["Last contact"] == "7 Apr 2026"
    stopped = replace(patient, dialysis=DialysisMode.NONE)
    told = patient_facts(history_of([2.0], patient=stopped), today=TODAY)
    assert {fact.label: fact.value for fact in told}["Dialysis"] == "no dialysis"


def test_the_cause_says_what_is_known_and_what_its_aetiology_asks() -> None:
    uraemic = with_lesion(history_of([2.0]), cause_facts=CauseFacts(uraemic=False))
    assert facts_of(uraemic)["Kidney failure"] == "no"
    facts = CauseFacts(
        uraemic=True,
        subtype=CalcinosisSubtype.DYSTROPHIC,
        calcium_or_phosphate_raised=False,
        tissue_damaged=True,
        underlying="systemic sclerosis",
        xray=CalcificationShape.SHEET_LIKE,
        largest_mm=9.5,
    )
    told = facts_of(
        with_lesion(history_of([2.0]), aetiology=Aetiology.CALCINOSIS, cause_facts=facts)
    )
    assert list(told.items())[:7] == [
        ("Cause", "calcinosis cutis"),
        ("Subtype", "dystrophic"),
        ("Calcium or phosphate raised", "no"),
        ("Tissue damaged", "yes"),
        ("Underlying disease or injury", "systemic sclerosis"),
        ("On the X-ray", "sheet-like"),
        ("Largest deposit", "9.5 mm"),
    ]
    assert "Kidney failure" not in told, "of calcinosis it is not asked"


def test_a_parted_lesion_says_into_what_and_its_parts_where_they_came_from() -> None:
    history = second_lesion(second_lesion(history_of([2.0]), []), [])
    third = stored(replace(history.lesions[2].value, label="C"), 3)
    history = replace(history, lesions=(*history.lesions[:2], third))
    later = FIRST_ON + dt.timedelta(days=7)
    parted = with_lesion(history, became_ids=(2, 3), became_on=later)
    assert facts_of(parted)["Status"] == "parted into B and C on 10 Mar 2026"
    assert facts_of(parted, 2)["Came from lesion"] == "A"
    grown = with_lesion(history, became_ids=(2,), became_on=later)
    assert facts_of(grown)["Status"] == "grew together into B on 10 Mar 2026"
    assert "Came from lesion" not in facts_of(grown, 3)


def test_a_closure_that_did_not_last_is_told() -> None:
    told = facts_of(history_of([2.0, "closed", "closed", 0.5]))
    assert told["Was closed"] == "10 Mar 2026 to 24 Mar 2026"
    assert "Seen closed" not in told
