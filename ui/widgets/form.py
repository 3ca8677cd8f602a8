"""Labelled fields with their errors beneath them, as every dialog and page uses them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme


@dataclass(frozen=True, slots=True)
class _Line:
    """One field of a form with what belongs to it."""

    field: QWidget
    title: QLabel
    error: QLabel
    hint: QLabel | None
    gap_row: int
    """The row of the grid that keeps the next field apart."""


class Form(QWidget):
    """Rows of label, field and error. Labels stand above where `stacked`, else beside."""

    def __init__(self, *, stacked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stacked = stacked
        self._lines: dict[str, _Line] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.grid(2))
        self._grid.setVerticalSpacing(theme.grid(0.5))
        self._grid.setColumnStretch(1, 1)

    def add(self, key: str, label: str, field: QWidget, *, hint: str = "") -> QWidget:
        """A field under a key; its label's buddy, so Alt+letter and screen readers find it."""
        row = self._grid.rowCount()
        title = QLabel(label)
        title.setBuddy(field)
        _name(field, label)
        error = theme.label(role="error")
        error.setWordWrap(True)
        error.setVisible(False)
        if self._stacked:
            self._grid.addWidget(title, row, 0, 1, 2)
            self._grid.addWidget(field, row + 1, 0, 1, 2)
        else:
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(field, row, 1)
        first, span = (0, 2) if self._stacked else (1, 1)
        self._grid.addWidget(error, row + 2, first, 1, span)
        small = theme.label(hint, role="muted") if hint else None
        if small is not None:
            small.setWordWrap(True)
            self._grid.addWidget(small, row + 3, first, 1, span)
        self._grid.setRowMinimumHeight(row + 4, theme.grid(0.5))
        self._lines[key] = _Line(field, title, error, small, row + 4)
        return field

    def set_shown(self, key: str, shown: bool) -> None:
        """Show a field with its label and hint, or hide it with its error."""
        line = self._lines[key]
        for part in filter(None, (line.title, line.field, line.hint)):
            part.setVisible(shown)
        self._grid.setRowMinimumHeight(line.gap_row, theme.grid(0.5) if shown else 0)
        if not shown:
            line.error.setVisible(False)

    def set_label(self, key: str, label: str) -> None:
        """Call a field something else."""
        self._lines[key].title.setText(label)
        _name(self._lines[key].field, label)

    def add_wide(self, widget: QWidget) -> None:
        """A widget over the whole width, without label or error."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def fields(self) -> list[QWidget]:
        """The fields in their order."""
        return [line.field for line in self._lines.values()]

    def show_error(self, key: str, sentence: str, *, focus: bool = True) -> bool:
        """Put the sentence under its field; False where the form has no such field."""
        line = self._lines.get(key)
        if line is None:
            return False
        line.error.setText(sentence)
        line.error.setVisible(True)
        theme.retone(_shown(line.field), "invalid", True)
        if focus:
            line.field.setFocus()
        return True

    def clear_errors(self) -> None:
        """Take every error away."""
        for line in self._lines.values():
            line.error.setVisible(False)
            theme.retone(_shown(line.field), "invalid", False)

    def error_of(self, key: str) -> str:
        """The error shown under a field, or nothing."""
        error = self._lines[key].error
        return error.text() if error.isVisibleTo(self) else ""


def _name(field: QWidget, label: str) -> None:
    """Name a field for screen readers; of a compound one the line with the keyboard, too."""
    for part in (field, _shown(field)):
        part.setAccessibleName(label.replace("&", ""))


def _shown(field: QWidget) -> QWidget:
    """The line inside a compound field that carries the red border."""
    inner = field.focusProxy()
    return inner if isinstance(inner, QWidget) else field


class Faces(QWidget):
    """Pages of which one shows, as tall as that one; a QStackedWidget is as its tallest."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, face: QWidget) -> None:
        """One more page; the first is shown."""
        self._column.addWidget(face)  # first: without a parent it would show as a window
        face.setVisible(not self._faces)
        self._faces.append(face)

    def currentIndex(self) -> int:
        """Which page is shown."""
        return next(i for i, face in enumerate(self._faces) if not face.isHidden())

    def setCurrentIndex(self, index: int) -> None:
        """Show this page."""
        for i, face in enumerate(self._faces):
            face.setVisible(i == index)


def card(*, margins: float = 2.0) -> tuple[QFrame, QVBoxLayout]:
    """A raised panel and its column."""
    frame = QFrame()
    frame.setProperty("card", True)
    column = QVBoxLayout(frame)
    edge = theme.grid(margins)
    column.setContentsMargins(edge, edge, edge, edge)
    column.setSpacing(theme.grid())
    return frame, column


def link(text: str) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(text)
    button.setProperty("link", True)
    button.setAutoDefault(False)  # in a dialog Enter saves, and follows no link
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def in_a_row(*parts: QWidget, stretch: Sequence[int] = ()) -> QWidget:
    """Fields side by side as one; the first has the focus. Alike wide unless `stretch` says."""
    together = QWidget()
    row = QHBoxLayout(together)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.grid())
    for part, share in zip(parts, stretch or [1] * len(parts), strict=True):
        row.addWidget(part, share)
    together.setFocusProxy(parts[0])
    return together


def clear_layout(layout: QLayout) -> None:
    """Take every widget and layout out of a layout and let them go."""
    while layout.count():
        item = layout.takeAt(0)
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()  # else one that was never shown comes up as a window of its own
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


class Choice(QComboBox):
    """A choice among Python values; Qt would turn our enums into bare text."""

    def __init__(
        self, pairs: Sequence[tuple[Any, str]], *, chosen: object = None, searchable: bool = False
    ) -> None:
        super().__init__()
        self._values = [value for value, _text in pairs]
        for _value, text in pairs:
            self.addItem(text)
        if searchable:
            self._make_searchable()
        self.set_value(chosen)

    def offer(self, pairs: Sequence[tuple[Any, str]], *, chosen: object = None) -> None:
        """Offer these instead, and choose one."""
        self.clear()
        self._values = [value for value, _text in pairs]
        self.addItems([text for _value, text in pairs])
        self.set_value(chosen)

    def value(self) -> Any:
        """The value chosen, or None where nothing is."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Choose a value; the first one where it is not offered."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls, and no answer changes unseen

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.completer()
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.lineEdit().editingFinished.connect(self._settle)

    def _settle(self) -> None:
        found = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        if found >= 0:
            self.setCurrentIndex(found)
        self.setEditText(self.itemText(self.currentIndex()))


def under(name: str, field: QWidget, tip: str = "") -> QWidget:
    """A field with its name above."""
    title = QLabel(name)
    title.setProperty("role", "muted")
    title.setBuddy(field)
    if name:
        field.setAccessibleName(name)
    field.setAccessibleDescription(tip)
    title.setToolTip(theme.tip(tip))
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.grid(0.25))
    column.addWidget(title)
    column.addWidget(field)
    return both
