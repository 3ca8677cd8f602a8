"""Risk factors, events and causes as data: what is asked, and how it is said."""

import datetime as dt
from dataclasses import fields, replace

import pytest

from tests.histories import PATIENT
from woundtrack.context.causes import (
    FIELD_NAMES,
    SHAPES,
    SUBTYPES,
    cause_question,
    fields_of,
    shape_name,
    subtype_name,
)
from woundtrack.context.events import (
    EVENTS,
    FINDINGS,
    event_days,
    event_name,
    event_text,
    finding_name,
)
from woundtrack.context.risks import RISK_FACTORS, risk_name, risks_of
from woundtrack.context.types import (
    CalcificationShape,
    CalcinosisSubtype,
    CauseFacts,
    ClinicalEvent,
    EventKind,
    RiskFactor,
)
from woundtrack.records import Aetiology, DialysisMode, Sex

DAY = dt.date(2026, 3, 3)
DYSTROPHIC = CauseFacts(subtype=CalcinosisSubtype.DYSTROPHIC)


def test_every_named_risk_factor_is_there_once() -> None:
    assert len(RISK_FACTORS) == 21
    assert len({risk.name for risk in RISK_FACTORS.values()}) == 21
    assert RISK_FACTORS["insulin_injections"].seen == "odds ratio 3.74 (2.28 to 6.25)"


def test_sex_and_dialysis_are_read_and_not_asked() -> None:
    unasked = [key for key, risk in RISK_FACTORS.items() if not risk.asked]
    assert unasked == ["female", "peritoneal_dialysis"]
    risks = risks_of(replace(PATIENT, sex=Sex.MALE, dialysis=DialysisMode.PERITONEAL))
    assert (risks["female"], risks["peritoneal_dialysis"]) == (False, True)
    risks = risks_of(replace(PATIENT, sex=Sex.OTHER, dialysis=DialysisMode.NONE))
    assert (risks["female"], risks["peritoneal_dialysis"]) == (None, None)
    risks = risks_of(replace(PATIENT, dialysis=DialysisMode.HAEMODIALYSIS))
    assert risks["peritoneal_dialysis"] is False


def test_present_absent_and_not_asked_are_three_things_and_nothing_is_lost() -> None:
    said = (
        RiskFactor("diabetes", True),
        RiskFactor("sepsis", False),
        RiskFactor("of_a_later_version", True),
    )
    patient = replace(PATIENT, risk_factors=said)
    risks = risks_of(patient)
    assert (risks["diabetes"], risks["sepsis"], risks["shock"]) == (True, False, None)
    assert list(risks)[-1] == "of_a_later_version"
    assert risk_name("of_a_later_version") == "of_a_later_version"
    assert risk_name("shock") == "Shock"


def test_every_kind_has_words_and_only_those_with_findings_ask_for_one() -> None:
    assert set(EVENTS) == set(FINDINGS) == set(EventKind)
    for kind, what in EVENTS.items():
        assert bool(what.finding) == bool(FINDINGS[kind])
        assert event_name(kind) == what.name


def test_an_event_in_one_line() -> None:
    event = ClinicalEvent(1, EventKind.INFECTION, DAY, finding="bone", text=" Pseudomonas ")
    assert event_text(event) == "Infection: bone, Pseudomonas"
    assert event_text(replace(event, finding="", text="")) == "Infection"
    assert finding_name(EventKind.INFECTION, "of_a_later_version") == "of_a_later_version"
    assert event_days(event) == event_days(replace(event, until_on=DAY)) == "3 Mar 2026"
    until = replace(event, until_on=dt.date(2026, 3, 9))
    assert event_days(until) == "3 Mar 2026 to 9 Mar 2026"


def test_every_fact_of_a_cause_has_a_name_and_is_asked_of_some_aetiology() -> None:
    names = {field.name for field in fields(CauseFacts)}
    assert set(FIELD_NAMES) == names
    iatrogenic = CalcinosisSubtype.IATROGENIC
    asked = fields_of(Aetiology.CALCIPHYLAXIS) + fields_of(Aetiology.CALCINOSIS, subtype=iatrogenic)
    assert set(asked) == names
    assert fields_of(Aetiology.VENOUS) == ()


def test_what_was_given_is_asked_of_iatrogenic_calcinosis_alone() -> None:
    for subtype in (None, *CalcinosisSubtype):
        asked = "given" in fields_of(Aetiology.CALCINOSIS, subtype=subtype)
        assert asked is (subtype is CalcinosisSubtype.IATROGENIC)


def test_every_subtype_and_shape_has_words() -> None:
    assert set(SUBTYPES) == set(CalcinosisSubtype)
    assert set(SHAPES) == set(CalcificationShape)
    assert subtype_name(CalcinosisSubtype.METASTATIC) == "metastatic"
    assert shape_name(CalcificationShape.SHEET_LIKE) == "sheet-like"


@pytest.mark.parametrize(
    "facts",
    [
        CauseFacts(calcium_or_phosphate_raised=True, tissue_damaged=True),
        DYSTROPHIC,
        replace(DYSTROPHIC, calcium_or_phosphate_raised=False, tissue_damaged=True),
        CauseFacts(
            subtype=CalcinosisSubtype.METASTATIC,
            calcium_or_phosphate_raised=True,
            tissue_damaged=True,
        ),
        CauseFacts(subtype=CalcinosisSubtype.IATROGENIC, calcium_or_phosphate_raised=True),
    ],
)
def test_facts_that_fit_the_subtype_are_not_asked_about(facts: CauseFacts) -> None:
    assert cause_question(facts) == ""


@pytest.mark.parametrize(
    "facts",
    [
        replace(DYSTROPHIC, calcium_or_phosphate_raised=True),
        replace(DYSTROPHIC, tissue_damaged=False),
        CauseFacts(subtype=CalcinosisSubtype.IDIOPATHIC, tissue_damaged=True),
        CauseFacts(subtype=CalcinosisSubtype.METASTATIC, calcium_or_phosphate_raised=False),
    ],
)
def test_facts_against_the_subtype_are_asked_about_with_its_source(facts: CauseFacts) -> None:
    question = cause_question(facts)
    assert "Fabreguet 2015" in question
    assert facts.subtype is not None
    assert SUBTYPES[facts.subtype].described in question
