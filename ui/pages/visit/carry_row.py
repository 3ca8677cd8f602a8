"""Offers the outline of the last visit as the beginning of today's."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.background import Job
from ui.pages.visit.earlier import Earlier, carried_over, earlier_outline
from ui.pages.visit.state import Cell, VisitState
from ui.photo_editor.editor import PhotoEditor
from ui.proposing import proposing
from ui.widgets.work_row import WorkRow
from woundtrack import words
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.outline.types import Outline
from woundtrack.words import _

if TYPE_CHECKING:
    from ui.pages.visit.session import VisitSession


class CarryRow(QWidget):
    """A button, then progress with cancel, then what came of it. Hidden where nothing is earlier.

    What it finds is a proposal like any other: put into the editor, undoable, to be looked at.
    """

    def __init__(
        self, session: "VisitSession", editor: PhotoEditor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._editor = editor
        self._cell: Cell | None = None
        self._earlier: Earlier | None = None
        self._job: Job | None = None
        self._work = WorkRow(
            _("From last visit"),
            icon="history",
            at_work=_("Looking for the same skin in both photos"),
        )
        self.button, self.stop = self._work.button, self._work.stop
        self.button.clicked.connect(self.carry)
        self.stop.clicked.connect(self.cancel)
        self.told = theme.label(role="muted")
        self.told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addWidget(self._work)
        column.addWidget(self.told)
        self.hide()

    def show_cell(self, state: VisitState, cell: Cell | None) -> None:
        """Offer it for a lesion in a photo; None, or a locked visit, offers nothing."""
        if cell != self._cell:
            self.cancel()
            self._cell = cell
            self._tell("")
        there = cell is not None and cell in state.cells() and not state.locked
        self._earlier = (
            earlier_outline(self._session.history, state, cell[1]) if there and cell else None
        )
        if self._earlier is not None:
            tip = _("Look for the outline of {date} in this photo; it stays a proposal")
            self.button.setToolTip(tip.format(date=words.date(self._earlier.on)))
        self.setVisible(self._earlier is not None)

    def carry(self) -> None:
        """Look for the earlier outline in the photo shown, in the background."""
        state, cell, earlier = self._session.state, self._cell, self._earlier
        if state is None or cell is None or earlier is None or self._job is not None:
            return
        pixels = self._session.pixels.get(cell[0])
        work = carried_over(self._session.clinic, earlier, state, cell, pixels=pixels)

        def ours() -> bool:
            current = self._job is job
            if current:
                self.cancel()
            return current

        def done(outline: Outline) -> None:
            if ours() and state is self._session.state and not state.locked:
                self._editor.replace_outline(cell[1], outline)
                told = _("Carried over from {date}. Look at the whole edge.")
                self._tell(told.format(date=words.date(earlier.on)))

        def failed(error: Exception) -> None:
            if ours():
                assert isinstance(error, WoundtrackError)
                self._tell(explain(error), role="warning")

        self._tell("")
        job = self._job = self._session.background.run(
            lambda job: proposing(lambda: work(lambda: job.cancelled))(),
            done=done,
            failed=failed,
            with_job=True,
        )
        self._work.show_work(True)

    def cancel(self) -> None:
        """Give up looking."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._work.show_work(False)

    def is_looking(self) -> bool:
        """Whether it is being looked for."""
        return self._job is not None

    def _tell(self, text: str, *, role: str = "muted") -> None:
        theme.retone(self.told, "role", role)
        self.told.setText(text)
        self.told.setVisible(bool(text))
