"""The lines under the comparison: what changed, how surely it is known, what is still done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.form import link
from woundtrack.words import _


class Told(QWidget):
    """Lines that are there only while they say something."""

    stop_chosen = Signal(bool)
    """Whether the laying is to stop; else it is to go on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = False
        self.lines = theme.label()
        self.more = theme.label(role="muted")
        self.waits = theme.label(role="muted")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(theme.grid(12), theme.grid(1))
        self.progress.setAccessibleName(_("Laying the photos on each other"))
        self.stop = link(_("Stop"))
        self.stop.clicked.connect(lambda: self.stop_chosen.emit(self._runs))
        self._working = QWidget()
        row = QHBoxLayout(self._working)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.waits)
        row.addWidget(self.progress)
        row.addWidget(self.stop)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.25))
        for label in (self.lines, self.more):
            _as_line(label)
            column.addWidget(label)
        column.addWidget(self._working)
        self._working.setVisible(False)

    def say(
        self,
        lines: Sequence[str],
        *,
        more: Sequence[str] = (),
        waits: str = "",
        runs: bool = False,
    ) -> None:
        """Show these; what is empty takes no room. `runs`: it is under way, and can be stopped."""
        self._runs = runs
        self.stop.setText(_("Stop") if runs else _("Go on"))
        self.progress.setVisible(runs)
        for label, texts in ((self.lines, lines), (self.more, more)):
            label.setText("\n".join(filter(None, texts)))
            label.setVisible(bool(label.text()))
        self.waits.setText(waits)
        self._working.setVisible(bool(waits))
        self.setVisible(bool(waits or self.lines.text() or self.more.text()))


def _as_line(label: QLabel) -> None:
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setVisible(False)
