"""The pages of the whole clinic, each made once it is needed: rater studies, cohort, journal."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QStackedWidget

from ui.acts import Acts
from ui.background import Background
from ui.settings import Settings

if TYPE_CHECKING:
    from ui.pages.cohort.page import CohortPage
    from ui.pages.journal.page import JournalPage
    from ui.pages.rater_study.page import RaterStudyPage
    from woundtrack.store.clinic import Clinic


class ClinicPages(QObject):
    """Puts them into a workspace's pages, and answers for the one in front."""

    opening = Signal()
    """One of them comes to the front: no patient is open beside it."""
    closed = Signal()
    turned = Signal()
    """The one in front shows something else."""
    status = Signal(str)
    patient_requested = Signal(int)
    visit_requested = Signal(int, int)
    """A patient and a visit of theirs."""

    def __init__(
        self,
        pages: QStackedWidget,
        clinic: "Clinic",
        background: Background,
        *,
        settings: Settings,
        acts: Acts,
    ) -> None:
        super().__init__(pages)
        self._pages, self._clinic, self._background = pages, clinic, background
        self._settings, self._acts = settings, acts
        self._studies: RaterStudyPage | None = None
        self._cohort: CohortPage | None = None
        self._journal: JournalPage | None = None

    def open_studies(self) -> None:
        """The list of rater studies."""
        self.turn_to_studies().show_list()

    def open_cohort(self) -> None:
        """The cohort."""
        self.turn_to_cohort()

    def open_journal(self) -> None:
        """The journal, which notes that somebody looks at it."""
        self.turn_to_journal()
        clinic = self._clinic
        self._background.run(lambda: clinic.note("viewed", "journal"), failed=lambda _error: None)

    def turn_to_studies(self) -> "RaterStudyPage":
        """The rater studies, in front as they were left."""
        page = self._studies
        if page is None:
            from ui.pages.rater_study.page import RaterStudyPage

            page = RaterStudyPage(self._clinic, self._background, acts=self._acts)
            page.turned.connect(self.turned)
            self._studies = page
        self._turn_to(page)
        return page

    def turn_to_cohort(self) -> "CohortPage":
        """The cohort, in front as it was left."""
        page = self._cohort
        if page is None:
            from ui.pages.cohort.page import CohortPage

            page = CohortPage(self._clinic, self._background, settings=self._settings)
            page.patient_requested.connect(self.patient_requested)
            self._cohort = page
        self._turn_to(page)
        page.setFocus()
        return page

    def turn_to_journal(self) -> "JournalPage":
        """The journal, in front as it was left."""
        page = self._journal
        if page is None:
            from ui.pages.journal.page import JournalPage

            page = JournalPage(self._clinic, self._background)
            page.patient_requested.connect(self.patient_requested)
            page.visit_requested.connect(self.visit_requested)
            self._journal = page
        self._turn_to(page)
        page.setFocus()
        return page

    def _turn_to(self, page: "RaterStudyPage | CohortPage | JournalPage") -> None:
        if self._pages.indexOf(page) < 0:
            page.closed.connect(self.closed)
            page.status.connect(self.status)
            self._pages.addWidget(page)
        self.opening.emit()
        self._pages.setCurrentWidget(page)

    # -- of the one in front

    @property
    def is_tracing(self) -> bool:
        """Whether photos of a study are traced now, so that nothing else may be beside them."""
        studies = self._studies_in_front()
        return studies is not None and studies.is_tracing

    def undo_stack(self) -> QUndoStack | None:
        """The undo stack of the outline being traced, if any."""
        studies = self._studies_in_front()
        return studies.undo_stack() if studies is not None else None

    def bookmark(self) -> "Callable[[ClinicPages], object] | None":
        """How these pages made anew get to where these stand; None where none is in front."""
        studies = self._studies_in_front()
        if studies is not None:
            place = studies.bookmark()
            return lambda pages: place(pages.turn_to_studies())
        if self._cohort is not None and self._pages.currentWidget() is self._cohort:
            return ClinicPages.turn_to_cohort
        if self._journal is not None and self._pages.currentWidget() is self._journal:
            return ClinicPages.turn_to_journal
        return None

    def _studies_in_front(self) -> "RaterStudyPage | None":
        return self._studies if self._pages.currentWidget() is self._studies else None

    # -- of all

    def refresh(self) -> None:
        """Records changed; the rater studies hear of that themselves."""
        if self._cohort is not None:
            self._cohort.refresh()
        if self._journal is not None:
            self._journal.refresh()

    def flush(self, then: Callable[[], None]) -> None:
        """Save what a tracing has not saved yet, then go on."""
        if self._studies is not None:
            self._studies.flush(then)
        else:
            then()
