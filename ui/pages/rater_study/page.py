"""The rater studies of a clinic: list, new study, tracing and results, one at a time."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.acts import Acts
from ui.background import Background
from ui.dialogs.save_file import asked_file
from ui.models.rater_study import Overview, Results, adopt, drop_own_value, overview_of, results_of
from ui.pages.rater_study.list_view import StudyList
from ui.pages.rater_study.new_study import NewStudy
from ui.pages.rater_study.results_view import StudyResults
from ui.pages.rater_study.tracing import Tracing
from ui.widgets.banner import Banner
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.raters.types import RaterStudy
from woundtrack.store.clinic import Clinic
from woundtrack.words import _


class RaterStudyPage(QWidget):
    """Composes the four; every change is one act that the Edit menu takes back."""

    closed = Signal()
    status = Signal(str)
    turned = Signal()
    """Another of the four is in front."""

    def __init__(
        self, clinic: Clinic, background: Background, *, acts: Acts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background, self._acts = clinic, background, acts
        self.list = StudyList(read_only=clinic.read_only)
        self.new = NewStudy(clinic, background, acts)
        self.tracing = Tracing(clinic, background, acts)
        self.results = StudyResults(clinic, background)
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self._faces = QStackedWidget()
        for face in (self.list, self.new, self.tracing, self.results):
            self._faces.addWidget(face)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._faces, 1)
        self._connect()

    def _connect(self) -> None:
        self.list.new_requested.connect(self.show_new)
        self.list.trace_requested.connect(self.show_tracing)
        self.list.results_requested.connect(self.show_results)
        self.list.delete_requested.connect(self._delete)
        self.list.published_requested.connect(self._use_published)
        self.list.closed.connect(self.closed)
        self.new.created.connect(lambda _id: self.show_list())
        self.new.cancelled.connect(self.show_list)
        self.tracing.left.connect(self.show_list)
        self.tracing.finished.connect(self._finish)
        self.results.closed.connect(self.show_list)
        self.results.adopt_requested.connect(self._adopt)
        self.results.export_requested.connect(self._export)
        self._faces.currentChanged.connect(lambda _index: self.turned.emit())
        self._acts.changed.connect(self.refresh)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self.tracing, self.tracing.confirm)

    # -- which is in front

    @property
    def is_tracing(self) -> bool:
        """Whether photos are traced now, so that nothing else may be beside them."""
        return self._faces.currentWidget() is self.tracing

    def undo_stack(self) -> QUndoStack | None:
        """The undo stack of the outline being traced, if any."""
        return self.tracing.undo_stack() if self.is_tracing else None

    def bookmark(self) -> "Callable[[RaterStudyPage], None]":
        """How a page made anew gets to where this one stands."""
        study_id, results = self.tracing.study_id, self.results.results
        if self.is_tracing and study_id is not None:
            return lambda page: page.show_tracing(study_id)
        if self._faces.currentWidget() is self.results and results is not None:
            return lambda page: page.show_results(results.study.id)
        return RaterStudyPage.show_list

    def flush(self, then: Callable[[], None]) -> None:
        """Save what is drawn and not saved, then go on."""
        self.tracing.keeper.flush(then)

    def show_list(self) -> None:
        """All studies."""
        self._turn_to(self.list)
        self._background.run(
            lambda: self._clinic.read(lambda r: overview_of(r, self._clinic.user.id)),
            done=self._show_overview,
            failed=self._fail,
            key="rater studies",
        )

    def show_new(self) -> None:
        """Ask for a new study."""
        self._turn_to(self.new)
        self.new.begin()

    def show_tracing(self, study_id: int) -> None:
        """Trace what is left of a study."""
        self._turn_to(self.tracing)
        self.tracing.open_study(study_id)

    def show_results(self, study_id: int) -> None:
        """What a study says."""
        self._background.run(
            lambda: self._clinic.read(lambda r: results_of(r, study_id, self._clinic.user.id)),
            done=self._show_results,
            failed=self._fail,
            key="rater results",
        )

    def refresh(self) -> None:
        """Read again what is in front: something was done or taken back."""
        front = self._faces.currentWidget()
        if not self.isVisible():
            return
        if front is self.list:
            self.show_list()
        elif front is self.tracing:
            self.tracing.reload()
        elif front is self.results and self.results.results is not None:
            self.show_results(self.results.results.study.id)

    def _turn_to(self, face: QWidget) -> None:
        self.banner.say("")
        self._faces.setCurrentWidget(face)

    def _show_overview(self, overview: Overview) -> None:
        self.list.show_overview(overview)

    def _show_results(self, results: Results) -> None:
        self.results.show_results(results)
        self._turn_to(self.results)

    def _finish(self) -> None:
        self.status.emit(_("All your photos of this study are traced. Thank you."))
        self.show_list()

    # -- acts

    def _delete(self, study_id: int) -> None:
        self._acts.do(
            lambda writer: writer.delete(RaterStudy, study_id),
            text=_("rater study to the bin"),
            done=lambda _none: self.status.emit(_("In the bin. Undo (Ctrl+Z) brings it back.")),
            failed=self._fail,
        )

    def _adopt(self) -> None:
        results = self.results.results
        if results is None or results.own is None:
            return
        value = results.own
        self._acts.do(
            lambda writer: adopt(writer, value),
            text=_("use this clinic’s value"),
            reason=results.study.value.name,
            done=lambda _stored: self.status.emit(
                _("From now on changes are judged by this clinic’s own figure.")
            ),
            failed=self._fail,
        )

    def _use_published(self) -> None:
        self._acts.do(drop_own_value, text=_("go back to the published figure"), failed=self._fail)

    def _export(self) -> None:
        results = self.results.results
        if results is None:
            return
        proposed = re.sub(r"[^\w -]+", "_", results.study.value.name) + ".csv"
        kinds = _("Tables (*.csv)")
        name = asked_file(self, _("Save as a table"), name=proposed, kinds=kinds)
        if name:
            self.save_table(Path(name), results)

    def save_table(self, path: Path, results: Results) -> None:
        """Write the tracings as a CSV file, and journal it."""
        from woundtrack.export.placing import write_file
        from woundtrack.raters.table import csv_text

        clinic, study_id = self._clinic, results.study.id

        def note() -> None:
            if not clinic.read_only:
                clinic.write(lambda w: w.note("exported", "rater_study", study_id))

        def work() -> None:
            table = csv_text(results.traces, names=results.names).encode("utf-8-sig")
            write_file(table, path, clinic_folder=clinic.folder, note=note)

        saved = _("Saved as {file}").format(file=path.name)
        self._background.run(work, done=lambda _none: self.status.emit(saved), failed=self._fail)

    def _fail(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")
