"""What a report says: text, numbers and which photos, in the language in force.

Only confirmed values enter. Changes are counted from the first and the last comparable visit
of the whole record, whatever period is printed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from woundtrack.errors import ReportError
from woundtrack.healing.series import Series, series_of
from woundtrack.records import Lesion, Patient, PatientHistory, Stored, TherapyCourse
from woundtrack.report import content_figures, content_plates
from woundtrack.report.content_types import (
    Fact,
    LesionSection,
    PhotoChoice,
    ReportContent,
    ReportOptions,
    TherapyRow,
)
from woundtrack.report.labels import (
    AETIOLOGIES,
    DIALYSES,
    LESION_STATES,
    SEXES,
    lesion_name,
    patient_name,
)
from woundtrack.report.score_text import lesion_scores, patient_scores, score_notes
from woundtrack.therapy.catalogue import frequency_name, route_name
from woundtrack.therapy.course import dose_text, frequency_on, period_text, stop_text, therapy_name
from woundtrack.words import _, date, ngettext, time_of_day


def report_content(
    history: PatientHistory,
    *,
    options: ReportOptions,
    clinic_name: str,
    user_name: str,
    now: dt.datetime,
) -> ReportContent:
    """The report of a patient. Raises ReportError report.period, RecordError record.missing."""
    if options.from_on and options.to_on and options.to_on < options.from_on:
        raise ReportError("report.period")
    patient = history.patient.value
    ids = options.lesion_ids or tuple(lesion.id for lesion in history.lesions)
    all_series = [series_of(history, lesion_id=lesion_id) for lesion_id in ids]
    sections = tuple(_section(history, series, options) for series in all_series)
    shown = [series.between(options.from_on, options.to_on) for series in all_series]
    points = [point for series in shown for point in series.points]
    scores = patient_scores(history, options)
    printed = _("Printed on {date} at {time} by {user}").format(
        date=date(now.date()), time=time_of_day(now), user=user_name
    )
    return ReportContent(
        history=history,
        options=options,
        clinic_name=clinic_name,
        patient_name=patient_name(patient),
        identity=_identity(patient),
        facts=_patient_facts(history.patient),
        sections=sections,
        therapies=_therapies(history, options),
        scores=scores,
        notes=content_figures.notes_of(
            shown,
            with_photos=any(section.plates for section in sections),
            scores=score_notes(points, scores),
        ),
        printed=printed,
        period=_period(options),
        code=patient.code,
    )


def _identity(patient: Patient) -> tuple[Fact, ...]:
    return (
        Fact(_("Born"), date(patient.birth_date)),
        Fact(_("Hospital number"), patient.hospital_number),
        Fact(_("Code"), patient.code),
    )


def _patient_facts(stored: Stored[Patient]) -> tuple[Fact, ...]:
    patient = stored.value
    facts = [
        Fact(_("Sex"), _(SEXES[patient.sex])),
        Fact(_("Dialysis"), _(DIALYSES[patient.dialysis])),
    ]
    if patient.used_name and patient.used_name != patient.birth_name:
        facts.insert(0, Fact(_("Birth name"), patient.birth_name))
    if patient.national_number:
        facts.append(Fact(_("National number"), patient.national_number))
    if patient.died_on is not None:
        facts.append(Fact(_("Died on"), date(patient.died_on)))
    facts.append(Fact(_("Revision of the record"), str(stored.revision)))
    return tuple(fact for fact in facts if fact.value)


def _section(history: PatientHistory, series: Series, options: ReportOptions) -> LesionSection:
    lesion = next(les for les in history.lesions if les.id == series.lesion_id)
    shown = series.between(options.from_on, options.to_on)
    return LesionSection(
        lesion_id=lesion.id,
        title=lesion_name(lesion.value),
        facts=_lesion_facts(lesion.value),
        figures=content_figures.figures_of(series, shown),
        rows=tuple(content_figures.row_of(series, point) for point in shown.points),
        plates=()
        if options.photos is PhotoChoice.NONE
        else content_plates.plates_of(
            history, shown, first_and_latest=options.photos is PhotoChoice.FIRST_AND_LATEST
        ),
        scores=lesion_scores(shown.points),
    )


def _lesion_facts(lesion: Lesion) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Cause"), _(AETIOLOGIES[lesion.aetiology])),
        Fact(_("Site class"), _class_text(lesion)),
        Fact(_("Status"), _(LESION_STATES[lesion.status])),
    ]
    for label, day in (
        (_("Onset"), lesion.onset_on),
        (_("Seen closed"), lesion.closed_on),
        (_("Closure confirmed"), lesion.closure_confirmed_on),
    ):
        if day is not None:
            facts.append(Fact(label, date(day)))
    return tuple(facts)


def _class_text(lesion: Lesion) -> str:
    """The site's class; where a clinician gave it, what the rule says and why."""
    from woundtrack.anatomy.rule import class_name

    if lesion.class_override is None or lesion.class_override is lesion.class_by_rule:
        return class_name(lesion.site_class)
    return _("{given} (given by a clinician: {reason}; by the rule {rule})").format(
        given=class_name(lesion.class_override),
        reason=lesion.class_override_reason,
        rule=class_name(lesion.class_by_rule),
    )


def _therapies(history: PatientHistory, options: ReportOptions) -> tuple[TherapyRow, ...]:
    ordered = sorted(history.courses, key=lambda c: (c.value.start_on, c.value.name))
    given = Counter(session.value.course_id for session in history.sessions)
    return tuple(
        TherapyRow(
            name=therapy_name(course),
            dose=dose_text(course),
            route=route_name(course.route),
            frequency=_often(course, sessions=given[stored.id]),
            period=period_text(course),
            stop_reason=stop_text(course),
        )
        for stored in ordered
        for course in (stored.value,)
        if (options.to_on is None or course.start_on <= options.to_on)
        and (options.from_on is None or not course.stop_on or course.stop_on >= options.from_on)
    )


def _often(course: TherapyCourse, *, sessions: int) -> str:
    """How often by the course's last word, and how many sessions were recorded."""
    counted = ngettext("{count} session", "{count} sessions", sessions).format(count=sessions)
    often = frequency_name(frequency_on(course, day=dt.date.max))
    return ", ".join(part for part in (often, counted if sessions else "") if part)


def _period(options: ReportOptions) -> str:
    if options.from_on and options.to_on:
        return _("Visits from {start} to {stop}").format(
            start=date(options.from_on), stop=date(options.to_on)
        )
    if options.from_on:
        return _("Visits from {start} on").format(start=date(options.from_on))
    if options.to_on:
        return _("Visits until {stop}").format(stop=date(options.to_on))
    return _("All visits")


def table_heads() -> Sequence[str]:
    """The heads of a lesion's table, in the order of `VisitRow.cells`."""
    return (
        _("Date"), _("Area (± 95 %)"), _("Since first"), _("Since last"), _("Length × width"),
        _("BWAT (CUA)"), _("Pain"), _("Rev."),
    )  # fmt: skip


def therapy_heads() -> Sequence[str]:
    """The heads of the table of therapies, in the order of `TherapyRow.cells`."""
    return (
        _("Therapy"), _("Dose"), _("Route"), _("Frequency"), _("Period"), _("Reason to stop"),
    )  # fmt: skip
