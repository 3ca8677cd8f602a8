"""`DIR/clinic/` and `DIR/out/`: the invented patients, measured by the program itself."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from woundtrack.anatomy.rule import RULE_VERSION, classify
from woundtrack.demo import forms
from woundtrack.demo.follow_up import follow_up
from woundtrack.demo.people import people
from woundtrack.demo.shots import HEAD_ANGLE_DEG, Shot, take_shots
from woundtrack.demo.types import DemoPatient
from woundtrack.healing.closure import after_visit
from woundtrack.records import (
    CardRun,
    DateSource,
    Lesion,
    LesionMeasurement,
    Patient,
    PhotoOutline,
    PhotoScale,
    Stored,
    TherapyCourse,
    Visit,
    VisitPhoto,
    WoundQol,
)
from woundtrack.store.clinic import Clinic, Writer
from woundtrack.therapy.schedule import scheduled_days
from woundtrack.words import _

WEEKS = 12
SKIN_SEED = 70_000
MEASURED_CARD_MM = 100.0
WOUND_QOL_ITEMS = 17


def fill_clinic(
    clinic: Clinic,
    *,
    last_day: dt.date,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Store the three patients with photos, last seen in the week of `last_day`, and the others.

    `progress` tells of the painted visits; the others take a second.
    """
    first_day = last_day - dt.timedelta(weeks=WEEKS)
    run = clinic.write(_accepted_run)
    shown = people(first_day)
    total = sum(len(person.weeks) for person in shown)
    done = 0
    for number, person in enumerate(shown):
        for _visited in _fill_person(clinic, person, first_day, run=run, seed=100 * number):
            done += 1
            progress(done, total)
    for first_on, person in follow_up(last_day):
        clinic.write(partial(_follow, person, first_on))


def _fill_person(
    clinic: Clinic, person: DemoPatient, first_day: dt.date, *, run: CardRun, seed: int
) -> Iterator[None]:
    """Store one patient, pausing after each visit."""
    patient, lesions = clinic.write(lambda writer: _admit(writer, person, first_day))
    ids = {label: lesion.id for label, lesion in lesions.items()}
    for index, week in enumerate(person.weeks):
        day = first_day + dt.timedelta(weeks=week)
        shots = take_shots(
            person, index, day, seed=seed + week, skin_seed=SKIN_SEED + seed,
            code=patient.value.code, run=run,
        )  # fmt: skip
        clinic.write(partial(_visit, patient.id, person, ids, day, index, shots))
        yield
    clinic.write(lambda writer: _outcomes(writer, person, lesions, first_day))


def _follow(person: DemoPatient, first_day: dt.date, writer: Writer) -> None:
    """Store one patient without photos at once."""
    patient, lesions = _admit(writer, person, first_day)
    ids = {label: lesion.id for label, lesion in lesions.items()}
    for index, week in enumerate(person.weeks):
        _visit(patient.id, person, ids, first_day + dt.timedelta(weeks=week), index, [], writer)
    _outcomes(writer, person, lesions, first_day)


def _admit(
    writer: Writer, person: DemoPatient, first_day: dt.date
) -> tuple[Stored[Patient], dict[str, Stored[Lesion]]]:
    """The patient with the therapies and the rest, and the lesions by label; no visit yet."""
    patient = writer.add(person.patient)
    lesions = _lesions(writer, patient.id, person, first_day)
    ids = {label: lesion.id for label, lesion in lesions.items()}
    courses = _courses(writer, patient.id, person, first_day)
    _context(writer, patient.id, person, ids, courses)
    return patient, lesions


def _accepted_run(writer: Writer) -> CardRun:
    """A print run whose 100 mm line measures 100 mm."""
    number = writer.next_card_run("a4")
    (run,) = writer.find(CardRun, number=number)
    checked = replace(run.value, measured_mm=MEASURED_CARD_MM, accepted=True)
    return writer.revise(run, checked).value


def _lesions(
    writer: Writer, patient_id: int, person: DemoPatient, first_day: dt.date
) -> dict[str, Stored[Lesion]]:
    return {
        lesion.label: writer.add(
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
                cause_facts=lesion.cause,
                onset_on=None
                if lesion.onset_weeks is None
                else first_day - dt.timedelta(weeks=lesion.onset_weeks),
            )
        )
        for lesion in person.lesions
    }


