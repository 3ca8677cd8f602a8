"""One visit in print: every lesion of the day with its photos, figures and forms, and who
confirmed it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from woundtrack.errors import ReportError
from woundtrack.healing.change import Change, reopened_since_last, since_first, since_last
from woundtrack.healing.series import Point, Series, series_of
from woundtrack.instruments import wound_qol
from woundtrack.records import Assessment, PatientHistory, SizeMethod, Stored, Visit
from woundtrack.report.bedside_text import bedside_lines
from woundtrack.report.chart_text import product_text, size_text
from woundtrack.report.content_figures import DASH, change_figure
from woundtrack.report.content_plates import confirmed_scale, other_plates, plates_at
from woundtrack.report.content_types import Fact, PhotoChoice, Plate, ReportOptions, TextTable
from woundtrack.report.form_text import FormText, form_texts
from woundtrack.report.labels import SIZE_METHODS, lesion_name
from woundtrack.report.score_text import wound_qol_text
from woundtrack.scale.told import told
from woundtrack.scale.warnings import WARNINGS
from woundtrack.therapy.catalogue import frequency_name, unit_name
from woundtrack.therapy.course import (
    active_on,
    dose_on,
    frequency_on,
    period_text,
    therapy_name,
    until_death,
)
from woundtrack.therapy.session import plain_number, session_text
from woundtrack.words import _, apart, date, labelled, length, number, time_of_day

_THERAPY_SHARES = (0.34, 0.13, 0.18, 0.2, 0.15)


@dataclass(frozen=True, slots=True)
class VisitLesion:
    """What was found of one lesion on the day."""

    title: str
    figures: tuple[Fact, ...]
    """Size with ±, its change since the last and since the first visit."""
    facts: tuple[Fact, ...]
    """Length, width, perimeter, and how they were come by."""
    lines: tuple[str, ...]
    warnings: tuple[str, ...]
    forms: tuple[FormText, ...]
    confirmed: str
    """Which revision, by whom and when."""
    plates: tuple[Plate, ...]


@dataclass(frozen=True, slots=True)
class VisitPart:
    """One visit."""

    on: dt.date
    facts: tuple[Fact, ...]
    """What the patient answered."""
    lesions: tuple[VisitLesion, ...]
    others: tuple[Plate, ...]
    """Photos of the day that show none of these lesions' outlines."""
    therapies: TextTable | None
    lines: tuple[str, ...]
    """The visit's note, and which open lesions nobody looked at."""


def visit_part(
    history: PatientHistory, options: ReportOptions, user_names: Mapping[int, str], now: dt.datetime
) -> VisitPart:
    """The visit of `options.visit_id`, of the lesions that are asked for.

    Raises ReportError report.no_visit, and report.nothing_confirmed where there is only a draft.
    """
    visit = next((one for one in history.visits if one.id == options.visit_id), None)
    if visit is None:
        raise ReportError("report.no_visit")
    confirmed = {
        one.value.lesion_id: one
        for one in history.assessments
        if one.value.visit_id == visit.id and one.value.confirmed
    }
    asked = options.lesion_ids or tuple(lesion.id for lesion in history.lesions)
    ids = [lesion_id for lesion_id in asked if lesion_id in confirmed]
    if not ids:
        raise ReportError("report.nothing_confirmed")
    several = len(ids) > 1
    made = [_lesion(history, confirmed[each], user_names, now, several=several) for each in ids]
    shown = {plate.photo_id for lesion in made for plate in lesion.plates}
    without = options.photos is PhotoChoice.NONE
    return VisitPart(
        on=visit.value.on,
        facts=_patient_facts(visit.value),
        lesions=tuple(replace(each, plates=()) if without else each for each in made),
        others=() if without or options.lesion_ids else other_plates(history, visit.id, but=shown),
        therapies=_therapies(history, visit.value.on),
        lines=tuple(_lines(history, visit.value, set(confirmed))),
    )


def _lesion(
    history: PatientHistory,
    assessed: Stored[Assessment],
    user_names: Mapping[int, str],
    now: dt.datetime,
    *,
    several: bool,
) -> VisitLesion:
    """Of `several`, forms and confirmation have its letter: they may stand on the next page."""
    value = assessed.value
    lesion = next(one.value for one in history.lesions if one.id == value.lesion_id)
    series = series_of(history, lesion_id=value.lesion_id)
    point = next(one for one in series.points if one.assessment_id == assessed.id)
    scale = confirmed_scale(history, point.photo_id) if point.photo_id else None
    warnings = () if scale is None else scale.warnings
    forms, confirmed = form_texts(value), confirmed_text(assessed, user_names, now)
    if several:
        forms = tuple(replace(one, total=labelled(lesion.label, one.total)) for one in forms)
        confirmed = labelled(lesion.label, confirmed)
    return VisitLesion(
        title=lesion_name(lesion),
        figures=(Fact(_("Area") if point.measurement else _("Size"), size_text(point)),
                 *_changes(series, point)),
        facts=tuple(_measured(point, "" if scale is None else told(scale))),
        lines=tuple(bedside_lines(value)),
        warnings=tuple(_(WARNINGS[code]) for code in warnings if code in WARNINGS),
        forms=forms,
        confirmed=confirmed,
        plates=plates_at(history, series, point),
    )  # fmt: skip


