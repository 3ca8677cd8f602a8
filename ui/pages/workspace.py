"""What is on screen while someone is signed in: patients left, one patient or visit beside."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.actions import Needs
from ui.acts import Acts
from ui.background import Background
from ui.models.patient_view import PatientView
from ui.pages.patient_list import PatientList
from ui.pages.patient_page import PatientPage
from ui.pages.start_page import StartPage
from ui.photo_chooser import PhotoChooser
from ui.settings import Settings
from ui.widgets.form import Banner
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Role
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


NARROW_PX = 1400
"""Under this width a visit folds the patient list away; F9 brings it back."""


class Workspace(QWidget):
    """Owns the pages of one signed-in person; goes away whole when the window locks."""

    offers_changed = Signal(object)
    """What there is to act on, as `Needs`."""
    status = Signal(str)

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.clinic, self.background, self.settings = clinic, background, settings
        self.acts = Acts(clinic, background)
        self.acts.changed.connect(self.refresh)
        self.acts.failed.connect(self.say_error)
        self.chooser = PhotoChooser()
        self.patients = PatientList(clinic, background)
        self.start = StartPage(clinic_name=clinic.clinic_name, user_name=clinic.user.value.name)
        self.patient_page = PatientPage(clinic, background, settings=settings)
        self._visit_page: Any = None
        self._card_finder: Any = None
        self._rater_page: Any = None
        self._cohort_page: Any = None
        self._folded = False
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.patient_page)
        self.pages.currentChanged.connect(lambda _index: self._turned())
        self.message = Banner(tone="danger")
        self.message.setVisible(False)
        self._dismiss = self.message.add_button(_("Close"))
        self._dismiss.clicked.connect(lambda: self.message.say(""))
        self._lay_out()
        self._connect()
        self._turned()
        self.patients.refresh()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.clinic.read_only:
            column.addWidget(Banner(self._read_only_words(), tone="warning"))
        column.addWidget(self.message)
        column.addWidget(self.pages, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.patients)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([theme.grid(32), theme.grid(128)])
        kept = self.settings.layout("workspace")
        if kept is not None:
            self.splitter.restoreState(kept)
        self.splitter.splitterMoved.connect(
            lambda _p, _i: self.settings.keep_layout("workspace", self.splitter.saveState())
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.patients.new_button.setEnabled(not self.clinic.read_only)
        self.start.new_button.setEnabled(not self.clinic.read_only)
        self.patient_page.set_read_only(self.clinic.read_only)

    def _read_only_words(self) -> str:
        return _(
            "{writer} is working in this clinic, so here it can only be read. Sign in again when "
            "that is done."
        ).format(writer=self.clinic.writer_name)

    def _connect(self) -> None:
        page = self.patient_page
        self.patients.patient_chosen.connect(self.open_patient)
        self.start.find_requested.connect(self.find_patient)
        self.start.files_dropped.connect(self.find_by_card)
        page.new_visit_requested.connect(self.new_visit)
        page.visit_requested.connect(self.open_visit)
        page.files_dropped.connect(self.import_files)
        page.loaded.connect(lambda _id: self._announce())
        page.failed.connect(self.say_error)

    # -- where we are

    @property
    def view(self) -> PatientView | None:
        """The patient page's contents, where a patient is open."""
        return self.patient_page.view if self.patient_id is not None else None

    @property
    def patient_id(self) -> int | None:
        """The patient who is open, if any."""
        return self._patient_id

    _patient_id: int | None = None

    @property
    def on_visit(self) -> bool:
        """Whether the visit page is in front."""
        return self._visit_page is not None and self.pages.currentWidget() is self._visit_page

    @property
    def visit_id(self) -> int | None:
        """The stored visit in front, if any."""
        state = self._visit_page.session.state if self.on_visit else None
        return state.visit.id if state is not None and state.visit is not None else None

    @property
    def visit_on(self) -> dt.date | None:
        """The day of the visit in front, stored or not, or None."""
        state = self._visit_page.session.state if self.on_visit else None
        return state.on if state is not None else None

    def editor_stack(self) -> Any:
        """The undo stack of the photo being edited in front, or None."""
        if (studies := self._studies_in_front()) is not None:
            return studies.undo_stack()
        if not self.on_visit:
            return None
        step = self._visit_page.editor_step
        return step.editor.undo_stack() if step.isVisible() else None

    @property
    def visit_page(self) -> Any:
        """The visit page, made when it is first needed."""
        if self._visit_page is None:
            from ui.pages.visit_page import VisitPage

            page = VisitPage(
                self.clinic, self.background, chooser=self.chooser, settings=self.settings
            )
            page.closed.connect(self._visit_closed)
            page.changed.connect(self.refresh)
            page.status.connect(self.status)
            page.patient_requested.connect(self.open_patient)
            page.session.failed.connect(self._visit_failed)
            self._visit_page = page
            self.pages.addWidget(page)
        return self._visit_page

    def offers(self) -> Needs:
        """What there is to act on now."""
        has = Needs.CLINIC
        if not self.clinic.read_only:
            has |= Needs.WRITING
        if self.clinic.user.value.role is Role.ADMINISTRATOR:
            has |= Needs.ADMINISTRATOR
        if self.view is not None:
            has |= Needs.PATIENT
            if self.patient_page.lesion_id is not None:
                has |= Needs.LESION
        if self.on_visit:
            has |= Needs.VISIT
        return has

    # -- going places

    def open_patient(self, patient_id: int) -> None:
        """Show a patient's page."""
        fresh = patient_id != self._patient_id
        self._patient_id = patient_id
        self.message.say("")
        self.patients.select(patient_id)
        self.patient_page.open_patient(patient_id, keep_lesion=not fresh)
        self.pages.setCurrentWidget(self.patient_page)
        if fresh and not self.clinic.read_only:
            self.background.run(
                lambda: self.clinic.write(lambda w: w.note("viewed", "patient", patient_id)),
                failed=lambda _error: None,
            )

    def close_patient(self) -> None:
        """Show no patient."""
        self._patient_id = None
        self.patients.select(None)
        self.pages.setCurrentWidget(self.start)

    def open_rater_studies(self) -> None:
        """Show the rater studies."""
        self._turn_to_studies().show_list()

    def open_cohort(self) -> None:
        """Show the cohort, made when first needed; no patient is open beside it."""
        if self._cohort_page is None:
            from ui.pages.cohort.page import CohortPage

            page = CohortPage(self.clinic, self.background, settings=self.settings)
            page.closed.connect(self.close_patient)
            page.status.connect(self.status)
            page.patient_requested.connect(self.open_patient)
            self._cohort_page = page
            self.pages.addWidget(page)
        self.close_patient()
        self.message.say("")
        self.pages.setCurrentWidget(self._cohort_page)
        self._cohort_page.setFocus()

    def _turn_to_studies(self) -> Any:
        """The rater studies in front, made when first needed; no patient is open beside them."""
        if self._rater_page is None:
            from ui.pages.rater_study.page import RaterStudyPage

            self._rater_page = RaterStudyPage(self.clinic, self.background, acts=self.acts)
            self._rater_page.closed.connect(self.close_patient)
            self._rater_page.status.connect(self.status)
            self._rater_page.turned.connect(self._turned)
            self.pages.addWidget(self._rater_page)
        self.close_patient()
        self.message.say("")
        self.pages.setCurrentWidget(self._rater_page)
        return self._rater_page

    def new_visit(self) -> None:
        """Open the visit page for a new visit of today."""
        self._open_visit(None)

    def open_visit(self, visit_id: int) -> None:
        """Open a visit of the patient in view."""
        self._open_visit(visit_id)

    def bookmark(self) -> "Callable[[Workspace], None] | None":
        """How a workspace made anew gets to the visit or study in front; None without one."""
        patient_id = self._patient_id
        if (studies := self._studies_in_front()) is not None:
            place = studies.bookmark()
            return lambda space: place(space._turn_to_studies())
        if self._cohort_page is not None and self.pages.currentWidget() is self._cohort_page:
            return Workspace.open_cohort
        if self.on_visit and patient_id is not None:
            kept = self._visit_page.bookmark()
            return lambda space: space._return_to_visit(patient_id, kept)
        return None

    def _return_to_visit(self, patient_id: int, kept: Any) -> None:
        self.visit_page.return_to(patient_id, kept)
        self.pages.setCurrentWidget(self.visit_page)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Open today's new visit with these photos, or add them to the visit in front."""
        if not self.on_visit:
            self._open_visit(None)
        if self.on_visit:
            self._visit_page.import_files(list(paths))

    def find_by_card(self, paths: Sequence[Path]) -> None:
        """Look whose card these photos show, and go there once a person agrees."""
        if self.clinic.read_only:
            return
        if self._card_finder is None:
            from ui.pages.visit.card_finder import CardFinder

            self._card_finder = CardFinder(self.clinic, self.background)
            self._card_finder.patient_accepted.connect(self._import_for)
            self.start.below.addWidget(self._card_finder)
        self._card_finder.look(paths)

    def _import_for(self, patient_id: int, paths: Sequence[Path]) -> None:
        self.open_patient(patient_id)
        self.import_files(paths)

    def _open_visit(self, visit_id: int | None) -> None:
        if self._patient_id is None:
            return
        self.message.say("")
        page = self.visit_page
        page.open_visit(self._patient_id, visit_id)
        self.pages.setCurrentWidget(page)

    def _visit_closed(self) -> None:
        if self._patient_id is not None:
            self.open_patient(self._patient_id)

    def _visit_failed(self, error: Exception) -> None:
        """A visit that is gone, or is another patient's by now, is said beside those there are."""
        gone = isinstance(error, WoundtrackError) and error.code == "record.missing"
        if gone and self.on_visit and self._visit_page.session.state is None:
            self._visit_closed()
            self.patients.refresh()
            self.say_error(error)

    def flush(self, then: Callable[[], None]) -> None:
        """Save what a visit or a tracing has not saved yet, then go on."""
        for page in filter(None, (self._visit_page, self._rater_page)):
            then = partial(page.flush, then)
        then()

    def find_patient(self) -> None:
        """Go to the search line."""
        self.patients.setVisible(True)
        self.patients.search.setFocus()
        self.patients.search.selectAll()

    def refresh(self) -> None:
        """Read again what is on screen."""
        self.patients.refresh()
        if self._cohort_page is not None:
            self._cohort_page.refresh()
        if self._patient_id is not None:
            self.patient_page.open_patient(self._patient_id, keep_lesion=True)

    def say_error(self, error: Exception) -> None:
        """One sentence with the way out, above the page."""
        if isinstance(error, WoundtrackError):
            self.message.say(explain(error), tone="danger")
        else:
            raise error

    def _turned(self) -> None:
        """The page in front alone decides how small the window may be."""
        for index in range(self.pages.count()):
            page = self.pages.widget(index)
            front = page is self.pages.currentWidget()
            policy = QSizePolicy.Policy.Preferred if front else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)
        # The photo is the hero: in a narrow window the list folds away beside a visit.
        # Beside a tracing it always does: who traces shall know nothing of whose wound it is.
        tracing = self._is_tracing()
        narrow = tracing or (self.on_visit and self._is_narrow())
        if narrow and not self.patients.isHidden():
            self.patients.hide()
            self._folded = True
        elif not (self.on_visit or tracing) and self._folded:
            self.patients.show()
            self._folded = False
        self._announce()

    def _studies_in_front(self) -> Any:
        front = self.pages.currentWidget()
        return self._rater_page if front is self._rater_page else None

    def _is_tracing(self) -> bool:
        studies = self._studies_in_front()
        return studies is not None and bool(studies.is_tracing)

    def _is_narrow(self) -> bool:
        both = self._visit_page.minimumSizeHint().width() + self.patients.width()
        # Of a workspace just made only the window knows how wide it will be.
        return self.window().width() < max(NARROW_PX, both)

    def _announce(self) -> None:
        self.offers_changed.emit(self.offers())
