"""Who a card belongs to, and where a photo already lies: asked of the store on workers."""

import datetime as dt
from dataclasses import dataclass

from woundtrack.errors import WoundtrackError
from woundtrack.records import Patient, Stored, Visit, VisitPhoto
from woundtrack.store.clinic import Clinic, Reader


@dataclass(frozen=True, slots=True)
class CardOwner:
    """What is shown of the patient a card names; `patient` None: nobody of this clinic."""

    code: str
    patient: Stored[Patient] | None = None
    last_photo_on: dt.date | None = None
    last_thumbnail: bytes = b""


@dataclass(frozen=True, slots=True)
class PriorPlace:
    """The visit that already shows a photo's bytes."""

    patient: Stored[Patient]
    on: dt.date


def owner_of(clinic: Clinic, code: str) -> CardOwner:
    """The patient with this code, with the last photo, to be recognised by a person."""
    return clinic.read(lambda reader: _owner(reader, code))


def _owner(reader: Reader, code: str) -> CardOwner:
    found = reader.find(Patient, code=code)
    if not found:
        return CardOwner(code)
    history = reader.history(found[0].id)
    days = {visit.id: visit.value.on for visit in history.visits}
    if not history.photos:
        return CardOwner(code, found[0])
    last = max(history.photos, key=lambda photo: (days[photo.value.visit_id], photo.id))
    return CardOwner(code, found[0], days[last.value.visit_id], _thumbnail(reader, last))


def _thumbnail(reader: Reader, photo: Stored[VisitPhoto]) -> bytes:
    try:
        return reader.thumbnail(photo.value.vault_name)
    except WoundtrackError:
        return b""  # a face to recognise is a help; the name and birth date are shown anyway


def prior_place(clinic: Clinic, photo_id: int) -> PriorPlace:
    """The visit and patient of a photo."""

    def ask(reader: Reader) -> PriorPlace:
        visit = reader.get(Visit, reader.get(VisitPhoto, photo_id).value.visit_id)
        return PriorPlace(reader.get(Patient, visit.value.patient_id), visit.value.on)

    return clinic.read(ask)
