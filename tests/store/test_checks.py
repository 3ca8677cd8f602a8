"""What a record must not contradict."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.clinics import TISSUE, a_patient, add_case
from woundtrack.errors import RecordError
from woundtrack.explain import explain
from woundtrack.outline.types import Outline
from woundtrack.records import (
    Assessment,
    Consent,
    ConsentPurpose,
    FilledForm,
    Lesion,
    PatientStatus,
    PhotoOutline,
    PhotoScale,
    Side,
    SizeMethod,
    TherapyCourse,
    Tunnel,
    Undermining,
    Visit,
    WoundQol,
)
from woundtrack.sentences import SENTENCES
from woundtrack.store.clinic import Clinic

TODAY, TOMORROW = dt.date(2026, 6, 15), dt.date(2026, 6, 16)
LONG_AGO = dt.date(1950, 1, 1)


def bwat_form(*scores: int | None) -> FilledForm:
    return FilledForm("bwat", "2001, revised", scores)


def refusal(clinic: Clinic, value: object) -> str:
    """The code with which adding a value is refused; its sentence is checked, too."""
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.add(value))
    assert refused.value.code in SENTENCES
    assert "{" not in explain(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"birth_name": " "}, "record.name_missing"),
        ({"hospital_number": ""}, "record.number_missing"),
        ({"birth_date": TOMORROW}, "record.born_in_future"),
        ({"birth_date": dt.date(195, 8, 3)}, "record.born_too_long_ago"),
        ({"status": PatientStatus.DIED, "died_on": LONG_AGO}, "record.died_before_birth"),
        ({"status": PatientStatus.DIED, "died_on": TOMORROW}, "record.died_in_future"),
        ({"died_on": TODAY}, "record.died_but_not_so_marked"),
        ({"consents": (Consent(ConsentPurpose.CARE, TOMORROW),)}, "record.consent_in_future"),
        (
            {"consents": (Consent(ConsentPurpose.CARE, TODAY, dt.date(2026, 1, 1)),)},
            "record.consent_order",
        ),
    ],
)
def test_a_patient_that_contradicts_itself(clinic: Clinic, fields: dict, code: str) -> None:
    assert refusal(clinic, a_patient(**fields)) == code


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (TOMORROW, "record.visit_in_future"),
        (LONG_AGO, "record.visit_before_birth"),
        (dt.date(2026, 5, 4), "record.visit_exists"),
    ],
)
def test_a_visit_on_an_impossible_day(clinic: Clinic, case, day: dt.date, code: str) -> None:
    assert refusal(clinic, Visit(case.patient.id, day)) == code
    moved = replace(case.visit.value, on=day)
    if code != "record.visit_exists":
        with pytest.raises(RecordError) as refused:
            clinic.write(lambda w: w.revise(case.visit, moved))
        assert refused.value.code == code


def test_a_visit_today_is_possible(clinic: Clinic, case: SimpleNamespace) -> None:
    added = clinic.write(lambda w: w.add(Visit(case.patient.id, TODAY)))
    assert added.value.on == TODAY


def test_no_visit_after_death_and_no_death_before_a_visit(clinic: Clinic, case) -> None:
    def dies(day: dt.date):
        value = replace(case.patient.value, status=PatientStatus.DIED, died_on=day)
        return clinic.write(lambda w: w.revise(case.patient, value))

    with pytest.raises(RecordError) as refused:
        dies(dt.date(2026, 5, 3))
    assert refused.value.code == "record.visit_after_death"
    assert "4 May 2026" in explain(refused.value)
    dies(dt.date(2026, 5, 4))
    assert (
        refusal(clinic, Visit(case.patient.id, dt.date(2026, 5, 5))) == "record.visit_after_death"
    )


def test_a_birth_date_after_a_visit_is_refused(clinic: Clinic, case: SimpleNamespace) -> None:
    value = replace(case.patient.value, birth_date=dt.date(2026, 5, 5))
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.revise(case.patient, value))
    assert refused.value.code == "record.visit_before_birth"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"label": ""}, "record.label_missing"),
        ({"label": "A"}, "record.label_taken"),
        ({"site": ""}, "record.site_missing"),
        ({"onset_on": TOMORROW}, "record.onset_in_future"),
        ({"onset_on": LONG_AGO}, "record.onset_before_birth"),
        ({"closed_on": TOMORROW}, "record.closed_in_future"),
        ({"onset_on": TODAY, "closed_on": dt.date(2026, 6, 1)}, "record.closed_before_onset"),
        (
            {"closed_on": TODAY, "closure_confirmed_on": dt.date(2026, 6, 1)},
            "record.closure_order",
        ),
        ({"body_x": 1.2}, "record.off_body_map"),
    ],
)
def test_a_lesion_that_contradicts_itself(clinic: Clinic, case, fields: dict, code: str) -> None:
    lesion = replace(Lesion(case.patient.id, "C", "calf", Side.LEFT), **fields)
    assert refusal(clinic, lesion) == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"length_cm": -0.1}, "record.negative_length"),
        ({"depth_cm": 120.0}, "record.implausible_length"),
        ({"length_cm": float("nan")}, "record.unusable_value"),
        ({"undermining": (Undermining(-1.0, 1, 2),)}, "record.negative_length"),
        ({"undermining": (Undermining(1.0, 0, 2),)}, "record.clock_hour"),
        ({"tunnels": (Tunnel(1.0, 13),)}, "record.clock_hour"),
        ({"pain_nrs": 11}, "record.pain"),
        ({"pain_nrs": -1}, "record.pain"),
        ({"pain_vas_mm": 101}, "record.pain_vas"),
        ({"pain_vas_mm": -1}, "record.pain_vas"),
        ({"head_to_toe_cm": -1.0}, "record.negative_length"),
        ({"left_right_cm": 101.0}, "record.implausible_length"),
        ({"forms": (bwat_form(6, *(None,) * 12),)}, "record.answer_out_of_range"),
        ({"forms": (bwat_form(*(None,) * 12, 0),)}, "record.answer_out_of_range"),
        ({"forms": (bwat_form(*(1,) * 12),)}, "record.answer_count"),
        ({"forms": (bwat_form(*(1,) * 13),) * 2}, "record.form_twice"),
        ({"forms": (FilledForm("bwat", "1990", (1,) * 13),)}, "record.form_unknown"),
        ({"forms": (FilledForm("bwat_cua", "2021", (1,) * 8),)}, "record.form_unknown"),
        (
            {"forms": (FilledForm("push", "3.0", (1, 1, 1), (0.0, 2.0)),)},
            "record.negative_length",
        ),
        ({"size_method": SizeMethod.TRACED, "confirmed": True}, "record.measurement_missing"),
        (
            {"size_method": SizeMethod.BEDSIDE, "confirmed": True, "length_cm": 2.0},
            "record.bedside_size_missing",
        ),
    ],
)
def test_an_assessment_that_contradicts_itself(
    clinic: Clinic, case, fields: dict, code: str
) -> None:
    visit = clinic.write(lambda w: w.add(Visit(case.patient.id, TODAY)))
    assert refusal(clinic, replace(Assessment(visit.id, case.lesions[0].id), **fields)) == code


def test_zero_is_a_score_of_the_first_four_items_only(clinic: Clinic, case) -> None:
    visit = clinic.write(lambda w: w.add(Visit(case.patient.id, TODAY)))
    forms = (bwat_form(0, 0, 0, 0, *(1,) * 9),)
    added = clinic.write(lambda w: w.add(Assessment(visit.id, case.lesions[0].id, forms=forms)))
    assert added.value.forms == forms


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"stop_on": dt.date(2026, 4, 30)}, "record.therapy_stops_before_start"),
        ({"start_on": LONG_AGO}, "record.therapy_before_birth"),
        ({"name": "", "therapy": "other"}, "record.therapy_name_missing"),
        ({"dose": 0.0}, "record.dose"),
    ],
)
def test_a_course_that_contradicts_itself(clinic: Clinic, case, fields: dict, code: str) -> None:
    course = TherapyCourse(case.patient.id, "sts_iv", "Thiosulfate", dt.date(2026, 5, 1))
    assert refusal(clinic, replace(course, **fields)) == code


def test_a_course_may_stop_on_the_day_it_starts(clinic: Clinic, case: SimpleNamespace) -> None:
    value = replace(case.course.value, stop_on=case.course.value.start_on)
    assert clinic.write(lambda w: w.revise(case.course, value)).value == value


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"general_pain_nrs": 11}, "record.pain"),
        ({"general_pain_vas_mm": 101}, "record.pain_vas"),
        ({"general_pain_vas_mm": -1}, "record.pain_vas"),
        ({"wound_qol": WoundQol(items=17, mean=4.01)}, "record.wound_qol"),
        ({"wound_qol": WoundQol(items=14, mean=-0.1)}, "record.wound_qol"),
        ({"wound_qol": WoundQol(items=16, mean=2.0)}, "record.wound_qol_items"),
    ],
)
def test_what_a_visit_asks_of_the_patient_has_its_range(
    clinic: Clinic, case: SimpleNamespace, fields: dict, code: str
) -> None:
    assert refusal(clinic, Visit(case.patient.id, TODAY, **fields)) == code


def test_the_ends_of_each_range_are_kept(clinic: Clinic, case: SimpleNamespace) -> None:
    for days, (vas_mm, mean) in enumerate(((0, 0.0), (100, 4.0))):
        on = TODAY - dt.timedelta(days=days)
        asked = Visit(case.patient.id, on, general_pain_vas_mm=vas_mm, wound_qol=WoundQol(17, mean))
        assert clinic.write(lambda w, one=asked: w.add(one)).value == asked


def test_one_of_each_per_place(clinic: Clinic, case: SimpleNamespace) -> None:
    lesion, outline = case.lesions[0].id, case.outlines[0].value.outline
    assert refusal(clinic, PhotoScale(case.photo.id, None)) == "record.scale_exists"
    assert refusal(clinic, PhotoOutline(case.photo.id, lesion, outline)) == "record.outline_exists"
    assert refusal(clinic, Assessment(case.visit.id, lesion)) == "record.assessment_exists"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda outline: replace(outline, outline=Outline()),
        lambda outline: replace(outline, tissue=replace(TISSUE, png=TISSUE.png[:20])),
        lambda outline: replace(outline, tissue=replace(TISSUE, png=b"no picture" * 9)),
        lambda outline: replace(
            outline, tissue=replace(TISSUE, window=replace(TISSUE.window, width=3))
        ),
    ],
)
def test_a_tissue_map_is_a_picture_of_its_window_in_an_outline(
    clinic: Clinic, case: SimpleNamespace, spoilt: Callable[[PhotoOutline], PhotoOutline]
) -> None:
    stored = case.outlines[0]
    with pytest.raises(RecordError, match=r"record\.tissue_unusable"):
        clinic.write(lambda w: w.revise(stored, spoilt(stored.value)))
    (kept,) = [o for o in clinic.read(lambda r: r.history(case.patient.id)).outlines
               if o.id == stored.id]  # fmt: skip
    assert kept.value.tissue == TISSUE


def test_nothing_crosses_patients(clinic: Clinic, case: SimpleNamespace) -> None:
    other = clinic.write(lambda w: add_case(w, "2002", "Moreau", n=2))
    foreign = other.lesions[0].id
    outline = case.outlines[0].value.outline
    wrong = "record.lesion_of_other_patient"
    assert refusal(clinic, PhotoOutline(case.photo.id, foreign, outline)) == wrong
    assert refusal(clinic, Assessment(case.visit.id, foreign)) == wrong
    measured = case.measurements[0].value
    assert refusal(clinic, replace(measured, lesion_id=foreign)) == wrong
    mixed = replace(measured, outline_id=case.outlines[1].id)
    assert refusal(clinic, mixed) == "record.measurement_mixed"
    ahead = replace(measured, outline_revision=9)
    assert refusal(clinic, ahead) == "record.measurement_mixed"
    assessment = case.assessments[0]
    value = replace(assessment.value, measurement_id=other.measurements[0].id)
    with pytest.raises(RecordError) as refused:
        clinic.write(lambda w: w.revise(assessment, value))
    assert refused.value.code == "record.measurement_of_other"


def test_nothing_is_measured_without_a_scale(clinic: Clinic, case: SimpleNamespace) -> None:
    clinic.write(lambda w: w.delete(type(case.measurements[0].value), case.measurements[0].id))
    clinic.write(lambda w: w.revise(case.scale, replace(case.scale.value, scale=None)))
    value = replace(case.measurements[0].value, scale_revision=2)
    assert refusal(clinic, value) == "record.measured_without_scale"


def test_nothing_is_hung_below_what_lies_in_the_bin(clinic: Clinic, case) -> None:
    clinic.write(lambda w: w.delete(Visit, case.visit.id))
    value = Assessment(case.visit.id, case.lesions[0].id)
    assert refusal(clinic, value) == "record.parent_deleted"


def test_every_code_of_the_store_has_its_sentence() -> None:
    room = Path(__file__).parents[2] / "woundtrack" / "store"
    texts = [path.read_text("utf-8") for path in room.glob("*.py")]
    codes = {
        code for text in texts for code in re.findall(r'"((?:record|store|check)\.\w+)"', text)
    }
    assert len(codes) > 80
    assert codes - set(SENTENCES) == set()
