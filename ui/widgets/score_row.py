"""One scored item as one line: its name, its scores as cells, and what the answer means.

Made for the keyboard: a digit answers and asks to go on, "=" answers as last time, Space takes
what is proposed, Backspace takes the answer back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import theme
from woundtrack.words import _

SAME_KEY = "="
"""Answers as last time; also the sign before that answer, at the row's end."""
TEN_MS = 900
"""So long a 1 waits for a 0 where 10 is a score, before the row goes on by itself."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A score and its words, as shown."""

    score: int
    label: str


class ScoreRow(QWidget):
    """A focusable line of scores. `value` is None while unanswered."""

    answered = Signal(object)
    next_wanted = Signal()
    moved = Signal(int)
    focused = Signal()

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        lowest: int = 0,
        title_width: int = 190,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.choices = tuple(choices)
        self.value: int | None = None
        self.proposed: int | None = None
        self.previous: int | None = None
        self.proposal_note = self.proposal_hint = ""
        self.read_only = False
        self._lowest = lowest
        self._title_width = title_width
        self._hovered: int | None = None
        self._pending_one = False
        self._waiting = QTimer(self, singleShot=True, interval=TEN_MS)
        self._waiting.timeout.connect(self._one_after_all)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    # -- values

    def set_value(self, value: int | None) -> None:
        """Show an answer; tells nobody."""
        self.value = value
        self._describe()
        self.update()

    def set_proposed(self, score: int | None, note: str = "", *, hint: str = "") -> None:
        """Show a score the program proposes; it counts for nothing until it is taken.

        `hint` is the row's tip: why it is proposed, or why none is.
        """
        self.proposed, self.proposal_note, self.proposal_hint = score, note, hint
        self.setToolTip(hint)
        self._describe()
        self.update()

    def set_previous(self, score: int | None) -> None:
        """Show the last visit's answer beside; it is taken one by one or not at all."""
        self.previous = score
        self.update()

    def answer(self, value: int | None) -> None:
        """Answer as a person does, and tell it."""
        if self.read_only or (value is not None and value not in self._scores()):
            return
        self.set_value(value)
        self.answered.emit(value)

    def label_of(self, score: int | None) -> str:
        """The words of a score, "" for none."""
        return next((choice.label for choice in self.choices if choice.score == score), "")

    def _scores(self) -> tuple[int, ...]:
        return tuple(choice.score for choice in self.choices)

    def _describe(self) -> None:
        self.setAccessibleName(self.title)
        shown = "" if self.value is None else f"{self.value} {self.label_of(self.value)}"
        self.setAccessibleDescription(shown or self.proposal_note)

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
            self._pending_one = False
            self.answer(10)
            self.next_wanted.emit()
            return
        if digit not in self._scores():
            words = " ".join(str(score) for score in self._scores())
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), words, self)
            return
        self._pending_one = digit == 1 and 10 in self._scores()
        self.answer(digit)
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
            label = self.label_of(self.previous)
            self.setToolTip(_("As last time: {answer}").format(answer=f"{self.previous}  {label}"))
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

    # -- geometry and painting

    def sizeHint(self) -> QSize:
        return QSize(self._wanted_title() + self._cell() * 11, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least_title() + self._cells_width(), self._height())

    def _cells_width(self) -> int:
        count = max(self._scores()) - self._lowest + 1
        return (self._cell() + 3) * count + theme.grid()

    def _least_title(self) -> int:
        return min(self._wanted_title(), self.fontMetrics().averageCharWidth() * 12)

    def _height(self) -> int:
        return round(self.fontMetrics().height() * 1.25) + theme.grid(1.5)

    def _cell(self) -> int:
        return round(self.fontMetrics().height() * 1.45)

    def _wanted_title(self) -> int:
        return round(self._title_width * self.fontMetrics().height() / 19) if self.title else 0

    def _cells_left(self) -> int:
        """Where the cells begin: a long row takes the room of its title before its cells'."""
        room = self.width() - self._cells_width()
        return max(self._least_title(), min(self._wanted_title(), room))

    def _cell_rect(self, score: int) -> QRectF:
        side = self._cell()
        left = self._cells_left() + (score - self._lowest) * (side + 3)
        return QRectF(left, (self.height() - side) / 2, side, side)

    def cell_centre(self, score: int) -> QRect:
        """Where a score is clicked."""
        return self._cell_rect(score).toRect()

    def previous_rect(self) -> QRect:
        """Where last time's answer stands and is clicked; empty without one."""
        if self.previous is None:
            return QRect()
        width = self.fontMetrics().horizontalAdvance(f"{SAME_KEY} 00") + theme.grid()
        return QRect(self.width() - width, 0, width, self.height())

    def _score_at(self, x: int) -> int | None:
        for score in self._scores():
            rect = self._cell_rect(score)
            if rect.left() <= x <= rect.right():
                return score
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        self._paint_words(painter, colours)
        for choice in self.choices:
            self._paint_cell(painter, colours, choice.score)
        painter.end()

    def _paint_words(self, painter: QPainter, colours: theme.Tokens) -> None:
        metrics = painter.fontMetrics()
        painter.setPen(QColor(colours.text))
        left = theme.grid()
        title = metrics.elidedText(
            self.title, Qt.TextElideMode.ElideRight, self._cells_left() - left - 4
        )
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, self._cells_left() - left, self.height()), middle, title)
        start = self._cell_rect(max(self._scores())).right() + theme.grid(1.5)
        words = self.label_of(self.value)
        if self.value is None and self.proposed is not None:
            words = self.proposal_note
            painter.setPen(QColor(colours.accent))
        elif self.value is None:
            words = self.proposal_note
            painter.setPen(QColor(colours.muted))
        last = self.previous_rect()
        room = self.width() - last.width() - start - 4
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(start, 0, room, self.height()), middle, shown)
        if not last.isEmpty():
            painter.setPen(QColor(colours.muted))
            painter.drawText(QRectF(last), middle, f"{SAME_KEY} {self.previous}")

    def _paint_cell(self, painter: QPainter, colours: theme.Tokens, score: int) -> None:
        rect = self._cell_rect(score).adjusted(0.5, 0.5, -0.5, -0.5)
        chosen, hovered = score == self.value, score == self._hovered and not self.read_only
        proposed = score == self.proposed and self.value is None
        pen = QPen(QColor(colours.accent if chosen or proposed else colours.border), 1)
        if proposed:
            pen.setStyle(Qt.PenStyle.DashLine)
            pen.setWidthF(1.5)
        painter.setPen(pen)
        fill = colours.accent if chosen else colours.hover if hovered else colours.surface
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(rect, 4, 4)
        ink = colours.on_accent if chosen else colours.accent if proposed else colours.muted
        painter.setPen(QColor(ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(score))
