"""The day of a visit: given, changed, or one that the patient has a visit of already."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from ui.pages.visit import drafts
from ui.pages.visit.corrections import DayRead, read_day
from ui.pages.visit.days import impossible_day
from ui.pages.visit.recall import list_lesions, state_of
from ui.pages.visit.state import VisitState, typed_over
from woundtrack.records import Stored, Visit

if TYPE_CHECKING:
    from ui.pages.visit.session import VisitSession


class DayKeeper(QObject):
    """A visit is no record before it has one."""

    def __init__(self, session: "VisitSession") -> None:
        super().__init__(session)
        self._session = session

    def give(self, on: dt.date, *, today: dt.date | None = None) -> None:
        """Give the visit its day; one that is stored already is moved to it.

        A new visit becomes the patient's visit of that day where there is one already.
        """
        state = self._session.state
        if state is None or state.locked or on == state.on:
            return
        if state.visit is not None:
            self._move_to(state, state.visit, on)
            return
        if wrong := impossible_day(state, on, today):
            self._session.failed.emit(wrong)
            return
        state.on = on
        self.reload(state, on)

    def _move_to(self, state: VisitState, stored: Stored[Visit], on: dt.date) -> None:
        session, value = self._session, replace(stored.value, on=on)
        session.background.run(
            lambda: session.clinic.write(lambda writer: writer.revise(stored, value)),
            done=lambda visit: session.set_visit(state, visit),
            failed=self._failed,
        )

    def reload(self, state: VisitState, on: dt.date) -> None:
        """Look whether the patient has a visit of that day, and go on with it if so."""
        session, patient_id = self._session, state.patient.id

        def done(found: DayRead) -> None:
            if not isValid(session) or state is not session.state or state.visit is not None:
                return
            session.history = found.history
            if found.visit is None:
                session.recall_previous(state)
                self.ensure_visit()
            else:
                self._adopt(found, found.visit.id, state)
            session.tell()

        session.background.run(
            lambda: session.clinic.read(lambda reader: read_day(reader, patient_id, on)),
            done=done,
            failed=session.failed.emit,
        )

    def _adopt(self, found: DayRead, visit_id: int, before: VisitState) -> None:
        """Go on with a visit that is stored; what was typed meanwhile stays on top of it."""
        session = self._session
        state = session.state = state_of(found.history, visit_id=visit_id)
        state.called |= before.called
        state.slip = before.slip
        list_lesions(found.history, state)
        session.saver.adopt(state)
        taken_up = session.take_up(state, found.kept)
        typed_over(state, before, dirty=session.saver.dirty)
        for photo in state.photos:
            session.album.ask(photo)
        session.adopted.emit()
        session.visit_known.emit()
        if taken_up is not None:
            session.taken_up.emit(taken_up)

    def ensure_visit(self) -> None:
        """Make the visit's record once there is a day and something to keep."""
        session, state = self._session, self._session.state
        if state is None or state.visit or state.on is None or not session.saver.pending:
            return
        patient_id, on = state.patient.id, state.on
        session.background.run(
            lambda: drafts.ensure_visit(session.clinic, patient_id=patient_id, on=on),
            done=lambda visit: session.set_visit(state, visit),
            failed=self._failed,
            key="ensure visit",
        )

    def _failed(self, error: Exception) -> None:
        session = self._session
        if session.state and session.state.visit is None:
            session.state.on = None
        session.failed.emit(error)
        session.tell()
