"""`DIR/clinic/` and `DIR/out/`: the invented patients, measured by the program itself."""

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from woundtrack.anatomy.rule import RULE_VERSION, classify
from woundtrack.demo.people import DemoLesion, DemoPatient, people
from woundtrack.demo.shots import Shot, take_shots
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import filled
from woundtrack.records import (
    Assessment,
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
from woundtrack.store.clinic import Clinic, Writer
from woundtrack.therapy.schedule import scheduled_days
from woundtrack.words import _

WEEKS = 12
MEASURED_CARD_MM = 100.0
CLOSED_SCORES = (0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1)


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
        for _visited in _fill_person(clinic, person, first_day, run=run, seed=100 * number):
            done += 1
            progress(done, total)


def _fill_person(
    clinic: Clinic, person: DemoPatient, first_day: dt.date, *, run: CardRun, seed: int
) -> Iterator[None]:
    """Store one patient, pausing after each visit."""
    patient = clinic.write(lambda writer: writer.add(person.patient))
    lesions = tuple(clinic.write(lambda writer: _lesions(writer, patient.id, person)))
    clinic.write(lambda writer: _courses(writer, patient.id, person, first_day))
    for index, week in enumerate(person.weeks):
        day = first_day + dt.timedelta(weeks=week)
        shots = take_shots(person, index, day, seed=seed + week, code=patient.value.code, run=run)
        clinic.write(partial(_visit, patient.id, person, lesions, day, index, shots))
        yield
    clinic.write(lambda writer: _closures(writer, person, lesions, first_day))


def _accepted_run(writer: Writer) -> CardRun:
    """A print run whose 100 mm line measures 100 mm."""
    number = writer.next_card_run("a4")
    (run,) = writer.find(CardRun, number=number)
    checked = replace(run.value, measured_mm=MEASURED_CARD_MM, accepted=True)
    return writer.revise(run, checked).value


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
        start_on = first_day + dt.timedelta(weeks=course.start_week)
        stop_on = None if stop is None else first_day + dt.timedelta(weeks=stop)
        added = writer.add(
            TherapyCourse(
                patient_id=patient_id,
                therapy=course.therapy,
                name="",
                start_on=start_on,
                stop_on=stop_on,
                dose=course.dose,
                unit=course.unit,
                route=course.route,
                frequency=course.frequency,
                stop_cause=course.stop_cause,
            )
        )
        last_on = stop_on or first_day + dt.timedelta(weeks=WEEKS)
        for day in scheduled_days(start_on, last_on, weekdays=course.weekdays):
            writer.add(replace(course.session, course_id=added.id, on=day))


def _visit(
    patient_id: int,
    person: DemoPatient,
    lesions: tuple[Stored[Lesion], ...],
    day: dt.date,
    index: int,
    shots: list[Shot | None],
    writer: Writer,
) -> None:
    pain = max(_between(lesion.pain, index, person) for lesion in person.lesions)
    visit = writer.add(Visit(patient_id, day, general_pain_nrs=pain))
    for lesion, shown, shot in zip(lesions, person.lesions, shots, strict=True):
        measured = None
        if shot is not None:
            measured = _store_shot(writer, visit.id, lesion.id, shot)
        writer.add(_assessment(visit.id, lesion.id, shown, person, index, shot, measured))


def _store_shot(
    writer: Writer, visit_id: int, lesion_id: int, shot: Shot
) -> Stored[LesionMeasurement] | None:
    """The photo, its scale, outline and measurement, confirmed; the measurement."""
    kept = writer.import_photo(shot.data, shot.photo, shot.thumbnail)
    photo = writer.add(
        VisitPhoto(
            visit_id, kept.vault_name, shot.photo, date_source=DateSource.EXIF, head_angle_deg=0.0
        )
    )
    scale = writer.add(PhotoScale(photo.id, shot.scale, confirmed=True))
    outline = writer.add(PhotoOutline(photo.id, lesion_id, shot.outline, confirmed=True))
    if shot.measurement is None:
        return None
    return writer.add(
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


def _between(ends: tuple[int, int], index: int, person: DemoPatient) -> int:
    share = index / max(len(person.weeks) - 1, 1)
    return round(ends[0] + (ends[1] - ends[0]) * share)


def _assessment(
    visit_id: int,
    lesion_id: int,
    shown: DemoLesion,
    person: DemoPatient,
    index: int,
    shot: Shot | None,
    measured: Stored[LesionMeasurement] | None,
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
        shape="irregular",
        confirmed=True,
    )
    relative = shown.lengths[index]
    if relative == 0:
        return filled(replace(form, size_method=SizeMethod.CLOSED), BWAT, CLOSED_SCORES)
    form = filled(form, BWAT, scores)
    if measured is not None:
        return replace(
            form,
            size_method=SizeMethod.TRACED,
            measurement_id=measured.id,
            measurement_revision=measured.revision,
        )
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
