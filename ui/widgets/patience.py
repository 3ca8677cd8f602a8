"""How long each person must still wait after wrong passphrases, told as it goes by."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 200


class Patience(QObject):
    """`ticked` while anyone waits, and once more when that is over."""

    ticked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._until: dict[str, float] = {}
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self, name: str, wait_s: float) -> None:
        """This person waits from now."""
        self._until[name] = time.monotonic() + wait_s
        self._timer.start()
        self.ticked.emit()

    def left_s(self, name: str) -> float:
        """The seconds this person must still wait; 0 where they need not."""
        return max(self._until.get(name, 0.0) - time.monotonic(), 0.0)

    def end(self) -> None:
        """Nobody waits any more."""
        self._until.clear()
        self._tick()

    def _tick(self) -> None:
        if not any(self.left_s(name) for name in self._until):
            self._timer.stop()
        self.ticked.emit()
