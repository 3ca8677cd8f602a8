"""Who a card belongs to, and where a photo already lies: asked of the store on workers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.photo.importing import photo_files
from woundtrack.records import Patient, Stored, Visit, VisitPhoto
from woundtrack.store.clinic import Clinic, Reader
from woundtrack.words import _

MOST_LOOKED_AT = 8
"""A nurse photographs the card with the first wound; later photos may lack it."""


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


def owner_in_photos(clinic: Clinic, paths: Iterable[Path]) -> CardOwner | None:
    """Whose card the first photos that carry one show; None where none of them does.

    Photos that cannot be read are passed over: importing them will say why.
    """
    from woundtrack.photo.decoding import look
    from woundtrack.photo.read import read_bytes

    for path in photo_files(paths)[:MOST_LOOKED_AT]:
        try:
            codes = look(read_bytes(path)).codes
        except WoundtrackError:
            continue
        for code in codes:
            if code.patient_code:
                return owner_of(clinic, code.patient_code)
    return None


def described(owner: CardOwner) -> str:
    """A patient in words that let a person recognise them; only for one who is known."""
    assert owner.patient is not None
    patient = owner.patient.value
    who = _("{name}, born {date}, code {code}").format(
        name=f"{patient.family_name} {patient.first_names}",
        date=words.date(patient.birth_date),
        code=owner.code,
    )
    if owner.last_photo_on:
        who += ", " + _("last photo {date}").format(date=words.date(owner.last_photo_on))
    return who
