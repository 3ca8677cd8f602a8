"""Which photos of a lesion are printed, with what over and below each."""

from dataclasses import replace

import numpy as np

from woundtrack.healing.series import Point, Series
from woundtrack.measure.types import Measurement
from woundtrack.records import PatientHistory, PhotoOutline, Stored, VisitPhoto
from woundtrack.report.bed_text import bed_text
from woundtrack.report.chart_text import size_text
from woundtrack.report.content_types import Plate
from woundtrack.scale.types import Scale
from woundtrack.words import date

LEAST_FIELD_MM = 70.0
FIELD_IN_EXTENTS = 1.9


def plates_of(
    history: PatientHistory, shown: Series, *, first_and_latest: bool
) -> tuple[Plate, ...]:
    """The photos to print, oldest first."""
    found = [(point, photo) for point in shown.points for photo in _photos(history, shown, point)]
    if first_and_latest and len(found) > 2:
        measured = [pair for pair in found if pair[0].measurement is not None]
        ends = measured if len(measured) > 1 else found
        found = [ends[0], ends[-1]]
    plates = [_plate(history, shown, point, photo) for point, photo in found]
    field_mm = _field_mm(plates)
    return tuple(replace(p, field_mm=field_mm if _extent_mm(p) else None) for p in plates)


def _field_mm(plates: list[Plate]) -> float | None:
    """One width for all photos of a lesion, so that they are printed at the same scale."""
    extents_mm = [extent for plate in plates if (extent := _extent_mm(plate))]
    return max(LEAST_FIELD_MM, FIELD_IN_EXTENTS * max(extents_mm)) if extents_mm else None


def _extent_mm(plate: Plate) -> float:
    """The larger side of the first outline's frame in the wound's plane; 0 where not known."""
    points = [point for ring in plate.outlines[0].rings for point in ring] if plate.outlines else []
    if plate.scale is None or not points:
        return 0.0
    return float(np.ptp(plate.scale.to_mm(points), axis=0).max())


def _photos(history: PatientHistory, shown: Series, point: Point) -> list[Stored[VisitPhoto]]:
    """The photo that was measured, else those that show the lesion, else the visit's only one."""
    photos = [photo for photo in history.photos if photo.value.visit_id == point.visit_id]
    measured = [photo for photo in photos if photo.id == point.photo_id]
    if measured:
        return measured
    outlined = {
        o.value.photo_id for o in _outlines(history) if o.value.lesion_id == shown.lesion_id
    }
    showing = [photo for photo in photos if photo.id in outlined]
    if showing:
        return showing[:1]
    # With several photos or lesions nobody said which one shows this lesion: none is guessed.
    return photos if len(photos) == 1 and len(history.lesions) == 1 else []


def _outlines(history: PatientHistory) -> list[Stored[PhotoOutline]]:
    return [outline for outline in history.outlines if outline.value.confirmed]


def _plate(
    history: PatientHistory, shown: Series, point: Point, photo: Stored[VisitPhoto]
) -> Plate:
    here = [outline.value for outline in _outlines(history) if outline.value.photo_id == photo.id]
    here.sort(key=lambda outline: outline.lesion_id != shown.lesion_id)
    names = {lesion.id: lesion.value.label for lesion in history.lesions}
    own = next((outline for outline in here if outline.lesion_id == shown.lesion_id), None)
    bed = bed_text(own, _scale(history, photo.id)) if own else ""
    return Plate(
        photo_id=photo.id,
        vault_name=photo.value.vault_name,
        scale=_scale(history, photo.id),
        outlines=tuple(outline.outline for outline in here),
        labels=tuple(names.get(outline.lesion_id, "") for outline in here),
        measurements=tuple(_measured(point, shown, outline) for outline in here),
        title=date(point.on),
        caption="  ·  ".join(filter(None, (size_text(point), bed))),
    )


def _measured(point: Point, shown: Series, outline: PhotoOutline) -> Measurement | None:
    counts = outline.lesion_id == shown.lesion_id and outline.photo_id == point.photo_id
    return point.measurement if counts else None


def _scale(history: PatientHistory, photo_id: int) -> Scale | None:
    for stored in history.scales:
        if stored.value.photo_id == photo_id and stored.value.confirmed:
            return stored.value.scale
    return None
