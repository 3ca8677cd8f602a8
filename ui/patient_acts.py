"""What the menus do to patients, lesions and the clinic: each opens its dialog or acts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.chart_links import ChartLinks
from ui.compare_acts import CompareActs
from ui.context_acts import ContextActs
from ui.pages.workspace import Workspace
from ui.photo_acts import connect_photos
from ui.print_acts import PrintActs
from ui.record_acts import RecordActs
from ui.visit_acts import visit_acts
from woundtrack.records import Lesion, Patient, Stored
from woundtrack.words import _


class PatientActs:
    """Carries out the acts of `ui.actions` that need a clinic, by key."""

    def __init__(self, workspace: Workspace, *, window: QWidget) -> None:
        self._space = workspace
        self._window = window
        self.table: dict[str, Callable[[], None]] = {
            "new_patient": self.new_patient, "edit_patient": self.edit_patient,
            "new_lesion": self.new_lesion, "edit_lesion": self.edit_lesion,
            "new_visit": workspace.new_visit, "new_therapy": self.new_therapy,
            "sessions": self.sessions, "became": self.became,
            "import_photos": self.import_photos, "import_folder": self.import_folder,
            "loose_photos": self.loose_photos,
            "users": self.users, "journal": workspace.clinic_pages.open_journal,
            "passphrase": self.passphrase, "find": workspace.patients.begin_search,
            "check_clinic": self.check_clinic,
            "rater_studies": workspace.clinic_pages.open_studies,
            "cohort": workspace.clinic_pages.open_cohort,
            "bin": self.bin, "revisions": self.revisions, "merge_patients": self.merge_patients,
            "merge_lesions": self.merge_lesions, "move": self.move,
            "delete_lesion": self.delete_lesion, "delete_visit": self.delete_visit,
            "delete_patient": self.delete_patient,
        }  # fmt: skip
        self.table.update(visit_acts(workspace))
        self.table.update(PrintActs(workspace, window=window).table)
        self.table.update(RecordActs(workspace, window=window).table)
        self.table.update(CompareActs(workspace, window=window).table)
        self.context = ContextActs(workspace, window=window)
        self.table.update(self.context.table)
        page = workspace.patient_page
        workspace.patients.new_requested.connect(self.new_patient)
        workspace.start.new_requested.connect(self.new_patient)
        self._links = ChartLinks(workspace, self)
        page.edit_requested.connect(self.edit_patient)
        page.lesion_requested.connect(self.new_lesion)
        page.lesion_edit_requested.connect(self.edit_lesion)
        page.therapy_requested.connect(self.new_therapy)
        page.sessions_requested.connect(self.sessions)
        page.healing.events.death_requested.connect(self.edit_patient)
        workspace.notices.photos_wanted.connect(self.loose_photos)
        connect_photos(workspace)

    # -- what is in view

    @property
    def _patient(self) -> Stored[Patient]:
        view = self._space.view
        assert view is not None
        return view.history.patient

    @property
    def _lesions(self) -> tuple[Stored[Lesion], ...]:
        view = self._space.view
        return view.history.lesions if view else ()

    def _lesion(self, lesion_id: int | None = None) -> Stored[Lesion] | None:
        wanted = lesion_id or self._space.patient_page.lesion_id
        return next((lesion for lesion in self._lesions if lesion.id == wanted), None)

    def _common(self) -> tuple[Any, Any]:
        return self._space.clinic, self._space.background

    # -- patients and lesions

    def new_patient(self) -> None:
        """Ask for a new patient's facts."""
        from ui.dialogs.patient_dialog import PatientDialog

        dialog = PatientDialog(*self._common(), acts=self._space.acts, parent=self._window)
        dialog.saved.connect(self._space.open_patient)
        dialog.open_instead.connect(self._space.open_patient)
        dialog.open()

    def edit_patient(self) -> None:
        """Correct the patient's facts."""
        from ui.dialogs.patient_dialog import PatientDialog

        view = self._space.view
        if view is not None and not self._space.clinic.read_only:
            PatientDialog(
                *self._common(), acts=self._space.acts, history=view.history, parent=self._window
            ).open()

    def new_lesion(self, place: Any = None) -> None:
        """Ask for a new lesion, at the place clicked on the body map where there is one."""
        from ui.dialogs.lesion_dialog import LesionDialog

        if self._space.clinic.read_only or self._space.view is None:
            return
        dialog = LesionDialog(
            acts=self._space.acts, patient=self._patient, lesions=self._lesions,
            place=place or None, parent=self._window,
        )  # fmt: skip
        dialog.saved.connect(lambda lesion_id: self._show_lesion(lesion_id))
        dialog.open()

    def _show_lesion(self, lesion_id: int) -> None:
        # The page is being read again; it keeps the lesion that is chosen then.
        self._space.patient_page.lesion_id = lesion_id

    def edit_lesion(self, lesion_id: int | None = None) -> None:
        """Correct a lesion's facts."""
        from ui.dialogs.lesion_dialog import LesionDialog

        lesion = self._lesion(lesion_id)
        if lesion is None or self._space.clinic.read_only:
            return
        LesionDialog(
            acts=self._space.acts, patient=self._patient, lesions=self._lesions,
            lesion=lesion, parent=self._window,
        ).open()  # fmt: skip

    def new_therapy(self, course: Any = None) -> None:
        """Add a therapy course, or open one."""
        from ui.dialogs.therapy_dialog import TherapyDialog

        if self._space.clinic.read_only or self._space.view is None:
            return
        courses = self._space.view.history.courses
        TherapyDialog(
            *self._common(), acts=self._space.acts, patient_id=self._patient.id,
            course=course or None, others=[each.value for each in courses], parent=self._window,
        ).open()  # fmt: skip

    def sessions(self, course_id: int | None = None) -> None:
        """The sessions of the patient's therapies, of one course first where it is named."""
        from ui.dialogs.sessions_dialog import SessionsDialog

        view = self._space.view
        if view is not None:
            SessionsDialog(
                *self._common(), acts=self._space.acts, history=view.history,
                course_id=course_id or None, parent=self._window,
            ).open()  # fmt: skip

    def became(self) -> None:
        """Say that a lesion parted into others, or grew together with others into one."""
        from ui.dialogs.became_dialog import BecameDialog

        view, lesion = self._space.view, self._lesion()
        if view is not None and lesion is not None:
            dialog = BecameDialog(
                acts=self._space.acts, lesion=lesion, history=view.history, parent=self._window
            )
            dialog.saved.connect(self._show_lesion)
            dialog.open()

    # -- photos and files

    def import_photos(self) -> None:
        """Let the person choose photo files."""
        self._import(self._space.chooser.files(self._window))

    def import_folder(self) -> None:
        """Let the person choose a folder of photos."""
        self._import(self._space.chooser.folder(self._window))

    def _import(self, paths: list[Path]) -> None:
        if paths:
            self._space.import_files(paths)

    def loose_photos(self) -> None:
        """What came in and is in no visit."""
        from ui.dialogs.loose_dialog import LooseDialog

        dialog = LooseDialog(*self._common(), parent=self._window)
        dialog.accepted_for.connect(self._space.take_in)
        dialog.open()

    # -- the clinic

    def users(self) -> None:
        """Who may sign in."""
        from ui.dialogs.users_dialog import UsersDialog

        UsersDialog(*self._common(), parent=self._window).open()

    def passphrase(self) -> None:
        """The signed-in user's own new passphrase."""
        from ui.dialogs.passphrase_dialog import PassphraseDialog

        PassphraseDialog(*self._common(), parent=self._window).open()

    def check_clinic(self) -> None:
        """Everything is read once."""
        from ui.dialogs.check_dialog import CheckDialog

        CheckDialog(*self._common(), parent=self._window).open()

    def bin(self) -> None:
        """What was deleted, to be restored."""
        from ui.dialogs.bin_dialog import BinDialog

        BinDialog(*self._common(), acts=self._space.acts, parent=self._window).open()

    def revisions(self) -> None:
        """Earlier states of the patient's records."""
        from ui.dialogs.revisions_dialog import RevisionsDialog

        view = self._space.view
        if view is not None:
            RevisionsDialog(*self._common(), history=view.history, parent=self._window).open()

    # -- putting right what was put in the wrong place

    def merge_patients(self) -> None:
        """Make one of two patients."""
        from ui.dialogs.merge_dialog import MergePatientsDialog

        dialog = MergePatientsDialog(
            *self._common(), acts=self._space.acts, patient=self._patient, parent=self._window
        )
        dialog.merged.connect(self._space.open_patient)
        dialog.open()

    def merge_lesions(self) -> None:
        """Make one of two lesions."""
        from ui.dialogs.merge_dialog import MergeLesionsDialog

        lesion = self._lesion()
        if lesion is not None:
            MergeLesionsDialog(
                acts=self._space.acts, keep=lesion, lesions=self._lesions, parent=self._window
            ).open()

    def move(self) -> None:
        """Move a visit, lesion or photo to another patient."""
        from ui.dialogs.move_dialog import MoveDialog

        view = self._space.view
        if view is not None:
            MoveDialog(
                *self._common(), acts=self._space.acts, history=view.history, parent=self._window
            ).open()

    def delete_lesion(self) -> None:
        """The lesion to the bin; Undo brings it back."""
        lesion = self._lesion()
        if lesion is None:
            return
        self._space.patient_page.lesion_id = None
        text = _("lesion {label} to the bin").format(label=lesion.value.label)
        self._delete(Lesion, lesion.id, text)

    def delete_visit(self) -> None:
        """Ask which visit goes to the bin."""
        from ui.dialogs.move_dialog import DeleteVisitDialog

        view = self._space.view
        if view is not None:
            DeleteVisitDialog(
                acts=self._space.acts, history=view.history, parent=self._window
            ).open()

    def delete_patient(self) -> None:
        """The patient to the bin; Undo brings them back."""
        patient = self._patient
        self._space.close_patient()
        self._delete(Patient, patient.id, _("patient to the bin"))

    def _delete(self, kind: type[Any], record_id: int, text: str) -> None:
        self._space.acts.do(
            lambda w: w.delete(kind, record_id),
            text=text,
            done=lambda _none: self._space.status.emit(
                _("In the bin. Undo (Ctrl+Z) brings it back.")
            ),
        )
