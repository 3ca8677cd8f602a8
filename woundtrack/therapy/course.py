"""What follows from a therapy course: when it ran, its doses, and how it is named in one line."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from woundtrack.records import PatientHistory, Stored, TherapyCourse
from woundtrack.therapy.catalogue import (
    OTHER,
    THERAPIES,
    frequency_name,
    route_name,
    unit_name,
)
from woundtrack.therapy.session import plain_number
from woundtrack.therapy.types import DoseChange, StopCause
from woundtrack.words import N_, _, date, labelled, period

STOP_CAUSES = MappingProxyType(
    {
        StopCause.HEALED: N_("healed"),
        StopCause.COMPLETED: N_("completed as planned"),
        StopCause.ADVERSE_EVENT: N_("adverse event"),
        StopCause.REFUSAL: N_("patient’s refusal"),
        StopCause.DEATH: N_("death"),
        StopCause.OTHER: N_("other reason"),
    }
)
"""Why a course may have ended, with the English names."""


def active_on(course: TherapyCourse, *, day: dt.date) -> bool:
    """Whether the course ran on this day; its first and last days count."""
    return course.start_on <= day and (course.stop_on is None or day <= course.stop_on)


def overlap_days(course: TherapyCourse, *, from_on: dt.date, to_on: dt.date) -> int:
    """How many days of the period, both ends counted, the course ran; 0 if none."""
    first = max(course.start_on, from_on)
    last = to_on if course.stop_on is None else min(course.stop_on, to_on)
    return max(0, (last - first).days + 1)


def same_therapy_at_once(
    course: TherapyCourse, *, others: Iterable[TherapyCourse]
) -> TherapyCourse | None:
    """Another course of the same therapy and name on some of the same days, if there is one."""
    kind = (course.therapy, course.name.casefold().strip())
    for other in others:
        same = (other.therapy, other.name.casefold().strip()) == kind
        last = course.stop_on or dt.date.max
        if same and overlap_days(other, from_on=course.start_on, to_on=last):
            return other
    return None


def until_death(history: PatientHistory) -> tuple[Stored[TherapyCourse], ...]:
    """The patient's courses, those without a last day ended by the patient's death."""
    died = history.patient.value.died_on
    if died is None:
        return history.courses
    return tuple(
        replace(course, value=replace(course.value, stop_on=course.value.stop_on or died))
        for course in history.courses
    )


def dose_on(course: TherapyCourse, *, day: dt.date) -> tuple[float | None, str]:
    """The dose in force on a day, and its unit; None where none was recorded."""
    dose, unit = course.dose, course.unit
    for change in course.dose_changes:
        if change.from_on <= day:
            dose, unit = change.dose, change.unit
    return dose, unit


def frequency_on(course: TherapyCourse, *, day: dt.date) -> str:
    """How often it was given on a day, as a key or as written."""
    frequency = course.frequency
    for change in course.dose_changes:
        if change.from_on <= day:
            frequency = change.frequency or frequency
    return frequency


def therapy_name(course: TherapyCourse) -> str:
    """The name the clinic wrote, else the catalogue's in the language in force."""
    if course.name.strip():
        return course.name.strip()
    therapy = THERAPIES.get(course.therapy, THERAPIES[OTHER])
    return _(therapy.name)


def dose_text(course: TherapyCourse) -> str:
    """Doses with their unit, in their order: "12.5 g → 25 g"; empty where none was recorded."""
    doses = [] if course.dose is None else [(course.dose, course.unit)]
    doses += [(change.dose, change.unit) for change in course.dose_changes]
    return " → ".join(f"{plain_number(dose)} {unit_name(unit)}".strip() for dose, unit in doses)


def change_text(change: DoseChange) -> str:
    """One dose change: "25 g, at each dialysis, since 3 Mar 2026"."""
    dose = f"{plain_number(change.dose)} {unit_name(change.unit)}".strip()
    since = _("since {start}").format(start=date(change.from_on))
    return ", ".join(part for part in (dose, frequency_name(change.frequency), since) if part)


def course_label(course: TherapyCourse) -> str:
    """Name, doses, route and frequency in one line, as far as they were recorded.

    The route is left out where the catalogue's therapy has no other.
    """
    therapy = THERAPIES.get(course.therapy)
    only = therapy is not None and therapy.routes == (course.route,)
    route = "" if only else route_name(course.route)
    often = frequency_name(frequency_on(course, day=dt.date.max))
    details = (dose_text(course), route, often)
    return ", ".join(part for part in (therapy_name(course), *details) if part)


def period_text(course: TherapyCourse) -> str:
    """From when to when, in the language in force."""
    return period(course.start_on, course.stop_on)


def stop_text(course: TherapyCourse) -> str:
    """Why it stopped: "adverse event: nausea"; empty where nobody said."""
    reason = course.stop_reason.strip()
    if course.stop_cause is None:
        return reason
    cause = _(STOP_CAUSES[course.stop_cause])
    if course.stop_cause is StopCause.OTHER and reason:
        return reason
    return labelled(cause, reason) if reason else cause
