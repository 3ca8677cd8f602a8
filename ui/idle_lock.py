"""Tells when nobody has touched keyboard or mouse for a while."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_ACTIVITY = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)
)


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
        self._running = False
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)

    def start(self, minutes: int) -> None:
        """Count these minutes from now, and anew from every key and movement."""
        self._running = True
        self._timer.start(minutes * 60_000)
        for window in QGuiApplication.topLevelWindows():
            self._watch(window)

    def stop(self) -> None:
        """Count no longer."""
        self._running = False
        self._timer.stop()

    @property
    def running(self) -> bool:
        """Whether the time is being counted."""
        return self._running

    def _watch(self, window: QWindow | None) -> None:
        if self._running and window is not None:
            window.installEventFilter(self)  # once, however often it is said

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._running and event.type() in _ACTIVITY:
            self._timer.start()
        return super().eventFilter(watched, event)
