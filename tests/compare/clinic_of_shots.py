"""A clinic that holds the painted photos of `shots`."""

import datetime as dt
from types import SimpleNamespace

import cv2

from tests.clinics import a_patient
from tests.compare.shots import FIRST, FLAT, painted, ring
from woundtrack.measure.types import Measurement
from woundtrack.photo.read import photo_facts, thumbnail_jpeg
from woundtrack.records import (
    Assessment,
    Consent,
    ConsentPurpose,
    Lesion,
    LesionMeasurement,
    PhotoOutline,
    PhotoScale,
    Side,
    SizeMethod,
    Visit,
    VisitPhoto,
)
from woundtrack.store.clinic import Writer

TEACHING = (Consent(ConsentPurpose.TEACHING, dt.date(2026, 1, 5)),)
MEASURED = Measurement(
    1.2, 0.05, 4.0, 1.5, 1.2, ((120, 120), (180, 120)), ((150, 96), (150, 144))
)  # fmt: skip


def add_lesion(writer: Writer, *, visits: int = 3, consents: tuple[Consent, ...] = TEACHING):
    """A patient with a lesion and confirmed visits a week apart, the last one found it closed."""
    patient = writer.add(a_patient(consents=consents))
    lesion = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT, onset_on=FIRST))
    photos = []
    for number in range(visits):
        visit = writer.add(Visit(patient.id, FIRST + dt.timedelta(weeks=number)))
        photo = _photo(writer, visit.id, number)
        photos.append(photo)
        if number == visits - 1:
            writer.add(Assessment(visit.id, lesion.id, SizeMethod.CLOSED, confirmed=True))
        else:
            _measured(writer, visit.id, lesion.id, photo.id, number)
    return SimpleNamespace(patient=patient, lesion=lesion, photos=photos)


def _photo(writer: Writer, visit_id: int, number: int):
    pixels = painted(30.0 - 5.0 * number, number)
    data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 97])[1].tobytes()
    kept = writer.import_photo(data, photo_facts(data), thumbnail_jpeg(pixels, longest_px=64))
    photo = writer.add(VisitPhoto(visit_id, kept.vault_name, kept.photo, head_angle_deg=0.0))
    writer.add(PhotoScale(photo.id, FLAT, confirmed=True))
    return photo


def _measured(writer: Writer, visit_id: int, lesion_id: int, photo_id: int, number: int) -> None:
    outline = writer.add(PhotoOutline(photo_id, lesion_id, ring(30.0 - 5.0 * number, number), True))
    scale = writer.find(PhotoScale, photo_id=photo_id)[0]
    measured = writer.add(
        LesionMeasurement(
            visit_id, lesion_id, photo_id, outline.id, outline.revision, scale.id, scale.revision,
            MEASURED, confirmed=True,
        )
    )  # fmt: skip
    writer.add(
        Assessment(
            visit_id, lesion_id, SizeMethod.TRACED, measurement_id=measured.id, confirmed=True
        )
    )
