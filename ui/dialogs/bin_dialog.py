"""What was deleted, and the way back."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ui import icons, theme
from ui.acts import Acts
from ui.background import Background
from ui.dialogs.table_dialog import TableDialog
from ui.models.record_words import KIND_OF, kind_name, record_line
from woundtrack import words
from woundtrack.records import Stored
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic


class BinDialog(TableDialog):
    """Restores a record with all that went into the bin with it."""

    def __init__(
        self,
        clinic: "Clinic",
        background: Background,
        *,
        acts: Acts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            title=_("Bin"), columns=(_("What"), _("Which"), _("Deleted on"), _("Reason")),
            stretch=1, parent=parent,
        )  # fmt: skip
        self._clinic, self._background, self._acts = clinic, background, acts
        self._records: list[Stored[Any]] = []
        self.restore_button = theme.button(_("Restore"), icon=icons.icon("archive-restore"))
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self.restore)
        self.buttons.addButton(self.restore_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.table.itemSelectionChanged.connect(self._offer)
        self.load()

    def load(self) -> None:
        """Read the bin."""
        self._background.run(
            lambda: self._clinic.read(lambda r: r.bin()), done=self._show, failed=self.show_failure
        )

    def restore(self) -> None:
        """Bring the chosen record back."""
        row = self.chosen_row()
        if row is None:
            return
        stored = self._records[row]
        self.banner.say("")
        self._acts.do(
            lambda w: w.restore(type(stored.value), stored.id),
            text=_("restore from the bin"),
            done=lambda _none: self.load(),
            failed=self.show_failure,
        )

    def _show(self, records: list[Stored[Any]]) -> None:
        self._records = records
        self.set_rows(
            [
                (
                    kind_name(KIND_OF.get(type(stored.value), "")),
                    record_line(stored),
                    words.date(stored.at_utc.astimezone().date()),
                    stored.reason,
                )
                for stored in records
            ]
        )
        self._offer()
        if not records:
            self.nothing(_("The bin is empty."))

    def _offer(self) -> None:
        writable = not self._clinic.read_only
        self.restore_button.setEnabled(writable and self.chosen_row() is not None)
