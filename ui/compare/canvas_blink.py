"""Two pictures in turn: when to change, and never so quickly that it could do harm."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStyle, QWidget

LEAST_MS = 340
"""Fewer than three changes a second: quicker flashes can bring on a seizure (WCAG 2.3.1)."""
USUAL_MS = 800


class Blink(QTimer):
    """Says `timeout` while it runs: where it is wanted, and there is something to see."""

    running_changed = Signal(bool)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.setInterval(USUAL_MS)
        animated = QStyle.StyleHint.SH_Widget_Animation_Duration
        self._running = widget.style().styleHint(animated) > 0

    @property
    def running(self) -> bool:
        """Whether pictures change by themselves; not at first where the desktop moves nothing."""
        return self._running

    def set_running(self, running: bool) -> None:
        """Let pictures change by themselves, or hold the one shown."""
        if running != self._running:
            self._running = running
            self.running_changed.emit(running)

    def set_each_ms(self, each_ms: int) -> None:
        """How long each picture is shown."""
        self.setInterval(max(LEAST_MS, each_ms))

    def look(self, *, seen: bool) -> None:
        """Go on while two pictures are seen in turn."""
        if not (seen and self._running):
            self.stop()
        elif not self.isActive():
            self.start()
