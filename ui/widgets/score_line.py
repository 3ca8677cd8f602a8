"""One scored item as one line, painted: its name, its scores as cells, and what is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from woundtrack.words import _

SAME_KEY = "="
"""Answers as last time; also the sign before that answer, at the line's end."""
TITLE_WIDTH = 190
"""Of the title, at the usual text size; a long line takes some of it for its cells."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A score and its words, as shown."""

    score: int
    label: str


class ScoreLine(QWidget):
    """Shows scores of which one may be chosen, one proposed, and one last time's.

    `value` is None while unanswered.
    """

    def __init__(
        self, title: str, choices: Sequence[Choice], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.choices = tuple(choices)
        self.value: int | None = None
        self.proposed: int | None = None
        self.previous: int | None = None
        self.proposal_note = self.proposal_hint = ""
        self.read_only = False
        self._hovered: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

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
        self._describe()
        self.update()

    def label_of(self, score: int | None) -> str:
        """The words of a score, "" for none."""
        return next((choice.label for choice in self.choices if choice.score == score), "")

    def _scores(self) -> tuple[int, ...]:
        return tuple(choice.score for choice in self.choices)

    def _describe(self) -> None:
        if self.title:  # else the form that holds it has named it
            self.setAccessibleName(self.title)
        shown = "" if self.value is None else f"{self.value} {self.label_of(self.value)}"
        self.setAccessibleDescription(
            ", ".join(filter(None, (shown or self.proposal_note, self._last())))
        )

    def _last(self) -> str:
        """Last time's answer in words, "" without one."""
        if self.previous is None:
            return ""
        answer = f"{self.previous}  {self.label_of(self.previous)}"
        return _("As last time: {answer}").format(answer=answer)

    # -- geometry and painting

    def sizeHint(self) -> QSize:
        return QSize(self._wanted_title() + self._cell() * 11, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least_title() + self._cells_width(), self._height())

    def _cells_width(self) -> int:
        count = max(self._scores()) + 1
        return (self._cell() + 3) * count + theme.grid()

    def _least_title(self) -> int:
        return min(self._wanted_title(), self.fontMetrics().averageCharWidth() * 12)

    def _height(self) -> int:
        return round(self.fontMetrics().height() * 1.25) + theme.grid(1.5)

    def _cell(self) -> int:
        return round(self.fontMetrics().height() * 1.45)

    def _wanted_title(self) -> int:
        return round(TITLE_WIDTH * self.fontMetrics().height() / 19) if self.title else 0

    def _cells_left(self) -> int:
        """Where the cells begin: a long row takes the room of its title before its cells'."""
        room = self.width() - self._cells_width()
        return max(self._least_title(), min(self._wanted_title(), room))

    def _cell_rect(self, score: int) -> QRectF:
        side = self._cell()
        left = self._cells_left() + score * (side + 3)
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