def _changes(series: Series, point: Point) -> list[Fact]:
    """Since the last visit and since the first, each beside what it is against."""
    first, last = since_first(series, point=point), since_last(series, point=point)
    facts = []
    if reopened_since_last(series, point=point):
        facts.append(Fact(_("Since the last visit"), _("open again")))
    elif last is not None:
        facts.append(_change(_("Since {date}"), point, last))
    if first is not None and (last is None or first.days != last.days):
        facts.append(_change(_("Since the first, {date}"), point, first))
    return facts


def _change(name: str, point: Point, change: Change) -> Fact:
    verdict = {
        True: _("beyond measurement error"),
        False: _("within measurement error"),
        None: _("error of this method not known"),
    }[change.beyond_error]
    before = point.on - dt.timedelta(days=change.days)
    shown, _parted, interval = change_figure(replace(change, beyond_error=None)).partition("\n")
    under = f"{interval}, {verdict}" if interval else verdict
    return Fact(name.format(date=date(before)), f"{shown}\n{under}")


def _measured(point: Point, scale: str) -> list[Fact]:
    """How the size was taken, and what else was measured."""
    facts = [Fact(_("Method"), _(SIZE_METHODS[point.method]))]
    if point.method is SizeMethod.TRACED and point.measurement is not None:
        facts.append(Fact(_("Length × width"), product_text(point)))
        facts.append(Fact(_("Perimeter"), length(point.measurement.perimeter_cm)))
        if scale:
            facts.append(Fact(_("Scale"), scale))
    return facts


def confirmed_text(
    stored: Stored[Assessment], user_names: Mapping[int, str], now: dt.datetime
) -> str:
    """Which revision stands here, whose it is and when it was made, in the zone of `now`."""
    at = stored.at_utc.astimezone(now.tzinfo)
    by = user_names.get(stored.user_id or 0, "") or _("a user whose name is not known")
    text = _("Confirmed by {user} on {date} at {time}, revision {revision}").format(
        user=by, date=date(at.date()), time=time_of_day(at), revision=stored.revision
    )
    reason = stored.reason.strip() if stored.revision > 1 else ""
    return labelled(text, reason) if reason else text


def _patient_facts(visit: Visit) -> tuple[Fact, ...]:
    facts = []
    if visit.general_pain_nrs is not None:
        pain = number(visit.general_pain_nrs, decimals=0)
        facts.append(Fact(_("General pain, 0 to 10"), pain))
    if visit.general_pain_vas_mm is not None:
        pain = number(visit.general_pain_vas_mm, decimals=0)
        facts.append(Fact(_("General pain, 0 to 100 mm"), pain))
    if visit.wound_qol is not None:
        facts.append(Fact(wound_qol.NAME, wound_qol_text(visit.wound_qol)))
    return tuple(facts)


def _therapies(history: PatientHistory, on: dt.date) -> TextTable | None:
    """What ran on the day, with the dose of the day, and what was given."""
    rows = []
    for stored in sorted(until_death(history), key=lambda each: each.value.start_on):
        course = stored.value
        if not active_on(course, day=on):
            continue
        dose, unit = dose_on(course, day=on)
        amount = "" if dose is None else f"{plain_number(dose)} {unit_name(unit)}".strip()
        given = [
            session_text(one.value) or _("given")
            for one in history.sessions
            if one.value.course_id == stored.id and one.value.on == on
        ]
        rows.append(
            (
                therapy_name(course),
                amount or DASH,
                frequency_name(frequency_on(course, day=on)) or DASH,
                period_text(course),
                apart(given) or DASH,
            )
        )
    heads = (_("Therapy"), _("Dose"), _("Frequency"), _("Period"), _("Session of the day"))
    return TextTable(heads, tuple(rows), _THERAPY_SHARES) if rows else None


def _lines(history: PatientHistory, visit: Visit, seen: set[int]) -> list[str]:
    lines = [labelled(_("Note of the visit"), visit.note.strip())] if visit.note.strip() else []
    unseen = [
        lesion.value.label
        for lesion in history.lesions
        if lesion.id not in seen and _was_open(history, lesion.id, visit.on)
    ]
    if unseen:
        lines.append(_("Not noted at this visit: {lesions}.").format(lesions=", ".join(unseen)))
    return lines


def _was_open(history: PatientHistory, lesion_id: int, on: dt.date) -> bool:
    """Whether it was last seen open, and was still a lesion of its own on this day."""
    lesion = next(one.value for one in history.lesions if one.id == lesion_id)
    before = series_of(history, lesion_id=lesion_id).between(None, on).points
    open_then = bool(before) and before[-1].method is not SizeMethod.CLOSED
    return open_then and not lesion.became_others_by(on)
