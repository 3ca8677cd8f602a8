"""What the dialogs share that write something out of the clinic, to a place that is asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.background import Background, Job
from ui.dialogs.alive import while_alive
from ui.widgets.banner import Banner
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.health import Progress

T = TypeVar("T")


class LeavingDialog(QDialog):
    """Writes in the background with progress and Cancel; a refusal stands in its banner.

    `ask_folder` is what a person answers; tests put their own there.
    """

    def __init__(
        self, title: str, background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._background = background
        self._job: Job | None = None
        self.ask_folder: Callable[[], str] = self._ask_folder
        self.banner = Banner(tone="danger")
        self.banner.setVisible(False)
        self.progress = QProgressBar()
        self.progress.setVisible(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = theme.primary(QPushButton(_("Choose where to…")))
        self.buttons.addButton(self.start_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.rejected.connect(self.reject)

    def reject(self) -> None:
        """Stop what is under way; nothing of it is left behind."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _lay_out(self, *widgets: QWidget) -> None:
        """One below the other, the buttons at the foot."""
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid(2.5)] * 4)
        column.setSpacing(theme.grid(1.5))
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.buttons)

    def _write(self, work: "Callable[[Progress], T]", *, done: Callable[[T], None]) -> None:
        """Run `work`, which tells how far it is and is told there whether to go on."""
        self._say("")
        self._set_working(True)
        self.progress.setRange(0, 0)

        def ended(result: T) -> None:
            self._set_working(False)
            done(result)

        self._job = self._background.run(
            lambda job: work(job.goes_on),
            done=while_alive(self, ended),
            failed=while_alive(self, self._refused),
            progress=while_alive(self, self._advance),
            with_job=True,
        )

    def _advance(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _refused(self, error: Exception) -> None:
        self._set_working(False)
        if isinstance(error, WoundtrackError):
            self._say(explain(error), tone="danger")

    def _say(self, text: str, *, tone: str | None = None) -> None:
        self.banner.say(text, tone=tone)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Grow where what is said needs more room: a layout would squeeze the fields instead."""
        needed = self.layout().totalHeightForWidth(self.width()) if self.layout() else 0
        if needed > self.height():
            self.resize(self.width(), needed)

    def _set_working(self, working: bool) -> None:
        if not working:
            self._job = None
        self.progress.setVisible(working)
        self.start_button.setEnabled(not working)

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, self.windowTitle())


def free_folder(place: Path, name: str) -> Path:
    """A folder of this name that is not there yet, numbered where it must be."""
    free, number = place / name, 1
    while free.exists():
        number += 1
        free = place / f"{name}-{number}"
    return free
