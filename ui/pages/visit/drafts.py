"""How a visit is written: drafts after each change, and everything confirmed in one act.

Qt-free and called on workers only. A measurement is always made anew from the outline and
the scale that are saved with it, inside the same act, so no stored figure lacks its makers.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ui.pages.visit.analysis import pixels_of
from ui.pages.visit.closing import close_lesions
from ui.pages.visit.state import (
    ASSESSMENT,
    MEASUREMENT,
    OUTLINE,
    SCALE,
    VISIT_KEY,
    Cell,
    Key,
    VisitState,
    assessment_key,
    measurement_key,
    outline_key,
    scale_key,
    sized,
    with_answers,
)
from woundtrack.errors import WoundtrackError
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Pixels
from woundtrack.records import (
    Lesion,
    LesionMeasurement,
    Stored,
    Visit,
)
from woundtrack.scale.types import Scale
from woundtrack.store.clinic import Clinic, Writer

ORDER = (SCALE, OUTLINE, MEASUREMENT, ASSESSMENT)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What to save. `state` is a copy of its own: the page goes on with another."""

    state: VisitState
    dirty: frozenset[Key]
    remeasure: frozenset[Cell] = frozenset()
    pixels: Mapping[int, Pixels] = field(default_factory=dict)
    """Photos at hand, by id; the others are read where an edge must be looked at."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What the store holds now, None for what was taken away."""

    stored: dict[Key, Stored[Any] | None]
    problems: dict[Cell, WoundtrackError | None] = field(default_factory=dict)
    lesions: tuple[Stored[Lesion], ...] = ()
    visit: Stored[Visit] | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be measured, without anything being written."""

    measured: dict[Cell, Measurement | None]
    problems: dict[Cell, WoundtrackError | None]


def copy_of(state: VisitState) -> VisitState:
    """A state that later changes of the page do not reach."""
    return replace(
        state,
        photos=list(state.photos),
        values=dict(state.values),
        stored=dict(state.stored),
        chosen=dict(state.chosen),
        problems=dict(state.problems),
        seen=set(state.seen),
    )


def ensure_visit(clinic: Clinic, *, patient_id: int, on: dt.date) -> Stored[Visit]:
    """The patient's visit of that day, made where there is none."""

    return clinic.write(lambda writer: visit_of_day(writer, patient_id, on))


def visit_of_day(writer: Writer, patient_id: int, on: dt.date) -> Stored[Visit]:
    """The patient's visit of that day, made within this act where there is none."""
    same = writer.find(Visit, patient_id=patient_id, on=on)
    return same[0] if same else writer.add(Visit(patient_id=patient_id, on=on))


def preview(clinic: Clinic, snapshot: Snapshot) -> Preview:
    """Measure what changed and write nothing: what a correction shows before it is made."""
    return Preview(*_measure_all(clinic, snapshot))


def save(clinic: Clinic, snapshot: Snapshot) -> Saved:
    """Write what changed as drafts, in one act."""
    measured, problems = _measure_all(clinic, snapshot)

    def act(writer: Writer) -> Saved:
        _make_visit(writer, snapshot.state)
        stored = _write(writer, snapshot, measured, confirm=False)
        return Saved(stored, problems, visit=snapshot.state.visit)

    return clinic.write(act)


def confirm(clinic: Clinic, snapshot: Snapshot, *, reason: str = "") -> Saved:
    """Make all findings of the visit the record, confirmed by who is signed in, in one act.

    Before confirmation nothing of the visit is in any chart; a later call is a correction,
    with its reason, of what changed since.
    """
    measured, problems = _measure_all(clinic, snapshot)
    state = snapshot.state
    found_again = state.found_again()  # before what is written makes the visit a confirmed one

    def act(writer: Writer) -> Saved:
        _make_visit(writer, state)
        stored = _write(writer, snapshot, measured, confirm=True, reason=reason)
        if state.visit:
            writer.drop_correction(state.visit.id)
        lesions = close_lesions(writer, state, found_again=found_again, reason=reason)
        return Saved(stored, problems, lesions, state.visit)

    return clinic.write(act, reason=reason)


def _make_visit(writer: Writer, state: VisitState) -> None:
    """Where the visit's record has not come back yet: without it, what was typed would be lost."""
    if state.slip:  # what was kept while there was no day is in the record from here on
        writer.drop_without_day(state.patient.id, slip=state.slip)
    if state.visit is None and state.on is not None:
        state.visit = visit_of_day(writer, state.patient.id, state.on)


def _measure_all(
    clinic: Clinic,
    snapshot: Snapshot,
) -> tuple[dict[Cell, Measurement | None], dict[Cell, WoundtrackError | None]]:
    measured: dict[Cell, Measurement | None] = {}
    problems: dict[Cell, WoundtrackError | None] = {}
    for cell in snapshot.remeasure:
        outline, scale = snapshot.state.outline(cell), snapshot.state.scale(cell[0])
        measured[cell], problems[cell] = None, None
        if outline is None or scale is None:
            continue
        try:
            _check_rings(snapshot.state, cell)
            measured[cell] = _measured(clinic, snapshot, cell[0], outline, scale)
        except WoundtrackError as error:
            problems[cell] = error
    return measured, problems


