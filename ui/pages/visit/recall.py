"""What a patient's history says of one visit, and of those before it. Qt-free."""

import datetime as dt
from typing import Any

from ui.pages.visit.state import (
    ASSESSMENT,
    MEASUREMENT,
    OUTLINE,
    Key,
    Previous,
    VisitState,
    assessment_key,
    counting_cell,
    measurement_key,
    outline_key,
    scale_key,
)
from woundtrack.healing.total import begins_of
from woundtrack.records import LesionStatus, PatientHistory, Stored


def state_of(history: PatientHistory, *, visit_id: int | None) -> VisitState:
    """The state of one visit of a history, or of a new visit (None) of its patient."""
    visit = next((each for each in history.visits if each.id == visit_id), None)
    photos = [each for each in history.photos if visit and each.value.visit_id == visit.id]
    state = VisitState(
        patient=history.patient,
        visit=visit,
        on=visit.value.on if visit else None,
        photos=photos,
        retrace_relative_sd=history.retrace_relative_sd,
    )
    ids = {photo.id for photo in photos}
    rows: list[tuple[Key, Stored[Any]]] = [
        *((scale_key(s.value.photo_id), s) for s in history.scales if s.value.photo_id in ids),
        *(
            (outline_key((o.value.photo_id, o.value.lesion_id)), o)
            for o in history.outlines
            if o.value.photo_id in ids
        ),
        *(
            (measurement_key((m.value.photo_id, m.value.lesion_id)), m)
            for m in history.measurements
            if m.value.photo_id in ids
        ),
        *(
            (assessment_key(a.value.lesion_id), a)
            for a in history.assessments
            if visit and a.value.visit_id == visit.id
        ),
    ]
    state.stored = dict(rows)
    state.values = {key: stored.value for key, stored in rows}
    list_lesions(history, state)
    state.previous = previous_of(history, before=state.on, visit_id=visit_id)
    _recall_chosen(state)
    return state


def list_lesions(history: PatientHistory, state: VisitState) -> None:
    """Show the open lesions, and those that this visit says something of; the others rest.

    One that had become others by the day of the visit, or had not come out of another yet, is
    neither shown nor rests. Newer facts of a lesion that the state has are kept.
    """
    touched = {key[2] for key in state.values if key[0] in (OUTLINE, MEASUREMENT)}
    touched |= {key[1] for key in state.values if key[0] == ASSESSMENT}
    known = {lesion.id: lesion for lesion in (*state.lesions, *state.resting)}
    day, begins = state.on or dt.date.max, begins_of(history)
    shown, resting = [], []
    for each in history.lesions:
        lesion = known.get(each.id, each)
        if lesion.id in touched:
            shown.append(lesion)
        elif not lesion.value.became_others_by(day) and begins.get(lesion.id, day) <= day:
            is_open = lesion.value.status is LesionStatus.OPEN
            (shown if is_open or lesion.id in state.called else resting).append(lesion)
    state.lesions, state.resting = tuple(shown), tuple(resting)
    days_later = {visit.id for visit in history.visits if visit.value.on > day}
    state.seen_later = {
        each.value.lesion_id
        for each in history.assessments
        if each.value.confirmed and each.value.visit_id in days_later
    }


def follow_day(history: PatientHistory, state: VisitState) -> None:
    """What the visit's day changes: what was found before it, and which lesions are shown."""
    visit_id = state.visit.id if state.visit else None
    state.previous = previous_of(history, before=state.on, visit_id=visit_id)
    list_lesions(history, state)


def earlier_days(history: PatientHistory, state: VisitState) -> dict[int, dt.date]:
    """The days, by visit id, of the patient's visits that were not after this one."""
    here = state.visit.id if state.visit else None
    return {
        visit.id: visit.value.on
        for visit in history.visits
        if visit.id != here and (state.on is None or visit.value.on <= state.on)
    }


def previous_of(
    history: PatientHistory, *, before: dt.date | None, visit_id: int | None
) -> dict[int, Previous]:
    """For each lesion what its last confirmed visit before `before` found."""
    days = {visit.id: visit.value.on for visit in history.visits if visit.id != visit_id}
    measurements = {each.id: each.value for each in history.measurements}
    found: dict[int, Previous] = {}
    for stored in history.assessments:
        value, on = stored.value, days.get(stored.value.visit_id)
        if not value.confirmed or on is None or (before is not None and on >= before):
            continue
        if value.lesion_id in found and found[value.lesion_id].on > on:
            continue
        measured = measurements.get(value.measurement_id) if value.measurement_id else None
        found[value.lesion_id] = Previous(on=on, assessment=value, measurement=measured)
    return found


def _recall_chosen(state: VisitState) -> None:
    """A measurement that counts although another is surer was chosen by a person."""
    by_id = {each.id: key for key, each in state.stored.items() if key[0] == MEASUREMENT}
    for lesion in state.lesions:
        key = by_id.get(state.assessment(lesion.id).measurement_id or -1)
        best = counting_cell(state, lesion.id)
        if key and best and (key[1], key[2]) != best:
            state.chosen[lesion.id] = key[1]
