"""Which photos of a lesion are printed, with what over and below each."""

from dataclasses import replace

import numpy as np

from woundtrack.healing.series import Point, Series
from woundtrack.measure.types import Measurement
from woundtrack.records import PatientHistory, PhotoOutline, SizeMethod, Stored, VisitPhoto
from woundtrack.report.bed_text import bed_text
from woundtrack.report.chart_text import size_text
from woundtrack.report.content_types import PhotoChoice, Plate
from woundtrack.report.labels import PHOTO_VIEWS
from woundtrack.scale.types import Scale
from woundtrack.words import _, date

LEAST_FIELD_MM = 70.0
FIELD_IN_EXTENTS = 1.9
VISIT_BOX_MM = (90.0, 53.0)
"""A little lower than usual, for the page of one lesion to be one page."""


def plates_of(history: PatientHistory, shown: Series, *, choice: PhotoChoice) -> tuple[Plate, ...]:
    """The photos to print, oldest first."""
    if choice is PhotoChoice.NONE:
        return ()
    every = choice is PhotoChoice.EVERY
    found = [
        (point, photo)
        for point in shown.points
        for photo in _photos(history, shown, point, every=every)
    ]
    if choice is PhotoChoice.FIRST_AND_LATEST and len(found) > 2:
        measured = [pair for pair in found if pair[0].measurement is not None]
        ends = measured if len(measured) > 1 else found
        found = [ends[0], ends[-1]]
    return _alike([_plate(history, shown, point, photo) for point, photo in found])


def plates_at(history: PatientHistory, series: Series, point: Point) -> tuple[Plate, ...]:
    """All photos that show a lesion at one of its visits."""
    photos = _photos(history, series, point, every=True)
    plates = _alike([_plate(history, series, point, photo) for photo in photos])
    return tuple(replace(plate, box_mm=VISIT_BOX_MM) for plate in plates)


def other_plates(history: PatientHistory, visit_id: int, *, but: set[int]) -> tuple[Plate, ...]:
    """The other photos of a visit, whole, with what is confirmed in them."""
    visit = next(one.value for one in history.visits if one.id == visit_id)
    nobody = Series(0, "")
    at = Point(visit_id, visit.on, SizeMethod.NOT_MEASURED)
    photos = [one for one in history.photos if one.value.visit_id == visit_id and one.id not in but]
    return tuple(replace(_plate(history, nobody, at, one), caption="") for one in photos)


def _alike(plates: list[Plate]) -> tuple[Plate, ...]:
    """Those that show the wound to scale are cut to one width."""
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


def _photos(
    history: PatientHistory, shown: Series, point: Point, *, every: bool
) -> list[Stored[VisitPhoto]]:
    """The photo that was measured, else one that shows the lesion, else the visit's only one.

    `every` takes all of these, the measured one first.
    """
    photos = [photo for photo in history.photos if photo.value.visit_id == point.visit_id]
    outlined = {
        o.value.photo_id for o in _outlines(history) if o.value.lesion_id == shown.lesion_id
    }
    alone = len(history.lesions) == 1
    showing = [photo for photo in photos if photo.id in outlined or photo.id == point.photo_id]
    showing.sort(key=lambda photo: photo.id != point.photo_id)
    if every:
        return showing + [photo for photo in photos if alone and photo not in showing]
    if showing:
        return showing[:1]
    # With several photos or lesions nobody said which one shows this lesion: none is guessed.
    return photos if len(photos) == 1 and alone else []


def _outlines(history: PatientHistory) -> list[Stored[PhotoOutline]]:
    return [outline for outline in history.outlines if outline.value.confirmed]


def _plate(
    history: PatientHistory, shown: Series, point: Point, photo: Stored[VisitPhoto]
) -> Plate:
    here = [outline.value for outline in _outlines(history) if outline.value.photo_id == photo.id]
    here.sort(key=lambda outline: outline.lesion_id != shown.lesion_id)
    names = {lesion.id: lesion.value.label for lesion in history.lesions}
    own = next((outline for outline in here if outline.lesion_id == shown.lesion_id), None)
    bed = bed_text(own, confirmed_scale(history, photo.id)) if own else ""
    # A size stands below the photo that it was measured in, or below the only one there is.
    sized = point.photo_id in (None, photo.id)
    view = photo.value.view
    said = size_text(point) if sized else _(PHOTO_VIEWS[view]) if view else ""
    return Plate(
        photo_id=photo.id,
        vault_name=photo.value.vault_name,
        photo_size_px=(photo.value.photo.width_px, photo.value.photo.height_px),
        scale=confirmed_scale(history, photo.id),
        outlines=tuple(outline.outline for outline in here),
        labels=tuple(names.get(outline.lesion_id, "") for outline in here),
        measurements=tuple(_measured(point, shown, outline) for outline in here),
        title=date(point.on),
        caption="  ·  ".join(filter(None, (said, bed))),
    )


def _measured(point: Point, shown: Series, outline: PhotoOutline) -> Measurement | None:
    counts = outline.lesion_id == shown.lesion_id and outline.photo_id == point.photo_id
    return point.measurement if counts else None


def confirmed_scale(history: PatientHistory, photo_id: int) -> Scale | None:
    """The confirmed scale of a photo; None where it has none."""
    for stored in history.scales:
        if stored.value.photo_id == photo_id and stored.value.confirmed:
            return stored.value.scale
    return None
