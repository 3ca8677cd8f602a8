"""Patients’ endpoints, rule by rule, on clinics made by hand."""

import random

import pytest

from tests.cohort.made import (
    BY_STS,
    RHEO,
    TODAY,
    MadeClinic,
    clinic_of,
    everyone,
    missing,
    on,
    survivors,
)
from woundtrack.cohort.cohort import cohort_of
from woundtrack.cohort.people import doses
from woundtrack.cohort.selection import select
from woundtrack.cohort.types import Filter, Reason
from woundtrack.context.analgesics import DRUGS, daily_ome
from woundtrack.context.types import AnalgesicUse
from woundtrack.records import Aetiology
from woundtrack.therapy.types import StopCause


def test_survival_counts_from_the_first_dose_and_ends_at_the_last_contact() -> None:
    clinic = MadeClinic()
    survivors(clinic, 6)
    survivors(clinic, 2, died=100)
    survivors(clinic, 2, contact=50)
    found = everyone(clinic).survival
    assert (found.sample.n, found.deaths, found.late) == (10, 2, 0)
    assert found.at_year.share is not None
    assert found.at_year.share.value == pytest.approx(6 / 8)
    assert found.at_year.at_risk == 6


def test_time_before_the_patient_was_seen_here_counts_for_nobody() -> None:
    """Who came 200 days after the first dose had to live until then."""
    clinic = MadeClinic()
    survivors(clinic, 10)
    survivors(clinic, 5, died=100)
    for _each in range(15):
        patient = clinic.patient(contact=400)
        clinic.visits(clinic.lesion(patient), (200, 10.0))
        clinic.course(patient, 0)
    found = everyone(clinic).survival
    assert found.late == 15
    assert found.at_year.share is not None
    assert found.at_year.share.value == pytest.approx(10 / 15)
    assert found.at_year.at_risk == 25


def test_a_death_while_few_were_under_watch_draws_no_curve() -> None:
    clinic = MadeClinic()
    survivors(clinic, 1, died=20)
    for _each in range(15):
        patient = clinic.patient(contact=400)
        clinic.visits(clinic.lesion(patient), (200, 10.0))
        clinic.course(patient, 0)
    found = everyone(clinic).survival
    assert found.refused
    assert (found.at_year.share, found.curve.days) == (None, ())


def test_an_older_wound_of_another_cause_gives_no_time_to_survive() -> None:
    clinic = MadeClinic()
    for _each in range(5):
        patient = clinic.patient(contact=1500)
        clinic.visits(clinic.lesion(patient, cause=Aetiology.VENOUS), (0, 5.0))
        clinic.visits(clinic.lesion(patient), (1000, 5.0))
    found = everyone(clinic, Filter(aetiologies=frozenset({Aetiology.CALCIPHYLAXIS})))
    assert found.survival.curve.exit_days == (500,) * 5
    assert found.lesions == 5


def test_who_cannot_have_a_survival_time_is_counted() -> None:
    clinic = MadeClinic()
    survivors(clinic, 5)
    undated = clinic.patient(contact=300, undated=True)
    clinic.visits(clinic.lesion(undated), (0, 3.0))
    clinic.course(undated, 0)
    planned = clinic.patient(contact=300)
    clinic.visits(clinic.lesion(planned), (0, 3.0))
    clinic.course(planned, TODAY + 30)
    cohort = cohort_of(clinic.data, BY_STS)
    assert missing(cohort.everyone.survival.sample) == {Reason.DEATH_WITHOUT_DATE: 1}
    assert [(each.reason, each.count) for each in cohort.left_out] == [(Reason.NOT_STARTED, 1)]