def _measured(
    clinic: Clinic, snapshot: Snapshot, photo_id: int, outline: Outline, scale: Scale
) -> Measurement:
    """Measure with the doubt of the edge, for which the photo is read where it is not at hand."""
    from woundtrack.measure.measurement import measure
    from woundtrack.pipeline import measured

    pixels, stored = snapshot.pixels.get(photo_id), snapshot.state.photo(photo_id)
    if outline.relative_area_sd is not None or stored is None:
        return measure(outline, scale)
    if pixels is None:
        pixels = pixels_of(clinic, stored.value)[1]
    return measured(pixels, outline, scale)


def _check_rings(state: VisitState, cell: Cell) -> None:
    from woundtrack.outline.rings import check

    outline, stored = state.outline(cell), state.photo(cell[0])
    if outline and stored:
        photo = stored.value.photo
        check(outline, width_px=photo.width_px, height_px=photo.height_px)


def _write(
    writer: Writer,
    snapshot: Snapshot,
    measured: dict[Cell, Measurement | None],
    *,
    confirm: bool,
    reason: str = "",
) -> dict[Key, Stored[Any] | None]:
    state = snapshot.state
    pen = _Pen(writer, state, confirm=confirm, reason=reason)
    kept = snapshot.dirty | (set(state.values) if confirm else set())
    if confirm and VISIT_KEY in kept:
        pen.put_answers()
    for kind in (SCALE, OUTLINE):
        for key in sorted(key for key in kept if key[0] == kind and state.values.get(key)):
            pen.put(key, state.values[key])
    cells = set(measured) | ({cell for cell in state.cells() if confirm})
    for cell in sorted(cells):
        pen.put_measurement(cell, measured)
    for lesion_id in sorted(_lesions_of(kept, cells)):
        pen.put_assessment(lesion_id)
    gone = (key for key in snapshot.dirty - {VISIT_KEY} if state.values.get(key) is None)
    pen.take_away(gone)
    return pen.result


def _lesions_of(keys: frozenset[Key] | set[Key], cells: set[Cell]) -> set[int]:
    """The lesions whose assessment must be written with these drafts."""
    ids = {key[1] for key in keys if key[0] == ASSESSMENT}
    ids |= {key[2] for key in keys if key[0] == OUTLINE}
    return ids | {cell[1] for cell in cells}


class _Pen:
    """Writes drafts or confirmed values of one visit within one act."""

    def __init__(self, writer: Writer, state: VisitState, *, confirm: bool, reason: str) -> None:
        self._writer = writer
        self._state = state
        self._confirm = confirm
        self._reason = reason
        self.result: dict[Key, Stored[Any] | None] = {}

    def put(self, key: Key, value: Any) -> Stored[Any]:
        """Add or revise one record, unless the store already has exactly this."""
        value = replace(value, confirmed=self._confirm)
        known = self._state.stored.get(key)
        if known is None:
            stored = self._writer.add(value)
        elif known.value == value:
            stored = known
        else:
            stored = self._writer.revise(known, value, reason=self._reason)
        self._state.values[key] = value
        self._state.stored[key] = stored
        self.result[key] = stored
        return stored

    def put_answers(self) -> None:
        """Correct what the patient answered; from here on the record has it."""
        given = self._state.values.pop(VISIT_KEY, None)
        if given is not None and self._state.visit is not None:
            latest = self._writer.get(Visit, self._state.visit.id)
            value = with_answers(latest.value, given)
            self._state.visit = self._writer.revise(latest, value, reason=self._reason)
        self.result[VISIT_KEY] = None

    def put_measurement(self, cell: Cell, measured: dict[Cell, Measurement | None]) -> None:
        """Keep a cell's measurement with the revisions of outline and scale that made it."""
        key = measurement_key(cell)
        outline = self._state.stored.get(outline_key(cell))
        scale = self._state.stored.get(scale_key(cell[0]))
        known = self._state.measurement(cell)
        value = measured.get(cell, known.measurement if known else None)
        if value is None or outline is None or scale is None or not self._state.visit:
            self._state.values.pop(key, None)
            return
        self.put(
            key,
            LesionMeasurement(
                visit_id=self._state.visit.id,
                lesion_id=cell[1],
                photo_id=cell[0],
                outline_id=outline.id,
                outline_revision=outline.revision,
                scale_id=scale.id,
                scale_revision=scale.revision,
                measurement=value,
            ),
        )

    def put_assessment(self, lesion_id: int) -> None:
        """Keep what was noted, naming the measurement that counts."""
        if not self._state.visit or not self._state.has_findings(lesion_id):
            self._state.values.pop(assessment_key(lesion_id), None)
            return
        noted = replace(self._state.assessment(lesion_id), visit_id=self._state.visit.id)
        self.put(assessment_key(lesion_id), sized(self._state, noted))

    def take_away(self, keys: Any) -> None:
        """Delete what has no value any more: measurements and outlines last of all."""
        gone = set(keys) | {key for key in self._state.stored if key not in self._state.values}
        for key in sorted(gone, key=lambda key: (-ORDER.index(key[0]), key)):
            known = self._state.stored.pop(key, None)
            if known is not None and not known.deleted:
                self._writer.delete(type(known.value), known.id, reason=self._reason)
            self._state.values.pop(key, None)
            self.result[key] = None
