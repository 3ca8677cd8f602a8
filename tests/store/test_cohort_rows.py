"""The columns of a clinic against what the patients' pages read of it, record by record."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from tests.clinics import MEASUREMENT, a_patient, add_visit
from woundtrack.cohort.cohort import cohort_of
from woundtrack.cohort.data import (
    AETIOLOGIES,
    METHODS,
    SITE_CLASSES,
    STOP_CAUSES,
    SUBTYPES,
    CohortData,
    therapies_of,
)
from woundtrack.cohort.lesions import closings
from woundtrack.cohort.selection import select
from woundtrack.cohort.types import Filter, TherapyChoice
from woundtrack.context.contact import last_contact_on
from woundtrack.context.types import (
    AnalgesicUse,
    CalcinosisSubtype,
    CauseFacts,
    ClinicalEvent,
    EventKind,
    LabResult,
)
from woundtrack.errors import StoreError
from woundtrack.healing.closure import closures_in
from woundtrack.healing.series import series_of
from woundtrack.records import (
    Aetiology,
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PatientHistory,
    PatientStatus,
    Side,
    SiteClass,
    SizeMethod,
    TherapyCourse,
    Visit,
)
from woundtrack.store.clinic import Clinic, Writer
from woundtrack.therapy.types import StopCause, TherapySession

TODAY = dt.date(2026, 6, 15)


def day(number: int) -> dt.date:
    return dt.date(2026, 1, 5) + dt.timedelta(days=number)


def found(writer: Writer, patient_id: int, lesion_id: int, number: int, **fields: object):
    """A confirmed form of a lesion on a day; the visit is made where there is none."""
    visits = writer.find(Visit, patient_id=patient_id, on=day(number))
    visit = visits[0] if visits else writer.add(Visit(patient_id, day(number)))
    values = {"size_method": SizeMethod.CLOSED, "confirmed": True, **fields}
    return writer.add(Assessment(visit.id, lesion_id, **values))  # type: ignore[arg-type]


def traced(writer: Writer, at: SimpleNamespace, area_cm2: float, place: int = 0) -> None:
    """Correct what was measured at a visit."""
    measured = writer.get(LesionMeasurement, at.measurements[place].id)
    value = replace(measured.value, measurement=replace(MEASUREMENT, area_cm2=area_cm2))
    revised = writer.revise(measured, value, reason="wrong edge")
    form = writer.get(Assessment, at.assessments[place].id)
    writer.revise(form, replace(form.value, measurement_revision=revised.revision))


def fill(writer: Writer) -> None:
    """Everything that could be read differently by two ways of reading."""
    first = writer.add(a_patient("1", "Aa", last_contact_on=day(150)))
    facts = CauseFacts(uraemic=True)
    calciphylaxis = writer.add(
        Lesion(first.id, "A", "calf", Side.LEFT, Aetiology.CALCIPHYLAXIS, cause_facts=facts,
               class_by_rule=SiteClass.PERIPHERAL)
    )  # fmt: skip
    calcinosis = writer.add(
        Lesion(first.id, "B", "abdomen", Side.LEFT, Aetiology.CALCINOSIS,
               class_by_rule=SiteClass.CENTRAL, class_override=SiteClass.UNCLASSIFIED,
               class_override_reason="old scar",
               cause_facts=CauseFacts(subtype=CalcinosisSubtype.IATROGENIC))
    )  # fmt: skip
    both = [calciphylaxis.id, calcinosis.id]
    for number, area_cm2 in ((0, 7.123456789012345), (20, 1 / 3), (40, 0.1)):
        at = add_visit(writer, first.id, day(number), both, number + 1)
        traced(writer, at, area_cm2)
    one, two = both
    for number in (60, 70, 74):
        found(writer, first.id, one, number)
    found(writer, first.id, one, 80, size_method=SizeMethod.NOT_MEASURED)
    found(writer, first.id, one, 85)
    found(writer, first.id, two, 60, size_method=SizeMethod.BEDSIDE, length_cm=3.1, width_cm=2.7)
    found(writer, first.id, two, 74, confirmed=False)
    binned = add_visit(writer, first.id, day(90), both, 5)
    writer.delete(Visit, binned.visit.id)
    lost = add_visit(writer, first.id, day(95), both, 6)
    writer.delete(Assessment, lost.assessments[0].id)
    gone = writer.add(Lesion(first.id, "C", "calf", Side.RIGHT))
    found(writer, first.id, gone.id, 96)
    writer.delete(Lesion, gone.id)
    courses(writer, first.id)
    merged(writer)
    parted(writer)
    dead = writer.add(a_patient("9", "Zz", status=PatientStatus.DIED, died_on=day(120)))
    writer.add(Lesion(dead.id, "A", "calf", Side.LEFT))
    writer.add(a_patient("10", "Yy", status=PatientStatus.DIED))
    binned_patient = writer.add(a_patient("11", "Xx"))
    found(writer, binned_patient.id, writer.add(
        Lesion(binned_patient.id, "A", "calf", Side.LEFT)).id, 3)  # fmt: skip
    writer.delete(Patient, binned_patient.id)


def courses(writer: Writer, patient_id: int) -> None:
    course = writer.add(
        TherapyCourse(patient_id, "sts_iv", "", day(3), day(50), stop_reason="nausea",
                      stop_cause=StopCause.ADVERSE_EVENT)
    )  # fmt: skip
    writer.add(TherapySession(course.id, day(30), 25.0, "g"))
    writer.add(TherapyCourse(patient_id, "other", "Honey ", day(10)))
    writer.add(TherapyCourse(patient_id, "other", "honey", day(20), day(400)))
    binned = writer.add(TherapyCourse(patient_id, "rheopheresis", "", day(155)))
    writer.delete(TherapyCourse, binned.id)


def merged(writer: Writer) -> None:
    """Two records of one person, each with a lesion A and a visit on one day."""
    kept, other = (writer.add(a_patient(str(number), "Mm")) for number in (3, 4))
    for number, patient in enumerate((kept, other)):
        lesion = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT))
        for at in (5, 6 + number):
            add_visit(writer, patient.id, day(at), [lesion.id], 10 + 2 * at + number)
    writer.add(LabResult(other.id, day(77), "phosphate", 1.7, "mmol/L"))
    for start, dose in ((9, 10.0), (20, None), (30, 10.0), (40, 0.5)):
        writer.add(
            AnalgesicUse(other.id, "morphine", day(start), day(88) if dose == 10 else None, "",
                         "oral", dose, "mg", 2.0, note=str(start))
        )  # fmt: skip
    writer.merge_patients(kept.id, other.id, value=kept.value)


def parted(writer: Writer) -> None:
    patient = writer.add(a_patient("5", "Pp"))
    whole = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT))
    found(writer, patient.id, whole.id, 0, size_method=SizeMethod.BEDSIDE, length_cm=9, width_cm=4)
    parts = [writer.add(Lesion(patient.id, label, "calf", Side.LEFT)) for label in "BC"]
    ids = tuple(part.id for part in parts)
    writer.revise(whole, replace(whole.value, became_ids=ids, became_on=day(30)))
    for part in ids:
        found(writer, patient.id, part, 30, size_method=SizeMethod.NOT_MEASURED)
    writer.add(ClinicalEvent(patient.id, EventKind.HOSPITAL_STAY, day(40), until_on=day(49)))


@pytest.fixture
def read(clinic: Clinic) -> SimpleNamespace:
    """The columns, and every live patient's history, of one clinic."""
    clinic.write(fill)
    data = clinic.read(lambda reader: reader.cohort_data(today=TODAY))
    histories = [
        clinic.read(lambda reader, number=number: reader.history(number))
        for number in data.patients.ids.tolist()
    ]
    assert len(histories) == len(clinic.read(lambda reader: reader.find(Patient))) == 5
    return SimpleNamespace(data=data, histories=histories)


