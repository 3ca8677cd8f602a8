"""What a report says: text, numbers and which photos, in the language in force.

Only confirmed values enter. Changes are counted from the first and the last comparable visit
of the whole record, whatever period is printed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from woundtrack.errors import ReportError
from woundtrack.healing.series import Series, series_of
from woundtrack.records import Letterhead, PatientHistory, TherapyCourse
from woundtrack.report import content_figures, content_plates
from woundtrack.report.content_context import context_parts
from woundtrack.report.content_facts import identity, lesion_facts, patient_facts
from woundtrack.report.content_made import printed_text, record_text
from woundtrack.report.content_summary import summary_part
from woundtrack.report.content_types import (
    LesionSection,
    ReportContent,
    ReportKind,
    ReportOptions,
    ReportPart,
    TherapyRow,
)
from woundtrack.report.content_visit import visit_part
from woundtrack.report.healing_text import HealingView, healing_view
from woundtrack.report.labels import lesion_name, patient_name
from woundtrack.report.score_text import lesion_scores, patient_scores, score_notes
from woundtrack.therapy.catalogue import frequency_name, route_name
from woundtrack.therapy.course import dose_text, frequency_on, period_text, stop_text, therapy_name
from woundtrack.words import N_, _, counted, date

TITLES = MappingProxyType(
    {
        ReportKind.PROGRESS: N_("Lesion progress"),
        ReportKind.PATIENT: N_("Patient summary"),
        ReportKind.VISIT: N_("Visit"),
    }
)


def report_content(
    history: PatientHistory,
    *,
    options: ReportOptions,
    clinic_name: str,
    user_name: str,
    now: dt.datetime,
    letterhead: Letterhead | None = None,
    user_names: Mapping[int, str] = MappingProxyType({}),
) -> ReportContent:
    """The report of a patient, in the language in force.

    Raises ReportError report.period, report.no_visit, report.nothing_confirmed; RecordError
    record.missing.
    """
    if options.from_on and options.to_on and options.to_on < options.from_on:
        raise ReportError("report.period")
    patient = history.patient.value
    content = ReportContent(
        history=history,
        options=options,
        clinic_name=clinic_name,
        patient_name=patient_name(patient),
        identity=identity(patient),
        facts=patient_facts(history, today=now.date()),
        title=_(TITLES[options.kind]),
        made=(printed_text(user_name, now), record_text(history, now)),
        code=patient.code,
        letterhead=letterhead or Letterhead(),
    )
    if options.kind is ReportKind.VISIT:
        return _of_visit(content, user_names, now)
    return _of_period(content)


def _of_period(content: ReportContent) -> ReportContent:
    """With the visits of a period, lesion by lesion, and what is kept beside them."""
    history, options = content.history, content.options
    all_series = tuple(series_of(history, lesion_id=each) for each in _lesion_ids(content))
    shown = [series.between(options.from_on, options.to_on) for series in all_series]
    points = [point for series in shown for point in series.points]
    sections = tuple(_section(history, series, options) for series in all_series)
    scores = patient_scores(history, options)
    summed_up = options.kind is ReportKind.PATIENT
    return replace(
        content,
        sections=sections,
        therapies=_therapies(history, options) if ReportPart.THERAPIES in options.parts else (),
        scores=scores,
        context=context_parts(history, options),
        notes=content_figures.notes_of(
            shown,
            with_photos=any(section.plates for section in sections),
            scores=score_notes(points, scores),
            judged_by=[series.between(None, options.to_on) for series in all_series],
        ),
        period=_period(options),
        summary=summary_part(history, all_series, options) if summed_up else None,
    )


def _of_visit(
    content: ReportContent, user_names: Mapping[int, str], now: dt.datetime
) -> ReportContent:
    """With one visit alone; its changes are those of the whole record up to it."""
    history = content.history
    visit = visit_part(history, content.options, user_names, now)
    until = [
        series_of(history, lesion_id=each).between(None, visit.on) for each in _lesion_ids(content)
    ]
    shown = [series.between(visit.on, visit.on) for series in until]
    points = [point for series in shown for point in series.points]
    return replace(
        content,
        title=_("Visit of {date}").format(date=date(visit.on, form="long")),
        visit=visit,
        notes=content_figures.notes_of(
            shown,
            with_photos=any(lesion.plates for lesion in visit.lesions),
            scores=score_notes(points, None),
            judged_by=until,
        ),
    )


def _lesion_ids(content: ReportContent) -> tuple[int, ...]:
    return content.options.lesion_ids or tuple(lesion.id for lesion in content.history.lesions)


def _section(history: PatientHistory, series: Series, options: ReportOptions) -> LesionSection:
    lesion = next(les for les in history.lesions if les.id == series.lesion_id)
    shown = series.between(options.from_on, options.to_on)
    return LesionSection(
        lesion_id=lesion.id,
        title=lesion_name(lesion.value),
        facts=lesion_facts(history, series),
        figures=content_figures.figures_of(series, shown),
        rows=tuple(content_figures.row_of(series, point) for point in shown.points),
        plates=content_plates.plates_of(history, shown, choice=options.photos),
        scores=lesion_scores(shown.points),
        healing=_healing(history, lesion.id, options),
    )


def _healing(history: PatientHistory, lesion_id: int, options: ReportOptions) -> HealingView | None:
    """Counted from the first visit of the record, as every change is, up to the last one shown."""
    if ReportPart.HEALING not in options.parts:
        return None
    view = healing_view(history, lesion_id=lesion_id, until=options.to_on)
    told = any(not row.refused for block in view.blocks for row in block.rows)
    return view if told else None


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
        if options.holds(course.start_on, course.stop_on)
    )


def _often(course: TherapyCourse, *, sessions: int) -> str:
    """How often by the course's last word, and how many sessions were recorded."""
    sessions_text = counted("{count} session", "{count} sessions", sessions)
    often = frequency_name(frequency_on(course, day=dt.date.max))
    return ", ".join(part for part in (often, sessions_text if sessions else "") if part)


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
