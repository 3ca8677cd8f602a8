"""The cohort of a clinic: a filter, who is left, the published endpoints, and the curves."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import icons, theme
from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from ui.models.cohort_answer import CohortAnswer, answer_of
from ui.pages.cohort.contents import CohortContents
from ui.pages.cohort.exports import CohortExports
from ui.pages.cohort.filter_row import FilterRow
from ui.pages.cohort.nobody import Nobody
from ui.pages.cohort.people_dialog import PeopleDialog
from ui.pages.cohort.working import Working
from ui.settings import Settings
from ui.widgets.banner import Banner
from ui.widgets.down_scroll import DownScroll
from ui.widgets.form import card
from woundtrack.cohort.data import CohortData
from woundtrack.cohort.types import Cohort
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

KEY = "cohort"
"""Of the questions in the background: only the newest is answered."""
NOTHING, CONTENTS, NOBODY = range(3)
"""The faces below the filter."""


class CohortPage(QWidget):
    """Reads the clinic once it is looked at, and computes again for each filter."""

    closed = Signal()
    status = Signal(str)
    patient_requested = Signal(int)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background = clinic, background
        self._data: CohortData | None = None
        self._state, self._data_state = 0, -1
        """How often records changed, and at which change the data were read."""
        self._job: Job | None = None
        self.answer: CohortAnswer | None = None
        self._settings = settings
        self.filter = FilterRow(settings)
        self.working = Working()
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.contents, self.nobody = CohortContents(), Nobody()
        self.exports = CohortExports(clinic, background, page=self)
        self.area = DownScroll(self.contents)
        self._faces = QStackedWidget()
        for face in (QWidget(), self.area, self.nobody):
            self._faces.addWidget(face)
        self.setFocusProxy(self.filter.cause)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.report_button = theme.button(_("Report…"), icon=icons.icon("file-text"))
        self.report_button.clicked.connect(self.report)
        self.report_button.setEnabled(False)
        back = theme.button(_("Close"), icon=icons.icon("arrow-left"))
        back.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(theme.label(_("Cohort"), role="title"), 1)
        head.addWidget(self.report_button)
        head.addWidget(back)
        frame, inner = card(margins=1.5)
        inner.addWidget(self.filter)
        top = QVBoxLayout()
        top.setContentsMargins(theme.grid(3), theme.grid(2), theme.grid(3), 0)
        top.setSpacing(theme.grid(1.5))
        top.addLayout(head)
        for part in (frame, self.working, self.banner):
            top.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        column.addLayout(top)
        column.addWidget(self._faces, 1)

    def _connect(self) -> None:
        self.filter.changed.connect(self._ask)
        self.nobody.filter_wanted.connect(self.filter.set_value)
        self.working.stopped.connect(self._stop)
        self.working.again.connect(self._ask)
        contents, exports = self.contents, self.exports
        contents.table.currentCellChanged.connect(lambda row, *_was: self._follow(row))
        contents.people_requested.connect(self._show_people)
        contents.table_copy_requested.connect(lambda: exports.copy_table(self._cohort))
        contents.table_save_requested.connect(lambda: exports.save_table(self._cohort))
        contents.figure_copy_requested.connect(
            lambda: exports.copy_figure(self._cohort, contents.drawn)
        )
        contents.figure_save_requested.connect(
            lambda: exports.save_figure(self._cohort, contents.drawn)
        )
        exports.said.connect(self._say)
        exports.failed.connect(self._say_error)

    # -- asking

    def refresh(self) -> None:
        """Read the clinic again, for records changed: at once, or when this is looked at next."""
        self._state += 1
        if self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()  # another program may have written since

    def _ask(self) -> None:
        asked = self.filter.value()
        if asked is None:
            return
        if self._job is not None:
            self._job.cancel()
        self.working.begin()
        clinic, state = self._clinic, self._state
        kept = self._data if self._data_state == state else None

        def work(job: Job) -> tuple[int, CohortData, CohortAnswer] | None:
            from woundtrack.cohort.cohort import read_beside_library

            data = kept or read_beside_library(lambda: clinic.read(lambda r: r.cohort_data()))
            # Another filter may have been chosen meanwhile: then nobody waits for this one.
            return None if job.cancelled else (state, data, answer_of(data, asked))

        self._job = self._background.run(
            work,
            done=while_alive(self, self._show),
            failed=while_alive(self, self._refuse),
            key=KEY,
            with_job=True,
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        # An answer that is still on its way is nobody's.
        self._background.run(lambda: None, key=KEY)
        self._show_nothing()

    def _show(self, found: tuple[int, CohortData, CohortAnswer] | None) -> None:
        if found is None:
            return
        self._data_state, self._data, self.answer = found
        self.working.end()
        self.banner.say("")
        self.filter.offer_therapies(self.answer.therapies)
        if self.answer.cohort.everyone.patients:
            self.contents.show_answer(self.answer)
            self._faces.setCurrentIndex(CONTENTS)
        else:
            self.nobody.show_answer(self.answer)
            self._faces.setCurrentIndex(NOBODY)
        self.report_button.setEnabled(self._faces.currentIndex() == CONTENTS)

    def _refuse(self, error: Exception) -> None:
        self.working.end()
        self._show_nothing()
        self._say_error(error)

    def _show_nothing(self) -> None:
        self._faces.setCurrentIndex(NOTHING)
        self.report_button.setEnabled(False)

    def _say_error(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self.banner.say(explain(error), tone="danger")

    def _follow(self, row: int) -> None:
        """The row that arrows go to comes into sight: the page scrolls, not the table."""
        table = self.contents.table
        if row >= 0 and table.hasFocus():
            place = table.visualItemRect(table.item(row, 0))
            at = table.viewport().mapTo(self.contents, place.center())
            self.area.ensureVisible(0, at.y(), 0, place.height())

    # -- what is asked of the answer

    @property
    def _cohort(self) -> Cohort:
        assert self.answer is not None
        return self.answer.cohort

    def _say(self, text: str) -> None:
        self.banner.say("")
        self.status.emit(text)

    def report(self) -> None:
        """Preview, save or print what the page shows."""
        from ui.dialogs.cohort_report_dialog import CohortReportDialog

        CohortReportDialog(
            self._clinic,
            self._background,
            cohort=self._cohort,
            drawn=self.contents.drawn,
            settings=self._settings,
            parent=self,
        ).open()

    def _show_people(self, name: str, group: str) -> None:
        assert self.answer is not None
        dialog = PeopleDialog(
            self._clinic,
            self._background,
            name=name,
            patient_ids=self.answer.people[group],
            parent=self,
        )
        dialog.patient_chosen.connect(self.patient_requested)
        dialog.open()
