"""What takes a while on the journal's page: checking that it is whole, and exporting it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from ui.dialogs.save_file import asked_file
from ui.models.record_words import action_name, kind_name
from ui.widgets.date_field import today
from ui.widgets.work_row import WorkRow
from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.export.journal import export_journal
from woundtrack.words import _, ngettext

if TYPE_CHECKING:
    from ui.pages.journal.page import JournalPage
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.types import Finding

_TOLD = 3
"""How many findings are told here; the check of the clinic tells all."""


class JournalWork(QObject):
    """Two buttons with their progress. `ask_file` is what a person answers, too."""

    said = Signal(str, str)
    """A text for the page's banner, and its tone."""
    asked = Signal()

    def __init__(self, clinic: "Clinic", background: Background, *, page: "JournalPage") -> None:
        super().__init__(page)
        self._clinic, self._background, self._page = clinic, background, page
        self._job: Job | None = None
        self.check = WorkRow(
            _("Check the journal"), icon="shield-check", at_work=_("The journal is being checked")
        )
        self.export = WorkRow(_("Export…"), icon="grid-3x3", at_work=_("The journal is exported"))
        self.check.button.clicked.connect(self.start_check)
        self.export.button.clicked.connect(self.start_export)
        for row in (self.check, self.export):
            row.stop.clicked.connect(self._stop)
        self.ask_file: Callable[[str], str] = self._ask_file

    def start_check(self) -> None:
        """Hold every entry against the chain."""
        self._run(
            self.check, lambda job: self._clinic.check_journal(progress=job.goes_on), self._checked
        )

    def start_export(self) -> None:
        """Write the lines that are shown, and all older ones that are asked for."""
        wanted = self._page.asked()
        if wanted is None:
            return
        name = self.ask_file(f"woundtrack-{_('journal')}-{today():%Y-%m-%d}.xlsx")
        if not name:
            return
        target = Path(name)

        def work(job: Job) -> int | None:
            return export_journal(
                self._clinic,
                target,
                wanted,
                action_name=action_name,
                kind_name=kind_name,
                progress=job.goes_on,
            )

        self._run(self.export, work, lambda count: self._exported(target, count))

    def _run(self, row: WorkRow, work: Callable[[Job], object], done: Callable[..., None]) -> None:
        self.asked.emit()
        row.show_work(True)
        self._other(row).button.setEnabled(False)

        def ended(answer: object) -> None:
            self._rest(row)
            done(answer)

        def failed(error: Exception) -> None:
            self._rest(row)
            if isinstance(error, WoundtrackError):
                self.said.emit(explain(error), "danger")

        def advance(count: int, total: int) -> None:
            row.bar.setRange(0, total)
            row.bar.setValue(count)

        row.bar.setRange(0, 0)
        self._job = self._background.run(
            work,
            done=while_alive(self._page, ended),
            failed=while_alive(self._page, failed),
            progress=while_alive(self._page, advance),
            key="journal work",  # one that was stopped does not end the one begun since
            with_job=True,
        )

    def _other(self, row: WorkRow) -> WorkRow:
        return self.export if row is self.check else self.check

    def _rest(self, row: WorkRow) -> None:
        self._job = None
        row.show_work(False)
        row.button.setEnabled(True)
        self._other(row).button.setEnabled(True)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            for row in (self.check, self.export):
                self._rest(row)

    def _checked(self, answer: "tuple[int, list[Finding]] | None") -> None:
        if answer is None:
            return
        count, findings = answer
        if findings:
            texts = [str(finding) for finding in findings[:_TOLD]]
            if len(findings) > _TOLD:
                texts.append(_("More such places: {count}.").format(count=len(findings) - _TOLD))
            self.said.emit("\n".join(texts), "danger")
            return
        said = ngettext(
            "The journal is whole: {count} entry is as it was written.",
            "The journal is whole: {count} entries are as they were written.",
            count,
        )
        self.said.emit(said.format(count=words.number(count, decimals=0)), "ok")

    def _exported(self, target: Path, count: int | None) -> None:
        if count is not None:
            self._page.refresh()  # the export is an entry, too
            self.said.emit(_("Saved as {file}").format(file=target.name), "ok")

    def _ask_file(self, name: str) -> str:
        kinds = ";;".join((_("Excel workbooks (*.xlsx)"), _("Tables (*.csv)")))
        return asked_file(self._page, _("Export the journal"), name=name, kinds=kinds)
