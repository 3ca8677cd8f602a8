"""The visit page: five steps from dropped photos to a confirmed record."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.background import Background
from ui.pages.visit import checks
from ui.pages.visit.checks import Step
from ui.pages.visit.confirm_step import ConfirmStep
from ui.pages.visit.desk import ImportDesk
from ui.pages.visit.editor_step import EditorStep
from ui.pages.visit.form_step import FormStep
from ui.pages.visit.header import VisitHeader
from ui.pages.visit.photo_rail import PhotoRail
from ui.pages.visit.photos_step import PhotosStep
from ui.pages.visit.session import VisitSession
from ui.pages.visit.thumbs import Thumbnails
from ui.widgets.banner import ErrorStrip
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.store.clinic import Clinic
from woundtrack.words import _


def local_today() -> dt.date:
    """The local calendar date."""
    return dt.datetime.now().astimezone().date()


class VisitPage(QWidget):
    """One visit of one patient. All work is kept as drafts until somebody confirms it."""

    closed = Signal()
    changed = Signal()
    status = Signal(str)
    patient_requested = Signal(int)

    def __init__(
        self,
        clinic: Clinic,
        background: Background,
        settings: object = None,
        parent: QWidget | None = None,
        *,
        today: Callable[[], dt.date] = local_today,
    ) -> None:
        super().__init__(parent)
        del settings  # nothing of a visit is remembered outside the store
        self._pending: list[Path] = []
        self._carried: tuple[int, tuple[Path, ...]] | None = None
        self._patient_id: int | None = None
        self.step = Step.PHOTOS
        self.session = VisitSession(clinic, background, self)
        self.desk = ImportDesk(self.session, today=today)
        self.thumbnails = Thumbnails(clinic, background, self)
        self.header = VisitHeader(today=today)
        self.error = ErrorStrip(dismiss=_("Understood"))
        self.rail = PhotoRail(self.thumbnails)
        self.photos = PhotosStep(self.session, self.desk, self.thumbnails)
        self.editor_step = EditorStep(self.session)
        self.form = FormStep(self.session)
        self.confirm_step = ConfirmStep(self.session, self.thumbnails, clinic.user)
        self.missing = theme.label(role="muted")
        self.go = theme.primary(QPushButton())
        self._leave = self._leave_strip()
        self._build()
        self._connect(today)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self._pages: dict[Step, QWidget] = {
            Step.PHOTOS: self.photos,
            Step.SCALE: self.editor_step,
            Step.OUTLINE: self.editor_step,
            Step.FORM: self.form,
            Step.CONFIRM: self.confirm_step,
        }
        for page in dict.fromkeys(self._pages.values()):
            self.stack.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(theme.grid(2), theme.grid(0.5), theme.grid(2), theme.grid())
        self.missing.setWordWrap(True)
        foot.addWidget(self.missing, 1)
        foot.addWidget(self.go)
        self.go.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.error)
        column.addWidget(self._leave)
        column.addLayout(middle, 1)
        column.addWidget(self._foot)

    def _leave_strip(self) -> ErrorStrip:
        strip = ErrorStrip(dismiss=_("Stay here"))
        drop = QPushButton(_("Discard the correction"))
        drop.clicked.connect(self._discard_correction)
        strip.add_widget(drop)
        return strip

    def _connect(self, today: Callable[[], dt.date]) -> None:
        session, header = self.session, self.header
        session.loaded.connect(self._on_loaded)
        session.adopted.connect(self._on_adopted)
        session.changed.connect(self.refresh)
        session.failed.connect(self._on_failed)
        session.confirmed.connect(self._on_confirmed)
        session.saver.saved.connect(self.error.hide)
        self.desk.changed.connect(self._on_import)
        header.back_wanted.connect(self.close_visit)
        header.date_given.connect(lambda on: session.set_date(on, today=today()))
        header.correct_wanted.connect(session.start_correction)
        header.steps.step_chosen.connect(lambda step: self.show_step(Step(step)))
        self.rail.photo_chosen.connect(self._on_rail)
        self.photos.opened.connect(lambda photo_id: self.show_step(Step.OUTLINE, photo_id))
        self.photos.panel.other_patient_wanted.connect(self._go_to_other)
        self.editor_step.scale_step_wanted.connect(
            lambda: self.show_step(Step.SCALE, self.editor_step.photo_id)
        )
        self.editor_step.photo_shown.connect(lambda _id: self.refresh())
        self.confirm_step.step_wanted.connect(lambda step: self.show_step(Step(step)))
        self.confirm_step.confirm_wanted.connect(lambda why: session.confirm(reason=why))
        self.go.clicked.connect(self.go_on)

    # -- the contract with the window

    def open_visit(
        self, patient_id: int, visit_id: int | None, *, on: dt.date | None = None
    ) -> None:
        """Show a visit, or a new one (None). Drafts of the one shown before are saved first."""

        def open_it() -> None:
            self.desk.clear()
            self.thumbnails.clear()
            self.editor_step.clear()
            self.error.hide()
            self._leave.hide()
            self._patient_id = patient_id
            if self._carried and self._carried[0] == patient_id:
                self._pending += self._carried[1]
            self._carried = None
            self.session.open(patient_id, visit_id, on)

        self._flush_then(open_it)

    def import_files(self, paths: Iterable[Path]) -> None:
        """Bring photo files and folders into this visit, now or once it is loaded."""
        self._pending += [Path(path) for path in paths]
        if self.session.state is not None:
            self._start_import()

    def close_visit(self) -> None:
        """Save what is not saved, then tell that the page can be left."""
        state = self.session.state
        if state and state.correcting and self.session.saver.pending:
            self._leave.show_text(
                _("The correction is not confirmed yet. Confirm it, or discard it.")
            )
            return
        self._flush_then(self._leave_page)

    def flush(self, then: Callable[[], None] = lambda: None) -> None:
        """Save what is not saved, for a window that is about to close."""
        self._flush_then(then)

    def _flush_then(self, then: Callable[[], None]) -> None:
        self.session.saver.flush(then)

    def _leave_page(self) -> None:
        self.desk.run.cancel()
        self.closed.emit()

    def _discard_correction(self) -> None:
        state = self.session.state
        self._leave.hide()
        if state and state.visit:
            self.session.saver.set_state(None)
            self.open_visit(state.patient.id, state.visit.id)

    # -- steps

    def show_step(self, step: Step, photo_id: int | None = None) -> None:
        """Show a step, in any order."""
        state = self.session.state
        if state is None:
            return
        if step in (Step.SCALE, Step.OUTLINE) and not state.photos:
            step = Step.PHOTOS
        self.step = step
        self.stack.setCurrentWidget(self._pages[step])
        self.refresh()
        if step in (Step.SCALE, Step.OUTLINE):
            self.editor_step.show_photo(photo_id or self.editor_step.photo_id, step)
        elif step is Step.FORM:
            self.form.show_lesion(self.form.lesion_id)
        elif step is Step.CONFIRM:
            self.confirm_step.start()
        else:
            self.photos.start()

    def go_on(self) -> None:
        """Accept what is shown and go to what comes next: the one key of a usual visit."""
        if self.step is Step.PHOTOS:
            self._go_to_photo_work()
        elif self.step is Step.SCALE:
            if not self._next_without_scale():
                self.show_step(Step.OUTLINE, self._first_photo())
        elif self.step is Step.OUTLINE:
            if not self.editor_step.step(1):
                self._start_forms()
        elif self.step is Step.FORM:
            if not self.form.next_lesion():
                self.show_step(Step.CONFIRM)
        else:
            self.confirm_step.confirm()

    def _go_to_photo_work(self) -> None:
        state = self.session.state
        if state is None:
            return
        if not state.photos:
            self._start_forms()
        else:
            self.show_step(Step.OUTLINE, self._first_photo())

    def _first_photo(self) -> int | None:
        state = self.session.state
        return state.photos[0].id if state and state.photos else None

    def _next_without_scale(self) -> bool:
        state = self.session.state
        for photo in state.photos if state else ():
            if state and state.photo_scale(photo.id) is None:
                if photo.id == self.editor_step.photo_id:
                    continue
                self.show_step(Step.SCALE, photo.id)
                return True
        return False

    def _start_forms(self) -> None:
        state = self.session.state
        if state is None:
            return
        seen = [lesion.id for lesion in state.lesions if state.has_findings(lesion.id)]
        self.show_step(Step.FORM)
        self.form.show_lesion(seen[0] if seen else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif key == Qt.Key.Key_PageDown:
            self.editor_step.step(1)
        elif key == Qt.Key.Key_PageUp:
            self.editor_step.step(-1)
        elif key == Qt.Key.Key_Escape:
            self.close_visit()
        else:
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
        self._foot.setVisible(self.step is not Step.CONFIRM)
        lacking = reports[self.step].missing
        self.missing.setText(
            _("Missing: {what}").format(what="; ".join(lacking)) if lacking else ""
        )
        self.go.setText(self._go_text() + "   ⏎")

    def _go_text(self) -> str:
        if self.step is Step.PHOTOS:
            return _("Go on")
        if self.step is Step.FORM:
            return _("Done, go on")
        return _("Accept and go on") if self.step is Step.OUTLINE else _("Go on")

    # -- what happens

    def _on_loaded(self) -> None:
        state = self.session.state
        assert state is not None
        step = Step.PHOTOS
        if state.confirmed:
            step = Step.CONFIRM
        self.show_step(step)
        self._start_import()

    def _on_adopted(self) -> None:
        """The day chosen has a visit already: it is the one shown now."""
        self.error.hide()
        self.status.emit(_("This day has a visit already; it is shown."))
        for page in dict.fromkeys(self._pages.values()):
            page.refresh()
        if self.session.state and self.session.state.locked:
            self.show_step(Step.CONFIRM)

    def _start_import(self) -> None:
        state = self.session.state
        if not self._pending or state is None:
            return
        if state.locked:
            self._on_failed(WoundtrackError("ui.visit_confirmed"))
            self._pending.clear()
            return
        paths, self._pending = self._pending, []
        self.show_step(Step.PHOTOS)
        self.desk.import_files(paths)

    def _on_import(self) -> None:
        self.photos.refresh()
        self.refresh()
        if self.desk.progress[0] and not self.desk.run.running:
            self.changed.emit()

    def _on_rail(self, photo_id: int) -> None:
        self.editor_step.show_photo(photo_id, self.step)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, WoundtrackError):
            self.error.show_text(explain(error))
            if error.code.startswith("record.visit"):
                self.header.show_date_error()

    def _on_confirmed(self) -> None:
        self.changed.emit()
        self.status.emit(_("Visit confirmed"))
        self.confirm_step.reason.clear()
        self.show_step(Step.CONFIRM)

    def _go_to_other(self, patient_id: int, paths: Any) -> None:
        self._carried = (patient_id, tuple(paths))
        for question in self.desk.questions():
            if question.paths == tuple(paths):
                self.desk.leave_out(question)
        self._flush_then(lambda: self.patient_requested.emit(patient_id))

    # -- dropping files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.import_files(paths)
