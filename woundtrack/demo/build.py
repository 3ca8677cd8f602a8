"""`DIR/clinic/` and `DIR/out/`: the invented patients, measured by the program itself."""

import datetime as dt
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from woundtrack.anatomy.rule import RULE_VERSION, classify
from woundtrack.demo.people import DemoLesion, DemoPatient, people
from woundtrack.demo.printed_card import card_picture
from woundtrack.demo.scene import CANVAS_PX_PER_MM, Camera, Scene, photograph
from woundtrack.demo.wound import Tissue
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline, OutlineSource
from woundtrack.photo.read import decode_photo, thumbnail_jpeg
from woundtrack.photo.types import Photo
from woundtrack.pipeline import measured
from woundtrack.records import (
    Assessment,
    BwatForm,
    CardRun,
    DateSource,
    Lesion,
    LesionMeasurement,
    LesionStatus,
    PhotoOutline,
    PhotoScale,
    SizeMethod,
    Stored,
    TherapyCourse,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.card import find_card
from woundtrack.scale.types import Scale
from woundtrack.store.clinic import Clinic, Writer
from woundtrack.words import _

WEEKS = 12
MEASURED_CARD_MM = 100.0
OUTLINE_STEP = 3
"""Every third true point is kept, as a careful hand would set them."""


@dataclass(frozen=True, slots=True)
class _Shot:
    """One photo, taken and measured, before it is stored."""

    data: bytes
    thumbnail: bytes
    photo: Photo
    outline: Outline
    scale: Scale | None
    measurement: Measurement | None


def fill_clinic(
    clinic: Clinic,
    *,
    last_day: dt.date,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Store the three patients, their last visit in the week of `last_day`."""
    first_day = last_day - dt.timedelta(weeks=WEEKS)
    run = clinic.write(_accepted_run)
    shown = people(first_day)
    total = sum(len(person.weeks) for person in shown)
    done = 0
    for number, person in enumerate(shown):
        patient = clinic.write(lambda writer, value=person.patient: writer.add(value))
        code = patient.value.code
        lesions = clinic.write(lambda writer, who=person: _lesions(writer, patient.id, who))
        clinic.write(lambda writer, who=person: _courses(writer, patient.id, who, first_day))
        for index, week in enumerate(person.weeks):
            day = first_day + dt.timedelta(weeks=week)
            shots = _shots(person, index, day, seed=100 * number + week, code=code, run=run)
            clinic.write(
                lambda writer, a=(day, index, shots), who=person, them=tuple(lesions): _visit(
                    writer, patient.id, who, them, *a
                )
            )
            done += 1
            progress(done, total)
        clinic.write(lambda writer, who=person, them=tuple(lesions): _closures(
            writer, who, them, first_day))  # fmt: skip


def _accepted_run(writer: Writer) -> int:
    """A print run whose 100 mm line measures 100 mm."""
    number = writer.next_card_run("a4")
    (run,) = writer.find(CardRun, number=number)
    writer.revise(run, replace(run.value, measured_mm=MEASURED_CARD_MM, accepted=True))
    return number


def _lesions(writer: Writer, patient_id: int, person: DemoPatient) -> list[Stored[Lesion]]:
    return [
        writer.add(
            Lesion(
                patient_id=patient_id,
                label=lesion.label,
                site=lesion.site,
                side=lesion.side,
                aetiology=lesion.aetiology,
                class_by_rule=classify(lesion.site),
                class_rule_version=RULE_VERSION,
                body_view=lesion.view,
                body_x=lesion.body[0],
                body_y=lesion.body[1],
            )
        )
        for lesion in person.lesions
    ]


def _courses(writer: Writer, patient_id: int, person: DemoPatient, first_day: dt.date) -> None:
    for course in person.courses:
        stop = course.stop_week
        writer.add(
            TherapyCourse(
                patient_id=patient_id,
                therapy=course.therapy,
                name="",
                start_on=first_day + dt.timedelta(weeks=course.start_week),
                stop_on=None if stop is None else first_day + dt.timedelta(weeks=stop),
                dose=course.dose,
                unit=course.unit,
                route=course.route,
                frequency=course.frequency,
                stop_reason=_(course.stop_reason),
            )
        )


def _shots(
    person: DemoPatient, index: int, day: dt.date, *, seed: int, code: str, run: int
) -> list[_Shot | None]:
    """One photo for each lesion still open, taken and measured on two cores."""
    week = person.weeks[index]

    def shoot(number: int) -> _Shot | None:
        lesion = person.lesions[number]
        if week in person.bedside or lesion.lengths[index] == 0:
            return None
        has_card = week not in person.without_scale
        card = card_picture(CANVAS_PX_PER_MM, code=code, run=run) if has_card else None
        at = dt.datetime.combine(day, dt.time(9, 10 + 7 * number))
        return _shoot(lesion, index, person.skin_bgr, card, at, seed=seed + 17 * number)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(shoot, range(len(person.lesions))))


def _shoot(
    lesion: DemoLesion,
    index: int,
    skin_bgr: tuple[float, float, float],
    card: NDArray[np.uint8] | None,
    at: dt.datetime,
    *,
    seed: int,
) -> _Shot:
    random = np.random.default_rng(seed)
    camera = Camera(
        tilt_deg=float(random.uniform(3, 16)),
        azimuth_deg=float(random.uniform(0, 360)),
        roll_deg=float(random.uniform(-4, 4)),
        distance_mm=float(random.uniform(135, 155)),
    )
    share = index / max(len(lesion.lengths) - 1, 1)
    first, last = lesion.wound.tissue, lesion.last_tissue
    tissue = Tissue(
        first.slough + (last.slough - first.slough) * share,
        first.eschar + (last.eschar - first.eschar) * share,
    )
    wound = replace(lesion.wound.scaled(lesion.lengths[index]), tissue=tissue)
    place = (float(random.uniform(118, 132)), float(random.uniform(78, 84)))
    scene = Scene(((wound, place),), skin_bgr, camera, card=card, seed=seed)
    data, (edge_px,) = photograph(scene, taken_at=at)
    photo, pixels = decode_photo(data)
    outline = _traced(edge_px, random)
    scale = None if card is None else find_card(pixels, photo)
    measurement = None if scale is None else measured(pixels, outline, scale)
    return _Shot(data, thumbnail_jpeg(pixels), photo, outline, scale, measurement)


def _traced(edge_px: NDArray[np.float64], random: np.random.Generator) -> Outline:
    """The true edge as a person would trace it: a little in, a little out, smoothly."""
    kept = edge_px[::OUTLINE_STEP]
    angle = np.linspace(0, 2 * np.pi, len(kept), endpoint=False)
    wobble = sum(
        random.normal(0, 0.006) * np.cos(order * angle + random.uniform(0, 2 * np.pi))
        for order in range(1, 6)
    )
    middle = kept.mean(axis=0)
    traced = middle + (kept - middle) * (1 + np.asarray(wobble))[:, None]
    ring = tuple((round(float(x), 2), round(float(y), 2)) for x, y in traced)
    return Outline((ring,), OutlineSource.HAND)


def _visit(
    writer: Writer,
    patient_id: int,
    person: DemoPatient,
    lesions: tuple[Stored[Lesion], ...],
    day: dt.date,
    index: int,
    shots: list[_Shot | None],
) -> None:
    pain = max(_between(lesion.pain, index, person) for lesion in person.lesions)
    visit = writer.add(Visit(patient_id, day, general_pain_nrs=pain))
    for lesion, shown, shot in zip(lesions, person.lesions, shots, strict=True):
        measurement_id = None
        if shot is not None:
            measurement_id = _store_shot(writer, visit.id, lesion.id, shot)
        writer.add(
            _assessment(visit.id, lesion.id, shown, person, index, shot, measurement_id)
        )


def _store_shot(writer: Writer, visit_id: int, lesion_id: int, shot: _Shot) -> int | None:
    """The photo, its scale, outline and measurement, confirmed; the measurement's id."""
    kept = writer.import_photo(shot.data, shot.photo, shot.thumbnail)
    photo = writer.add(
        VisitPhoto(visit_id, kept.vault_name, shot.photo, date_source=DateSource.EXIF, head_angle_deg=0.0)
    )
    scale = writer.add(PhotoScale(photo.id, shot.scale, confirmed=True))
    outline = writer.add(PhotoOutline(photo.id, lesion_id, shot.outline, confirmed=True))
    if shot.measurement is None:
        return None
    stored = writer.add(
        LesionMeasurement(
            visit_id=visit_id,
            lesion_id=lesion_id,
            photo_id=photo.id,
            outline_id=outline.id,
            outline_revision=outline.revision,
            scale_id=scale.id,
            scale_revision=scale.revision,
            measurement=shot.measurement,
            confirmed=True,
        )
    )
    return stored.id


def _between(ends: tuple[int, int], index: int, person: DemoPatient) -> int:
    share = index / max(len(person.weeks) - 1, 1)
    return round(ends[0] + (ends[1] - ends[0]) * share)


def _assessment(
    visit_id: int,
    lesion_id: int,
    shown: DemoLesion,
    person: DemoPatient,
    index: int,
    shot: _Shot | None,
    measurement_id: int | None,
) -> Assessment:
    """The form of one lesion at one visit, on the way from its first to its last scores."""
    scores = tuple(
        _between(ends, index, person)
        for ends in zip(shown.first_bwat, shown.last_bwat, strict=True)
    )
    form = Assessment(
        visit_id,
        lesion_id,
        pain_nrs=_between(shown.pain, index, person),
        bwat=BwatForm(scores, location=shown.site, shape="irregular"),
        confirmed=True,
    )
    relative = shown.lengths[index]
    if relative == 0:
        return replace(form, size_method=SizeMethod.CLOSED, bwat=_closed_form())
    if measurement_id is not None:
        return replace(form, size_method=SizeMethod.TRACED, measurement_id=measurement_id)
    if shot is not None:
        return form
    stretch = math.sqrt(shown.wound.aspect)
    across = 2 * shown.wound.radius_mm * relative / 10
    return replace(
        form,
        size_method=SizeMethod.BEDSIDE,
        length_cm=round(across * stretch, 1),
        width_cm=round(across / stretch, 1),
    )


def _closed_form() -> BwatForm:
    return BwatForm((0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1), shape="irregular")


def _closures(
    writer: Writer,
    person: DemoPatient,
    lesions: tuple[Stored[Lesion], ...],
    first_day: dt.date,
) -> None:
    """A lesion closed at one visit and still closed at the next, two weeks later."""
    for lesion, shown in zip(lesions, person.lesions, strict=True):
        closed = [w for w, size in zip(person.weeks, shown.lengths, strict=True) if size == 0]
        if closed:
            days = [first_day + dt.timedelta(weeks=week) for week in closed[:2]]
            writer.revise(
                lesion,
                replace(
                    lesion.value,
                    status=LesionStatus.CLOSED,
                    closed_on=days[0],
                    closure_confirmed_on=days[-1] if len(days) > 1 else None,
                ),
                reason=_("closed"),
            )
