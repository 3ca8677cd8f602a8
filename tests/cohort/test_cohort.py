"""Lesions’ endpoints, groups and dates, rule by rule, on clinics made by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.cohort.made import (
    BY_STS,
    RHEO,
    STS,
    TODAY,
    MadeClinic,
    clinic_of,
    everyone,
    missing,
    on,
)
from woundtrack.cohort.cohort import cohort_of
from woundtrack.cohort.types import Cohort, Filter, Reason, TherapyChoice
from woundtrack.context.types import CalcinosisSubtype
from woundtrack.records import Aetiology, SiteClass, SizeMethod


def test_reduction_is_that_of_the_visit_nearest_to_24_weeks() -> None:
    visits = ((0, 10.0), (84, 8.0), (150, 6.0), (170, 4.0), (300, 1.0))
    found = everyone(clinic_of(*[visits] * 5)).area_reduction
    assert found.median is not None
    assert found.median.value == pytest.approx(0.6)
    assert (found.sample.n, found.sample.missing) == (5, ())


def test_a_baseline_lies_around_the_first_dose_not_at_the_first_visit() -> None:
    visits = ((-200, 90.0), (-3, 10.0), (6, 9.0), (168, 5.0))
    found = everyone(clinic_of(*[visits] * 5)).area_reduction
    assert found.median is not None
    assert found.median.value == pytest.approx(0.5)


def test_every_lesion_without_a_reduction_is_counted_with_its_reason() -> None:
    full = ((0, 10.0), (168, 5.0))
    clinic = clinic_of(
        full, full, full, full, full,
        ((-90, 10.0), (-40, 9.0), (168, 5.0)),  # no size around the first dose
        ((0, 10.0), (90, 5.0), (250, 1.0)),  # no visit at 24 weeks
        ((-10, 10.0), (-2, 0), (168, 0)),  # closed at the first dose
        ((30, 10.0), (168, 5.0)),  # appeared under therapy
        (),  # never seen
    )  # fmt: skip
    for place, (method, reason) in enumerate(
        ((SizeMethod.BEDSIDE, "other"), (SizeMethod.TRACED, "died"), (SizeMethod.TRACED, "became"))
    ):
        patient = clinic.patient(contact=400, died=100 if reason == "died" else None)
        lesion = clinic.lesion(patient, became=120 if reason == "became" else None)
        clinic.visits(lesion, (0, 10.0))
        if place == 0:
            clinic.seen(lesion, 168, 12.0, method)
        clinic.course(patient, 0)
    late = clinic.patient(contact=TODAY)
    clinic.visits(clinic.lesion(late), (TODAY - 100, 4.0))
    clinic.course(late, TODAY - 100)
    cohort = cohort_of(clinic.data, BY_STS)
    sample = cohort.everyone.area_reduction.sample
    assert sample.n == 5
    assert missing(sample) == {
        Reason.NO_BASELINE: 1,
        Reason.NOT_SEEN: 1,
        Reason.CLOSED_BEFORE: 1,
        Reason.APPEARED_LATER: 1,
        Reason.OTHER_METHOD: 1,
        Reason.DIED: 1,
        Reason.BECAME_OTHERS: 1,
        Reason.NOT_DUE: 1,
    }
    assert sample.of == cohort.everyone.lesions == 13
    assert [(each.reason, each.count) for each in cohort.left_out] == [(Reason.NEVER_SEEN, 1)]


def test_a_closed_lesion_is_all_gone_also_when_nobody_looks_again() -> None:
    seen = ((0, 10.0), (168, 0))
    confirmed = ((0, 10.0), (60, 0), (80, 0))
    found = everyone(clinic_of(seen, seen, seen, confirmed, confirmed))
    assert found.area_reduction.median is not None
    assert found.area_reduction.median.value == 1.0
    assert found.area_reduction.sample.n == 5


def test_one_closed_visit_long_ago_is_no_closure_at_24_weeks() -> None:
    found = everyone(clinic_of(*[((0, 10.0), (60, 0))] * 5)).area_reduction
    assert missing(found.sample) == {Reason.NOT_SEEN: 5}


def test_a_closure_that_opened_again_does_not_stay() -> None:
    found = everyone(clinic_of(*[((0, 10.0), (30, 0), (50, 0), (90, 2.0), (100, 0))] * 5))
    assert missing(found.area_reduction.sample) == {Reason.NOT_SEEN: 5}
    assert (found.closure.closed, found.closure.reopened) == (5, 5)


def test_area_at_one_year_takes_no_bedside_size() -> None:
    clinic = clinic_of(*[((0, 10.0), (360, 2.5))] * 5)
    patient = clinic.patient(contact=400)
    lesion = clinic.visits(clinic.lesion(patient), (0, 10.0))
    clinic.seen(lesion, 365, 7.0, SizeMethod.BEDSIDE)
    clinic.course(patient, 0)
    found = everyone(clinic).area_at_year
    assert found.median is not None
    assert found.median.value == 2.5
    assert missing(found.sample) == {Reason.OTHER_METHOD: 1}


def test_at_one_year_a_wound_measured_by_ruler_is_no_zero_when_it_closes() -> None:
    clinic = clinic_of(*[((0, 10.0), (360, 2.5))] * 5)
    for days in ((60, 80), (60, 360)):
        patient = clinic.patient(contact=400)
        lesion = clinic.visits(clinic.lesion(patient))
        clinic.seen(lesion, 0, 7.0, SizeMethod.BEDSIDE)
        clinic.visits(lesion, *((day, 0) for day in days))
        clinic.course(patient, 0)
    found = everyone(clinic).area_at_year
    assert found.median is not None
    assert found.median.value == 2.5
    assert missing(found.sample) == {Reason.OTHER_METHOD: 2}
    traced = everyone(clinic_of(*[((0, 10.0), (60, 0), (80, 0))] * 5)).area_at_year
    assert traced.median is not None
    assert traced.median.value == 0


def test_closure_counts_from_the_visit_that_confirmed_it() -> None:
    found = everyone(clinic_of(*[((0, 10.0), (60, 0), (70, 0), (80, 0), (100, 0))] * 5)).closure
    assert (found.closed, found.died) == (5, 0)
    assert found.median_days is not None
    assert found.median_days.value == 80


def test_an_open_wound_between_two_closed_visits_starts_again() -> None:
    found = everyone(clinic_of(*[((0, 10.0), (60, 0), (70, 1.0), (80, 0), (95, 0))] * 5)).closure
    assert found.median_days is not None
    assert found.median_days.value == 95


def test_a_visit_that_measured_nothing_found_it_open_as_the_record_has_it() -> None:
    found = everyone(clinic_of(*[((0, 10.0), (60, 0), (70, None), (80, 0))] * 5)).closure
    assert found.closed == 0


def test_closure_before_the_first_dose_does_not_count() -> None:
    visits = ((-100, 10.0), (-80, 0), (-60, 0), (-5, 3.0), (40, 0), (60, 0))
    found = everyone(clinic_of(*[visits] * 5)).closure
    assert found.median_days is not None
    assert found.median_days.value == 60


def test_death_rules_closure_out_only_soon_after_the_last_visit() -> None:
    clinic = MadeClinic()
    for died in (110, 110, 500, 500, 500):
        patient = clinic.patient(died=died)
        clinic.visits(clinic.lesion(patient), (0, 10.0), (100, 8.0))
        clinic.course(patient, 0)
    found = everyone(clinic).closure
    assert (found.died, found.closed) == (2, 0)
    assert found.curve.exit_days == (100, 100, 100, 110, 110)


def test_a_lesion_that_became_others_is_censored_that_day() -> None:
    clinic = MadeClinic()
    for _each in range(5):
        patient = clinic.patient(contact=400)
        clinic.visits(clinic.lesion(patient, became=90), (0, 10.0), (80, 9.0))
        clinic.visits(clinic.lesion(patient), (90, 4.0), (200, 0), (220, 0))
        clinic.course(patient, 0)
    found = everyone(clinic).closure
    assert found.curve.exit_days == (90,) * 5
    assert missing(found.sample) == {Reason.APPEARED_LATER: 5}


def test_days_of_therapy_until_closure_leave_out_pauses() -> None:
    clinic = MadeClinic()
    for _each in range(5):
        patient = clinic.patient(contact=400)
        clinic.visits(clinic.lesion(patient), (0, 10.0), (100, 0), (120, 0))
        clinic.course(patient, 0, 49)
        clinic.course(patient, 40, 59)
        clinic.course(patient, 100)
    found = everyone(clinic).days_to_healing
    assert found is not None
    assert found.median is not None
    assert found.median.value == 60 + 21
    assert everyone(clinic, Filter()).days_to_healing is None


def test_below_five_patients_only_counts_are_told() -> None:
    found = everyone(clinic_of(*[((0, 10.0), (100, 0), (120, 0), (168, 0))] * 4))
    assert found.few
    assert (found.patients, found.closure.closed, found.area_reduction.sample.n) == (4, 4, 4)
    assert found.survival.at_year.share is None
    assert found.closure.at_year.share is None
    assert found.area_reduction.median is None
    assert found.survival.curve.days == found.closure.curve.days == ()


def central_and_peripheral() -> Cohort:
    clinic = MadeClinic()
    for number in range(20):
        died = 100 if number < 6 else None
        patient = clinic.patient(died=died, contact=400)
        clinic.visits(clinic.lesion(patient, site=SiteClass.CENTRAL), (0, 10.0))
        clinic.visits(clinic.lesion(patient), (0, 10.0))
    for number in range(20):
        patient = clinic.patient(died=200 if number < 2 else None, contact=400)
        clinic.visits(clinic.lesion(patient), (0, 10.0))
        clinic.visits(clinic.lesion(patient, site=SiteClass.ACRAL), (0, 10.0))
        # What appears later does not make a patient central.
        clinic.visits(clinic.lesion(patient, site=SiteClass.CENTRAL), (50, 10.0))
    for site in (SiteClass.GENITAL, SiteClass.ACRAL, SiteClass.UNCLASSIFIED):
        clinic.visits(clinic.lesion(clinic.patient(contact=400), site=site), (0, 10.0))
    return cohort_of(clinic.data, Filter())


def test_central_against_peripheral_goes_by_what_was_there_from_the_start() -> None:
    found = central_and_peripheral()
    assert (found.central.patients, found.peripheral.patients, found.neither) == (20, 20, 3)
    assert found.central.lesions == 40
    difference = found.difference.survival_at_year
    assert difference is not None
    assert difference.value == pytest.approx(0.7 - 0.9)
    assert difference.low is not None
    assert difference.high is not None
    assert difference.low < difference.value < difference.high
    assert found.difference.survival_p == pytest.approx(0.1, abs=0.05)


def test_an_empty_clinic_and_a_filter_that_finds_nobody() -> None:
    for clinic in (MadeClinic(), clinic_of(((0, 10.0),))):
        asked = Filter(site_classes=frozenset({SiteClass.BREAST}), therapy=STS)
        found = cohort_of(clinic.data, asked)
        assert (found.everyone.patients, found.everyone.lesions) == (0, 0)
        assert found.everyone.survival.at_year.share is None
        assert found.difference.survival_p is None


def test_dates_are_those_of_time_zero() -> None:
    clinic = clinic_of(*[((-30, 10.0), (0, 9.0))] * 5)
    day = dt.timedelta(days=1)
    assert everyone(clinic, Filter(therapy=STS, from_on=on(0), to_on=on(0))).patients == 5
    assert everyone(clinic, Filter(therapy=STS, from_on=on(0) + day)).patients == 0
    assert everyone(clinic, Filter(to_on=on(-30))).patients == 5
    assert everyone(clinic, Filter(to_on=on(-30) - day)).patients == 0


@pytest.mark.parametrize(
    ("baseline", "at_24_weeks", "at_year", "inside"),
    [
        (-28, 140, 308, (1, 1)),
        (7, 196, 420, (1, 1)),
        (-29, 168, 365, (0, 1)),
        (0, 139, 307, (0, 0)),
        (0, 197, 421, (0, 0)),
    ],
)
def test_windows_end_where_their_sentences_say(
    baseline: int, at_24_weeks: int, at_year: int, inside: tuple[int, int]
) -> None:
    """20 to 28 weeks and 44 to 60 weeks, to the day."""
    visits = ((baseline, 9.0), (at_24_weeks, 5.0), (at_year, 2.0))
    found = everyone(clinic_of(visits))
    assert (found.area_reduction.sample.n, found.area_at_year.sample.n) == inside


def test_first_seen_on_day_8_is_too_late() -> None:
    found = everyone(clinic_of(((7, 9.0), (20, 8.0)), ((8, 9.0), (20, 8.0))))
    assert found.closure.sample.n == 1
    assert missing(found.closure.sample) == {Reason.APPEARED_LATER: 1}


@pytest.mark.parametrize(("died", "counted"), [(184, 1), (185, 0)])
def test_a_death_84_days_after_the_last_visit_still_counts(died: int, counted: int) -> None:
    clinic = MadeClinic()
    patient = clinic.patient(died=died)
    clinic.visits(clinic.lesion(patient), (0, 10.0), (100, 8.0))
    clinic.course(patient, 0)
    assert everyone(clinic).closure.died == counted


def test_uraemic_narrows_calciphylaxis_alone_and_a_subtype_calcinosis_alone() -> None:
    clinic = MadeClinic()
    for cause, uraemic, subtype in (
        (Aetiology.CALCIPHYLAXIS, True, None),
        (Aetiology.CALCIPHYLAXIS, False, None),
        (Aetiology.CALCIPHYLAXIS, None, None),
        (Aetiology.CALCINOSIS, None, CalcinosisSubtype.IATROGENIC),
        (Aetiology.CALCINOSIS, None, None),
        (Aetiology.VENOUS, None, None),
    ):
        patient = clinic.patient(contact=9)
        lesion = clinic.lesion(patient, cause=cause, uraemic=uraemic, subtype=subtype)
        clinic.visits(lesion, (0, 3.0))
    iatrogenic = frozenset({CalcinosisSubtype.IATROGENIC})
    both = frozenset({Aetiology.CALCIPHYLAXIS, Aetiology.CALCINOSIS})
    for asked, count in (
        (Filter(), 6),
        (Filter(uraemic=True), 4),
        (Filter(uraemic=False, aetiologies=frozenset({Aetiology.CALCIPHYLAXIS})), 1),
        (Filter(subtypes=iatrogenic), 5),
        (Filter(aetiologies=both, uraemic=True, subtypes=iatrogenic), 2),
    ):
        assert everyone(clinic, asked).patients == count


def test_a_therapy_that_the_clinic_named_is_found_however_it_is_written() -> None:
    clinic = clinic_of(*[((0, 10.0),)] * 5)
    data = replace(clinic.data, therapies=(TherapyChoice("other", "Honey "), RHEO))
    assert cohort_of(data, Filter(therapy=TherapyChoice("other", "honey"))).everyone.patients == 5
    assert cohort_of(data, Filter(therapy=TherapyChoice("other", "sugar"))).everyone.patients == 0
    assert cohort_of(data, Filter(therapy=STS)).everyone.patients == 0
