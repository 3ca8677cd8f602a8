"""Corrections of a confirmed visit: what is kept of them, and how they are taken up again.

Qt-free. A correction is written over the record only when it is confirmed; until then the
store keeps it beside the record, where no chart or report looks.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from ui.pages.visit.drafts import Preview, Snapshot, preview
from ui.pages.visit.recall import list_lesions
from ui.pages.visit.state import (
    ASSESSMENT,
    OUTLINE,
    SCALE,
    VISIT_KEY,
    Cell,
    Key,
    VisitState,
    assessment_key,
    outline_key,
    scale_key,
)
from woundtrack.errors import RecordError
from woundtrack.records import (
    Assessment,
    PatientHistory,
    PhotoOutline,
    PhotoScale,
    Stored,
    Visit,
)
from woundtrack.store.clinic import Clinic, Reader
from woundtrack.store.left_open import WithoutDay
from woundtrack.store.types import Correction, PendingCorrection

Draft: TypeAlias = PhotoScale | PhotoOutline | Assessment | Visit


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A kept correction that is on the page again: what it changes, and whose it is."""

    keys: frozenset[Key]
    cells: frozenset[Cell]
    """What must be measured again."""
    at_utc: dt.datetime
    user_name: str
    left_out: bool
    """Some of it was changed elsewhere meanwhile, or its photo is gone: that is not taken up."""


@dataclass(frozen=True, slots=True)
class DayRead:
    """All of a patient, the visit of one day, and what waits there to be confirmed."""

    history: PatientHistory
    visit: Stored[Visit] | None = None
    kept: PendingCorrection | None = None


@dataclass(frozen=True, slots=True)
class VisitRead:
    """All of a patient, and what waits: in one visit, or of a new one that got no day."""

    history: PatientHistory
    kept: PendingCorrection | None = None
    without_day: WithoutDay | None = None


def read_visit(reader: Reader, patient_id: int, visit_id: int | None, *, user_id: int) -> VisitRead:
    """All of a patient, and what waits to be confirmed in one visit, or of a new one (None).

    Raises RecordError record.missing where the visit is not the patient's, or not any more.
    """
    history = reader.history(patient_id)
    if visit_id is None:
        without_day = reader.without_day(patient_id, user_id=user_id)
        return VisitRead(history, without_day=without_day)
    if visit_id not in {visit.id for visit in history.visits}:
        raise RecordError("record.missing", kind="visit", id=visit_id)
    return VisitRead(history, reader.correction(visit_id))


def read_day(reader: Reader, patient_id: int, on: dt.date) -> DayRead:
    """All of a patient, with the visit of a day where there is one."""
    history = reader.history(patient_id)
    visit = next((each for each in history.visits if each.value.on == on), None)
    return DayRead(history, visit, reader.correction(visit.id) if visit else None)


def keep(clinic: Clinic, snapshot: Snapshot) -> Preview:
    """Measure what a correction changes, and keep the correction in the store."""
    measured = preview(clinic, snapshot)
    visit = snapshot.state.visit
    if visit is not None:
        correction = correction_of(snapshot)
        clinic.write(lambda writer: writer.keep_correction(visit.id, correction))
    return measured


def keep_without_day(clinic: Clinic, snapshot: Snapshot) -> str:
    """Keep what was typed in a visit that has no day yet; return the slip it is kept under."""
    state, typed = snapshot.state, correction_of(snapshot)
    patient_id, slip = state.patient.id, state.slip
    return clinic.write(lambda w: w.keep_without_day(patient_id, typed, slip=slip))


def type_again(state: VisitState, kept: WithoutDay, history: PatientHistory) -> frozenset[Key]:
    """Put what was typed in a visit without a day on the page again; what is typed now stays."""
    typed_now = dict(state.values)
    pending = PendingCorrection(kept.typed, kept.at_utc, "")
    taken_up = take_up(state, pending, history)
    state.values.update(typed_now)
    state.correcting, state.slip = False, kept.slip
    return taken_up.keys


def correction_of(snapshot: Snapshot) -> Correction:
    """What differs from the record."""
    state = snapshot.state
    changed = sorted(key for key in snapshot.dirty if _is_changed(state, key))
    found = [value for key in changed if (value := state.values.get(key)) is not None]
    away = [key for key in changed if state.values.get(key) is None]
    revisions = [(*key, _revision(state, key)) for key in changed]
    return Correction(
        scales=tuple(each for each in found if isinstance(each, PhotoScale)),
        outlines=tuple(each for each in found if isinstance(each, PhotoOutline)),
        assessments=tuple(each for each in found if isinstance(each, Assessment)),
        taken_away=tuple(away),
        on_revisions=tuple(revisions),
        chosen=tuple(sorted(state.chosen.items())),
        visit=next((each for each in found if isinstance(each, Visit)), None),
    )


def _revision(state: VisitState, key: Key) -> int:
    """Which revision of the record a change is made on; 0 where it is new."""
    stored = state.visit if key == VISIT_KEY else state.stored.get(key)
    return stored.revision if stored else 0


def _is_changed(state: VisitState, key: Key) -> bool:
    if key == VISIT_KEY:
        return state.visit is not None and state.asked != state.visit.value
    if key[0] not in (SCALE, OUTLINE, ASSESSMENT):
        return False
    value, stored = state.values.get(key), state.stored.get(key)
    if value is None or stored is None:
        return value is not None or stored is not None
    return bool(replace(value, confirmed=stored.value.confirmed) != stored.value)


def take_up(state: VisitState, pending: PendingCorrection, history: PatientHistory) -> TakenUp:
    """Put a kept correction on top of the visit's record, in `state`."""
    kept = pending.correction
    made_on = {(kind, a, b): revision for kind, a, b, revision in kept.on_revisions}
    photos = {photo.id for photo in state.photos}
    lesions = {lesion.id for lesion in history.lesions}

    def is_there(key: Key) -> bool:
        if key[0] in (SCALE, OUTLINE) and key[1] not in photos:
            return False
        lesion_id = {ASSESSMENT: key[1], OUTLINE: key[2]}.get(key[0])
        return lesion_id is None or lesion_id in lesions

    taken: set[Key] = set()
    left_out = False
    for key, value in _changes(kept):
        if not is_there(key) or made_on.get(key) != _revision(state, key):
            left_out = True
            continue
        state.values[key] = value
        taken.add(key)
    state.chosen.update({lesion: photo for lesion, photo in kept.chosen if photo in photos})
    list_lesions(history, state)
    state.correcting = True
    cells = {cell for cell in state.cells() if _must_measure(cell, taken)}
    cells |= {(key[1], key[2]) for key in taken if key[0] == OUTLINE}
    return TakenUp(
        keys=frozenset(taken | {assessment_key(cell[1]) for cell in cells}),
        cells=frozenset(cells),
        at_utc=pending.at_utc,
        user_name=pending.user_name,
        left_out=left_out,
    )


def _changes(kept: Correction) -> Iterator[tuple[Key, Draft | None]]:
    for scale in kept.scales:
        yield scale_key(scale.photo_id), scale
    for outline in kept.outlines:
        yield outline_key((outline.photo_id, outline.lesion_id)), outline
    for assessment in kept.assessments:
        yield assessment_key(assessment.lesion_id), assessment
    if kept.visit is not None:
        yield VISIT_KEY, kept.visit
    for key in kept.taken_away:
        yield key, None


def _must_measure(cell: Cell, taken: set[Key]) -> bool:
    return scale_key(cell[0]) in taken or outline_key(cell) in taken
