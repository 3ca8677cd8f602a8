"""What store tests fill a clinic with: a patient, lesions, a visit with everything."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest

from woundtrack.context.types import AnalgesicUse, ClinicalEvent, EventKind, LabResult
from woundtrack.errors import RecordError
from woundtrack.explain import explain
from woundtrack.measure.types import Measurement
from woundtrack.outline.crops import Window
from woundtrack.outline.tissue.types import Tissue, TissueMap, png_of
from woundtrack.outline.types import Outline
from woundtrack.photo.colour_cast import Light
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Assessment,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    PhotoScale,
    Role,
    Side,
    SizeMethod,
    TherapyCourse,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store.clinic import Clinic, Writer
from woundtrack.therapy.types import TherapySession

USER = "Ada Novák"
PASSPHRASE = "correct horse battery"
TODAY = dt.datetime(2026, 6, 15, 9, 30, tzinfo=dt.UTC)

SCALE = Scale(
    method=ScaleMethod.TWO_POINTS,
    homography_px_to_mm=((0.1, 0.0, 0.0), (0.0, 0.1, 0.0), (0.0, 0.0, 1.0)),
    relative_sd=0.01,
    warnings=("scale.tilt_unknown",),
)
OUTLINE = Outline(rings=(((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)),))
TISSUE = TissueMap(
    Window(0.5, 0.5, 1.0, 100, 100),
    png_of(np.full((100, 100), Tissue.GRANULATION, np.uint8)),
    "tissue-1 test",
    Light.CARD,
    ((Tissue.SLOUGH, 0.27), (Tissue.GRANULATION, 0.26)),
)
MEASUREMENT = Measurement(
    area_cm2=1.0,
    area_cm2_sd=0.02,
    perimeter_cm=4.0,
    length_cm=1.4142,
    width_cm=1.4142,
    length_px=((0.0, 0.0), (100.0, 100.0)),
    width_px=((0.0, 100.0), (100.0, 0.0)),
)


def a_patient(number: str = "1001", name: str = "Lefèvre", **fields: object) -> Patient:
    values: dict[str, object] = {
        "hospital_number": number,
        "birth_name": name,
        "first_names": "Marie",
        "birth_date": dt.date(1958, 3, 2),
    }
    return Patient(**{**values, **fields})  # type: ignore[arg-type]


def add_user(writer: Writer, name: str, passphrase: str, role: Role = Role.CLINICIAN):
    """A user who has replaced the passphrase that the administrator gave."""
    user = writer.add_user(name, role, "given by someone else")
    writer.users._wrap(user, passphrase)
    return user


def jpeg(number: int = 1) -> bytes:
    """Bytes that look like a photo to whoever searches for one."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"SourceName.JPG" + bytes([number]) * 3000


def a_photo(data: bytes) -> Photo:
    return Photo(width_px=4000, height_px=3000, media_type="image/jpeg", byte_count=len(data))


def add_visit(writer: Writer, patient_id: int, day: dt.date, lesion_ids: list[int], n: int = 1):
    """A visit with one photo that shows every lesion, all confirmed."""
    visit = writer.add(Visit(patient_id, day, general_pain_nrs=3, note="dressed"))
    data = jpeg(n)
    kept = writer.import_photo(data, a_photo(data), b"\xff\xd8thumb" + bytes([n]))
    photo = writer.add(VisitPhoto(visit.id, kept.vault_name, kept.photo))
    scale = writer.add(PhotoScale(photo.id, SCALE, confirmed=True))
    outlines, measurements, assessments = [], [], []
    for lesion_id in lesion_ids:
        outline = writer.add(PhotoOutline(photo.id, lesion_id, OUTLINE, True, TISSUE))
        measured = writer.add(
            LesionMeasurement(
                visit_id=visit.id,
                lesion_id=lesion_id,
                photo_id=photo.id,
                outline_id=outline.id,
                outline_revision=outline.revision,
                scale_id=scale.id,
                scale_revision=scale.revision,
                measurement=MEASUREMENT,
                confirmed=True,
            )
        )
        assessment = writer.add(
            Assessment(
                visit.id,
                lesion_id,
                size_method=SizeMethod.TRACED,
                measurement_id=measured.id,
                confirmed=True,
            )
        )
        outlines.append(outline)
        measurements.append(measured)
        assessments.append(assessment)
    return SimpleNamespace(
        visit=visit,
        photo=photo,
        scale=scale,
        outlines=outlines,
        measurements=measurements,
        assessments=assessments,
    )


