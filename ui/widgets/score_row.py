"""One scored item as one line to be answered.

Made for the keyboard: a digit answers and asks to go on, "=" answers as last time, Space takes
what is proposed, Backspace takes the answer back.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ui.widgets.score_line import SAME_KEY, Choice, ScoreLine

TEN_MS = 900
"""So long a 1 waits for a 0 where 10 is a score, before the row goes on by itself."""


class ScoreRow(ScoreLine):
    """A focusable line of scores."""

    answered = Signal(object)
    next_wanted = Signal()
    moved = Signal(int)
    focused = Signal()

    def __init__(
        self, title: str, choices: Sequence[Choice], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, choices, parent=parent)
        self._pending_one = False
        self._waiting = QTimer(self, singleShot=True, interval=TEN_MS)
        self._waiting.timeout.connect(self._one_after_all)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def answer(self, value: int | None) -> None:
        """Answer as a person does, and tell it."""
        if self.read_only or (value is not None and value not in self._scores()):
            return
        self._pending_one = False
        self.set_value(value)
        self.answered.emit(value)

    # -- keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if text.isdecimal() and plain:
            self._type(int(text))
        elif text == SAME_KEY and plain:
            self._same()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.answer(None)
        elif key == Qt.Key.Key_Space and self.proposed is not None and self.value is None:
            self.answer(self.proposed)
            self.next_wanted.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def _type(self, digit: int) -> None:
        """A digit answers; where 10 is a score, 1 and then 0 make it."""
        if self._pending_one and digit == 0 and 10 in self._scores():
            self.answer(10)
            self.next_wanted.emit()
            return
        if digit not in self._scores():
            words = " ".join(str(score) for score in self._scores())
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), words, self)
            return
        self.answer(digit)
        self._pending_one = digit == 1 and 10 in self._scores()
        if self._pending_one:
            self._waiting.start()
        else:
            self.next_wanted.emit()

    def _one_after_all(self) -> None:
        if self._pending_one and self.hasFocus():
            self._pending_one = False
            self.next_wanted.emit()

    def _same(self) -> None:
        if self.previous is not None:
            self.answer(self.previous)
            self.next_wanted.emit()

    def _step(self, by: int) -> None:
        scores = self._scores()
        if self.value is None:
            self.answer(self.proposed if self.proposed is not None else scores[0])
            return
        at = scores.index(self.value) + by
        if 0 <= at < len(scores):
            self.answer(scores[at])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self._score_at(place.x())
        if hit is not None:
            self.answer(None if hit == self.value else hit)
        elif self.previous_rect().contains(place):
            self._same()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.previous_rect().contains(event.position().toPoint()):
            self.setToolTip(self._last())
            return
        hovered = self._score_at(event.position().toPoint().x())
        if hovered != self._hovered:
            self._hovered = hovered
            label = "" if hovered is None else f"{hovered}  {self.label_of(hovered)}"
            tips = (label, self.proposal_hint if hovered in (None, self.proposed) else "")
            self.setToolTip("\n".join(filter(None, tips)))
            self.update()

    def leaveEvent(self, event: object) -> None:
        del event
        self._hovered = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._pending_one = False
        self.focused.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
