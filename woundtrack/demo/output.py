"""What the demonstration leaves to be looked at: PDFs and measured photos."""

import datetime as dt
from pathlib import Path

from woundtrack.records import Patient, PatientHistory
from woundtrack.report.build import build_report, file_name
from woundtrack.report.overlay import jpeg, overlay
from woundtrack.store.clinic import Clinic


def write_output(clinic: Clinic, folder: Path, *, today: dt.date) -> list[Path]:
    """Of each patient with photos a PDF and the latest measured photo; the paths written.

    Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for patient in clinic.read(lambda reader: reader.find(Patient)):
        history = _history(clinic, patient.id)
        if not history.photos:
            continue
        report = folder / file_name(history, today=today)
        report.write_bytes(patient_report(clinic, history))
        photo = folder / f"measured-{patient.value.code}.jpg"
        photo.write_bytes(_measured_photo(clinic, history))
        written += [report, photo]
    return written


def _history(clinic: Clinic, patient_id: int) -> PatientHistory:
    return clinic.read(lambda reader: reader.history(patient_id))


def patient_report(clinic: Clinic, history: PatientHistory) -> bytes:
    """The patient's PDF with all lesions, over the whole period."""
    return build_report(
        history,
        photo_bytes=lambda name: clinic.read(lambda reader: reader.photo_bytes(name)),
        clinic_name=clinic.clinic_name,
        user_name=clinic.user.value.name,
        now=dt.datetime.now().astimezone(),
    )


def _measured_photo(clinic: Clinic, history: PatientHistory) -> bytes:
    """The latest measured photo, with its grid, outline and axes, as a JPEG."""
    from woundtrack.photo.read import decode_photo

    latest = history.measurements[-1].value
    (photo,) = (p.value for p in history.photos if p.id == latest.photo_id)
    (scale,) = (s.value.scale for s in history.scales if s.id == latest.scale_id)
    (outline,) = (o.value.outline for o in history.outlines if o.id == latest.outline_id)
    data = clinic.read(lambda reader: reader.photo_bytes(photo.vault_name))
    _facts, pixels = decode_photo(data)
    drawn = overlay(pixels, scale=scale, outlines=[outline], measurements=[latest.measurement])
    return jpeg(drawn)
