"""That the cohort is being computed, once it takes a while, with a way to stop it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ui import theme
from woundtrack.words import _

WAIT_MS = 300
"""What is answered sooner shows no progress."""


class Working(QWidget):
    """Hidden until `begin` has waited; `end` hides it, `stop` leaves a way to begin again."""

    shown = Signal()
    """The work takes so long that what is on screen is not yet what was asked for."""
    stopped = Signal()
    again = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._show)
        self.text = theme.label(role="muted")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.bar.setFixedHeight(theme.grid())
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self._stop)
        self.retry = QPushButton(_("Compute again"))
        self.retry.clicked.connect(self.again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text)
        row.addWidget(self.bar, 1)
        for button in (self.cancel, self.retry):
            row.addWidget(button)
        self.end()

    def begin(self) -> None:
        """Work has begun; what was stopped before is no more."""
        if self.retry.isVisible():
            self.end()
        self._wait.start()

    def end(self) -> None:
        """Work is done."""
        self._wait.stop()
        self.setVisible(False)

    def _show(self) -> None:
        self._say(_("Computing the cohort…"), at_work=True)
        self.shown.emit()

    def _stop(self) -> None:
        self._wait.stop()
        self._say(_("Stopped. Nothing is shown for this filter."), at_work=False)
        self.stopped.emit()

    def _say(self, text: str, *, at_work: bool) -> None:
        self.text.setText(text)
        self.bar.setAccessibleName(text)
        self.setVisible(True)
        for part, shown in ((self.bar, at_work), (self.cancel, at_work), (self.retry, not at_work)):
            part.setVisible(shown)