def ordinal(value: dt.date | None) -> float:
    return np.nan if value is None else float(value.toordinal())


def lesions_of(history: PatientHistory, data: CohortData):
    """Each lesion of a patient with its place in the columns."""
    for lesion in history.lesions:
        yield lesion, int(np.flatnonzero(data.lesions.ids == lesion.id)[0])


def test_patients_are_those_of_their_histories(read: SimpleNamespace) -> None:
    for place, history in enumerate(read.histories):
        value = history.patient.value
        assert history.patient.id == read.data.patients.ids[place]
        assert read.data.patients.died[place] == pytest.approx(ordinal(value.died_on), nan_ok=True)
        undated = value.status is PatientStatus.DIED and value.died_on is None
        assert read.data.patients.died_undated[place] == undated


def test_last_contact_is_what_the_record_says(read: SimpleNamespace) -> None:
    contacts = [last_contact_on(history, today=TODAY) for history in read.histories]
    assert len({each for each in contacts if each}) == 4
    for place, contact in enumerate(contacts):
        assert read.data.patients.contact[place] == pytest.approx(ordinal(contact), nan_ok=True)


def test_lesions_are_those_of_their_patients(read: SimpleNamespace) -> None:
    count = 0
    for place, history in enumerate(read.histories):
        for lesion, at in lesions_of(history, read.data):
            value, columns = lesion.value, read.data.lesions
            facts = value.cause_facts
            assert columns.patient[at] == place
            assert AETIOLOGIES[columns.aetiology[at]] is value.aetiology
            assert SITE_CLASSES[columns.site_class[at]] is value.site_class
            assert columns.uraemic[at] == (-1 if facts.uraemic is None else facts.uraemic)
            assert columns.subtype[at] == (SUBTYPES.index(facts.subtype) if facts.subtype else -1)
            assert columns.became[at] == pytest.approx(ordinal(value.became_on), nan_ok=True)
            count += 1
    assert count == len(read.data.lesions.ids) == 8


