"""What a reader's eye, a keyboard and a screen reader find wrong in a widget."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QSplitterHandle,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from ui.widgets.elided import ElidedLabel

SLACK_PX = 2
ARROW_PX = 24
"""What a combo box needs beside its text."""
KEYED = {
    "StepBar": "Alt and the step's number",
    "GoBar": "Ctrl+Enter",
    "ScorePanel": "the answer's digit",
    "PhotoCard": "the lesion's letter; Delete",
    "LabGrid": "typing in the cell",
}
"""Where buttons keep the keyboard's place, and the keys that press them."""


def cut_off(root: QWidget) -> Iterator[str]:
    """The texts that are not seen whole and cannot be scrolled to; elided ones tell all by tip."""
    for widget in shown_in(root):
        if (why := _narrow(widget) or _outside(widget, root)) is not None:
            yield f"{path_of(widget)}: {why}"


def unnamed(root: QWidget) -> Iterator[str]:
    """What the keyboard comes to and a screen reader has no name for."""
    for widget in shown_in(root):
        if not widget.isEnabled() or not _takes_tab(widget) or widget.focusProxy() is not None:
            continue
        if isinstance(widget, QScrollArea | QSplitterHandle | QTabBar):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            yield path_of(widget)


def out_of_reach(root: QWidget) -> Iterator[str]:
    """The buttons that neither Tab nor a key of their own leads to."""
    for button in shown_in(root):
        if not isinstance(button, QAbstractButton) or _takes_tab(button) or not button.isEnabled():
            continue
        field = isinstance(button.parentWidget(), QLineEdit)  # its own key or typing does it
        corner = isinstance(button.parentWidget(), QTableView)
        sibling = isinstance(button, QRadioButton)  # arrows go there
        keyed = [a for a in button.actions() if not a.shortcut().isEmpty()]
        told = set(KEYED) & set(path_of(button).split(" in ")) or not button.shortcut().isEmpty()
        if not (field or corner or sibling or told or keyed):
            yield f"{path_of(button)}: {button.text() or button.toolTip()!r}"


def shown_in(root: QWidget) -> Iterator[QWidget]:
    """The widget and all in it that would be seen."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisibleTo(root):
            yield widget


def path_of(widget: QWidget) -> str:
    """The widget's kind, in those of what holds it."""
    kinds: list[str] = []
    each: QWidget | None = widget
    while each is not None and len(kinds) < 4:
        kinds.append(type(each).__name__)
        each = each.parentWidget()
    return " in ".join(kinds)


def plain(text: str) -> str:
    """The text as it is seen: without marks of form and of mnemonics."""
    if "<" in text and ">" in text:
        document = QTextDocument()
        document.setHtml(text)
        return document.toPlainText()
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _narrow(widget: QWidget) -> str | None:
    if isinstance(widget, QLabel):
        return _label(widget)
    metrics = widget.fontMetrics()
    if isinstance(widget, QAbstractButton):
        icon_only = (
            isinstance(widget, QToolButton)
            and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        text = "" if icon_only else plain(widget.text())
        wide = max((metrics.horizontalAdvance(line) for line in text.split("\n")), default=0)
        if text and wide + SLACK_PX > widget.width():
            return f"{widget.width()} px for {wide}: {text!r}"
    if isinstance(widget, QComboBox):
        wide = metrics.horizontalAdvance(widget.currentText()) + ARROW_PX
        if wide > widget.width() + SLACK_PX and widget.toolTip() != widget.currentText():
            return f"{widget.width()} px for {wide}: {widget.currentText()!r}"
    if isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
        for place in range(widget.count()):
            wide = widget.sectionSizeFromContents(place).width()
            if not widget.isSectionHidden(place) and wide > widget.sectionSize(place) + SLACK_PX:
                head = widget.model().headerData(place, Qt.Orientation.Horizontal)
                return f"{widget.sectionSize(place)} px for {wide}: {head!r}"
    if isinstance(widget, QLineEdit) and not widget.text():
        wide = metrics.horizontalAdvance(widget.placeholderText())
        if wide > widget.width():
            return f"{widget.width()} px for {wide}: {widget.placeholderText()!r}"
    return None


def _label(label: QLabel) -> str | None:
    text, metrics, inside = plain(label.text()), label.fontMetrics(), label.contentsRect()
    if not text or label.toolTip() == label.text() or isinstance(label, ElidedLabel):
        return None
    parts = text.split() if label.wordWrap() else text.split("\n")
    wide = max((metrics.horizontalAdvance(part) for part in parts), default=0)
    if wide > inside.width() + SLACK_PX:
        return f"{inside.width()} px for {wide}: {text!r}"
    lines = metrics.height() * (text.count("\n") + 1)
    high = label.heightForWidth(label.width()) if label.wordWrap() else lines
    if high > label.height() + 2 * SLACK_PX:
        return f"{label.height()} px high for {high}: {text!r}"
    return None


def _outside(widget: QWidget, root: QWidget) -> str | None:
    """Whether a part lies outside what holds it and cannot be scrolled to."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    if not text or widget is root:
        return None
    box = QRect(widget.mapTo(root, QPoint()), QWidget.size(widget))
    holder = widget.parentWidget()
    while holder is not None:
        area = QRect(holder.mapTo(root, QPoint()), QWidget.size(holder)).adjusted(-1, -1, 1, 1)
        scroll = holder.parentWidget()
        scrolls = isinstance(scroll, QAbstractScrollArea) and scroll.viewport() is holder
        if scrolls and isinstance(scroll, QAbstractScrollArea):
            stuck = scroll.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            cut = box.left() < area.left() or box.right() > area.right()
            return f"cut at the side: {plain(text)!r}" if stuck and cut else None
        if not area.contains(box):
            return f"outside {type(holder).__name__}: {plain(text)!r}"
        if holder is root:
            return None
        holder = holder.parentWidget()
    return None
