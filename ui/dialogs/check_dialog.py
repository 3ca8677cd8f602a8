"""Checking the whole clinic: how far, and what is not as it was written."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QDialogButtonBox, QListWidget, QWidget

from ui import theme
from ui.background import Background
from ui.dialogs.leaving_dialog import LeavingDialog
from woundtrack import words
from woundtrack.words import _, counted

if TYPE_CHECKING:
    from woundtrack.store.clinic import CheckResult, Clinic

STOPPED = "check.stopped"


class CheckDialog(LeavingDialog):
    """Reads everything in the background with progress and Cancel; one line a finding."""

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Check the clinic"), background, parent=parent)
        self._clinic = clinic
        self.start_button.setText(_("Check"))
        self.text = theme.label(
            _(
                "Every byte of the database, every record, every entry of the journal and every "
                "photo is read once. With many photos this takes minutes; work may go on meanwhile."
            )
        )
        self.text.setWordWrap(True)
        self.findings = QListWidget()
        self.findings.setAccessibleName(_("What was found"))
        self.findings.setWordWrap(True)
        self.findings.setSpacing(theme.grid(0.5))
        self.findings.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.findings.setVisible(False)
        self._lay_out(self.banner, self.text, self.progress, self.findings)
        self.start_button.clicked.connect(self.start)
        self.resize(theme.text_grid(64), theme.grid(28))

    def start(self) -> None:
        """Check everything, and show what was found."""
        self.findings.setVisible(False)
        self._write(lambda progress: self._clinic.examine(progress=progress), done=self._show)

    def _show(self, result: "CheckResult") -> None:
        if any(finding.code == STOPPED for finding in result.findings):
            return
        self.findings.clear()
        self.findings.addItems([str(finding) for finding in result.findings])
        self.findings.setVisible(bool(result.findings))
        serious = sum(1 for finding in result.findings if finding.serious)
        if serious:
            said = counted("{count} problem found.", "{count} problems found.", serious)
            self._say(said, tone="danger")
        else:
            read = _("All is sound: {records} records, {photos} photos, {entries} journal entries.")
            self._say(read.format(**_counts(result)), tone="ok")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Close"))
        self.start_button.setText(_("Check again"))


def _counts(result: "CheckResult") -> dict[str, str]:
    numbers = {
        "records": result.records,
        "photos": result.vault_files,
        "entries": result.journal_entries,
    }
    return {name: words.number(count, decimals=0) for name, count in numbers.items()}
