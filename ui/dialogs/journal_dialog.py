"""The journal: who did what to which record, when."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from ui.background import Background
from ui.dialogs.table_dialog import TableDialog
from ui.models.record_words import action_name, kind_name
from woundtrack import words
from woundtrack.records import User
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.types import JournalEntry

PAGE = 200


class JournalDialog(TableDialog):
    """Newest first, a page at a time. Records are named by number, never by a patient's name."""

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            title=_("Journal"),
            columns=(_("When"), _("Who"), _("Did"), _("What"), _("Number"), _("Reason")),
            stretch=5, parent=parent,
        )  # fmt: skip
        self._clinic, self._background = clinic, background
        self._last_id: int | None = None
        self.older = QPushButton(_("Older entries"))
        self.older.clicked.connect(self.load)
        self.buttons.addButton(self.older, QDialogButtonBox.ButtonRole.ActionRole)
        self.load()

    def load(self) -> None:
        """Read the next page."""
        before = self._last_id
        self.older.setEnabled(False)

        def work() -> "tuple[list[JournalEntry], dict[int, str]]":
            entries = self._clinic.read(lambda r: r.journal(limit=PAGE, before_id=before))
            users = self._clinic.read(lambda r: r.find(User))
            return entries, {user.id: user.value.name for user in users}

        self._background.run(work, done=self._show, failed=self.show_failure)

    def _show(self, answer: "tuple[list[JournalEntry], dict[int, str]]") -> None:
        entries, names = answer
        rows = []
        for entry in entries:
            at = entry.at_utc.astimezone()
            rows.append(
                (
                    f"{words.date(at.date())} {words.time_of_day(at)}",
                    names.get(entry.user_id or 0, ""),
                    action_name(entry.action),
                    kind_name(entry.kind),
                    "" if entry.record_id is None else str(entry.record_id),
                    entry.reason,
                )
            )
        self.add_rows(rows)
        self._last_id = entries[-1].id if entries else self._last_id
        self.older.setEnabled(len(entries) == PAGE)
