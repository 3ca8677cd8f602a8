"""The visit page: five steps from dropped photos to a confirmed record."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.background import Background
from ui.pages.visit import checks
from ui.pages.visit.arrivals import Arrivals
from ui.pages.visit.bookmark import Bookmark, bookmark_of, put_back
from ui.pages.visit.checks import Step, first_step
from ui.pages.visit.confirm_step import ConfirmStep
from ui.pages.visit.correction_strip import CorrectionStrip
from ui.pages.visit.days import local_today
from ui.pages.visit.desk import ImportDesk
from ui.pages.visit.editor_step import EditorStep
from ui.pages.visit.focus_keeper import FocusKeeper
from ui.pages.visit.form_step import FormStep
from ui.pages.visit.go_bar import GoBar
from ui.pages.visit.guide import StepGuide
from ui.pages.visit.header import VisitHeader
from ui.pages.visit.photo_rail import PhotoRail
from ui.pages.visit.photos_step import PhotosStep
from ui.pages.visit.session import VisitSession
from ui.pages.visit.state import why_locked
from ui.pages.visit.thumbs import Thumbnails
from ui.pages.visit.unfinished import UnfinishedStrip
from ui.pages.visit.wiring import connect_steps
from ui.photo_chooser import PhotoChooser
from ui.settings import Settings
from ui.widgets.banner import ErrorStrip
from ui.widgets.file_drop import FileDropPage
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.photo.importing import Taken
from woundtrack.store.clinic import Clinic
from woundtrack.words import _


class VisitPage(FileDropPage):
    """One visit of one patient. All work is kept as drafts until somebody confirms it."""

    closed = Signal()
    changed = Signal()
    status = Signal(str)
    print_requested = Signal()
    patient_requested = Signal(int)

    def __init__(
        self,
        clinic: Clinic,
        background: Background,
        parent: QWidget | None = None,
        *,
        chooser: PhotoChooser | None = None,
        settings: Settings | None = None,
        today: Callable[[], dt.date] = local_today,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Visit"))
        self._arrivals = Arrivals()
        self._opening = False
        self._kept = Bookmark(None)
        self.session = VisitSession(clinic, background, self)
        self.desk = ImportDesk(self.session, today=today)
        self.thumbnails = Thumbnails(clinic, background, self)
        self.header = VisitHeader(today=today)
        self.error = ErrorStrip(dismiss=_("Understood"))
        self.rail = PhotoRail(self.thumbnails)
        self.photos = PhotosStep(self.session, self.desk, self.thumbnails, chooser)
        self.editor_step = EditorStep(self.session, settings=settings)
        self.form = FormStep(self.session, settings=settings)
        self.confirm_step = ConfirmStep(self.session, self.thumbnails, clinic.user)
        self.foot = GoBar()
        self.correction = CorrectionStrip()
        self.unfinished = UnfinishedStrip(self.session)
        self._build()
        self._connect(today)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.error)
        column.addWidget(self.correction)
        column.addWidget(self.unfinished)
        column.addLayout(middle, 1)
        middle.addWidget(self.rail)
        self.guide = StepGuide(
            self.session,
            photos=self.photos,
            editor=self.editor_step,
            form=self.form,
            confirm=self.confirm_step,
            parent=self,
        )
        self.guide.shown.connect(self.refresh)
        self.stack = self.guide.stack
        FocusKeeper(self, self.guide.take_keys)
        middle.addWidget(self.stack, 1)
        column.addWidget(self.foot)

    def _connect(self, today: Callable[[], dt.date]) -> None:
        session = self.session
        session.loaded.connect(self._on_loaded)
        session.adopted.connect(self._on_adopted)
        session.changed.connect(self.refresh)
        session.failed.connect(self._on_failed)
        session.confirmed.connect(self._on_confirmed)
        self.correction.leave_wanted.connect(lambda: self.flush(self._leave_page))
        self.desk.changed.connect(self._on_import)
        self.photos.panel.other_patient_wanted.connect(self._go_to_other)
        connect_steps(self, today)

    # -- the contract with the window

    def open_visit(
        self,
        patient_id: int,
        visit_id: int | None,
        *,
        on: dt.date | None = None,
        at_what_lacks: bool = False,
    ) -> None:
        """Show a visit, or a new one (None). Drafts of the one shown before are saved first.

        `at_what_lacks` begins at the first step that lacks something.
        """
        self._opening = True
        self._kept = Bookmark(visit_id, at_what_lacks=at_what_lacks)

        def open_it() -> None:
            self.desk.clear()
            self.thumbnails.clear()
            self.editor_step.clear()
            self.error.hide()
            self.correction.hide()
            self._arrivals.opened_for(patient_id)
            self.session.open(patient_id, visit_id, on)

        self.flush(open_it)

    def bookmark(self) -> Bookmark:
        """Where one stands, with what is not saved: for a page made anew to return to."""
        state = self.session.state
        if self._opening or state is None:
            return replace(self._kept, paths=(*self._kept.paths, *self._arrivals.paths))
        return bookmark_of(self, state)

    def return_to(self, patient_id: int, kept: Bookmark) -> None:
        """Show a visit as it was left on another page."""
        self.open_visit(patient_id, kept.visit_id)
        self._kept = kept

    def import_files(self, paths: Iterable[Path]) -> None:
        """Bring photo files and folders into this visit, now or once it is loaded."""
        self._arrivals.paths += [Path(path) for path in paths]
        self._start_import()

    def take_in(self, photos: Iterable[Taken]) -> None:
        """Bring photos that lie in the vault without a visit into this one."""
        self._arrivals.taken += photos
        self._start_import()

    def close_visit(self) -> None:
        """Save what is not saved, then tell that the page can be left."""
        state = self.session.state
        if state and state.correcting and self.session.saver.pending:
            self.correction.ask_before_leaving()
            return
        self.flush(self._leave_page)

    def flush(self, then: Callable[[], None] = lambda: None) -> None:
        """Save what is not saved, for a window that is about to close."""
        self.session.saver.flush(then)

    def _leave_page(self) -> None:
        self.desk.run.cancel()
        self.closed.emit()

    def discard_correction(self) -> None:
        """Show the visit again as it is in the record."""
        state = self.session.state
        self.correction.hide()
        if state and state.visit:
            patient_id, visit_id = state.patient.id, state.visit.id
            self.session.saver.discard(lambda: self.open_visit(patient_id, visit_id))

    # -- steps

    @property
    def step(self) -> Step:
        """The step shown."""
        return self.guide.step

    def show_step(self, step: Step, photo_id: int | None = None) -> None:
        """Show a step, in any order."""
        self.guide.show(step, photo_id)

    def go_on(self) -> None:
        """Accept what is shown and go to what comes next: the one key of a usual visit."""
        self.guide.go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_visit()
        elif not self.guide.press(event.key()):
            super().keyPressEvent(event)

    # -- showing

    def refresh(self) -> None:
        """Show the state in header, rail and foot; each step shows its own."""
        state = self.session.state
        if state is None:
            return
        waiting = self.desk.waiting
        self.confirm_step.waiting = waiting
        self.header.show_state(state, saving=self.session.saver.pending)
        reports = {step: checks.report(state, step, waiting=waiting) for step in Step}
        self.header.steps.show_step(self.step, reports)
        self.rail.setVisible(self.step in (Step.SCALE, Step.OUTLINE))
        if not self.rail.isHidden():
            self.rail.show_state(state, self.editor_step.photo_id)
        self.foot.setVisible(self.step is not Step.CONFIRM)
        self.foot.show_step(reports[self.step].missing, go_text=self.guide.go_text())

    # -- what happens

    def _on_loaded(self) -> None:
        state = self.session.state
        assert state is not None
        kept, self._opening = self._kept, False
        put_back(self.session, kept)
        if kept.at_what_lacks:
            self.session.unfinished.take_up()
        self.show_step(kept.step or first_step(state, at_what_lacks=kept.at_what_lacks))
        if kept.step is Step.FORM:
            self.form.show_lesion(kept.lesion_id)
        self._arrivals.paths += kept.paths
        self._start_import()

    def _on_adopted(self) -> None:
        """The day chosen has a visit already: it is the one shown now."""
        self.error.hide()
        self.status.emit(_("This day has a visit already; it is shown."))
        for page in self.guide.pages():
            page.refresh()
        if self.session.state and self.session.state.locked:
            self.show_step(Step.CONFIRM)

    def _start_import(self) -> None:
        state = self.session.state
        if not self._arrivals or state is None or self._opening:
            return
        paths, taken = self._arrivals.take()
        if state.locked:
            self._on_failed(why_locked(state, writer=self.session.clinic.writer_name))
            return
        self.show_step(Step.PHOTOS)
        if taken:
            self.desk.take_in(taken)
        if paths:
            self.desk.import_files(paths)

    def _on_import(self) -> None:
        self.photos.refresh()
        self.refresh()
        if self.desk.progress[0] and not self.desk.run.running:
            self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, WoundtrackError):
            self.error.say(explain(error))
            if error.code.startswith("record.visit"):
                self.header.show_date_error()

    def _on_confirmed(self) -> None:
        self.changed.emit()
        self.status.emit(_("Visit confirmed"))
        self.confirm_step.reason.clear()
        self.correction.hide()
        self.show_step(Step.CONFIRM)

    def _go_to_other(self, patient_id: int, paths: Any) -> None:
        self._arrivals.carry(patient_id, paths)
        for question in self.desk.questions():
            if question.paths == tuple(paths):
                self.desk.leave_out(question)
        self.flush(lambda: self.patient_requested.emit(patient_id))
