"""The record as tables: of whom, named how, in which form, and where to."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.alive import while_alive
from ui.dialogs.leaving_dialog import LeavingDialog, free_folder
from ui.dialogs.save_file import asked_file
from ui.widgets.form import Choice, Form
from ui.widgets.whom_choice import whom_choice
from woundtrack.errors import ExportError
from woundtrack.explain import explain
from woundtrack.export.tables import (
    EXCEL,
    Exported,
    export_tables,
    exported_text,
    who_would_be,
)
from woundtrack.export.types import Identity
from woundtrack.records import Patient, Stored
from woundtrack.words import N_, _, ngettext

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic

_NAMED = (
    (Identity.BY_CODE, N_("By code, for research")),
    (Identity.IDENTIFIED, N_("By name, for care")),
)
_TOLD = {
    Identity.BY_CODE: N_(
        "Codes instead of names, days since the first visit instead of dates, and nothing that "
        "people typed. Only patients whose consent to research is in force."
    ),
    Identity.IDENTIFIED: N_("Everything that is confirmed, with names, dates and notes."),
}
_SAFE = N_("The file is not encrypted: keep it as you keep the patients’ papers.")
_EXCEL, _CSV = "excel", "csv"


class ExportDialog(LeavingDialog):
    """Asks of whom and how, writes in the background with progress and Cancel, says what is there.

    `ask_file` is what a person answers, too.
    """

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        patient: Stored[Patient] | None = None,
        parent: QWidget | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__(_("Export tables"), background, parent=parent)
        self._clinic, self._patient, self._today = clinic, patient, today
        self.ask_file: Callable[[str], str] = self._ask_file
        self._build_choices()
        self.start_button.clicked.connect(self.start)
        self._lay_out(self.form, self.text, self.people, self.banner, self.progress)
        self.resize(theme.text_grid(66), theme.grid(50))
        self._changed()

    def _build_choices(self) -> None:
        self.whom = whom_choice(self._patient)
        self.named = Choice([(identity, _(text)) for identity, text in _NAMED])
        self.kind = Choice(
            [(_EXCEL, _("Excel workbook (.xlsx)")), (_CSV, _("Folder of CSV files"))]
        )
        self.form = Form(stacked=True)
        self.form.add("whom", _("Of whom"), self.whom)
        self.form.add("named", _("People are named"), self.named)
        self.form.add("kind", _("As"), self.kind)
        for choice in (self.whom, self.named):
            choice.currentIndexChanged.connect(self._changed)
        self.text = theme.label()
        self.people = theme.label(role="muted")
        for label in (self.text, self.people):
            label.setWordWrap(True)

    def _changed(self) -> None:
        identity, patient_id = self.named.value(), self.whom.value()
        self.text.setText(f"{_(_TOLD[identity])} {_(_SAFE)}")
        self._say("")
        self._count("")
        self.start_button.setEnabled(False)
        clinic = self._clinic
        self._background.run(
            lambda: who_would_be(clinic, identity=identity, patient_id=patient_id),
            done=while_alive(self, self._show_people),
            failed=while_alive(self, self._refused),
            key="export-people",
        )

    def _show_people(self, found: Exported) -> None:
        self.start_button.setEnabled(found.patients > 0)
        if not found.patients and self.whom.value() is not None:
            self._say(explain(ExportError("export.no_consent")), tone="warning")
            return
        told_of = ngettext("{count} patient.", "{count} patients.", found.patients)
        said = told_of.format(count=found.patients)
        if found.left_out:
            missing = ngettext(
                "{count} without consent to research is left out.",
                "{count} without consent to research are left out.",
                found.left_out,
            )
            said = f"{said} {missing.format(count=found.left_out)}"
        self._count(said)

    def _count(self, text: str) -> None:
        self.people.setText(text)
        self.people.setVisible(bool(text))
        self._fit()

    def start(self) -> None:
        """Ask where to, and write there."""
        target = self._target()
        if target is None:
            return
        clinic, identity, patient_id = self._clinic, self.named.value(), self.whom.value()
        self._write(
            lambda progress: export_tables(
                clinic, target, identity=identity, patient_id=patient_id, progress=progress
            ),
            done=lambda done: self._show(target, done),
        )

    def _target(self) -> Path | None:
        """Where to: a workbook, or a new folder in the one that is chosen; None: nowhere."""
        code = self._patient.value.code if self._patient and self.whom.value() else ""
        name = "-".join(filter(None, ("woundtrack", code, f"{self._today():%Y-%m-%d}")))
        if self.kind.value() == _CSV:
            place = self.ask_folder()
            return free_folder(Path(place), name) if place else None
        path = self.ask_file(f"{name}{EXCEL}")
        return Path(path) if path else None

    def _show(self, target: Path, done: Exported | None) -> None:
        if done is None:
            return
        said = _("Saved as {file}").format(file=target.name)
        self._say(f"{exported_text(done)} {said}", tone="ok")
        close = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        close.setText(_("Close"))

    def _set_working(self, working: bool) -> None:
        super()._set_working(working)
        self.form.setEnabled(not working)

    def _ask_file(self, name: str) -> str:
        kinds = _("Excel workbooks (*.xlsx)")
        return asked_file(self, self.windowTitle(), name=name, kinds=kinds)
