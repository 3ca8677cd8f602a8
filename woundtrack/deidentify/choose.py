"""Which pictures of a patient can be shown, and what of them is drawn and measured."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from woundtrack.export.case import Case, case_of
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.records import ConsentPurpose, Patient, PhotoOutline, Stored, Visit, VisitPhoto
from woundtrack.scale.types import Scale
from woundtrack.store.health import Progress, no_progress

if TYPE_CHECKING:
    from woundtrack.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Drawn:
    """A lesion that is outlined in a photo, and its measurement where that still holds."""

    lesion_id: int
    number: int
    """In the table of lesions."""
    stored: Stored[PhotoOutline]
    measurement: Measurement | None = None

    @property
    def outline(self) -> Outline:
        """Its rings."""
        return self.stored.value.outline


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A photo of a confirmed visit, as far as it is confirmed, and the lesions drawn in it."""

    case: Case
    visit: Stored[Visit]
    photo: Stored[VisitPhoto]
    number: int
    """Within its visit, from 1."""
    scale: Scale | None
    drawn: tuple[Drawn, ...]
    seen: tuple[int, ...]
    """What a confirmation holds for: the revisions of photo, scale and outlines."""

    @property
    def name(self) -> str:
        """The picture's name, by code alone: "7F3K2-C_visit-03_photo-1"."""
        visit = self.case.visit_numbers[self.visit.id]
        return f"{self.case.patient.code}_visit-{visit:02d}_photo-{self.number}"

    @property
    def day(self) -> int:
        """Days since the patient's day 0."""
        start = self.case.baseline_on or self.visit.value.on
        return (self.visit.value.on - start).days

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the upright photo."""
        return self.photo.value.photo.width_px, self.photo.value.photo.height_px

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """What is drawn."""
        return tuple(each.outline for each in self.drawn)

    def of_lesions(self, lesion_ids: Collection[int]) -> "Candidate":
        """The same photo for some of the lesions in it."""
        return replace(self, drawn=tuple(d for d in self.drawn if d.lesion_id in lesion_ids))


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """What can be shown for a purpose, and the codes of the patients who did not agree to it."""

    candidates: tuple[Candidate, ...]
    left_out: tuple[str, ...]


def offered(
    reader: "Reader",
    purpose: ConsentPurpose,
    *,
    today: dt.date,
    patient_ids: Collection[int] | None = None,
    progress: Progress = no_progress,
) -> Offer | None:
    """Every photo of the patients who agree, in the order of their codes; None where stopped."""
    patients = reader.find(Patient)
    if patient_ids is not None:
        patients = [each for each in patients if each.id in patient_ids]
    patients.sort(key=lambda each: each.value.code)
    agree = [each for each in patients if each.value.consents_to(purpose, on=today)]
    refused = tuple(each.value.code for each in patients if each not in agree)
    found: list[Candidate] = []
    for done, patient in enumerate(agree):
        if progress(done, len(agree)) is False:
            return None
        found += candidates_of(case_of(reader.history(patient.id), today=today))
    return Offer(tuple(found), refused)


def candidates_of(case: Case) -> tuple[Candidate, ...]:
    """Every photo of a patient's confirmed visits."""
    return tuple(_candidates(case))


def _candidates(case: Case) -> Iterator[Candidate]:
    visits = {each.id: each for each in case.history.visits}
    scales = {each.value.photo_id: each for each in case.history.scales}
    numbers: dict[int, int] = {}
    for photo in case.history.photos:
        visit = visits[photo.value.visit_id]
        numbers[visit.id] = numbers.get(visit.id, 0) + 1
        outlines = [each for each in case.history.outlines if _drawn_in(each, photo, case)]
        scale = scales.get(photo.id)
        drawn = tuple(_drawn(case, each, scale.revision if scale else 0) for each in outlines)
        records: list[Stored[Any]] = [photo, *([scale] if scale else []), *outlines]
        yield Candidate(
            case, visit, photo, numbers[visit.id], scale.value.scale if scale else None, drawn,
            tuple(number for each in records for number in (each.id, each.revision)),
        )  # fmt: skip


def _drawn_in(outline: Stored[PhotoOutline], photo: Stored[VisitPhoto], case: Case) -> bool:
    value = outline.value
    there = value.photo_id == photo.id and value.lesion_id in case.lesion_numbers
    return there and any(value.outline.rings)


def _drawn(case: Case, outline: Stored[PhotoOutline], scale_revision: int) -> Drawn:
    """The outline with the measurement that was made of its and its scale's very revisions."""
    made = [
        each.value.measurement
        for each in case.history.measurements
        if each.value.outline_id == outline.id
        and each.value.outline_revision == outline.revision
        and each.value.scale_revision == scale_revision
    ]
    lesion_id = outline.value.lesion_id
    return Drawn(lesion_id, case.lesion_numbers[lesion_id], outline, made[-1] if made else None)