def add_case(writer: Writer, number: str = "1001", name: str = "Lefèvre", n: int = 1):
    """A patient with lesions A and B, one visit, one course with one session, and context:

    a laboratory value, an analgesic, an infection of lesion A, an adverse event of the course.
    """
    patient = writer.add(a_patient(number, name))
    lesions = [
        writer.add(Lesion(patient.id, label, "calf", Side.LEFT, onset_on=dt.date(2026, 1, 1)))
        for label in "AB"
    ]
    first = add_visit(writer, patient.id, dt.date(2026, 5, 4), [lesion.id for lesion in lesions], n)
    course = writer.add(
        TherapyCourse(patient.id, "sts_iv", "Thiosulfate", start_on=dt.date(2026, 5, 1))
    )
    session = writer.add(TherapySession(course.id, dt.date(2026, 5, 1), 25.0, "g", 60.0))
    lab = writer.add(LabResult(patient.id, dt.date(2026, 5, 4), "phosphate", 1.8, "mmol/L"))
    analgesic = writer.add(
        AnalgesicUse(patient.id, "oxycodone", dt.date(2026, 5, 4), dose=10.0, unit="mg")
    )
    day = dt.date(2026, 5, 4)
    events = [
        writer.add(ClinicalEvent(patient.id, EventKind.INFECTION, day, lesion_id=lesions[0].id)),
        writer.add(
            ClinicalEvent(
                patient.id, EventKind.ADVERSE_EVENT, day, course_id=course.id, text="nausea"
            )
        ),
    ]
    return SimpleNamespace(
        patient=patient,
        lesions=lesions,
        course=course,
        session=session,
        lab=lab,
        analgesic=analgesic,
        events=events,
        **vars(first),
    )


def counts(clinic: Clinic, patient_id: int) -> tuple[int, ...]:
    """Lesions, visits, photos, scales, outlines, measurements, assessments, courses."""
    history = clinic.read(lambda reader: reader.history(patient_id))
    return (
        len(history.lesions),
        len(history.visits),
        len(history.photos),
        len(history.scales),
        len(history.outlines),
        len(history.measurements),
        len(history.assessments),
        len(history.courses),
    )


def act_of(clinic: Clinic, act, reason: str = "") -> int:
    """Do an act and return its number."""
    return clinic.write(lambda w: (act(w), w.act_id)[1], reason=reason)


def refusal(clinic: Clinic, act) -> str:
    """The code with which an act is refused; its sentence is whole."""
    with pytest.raises(RecordError) as refused:
        clinic.write(act)
    assert "{" not in explain(refused.value)
    return refused.value.code


def values(clinic: Clinic, patient_id: int) -> list[object]:
    """All live values of a patient, without their revisions."""
    history = clinic.read(lambda r: r.history(patient_id))
    return [
        [(one.id, one.value) for one in part]
        for part in (
            (history.patient,),
            history.lesions,
            history.visits,
            history.photos,
            history.scales,
            history.outlines,
            history.measurements,
            history.assessments,
            history.courses,
            history.sessions,
            history.labs,
            history.analgesics,
            history.events,
        )
    ]


def spoiled(data: bytes) -> bytes:
    """The same bytes with one bit of the last turned: never by chance what it was."""
    return data[:-1] + bytes([data[-1] ^ 1])
