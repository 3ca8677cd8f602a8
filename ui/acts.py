"""Acts on the record done in the background, and undone one by one.

The store journals every act with an id; undoing is itself an act, so redoing undoes that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.background import Background
from woundtrack.store.clinic import Clinic, Writer


@dataclass(frozen=True, slots=True)
class _Done:
    act_id: int
    text: str


class Acts(QObject):
    """Does, undoes and redoes acts. `changed` says that what is on screen may be out of date."""

    changed = Signal()
    undo_changed = Signal(str, str)
    """What Undo and Redo would act on; empty where there is nothing."""
    failed = Signal(object)

    def __init__(self, clinic: Clinic, background: Background) -> None:
        super().__init__()
        self._clinic = clinic
        self._background = background
        self._undo: list[_Done] = []
        self._redo: list[_Done] = []

    def do(
        self,
        act: Callable[[Writer], Any],
        *,
        text: str,
        done: Callable[[Any], None] = lambda _result: None,
        failed: Callable[[Exception], None] | None = None,
        reason: str = "",
    ) -> None:
        """Do an act in one transaction; `text` names it in the Edit menu."""

        def work() -> tuple[Any, int]:
            return self._clinic.write(lambda w: (act(w), w.act_id), reason=reason)

        def finished(result: tuple[Any, int]) -> None:
            value, act_id = result
            self._undo.append(_Done(act_id, text))
            self._redo.clear()
            self._announce()
            if not self.signalsBlocked():
                done(value)

        self._background.run(work, done=finished, failed=failed or self.failed.emit)

    def leave(self) -> None:
        """Tell nobody any more: the window locked. What is under way is still done."""
        self.blockSignals(True)

    def undo(self) -> None:
        """Take back the newest act that has not been taken back."""
        self._turn(self._undo, self._redo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(self._redo, self._undo)

    def _turn(self, source: list[_Done], target: list[_Done]) -> None:
        if not source:
            return
        entry = source.pop()

        def turn(writer: Writer) -> int:
            writer.undo(entry.act_id)
            return writer.act_id

        def work() -> int:
            return self._clinic.write(turn)

        def finished(act_id: int) -> None:
            target.append(_Done(act_id, entry.text))
            self._announce()

        def refused(error: Exception) -> None:
            # What cannot be taken back now never can be: it was changed since.
            self.undo_changed.emit(*self._texts())
            self.failed.emit(error)

        self._background.run(work, done=finished, failed=refused)

    def _texts(self) -> tuple[str, str]:
        return (
            self._undo[-1].text if self._undo else "",
            self._redo[-1].text if self._redo else "",
        )

    def _announce(self) -> None:
        self.undo_changed.emit(*self._texts())
        self.changed.emit()