def test_stops_for_adverse_events_are_of_all_who_began() -> None:
    clinic = clinic_of(*[((0, 10.0),)] * 18)
    for place in range(2):
        patient = clinic.patient(contact=400)
        clinic.visits(clinic.lesion(patient), (0, 5.0))
        clinic.course(patient, 0, 30, cause=StopCause.ADVERSE_EVENT)
        clinic.course(patient, 60 + place, 90, cause=StopCause.ADVERSE_EVENT)
    found = everyone(clinic).stops
    assert found is not None
    assert (found.count, found.sample.n) == (2, 20)
    assert found.share is not None
    assert found.share.value == pytest.approx(0.1)
    assert everyone(clinic, Filter()).stops is None


def test_associated_therapies_ran_in_the_year_after_time_zero() -> None:
    clinic = clinic_of(*[((0, 10.0),)] * 6)
    clinic.course(0, -50, -1, therapy=RHEO)
    clinic.course(1, -50, therapy=RHEO)
    clinic.course(2, 100, 120, therapy=RHEO)
    clinic.course(2, 200, 220, therapy=RHEO)
    clinic.course(3, 366, therapy=RHEO)
    (found,) = everyone(clinic).associated
    assert (found.therapy, found.patients) == (RHEO, 2)


def test_analgesics_are_compared_patient_by_patient_and_never_a_smaller_number() -> None:
    clinic = clinic_of(*[((0, 10.0),)] * 8)
    for number in range(1, 6):
        clinic.uses += [
            AnalgesicUse(number, "morphine", on(-9), on(30), "", "oral", 10.0 * number, "mg", 2),
            AnalgesicUse(number, "morphine", on(31), None, "", "oral", 10.0, "mg", 1),
        ]
    clinic.uses.append(AnalgesicUse(6, "morphine", on(-9), None, "", "oral", None, "mg", 2))
    clinic.uses.append(AnalgesicUse(7, "morphine", on(100), None, "", "oral", 5, "mg", 2))
    found = everyone(clinic).analgesics
    assert found.before.median is not None
    assert found.after.median is not None
    assert found.change.median is not None
    assert (found.before.median.value, found.after.median.value) == (60, 10)
    assert found.change.median.value == -50
    assert missing(found.change.sample) == {Reason.NOT_RECORDED: 2, Reason.INCOMPLETE: 1}


def test_who_was_not_heard_of_for_a_year_is_missing_from_the_analgesics() -> None:
    clinic = MadeClinic()
    survivors(clinic, 2, contact=300)
    survivors(clinic, 1, died=200)
    survivors(clinic, 1, contact=364)
    found = everyone(clinic).analgesics
    assert missing(found.change.sample) == {
        Reason.NOT_FOLLOWED: 2, Reason.DIED: 1, Reason.NOT_RECORDED: 1,
    }  # fmt: skip


def test_morphine_equivalents_of_all_at_once_are_those_of_each_patient() -> None:
    chance = random.Random(5)
    clinic, drugs = MadeClinic(), list(DRUGS)
    for _patient in range(60):
        patient = clinic.patient(contact=400)
        clinic.visits(clinic.lesion(patient), (0, 10.0))
        clinic.course(patient, 0)
        for _use in range(chance.choice((0, 1, 1, 2, 5))):
            start = chance.randrange(-100, 400)
            stop = chance.choice((None, 0, 365, start + chance.randrange(200)))
            stop = None if stop is None else on(max(start, stop))
            drug, dose = chance.choice(drugs), chance.choice((None, 5.0, 12.5))
            use = AnalgesicUse(patient + 1, drug, on(start), stop, "", "oral", dose, "mg", 3)
            clinic.uses.append(use)
    taken = doses(select(clinic.data, BY_STS))
    told = []
    for patient in range(60):
        own = [use for use in clinic.uses if use.patient_id == patient + 1]
        totals = [daily_ome(own, on(day)) for day in (0, 365)]
        assert taken.noted[patient] == all(one.mg is not None or one.incomplete for one in totals)
        told += [float("nan") if one.mg is None else one.mg for one in totals]
    assert taken.mg.T.ravel() == pytest.approx(told, nan_ok=True)
    assert 8 < sum(mg > 0 for mg in told) < 110