def test_points_are_those_of_each_series(read: SimpleNamespace) -> None:
    points, seen = read.data.points, 0
    for history in read.histories:
        for lesion, at in lesions_of(history, read.data):
            series = series_of(history, lesion_id=lesion.id)
            own = points.only(points.lesion == at)
            assert own.day.tolist() == [ordinal(point.on) for point in series.points]
            assert [METHODS[each] for each in own.method] == [p.method for p in series.points]
            sizes = [np.nan if p.size_cm2 is None else p.size_cm2 for p in series.points]
            assert own.size == pytest.approx(np.array(sizes), rel=1e-14, nan_ok=True)
            seen += len(series.points)
    assert seen == len(points.day) == 20


def test_closures_are_those_that_the_record_would_confirm(read: SimpleNamespace) -> None:
    selection = select(read.data, Filter())
    closed = closings(selection)
    confirmed = []
    for history in read.histories:
        for lesion, at in lesions_of(history, read.data):
            told = closures_in(series_of(history, lesion_id=lesion.id))
            first = next((each.confirmed_on for each in told if each.confirmed_on), None)
            assert closed.confirmed[at] == pytest.approx(ordinal(first), nan_ok=True)
            confirmed.append(first)
    assert [each for each in confirmed if each] == [day(74)]
    assert closed.reopened[0] == ordinal(day(80))


def test_courses_and_therapies(read: SimpleNamespace) -> None:
    columns = read.data.courses
    told = {
        (int(columns.patient[n]), read.data.therapies[columns.therapy[n]], columns.start[n],
         None if columns.cause[n] < 0 else STOP_CAUSES[columns.cause[n]])
        for n in range(len(columns.start))
    }  # fmt: skip
    honey = next(each for each in read.data.therapies if each.key == "other")
    assert told == {
        (0, TherapyChoice("sts_iv"), ordinal(day(3)), StopCause.ADVERSE_EVENT),
        (0, honey, ordinal(day(10)), None),
        (0, honey, ordinal(day(20)), None),
    }
    assert honey.name.casefold() == "honey"
    assert therapies_of(read.data) == ((TherapyChoice("sts_iv"), 1), (honey, 1))


def test_analgesics_are_those_of_live_patients(read: SimpleNamespace) -> None:
    columns = read.data.analgesics
    told = [
        (read.data.patients.ids[columns.patient[n]], replace(columns.ways[columns.way[n]]),
         columns.start[n], columns.stop[n])
        for n in range(len(columns.patient))
    ]  # fmt: skip
    uses = [use.value for history in read.histories for use in history.analgesics]
    for patient, way, start, stop in told:
        (use,) = (
            use for use in uses
            if (use.patient_id, ordinal(use.start_on), use.dose) == (patient, start, way.dose)
        )  # fmt: skip
        assert way == replace(use, patient_id=0, start_on=dt.date.min, stop_on=None, note="")
        assert stop == pytest.approx(ordinal(use.stop_on), nan_ok=True)
    assert len(told) == len(uses) == 4
    assert len(columns.ways) == 3


def test_the_whole_cohort_counts_whom_the_clinic_has(read: SimpleNamespace) -> None:
    found_ = cohort_of(read.data, Filter())
    assert (found_.everyone.patients, found_.everyone.lesions) == (3, 7)


def test_an_empty_clinic_has_empty_columns(clinic: Clinic) -> None:
    data = clinic.read(lambda reader: reader.cohort_data())
    assert len(data.patients.ids) == len(data.points.day) == len(data.courses.start) == 0
    assert cohort_of(data, Filter()).everyone.patients == 0
    assert therapies_of(data) == ()


def test_a_cell_that_holds_no_number_is_damage_and_not_the_end_of_the_clinic(
    clinic: Clinic,
) -> None:
    from woundtrack.store.cohort_rows import _columns

    def columns(sql: str) -> list[list[float]]:
        return clinic.read(
            lambda reader: [each.tolist() for each in _columns(reader._connection, sql, count=2)]
        )

    good = "SELECT 1, 2.5 UNION ALL SELECT 3, 1e-7"
    assert columns(good) == [[1.0, 3.0], [2.5, 1e-7]]
    for bad in ("'x'", "''", "'1,2'"):
        with pytest.raises(StoreError) as refused:
            columns(f"{good} UNION ALL SELECT 4, {bad} UNION ALL SELECT 5, 6")
        assert refused.value.code == "store.damaged"
