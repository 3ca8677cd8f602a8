"""What is on screen while someone is signed in: patients left, one patient or visit beside."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.actions import Needs
from ui.acts import Acts
from ui.background import Background
from ui.models.patient_view import PatientView
from ui.pages.clinic_pages import ClinicPages
from ui.pages.notices import Notices
from ui.pages.patient_list import PatientList
from ui.pages.patient_page import PatientPage
from ui.pages.start_page import StartPage
from ui.pages.visit_front import VisitFront
from ui.photo_chooser import PhotoChooser
from ui.settings import Settings
from ui.widgets.banner import Banner
from ui.widgets.front_stack import FrontStack
from ui.widgets.kept_splitter import KeptSplitter
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import Role
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.photo.importing import Taken
    from woundtrack.store.clinic import Clinic


class Workspace(QWidget):
    """Owns the pages of one signed-in person; goes away whole when the window locks."""

    offers_changed = Signal(object)
    """What there is to act on, as `Needs`."""
    status = Signal(str)
    print_requested = Signal()

    def __init__(self, clinic: "Clinic", background: Background, *, settings: Settings) -> None:
        super().__init__()
        self.clinic, self.background, self.settings = clinic, background, settings
        self.acts = Acts(clinic, background)
        self.acts.changed.connect(self.refresh)
        self.acts.failed.connect(self.say_error)
        self.chooser = PhotoChooser()
        self.patients = PatientList(clinic, background)
        self.start = StartPage(clinic, background)
        self.patient_page = PatientPage(clinic, background, settings=settings)
        self.patient_id: int | None = None
        """The patient who is open, if any."""
        self.left = False
        """Whether the window locked: nobody looks at it any more, and no dialog may open."""
        self.pages = FrontStack()
        self._visit = VisitFront(
            self.pages, clinic, background, chooser=self.chooser, settings=settings
        )
        self._visit.made.connect(self._connect_visit)
        self.clinic_pages = ClinicPages(
            self.pages, clinic, background, settings=settings, acts=self.acts
        )
        self.notices = Notices(clinic, background)
        self.message = Banner(tone="danger")
        self.message.setVisible(False)
        self.message.add_button(_("Close")).clicked.connect(lambda: self.message.say(""))
        self._lay_out()
        # In their place: all that is on a page is styled anew with each parent it gets.
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.patient_page)
        self.pages.currentChanged.connect(lambda _index: self._turned())
        self._connect()
        self._turned()
        self.patients.refresh()

    def _lay_out(self) -> None:
        right = QWidget()
        halves = KeptSplitter(
            self.patients, right, widths=(32, 128), settings=self.settings, name="workspace",
            parent=self,
        )  # fmt: skip
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.message)
        column.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(halves)
        self.patients.new_button.setEnabled(not self.clinic.read_only)
        self.patient_page.set_read_only(self.clinic.read_only)

    def _connect(self) -> None:
        page = self.patient_page
        self.patients.patient_chosen.connect(self.open_patient)
        self.start.find_requested.connect(self.patients.begin_search)
        self.start.photos_accepted.connect(self._import_for)
        self.notices.visit_wanted.connect(self.go_on_with)
        page.new_visit_requested.connect(self.new_visit)
        page.visit_requested.connect(self.open_visit)
        page.files_dropped.connect(self.import_files)
        page.loaded.connect(lambda _id: self._loaded())
        page.failed.connect(self.say_error)
        others = self.clinic_pages
        others.opening.connect(self.close_patient)
        others.closed.connect(self.close_patient)
        others.turned.connect(self._turned)
        others.status.connect(self.status)
        others.patient_requested.connect(self.open_patient)
        others.visit_requested.connect(self._open_visit_of)

    # -- where we are

    @property
    def view(self) -> PatientView | None:
        """The patient page's contents, where a patient is open."""
        return self.patient_page.view if self.patient_id is not None else None

    @property
    def on_visit(self) -> bool:
        """Whether the visit page is in front."""
        return self._visit.shown is not None

    @property
    def visit_id(self) -> int | None:
        """The stored visit in front, if any."""
        state = self._visit.state
        return state.visit.id if state is not None and state.visit is not None else None

    @property
    def visit_on(self) -> dt.date | None:
        """The day of the visit in front, stored or not, or None."""
        state = self._visit.state
        return state.on if state is not None else None

    def editor_stack(self) -> Any:
        """The undo stack of the photo being edited in front, or None."""
        if self._visit.shown is None:
            return self.clinic_pages.undo_stack()
        step = self._visit.shown.editor_step
        return step.editor.undo_stack() if step.isVisible() else None

    @property
    def visit_page(self) -> Any:
        """The visit page, made when it is first needed."""
        return self._visit.page

    def _connect_visit(self, page: Any) -> None:
        page.closed.connect(self._visit_closed)
        page.changed.connect(self.refresh)
        page.status.connect(self.status)
        page.print_requested.connect(self.print_requested)
        page.patient_requested.connect(self.open_patient)
        page.session.failed.connect(self._visit_failed)

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
        fresh = patient_id != self.patient_id
        self.patient_id = patient_id
        self.message.say("")
        self.patients.select(patient_id)
        self.patient_page.open_patient(patient_id, keep_lesion=not fresh)
        self.pages.setCurrentWidget(self.patient_page)
        if fresh:
            self.background.run(
                lambda: self.clinic.note("viewed", "patient", patient_id),
                failed=lambda _error: None,
            )

    def close_patient(self) -> None:
        """Show no patient."""
        self.message.say("")
        self.patient_id = None
        self.patients.select(None)
        self.pages.setCurrentWidget(self.start)

    def new_visit(self) -> None:
        """Open the visit page for a new visit of today."""
        self.open_visit(None)

    def open_visit(self, visit_id: int | None) -> None:
        """Open a visit of the patient in view; None is a new one."""
        if self.patient_id is None:
            return
        self.message.say("")
        self._visit.open(self.patient_id, visit_id)

    def _open_visit_of(self, patient_id: int, visit_id: int) -> None:
        self.open_patient(patient_id)
        self.open_visit(visit_id)

    def go_on_with(self, patient_id: int, visit_id: int | None) -> None:
        """Open a visit that was left unconfirmed, at the first step that lacks something."""
        self.open_patient(patient_id)
        self._visit.open(patient_id, visit_id, at_what_lacks=True)

    def take_in(self, patient_id: int, photos: Sequence["Taken"]) -> None:
        """Put photos that lie in the vault into a new visit of a patient, as an import does."""
        self.open_patient(patient_id)
        self.open_visit(None)
        self.visit_page.take_in(photos)

    def bookmark(self) -> "Callable[[Workspace], object] | None":
        """How a workspace made anew gets to the page in front; None where a patient is enough."""
        patient_id = self.patient_id
        if (place := self.clinic_pages.bookmark()) is not None:
            return lambda space: place(space.clinic_pages)
        if self._visit.shown is not None and patient_id is not None:
            kept = self._visit.shown.bookmark()
            return lambda space: space._visit.return_to(patient_id, kept)
        return None

    def import_files(self, paths: Sequence[Path]) -> None:
        """Open today's new visit with these photos, or add them to the visit in front."""
        if not self.on_visit:
            self.open_visit(None)
        if self._visit.shown is not None:
            self._visit.shown.import_files(list(paths))

    def _loaded(self) -> None:
        if self.view is not None and self.view.history.patient.deleted:
            self.close_patient()  # whoever is added and taken back lies in the bin
        self._announce()

    def _import_for(self, patient_id: int, paths: Sequence[Path]) -> None:
        self.open_patient(patient_id)
        self.import_files(paths)

    def _visit_closed(self) -> None:
        if self.patient_id is not None:
            self.open_patient(self.patient_id)

    def _visit_failed(self, error: Exception) -> None:
        """A visit that is gone, or is another patient's by now, is said beside those there are."""
        gone = isinstance(error, WoundtrackError) and error.code == "record.missing"
        if gone and self.on_visit and self._visit.state is None:
            self._visit_closed()
            self.patients.refresh()
            self.say_error(error)

    def leave(self) -> None:
        """Tell the window nothing any more: what is under way may still end, and name somebody."""
        self.left = True
        self.acts.leave()
        for each in (self, self.notices):
            each.blockSignals(True)

    def flush(self, then: Callable[[], None]) -> None:
        """Save what a visit or a tracing has not saved yet, then go on."""
        self.clinic_pages.flush(partial(self._visit.flush, then))

    def refresh(self) -> None:
        """Read again what is on screen."""
        self.patients.refresh()
        self.clinic_pages.refresh()
        if self.patient_id is not None:
            self.patient_page.open_patient(self.patient_id, keep_lesion=True)

    def say_error(self, error: Exception) -> None:
        """One sentence with the way out, above the page."""
        if not isinstance(error, WoundtrackError):
            raise error
        self.message.say(explain(error), tone="danger")

    def _turned(self) -> None:
        # The photo is the hero: in a narrow window the list folds away beside a visit.
        # Beside a tracing it always does: who traces shall know nothing of whose wound it is.
        tracing = self.clinic_pages.is_tracing
        beside_px = self.patients.width()
        if tracing or (self.on_visit and self._visit.is_narrow(beside_px=beside_px)):
            self.patients.fold_away()
        elif not self.on_visit:
            self.patients.come_back()
        self._announce()

    def _announce(self) -> None:
        self.offers_changed.emit(self.offers())
