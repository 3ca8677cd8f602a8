"""Tells when nobody has touched keyboard or mouse for a while."""

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_ACTIVITY = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)
)
LOOK_MS = 5_000
"""How often the clock on the wall is asked: timers stand still while a computer sleeps."""


class IdleLock(QObject):
    """Sends `timeout` after idle minutes, between `start` and `stop`.

    It watches the windows, where keys and mouse arrive first, and not the application: that would
    run Python for every event of every widget, paints and timers included.
    """

    timeout = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.timeout)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._slept)
        self._last_s = 0.0
        self._running = False
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)

    def start(self, minutes: int) -> None:
        """Count these minutes from now, and anew from every key and movement."""
        self._running = True
        self._last_s = time.time()
        self._timer.start(minutes * 60_000)
        self._look.start()
        for window in QGuiApplication.topLevelWindows():
            self._watch(window)

    def stop(self) -> None:
        """Count no longer."""
        self._running = False
        self._timer.stop()
        self._look.stop()

    @property
    def running(self) -> bool:
        """Whether the time is being counted."""
        return self._running

    def _slept(self) -> bool:
        """Whether the time was over while the computer slept; then it is told."""
        over = self._running and time.time() - self._last_s > self._timer.interval() / 1000 + 1
        if over:
            self.timeout.emit()
        return over

    def _watch(self, window: QWindow | None) -> None:
        if self._running and window is not None:
            window.installEventFilter(self)  # once, however often it is said

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The movement that wakes a sleeping computer shows nothing any more.
        if self._running and event.type() in _ACTIVITY and not self._slept():
            self._last_s = time.time()
            self._timer.start()
        return super().eventFilter(watched, event)
