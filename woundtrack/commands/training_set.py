"""A clinic's own confirmed outlines as photos and masks, to retrain the outline network on.

What leaves the store is readable by anyone: only administrators may ask for it, only photos of
patients whose consent to research is in force are taken, and every photo is journalled.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from woundtrack.errors import StoreError, WoundtrackError
from woundtrack.outline.crops import Window
from woundtrack.outline.masks import covered
from woundtrack.outline.types import Outline
from woundtrack.records import (
    ConsentPurpose,
    Patient,
    PatientHistory,
    PhotoOutline,
    Role,
    Stored,
    VisitPhoto,
)
from woundtrack.store.clinic import Clinic

LONGEST_PX = 1024
"""Photos are made no larger than this: the network sees no more, and less is given away."""
JPEG_QUALITY = 95


@dataclass(frozen=True, slots=True)
class Exported:
    """How many photos were written, and how many patients have not consented to research."""

    photos: int
    patients: int
    without_consent: int


def export_training_set(clinic: Clinic, folder: Path) -> Exported:
    """Write `images/` and `masks/` of the same names into a new or empty folder.

    Names are numbers; the files hold pixels alone. Raises store.not_allowed,
    store.folder_not_empty, cli.no_outlines, cli.not_written, and store.read_only where nothing can
    be journalled.
    """
    if clinic.user.value.role is not Role.ADMINISTRATOR:
        raise StoreError("store.not_allowed")
    if folder.exists() and any(folder.iterdir()):
        raise StoreError("store.folder_not_empty")
    patients = clinic.read(lambda reader: reader.find(Patient))
    today = dt.datetime.now().astimezone().date()
    research = ConsentPurpose.RESEARCH
    consenting = [each for each in patients if each.value.consents_to(research, on=today)]
    photos = taken = 0
    for number, patient in enumerate(consenting, start=1):
        drawn = _confirmed(_history(clinic, patient.id))
        for photo, outlines in drawn:
            # Journalled first: what left unrecorded would be worse than a line too many.
            _journal(clinic, photo.id)
            photos += 1
            _write(clinic, photo.value, outlines, folder, name=f"{number:04d}_{photos:05d}")
        taken += bool(drawn)
    if not photos:
        raise WoundtrackError("cli.no_outlines", count=len(patients) - len(consenting))
    return Exported(photos, taken, len(patients) - len(consenting))


def _history(clinic: Clinic, patient_id: int) -> PatientHistory:
    return clinic.read(lambda reader: reader.history(patient_id))


def _journal(clinic: Clinic, photo_id: int) -> None:
    clinic.write(lambda writer: writer.note("exported", "visit_photo", photo_id))


def _confirmed(history: PatientHistory) -> list[tuple[Stored[VisitPhoto], list[Outline]]]:
    """Each photo with its lesions' outlines, where all of them are confirmed."""
    drawn: dict[int, list[PhotoOutline]] = {}
    for outline in history.outlines:
        drawn.setdefault(outline.value.photo_id, []).append(outline.value)
    found = []
    for photo in history.photos:
        values = drawn.get(photo.id, [])
        outlines = [each.outline for each in values if each.outline.rings]
        if outlines and all(each.confirmed for each in values):
            found.append((photo, outlines))
    return found


def _write(
    clinic: Clinic, photo: VisitPhoto, outlines: Sequence[Outline], folder: Path, *, name: str
) -> None:
    import cv2

    from woundtrack.photo.read import decode_photo

    _, pixels = decode_photo(clinic.read(lambda reader: reader.photo_bytes(photo.vault_name)))
    height, width = pixels.shape[:2]
    factor = min(1.0, LONGEST_PX / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    shrunk = Window(0.0, 0.0, factor, *size)
    # One by one: where outlines of two lesions overlap is no hole of either.
    mask = np.any([covered(outline, shrunk) > 0.5 for outline in outlines], axis=0)
    jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1]
    png = cv2.imencode(".png", np.where(mask, 255, 0).astype(np.uint8))[1]
    try:
        for kind, ending, content in (("images", "jpg", jpeg), ("masks", "png", png)):
            (folder / kind).mkdir(parents=True, exist_ok=True)
            (folder / kind / f"{name}.{ending}").write_bytes(content.tobytes())
    except OSError as error:
        raise WoundtrackError("cli.not_written") from error
