"""Keeps what a rater draws, against locking, larger text and the program's end."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Background
from ui.pages.visit.saver import PAUSE_MS
from woundtrack.outline.types import Outline
from woundtrack.raters.course import Task
from woundtrack.store.clinic import Clinic, Writer


class DrawingKeeper(QObject):
    """Writes drawings one after the other, each as it stands by then; none is a tracing yet."""

    failed = Signal(object)

    def __init__(self, clinic: Clinic, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._clinic, self._background = clinic, background
        self._waiting: dict[tuple[int, int], Outline] = {}
        """What is not written, by the study's photo and the round."""
        self._under_way = False
        self._after: list[Callable[[], None]] = []
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.flush)

    def keep(self, task: Task, outline: Outline) -> None:
        """Keep this drawing in the place of the earlier one."""
        self._waiting[task.photo.id, task.round] = outline
        self._timer.start()

    def flush(self, then: Callable[[], None] = lambda: None) -> None:
        """Write what waits, then call `then` (also after a failure, which is told before)."""
        self._after.append(then)
        if not self._under_way:
            self._go_on()

    def _go_on(self) -> None:
        self._timer.stop()
        if not self._waiting:
            self._call_back()
            return
        drawn, self._waiting = self._waiting, {}
        self._under_way = True

        def act(writer: Writer) -> None:
            for (rater_photo_id, round_), outline in drawn.items():
                writer.keep_drawing(rater_photo_id, round_, outline)

        def on_done(_none: object) -> None:
            self._under_way = False
            self._go_on()

        def on_failed(error: Exception) -> None:
            self._under_way = False
            self._waiting = {**drawn, **self._waiting}
            self.failed.emit(error)
            self._call_back()

        self._background.run(lambda: self._clinic.write(act), done=on_done, failed=on_failed)

    def _call_back(self) -> None:
        after, self._after = self._after, []
        for then in after:
            then()