def _courses(
    writer: Writer, patient_id: int, person: DemoPatient, first_day: dt.date
) -> dict[str, int]:
    """Every course with its sessions; the courses' ids by therapy."""
    ids: dict[str, int] = {}
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
                stop_reason=_(course.stop_reason) if course.stop_reason else "",
            )
        )
        ids[course.therapy] = added.id
        if course.session is None:
            continue
        last_on = stop_on or first_day + dt.timedelta(weeks=WEEKS)
        for day in scheduled_days(start_on, last_on, weekdays=course.weekdays):
            writer.add(replace(course.session, course_id=added.id, on=day))
    return ids


def _context(
    writer: Writer,
    patient_id: int,
    person: DemoPatient,
    lesion_ids: dict[str, int],
    course_ids: dict[str, int],
) -> None:
    """Laboratory results, analgesics and events."""
    for result in person.context.labs:
        writer.add(replace(result, patient_id=patient_id))
    for use in person.context.analgesics:
        writer.add(replace(use, patient_id=patient_id))
    for happened in person.context.events:
        writer.add(
            replace(
                happened.event,
                patient_id=patient_id,
                lesion_id=lesion_ids.get(happened.lesion),
                course_id=course_ids.get(happened.therapy),
            )
        )


def _visit(
    patient_id: int,
    person: DemoPatient,
    lesion_ids: dict[str, int],
    day: dt.date,
    index: int,
    shots: list[Shot],
    writer: Writer,
) -> None:
    seen = [lesion for lesion in person.lesions if lesion.lengths[index] is not None]
    worst = max(seen, key=lambda lesion: lesion.pain).pain
    means = [mean for week, mean in person.wound_qol if week == person.weeks[index]]
    visit = writer.add(
        Visit(
            patient_id,
            day,
            general_pain_nrs=forms.between(worst, index, person),
            general_pain_vas_mm=forms.vas_mm(worst, index, person),
            wound_qol=WoundQol(WOUND_QOL_ITEMS, means[0]) if means else None,
        )
    )
    traced = {one.label: (shot, one) for shot in shots for one in shot.lesions}
    measured: dict[str, Stored[LesionMeasurement]] = {}
    for shot in shots:
        measured |= _store_shot(writer, visit.id, lesion_ids, shot)
    for shown in seen:
        one = traced.get(shown.label)
        writer.add(
            forms.assessment(
                visit.id,
                lesion_ids[shown.label],
                shown,
                person,
                index,
                one[1] if one else None,
                measured.get(shown.label),
            )
        )


def _store_shot(
    writer: Writer, visit_id: int, lesion_ids: dict[str, int], shot: Shot
) -> dict[str, Stored[LesionMeasurement]]:
    """The photo, its scale, outlines and measurements, confirmed; the measurements by label."""
    kept = writer.import_photo(shot.data, shot.photo, shot.thumbnail)
    photo = writer.add(
        VisitPhoto(
            visit_id,
            kept.vault_name,
            shot.photo,
            date_source=DateSource.EXIF,
            head_angle_deg=HEAD_ANGLE_DEG,
        )
    )
    scale = writer.add(PhotoScale(photo.id, shot.scale, confirmed=True))
    measured = {}
    for one in shot.lesions:
        lesion_id = lesion_ids[one.label]
        outline = writer.add(PhotoOutline(photo.id, lesion_id, one.outline, confirmed=True))
        if one.measurement is None:
            continue
        measured[one.label] = writer.add(
            LesionMeasurement(
                visit_id=visit_id,
                lesion_id=lesion_id,
                photo_id=photo.id,
                outline_id=outline.id,
                outline_revision=outline.revision,
                scale_id=scale.id,
                scale_revision=scale.revision,
                measurement=one.measurement,
                confirmed=True,
            )
        )
    return measured


def _outcomes(
    writer: Writer, person: DemoPatient, lesions: dict[str, Stored[Lesion]], first_day: dt.date
) -> None:
    """What became of each lesion: closed, opened again, or parted."""
    for shown in person.lesions:
        stored = lesions[shown.label]
        days = [first_day + dt.timedelta(weeks=week) for week in person.weeks]
        after = stored.value
        for day, size in zip(days, shown.lengths, strict=True):
            if size is not None:
                after = after_visit(after, on=day, closed=size == 0)
        if shown.became:
            became = tuple(lesions[label].id for label in shown.became)
            after = replace(after, became_ids=became, became_on=days[shown.lengths.index(None)])
        if after != stored.value:
            writer.revise(stored, after, reason=_("parted") if shown.became else _("closed"))
