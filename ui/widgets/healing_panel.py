"""How the chosen lesion heals, by therapy: worked out in the background once it is looked at."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.background import Background
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Banner, clear_layout
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.records import PatientHistory
from woundtrack.words import N_, _, labelled

if TYPE_CHECKING:
    from ui.models.healing_view import Figure, HealingView, PhaseRow, TherapyBlock

COLUMNS = (
    N_("Phase"), N_("Days and visits"), N_("Area per week\n(95 % interval)"),
    N_("Against before\n(95 % interval)"),
)  # fmt: skip
RATE, DIFFERENCE = 2, 3
BESIDE = 3
"""Steps of the grid that a cell keeps free beside its text, with some to spare."""


class _FigureCell(QFrame):
    """One figure with its name; it can have the focus, so that its tip is within reach of keys."""

    def __init__(self, figure: "Figure") -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(figure.tip)
        self.setAccessibleName(labelled(figure.name, figure.text))
        self.setAccessibleDescription(figure.tip)
        value = theme.label(figure.text)
        value.setFont(theme.font(bold=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid()] * 4)
        column.setSpacing(theme.grid(0.25))
        column.addWidget(theme.label(figure.name, role="muted"))
        column.addWidget(value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        theme.retone(self, "card", "chosen")
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self.toolTip(), self)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        theme.retone(self, "card", "true")
        QToolTip.hideText()
        super().focusOutEvent(event)


class _PhaseTable(QTableWidget):
    """A heading row for each therapy, then its phases; as tall as its rows: the page scrolls.

    Arrows go from cell to cell and show what a figure rests on, as the mouse does; Tab leaves.
    """

    def __init__(self) -> None:
        super().__init__(0, len(COLUMNS))
        self._wide: dict[int, int] = {}
        """By row, the column from which one text goes to the end."""
        self.setHorizontalHeaderLabels([_(one) for one in COLUMNS])
        self.setAccessibleName(_("Healing by therapy"))
        self.verticalHeader().setVisible(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.currentCellChanged.connect(lambda row, column, *_was: self._point(row, column))

    def set_blocks(self, blocks: Sequence["TherapyBlock"]) -> None:
        """Show these therapies instead."""
        self.clearSpans()
        self.setRowCount(0)
        self._wide = {}
        for block in blocks:
            head = QTableWidgetItem(block.title)
            head.setFont(theme.font(bold=True))
            self._add([head])
            for row in block.rows:
                self._add(_items(block, row), wide_from=RATE if row.refused else None)
            self._widen(self.rowCount() - len(block.rows) - 1, 0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _add(self, items: list[QTableWidgetItem], *, wide_from: int | None = None) -> None:
        at = self.rowCount()
        self.insertRow(at)
        for column, item in enumerate(items):
            self.setItem(at, column, item)
        if wide_from is not None:
            self._widen(at, wide_from)

    def _widen(self, row: int, column: int) -> None:
        self._wide[row] = column
        self.setSpan(row, column, 1, len(COLUMNS) - column)

    def _fit(self) -> None:
        self._share_width()
        self.resizeRowsToContents()
        for row, column in self._wide.items():
            # Qt takes a text that goes over several columns to be as narrow as its first.
            self.setRowHeight(row, max(self._height_of(row, c) for c in range(column + 1)))
        height = sum(self.rowHeight(row) for row in range(self.rowCount()))
        header = self.horizontalHeader()
        if header.length() > self.width():
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(header.sizeHint().height() + height)

    def _share_width(self) -> None:
        """The figures take what the others leave, but none less than it needs: no text is cut."""
        header = self.horizontalHeader()
        least = [max(header.sectionSizeHint(c), *self._widths(c)) for c in range(len(COLUMNS))]
        left = self.width() - sum(least[:RATE])
        for column, width in enumerate(least):
            header.resizeSection(column, width if column < RATE else max(width, left // 2))

    def _widths(self, column: int) -> list[int]:
        """Of the texts that stand in this column alone, and 0."""
        metrics = self.fontMetrics()
        return [0] + [
            metrics.horizontalAdvance(line) + theme.grid(BESIDE)
            for row in range(self.rowCount())
            if self._wide.get(row, len(COLUMNS)) > column
            for line in self.item(row, column).text().split("\n")
        ]

    def _height_of(self, row: int, column: int) -> int:
        last = len(COLUMNS) if column == self._wide[row] else column + 1
        width = sum(self.columnWidth(each) for each in range(column, last)) - theme.grid(BESIDE)
        item = self.item(row, column)
        space = QRect(0, 0, width, 10_000)
        lines = QFontMetrics(item.font()).boundingRect(space, Qt.TextFlag.TextWordWrap, item.text())
        return lines.height() + theme.grid()

    def _point(self, row: int, column: int) -> None:
        item = self.item(row, column)
        if item is not None and self.hasFocus():
            under = self.viewport().mapToGlobal(self.visualItemRect(item).bottomLeft())
            QToolTip.showText(under, item.toolTip(), self)


def _items(block: "TherapyBlock", row: "PhaseRow") -> list[QTableWidgetItem]:
    texts = (row.phase, row.time, row.rate, row.difference)
    tips = ("", "", row.rate_tip, row.difference_tip)
    made = []
    for column, (text, tip) in enumerate(zip(texts, tips, strict=True)):
        item = QTableWidgetItem(text)
        item.setToolTip(tip)
        name = " ".join(_(COLUMNS[column]).split())
        said = labelled(f"{block.title}, {row.phase}, {name}", ", ".join(text.split("\n")))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tip)
        made.append(item)
    return made


class HealingPanel(QWidget):
    """Figures of the lesion, then each therapy's rates before, during and after.

    It asks only while it is looked at: the first answer loads the statistics. `caution` is for
    the page to place where it never scrolls away; it shows while rates by therapy are looked at.
    """

    def __init__(self, background: Background, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._history: PatientHistory | None = None
        self._lesion_id: int | None = None
        self._asked_for: tuple[int, int] | None = None
        self._outdated = False
        self.shown: HealingView | None = None
        self.say = _wrapped("muted")
        self.note = _wrapped("muted")
        self.caution = Banner(tone="neutral")
        self.caution.setVisible(False)
        figures = QWidget()
        self.figures = FlowLayout(figures)
        self.table = _PhaseTable()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.grid()] * 4)
        column.setSpacing(theme.grid())
        for part in (self.say, figures, self.table, self.note):
            column.addWidget(part)
        column.addStretch(1)
        self._clear()

    def set_history(self, history: PatientHistory | None, lesion_id: int | None) -> None:
        """What is to be told: at once where this is looked at, else when it is."""
        self._history, self._lesion_id = history, lesion_id
        self._outdated = True
        if self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._caution()
        if self._outdated:
            self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.caution.setVisible(False)

    def _caution(self) -> None:
        self.caution.say(self.shown.caution if self.shown and self.isVisible() else "")

    def _ask(self) -> None:
        history, lesion_id = self._history, self._lesion_id
        self._outdated = False
        wanted = (history.patient.id, lesion_id) if history and lesion_id is not None else None
        if wanted != self._asked_for:
            self._clear()  # nothing of one lesion stands under the name of another
        self._asked_for = wanted
        if wanted is None or history is None or lesion_id is None:
            self._say(_("Choose a lesion to see how it heals."))
            # Answers that are still on their way are nobody's.
            self._background.run(lambda: None, key="healing")
            return
        self._say(_("Working it out…"))

        def work() -> "HealingView":
            from ui.models.healing_view import healing_view

            return healing_view(history, lesion_id=lesion_id)

        self._background.run(work, done=self._show, failed=self._fail, key="healing")

    def _fail(self, error: Exception) -> None:
        assert isinstance(error, WoundtrackError)
        self._clear()
        self._say(explain(error))

    def _clear(self) -> None:
        self.shown = None
        clear_layout(self.figures)
        self.table.set_blocks(())
        self._caution()
        for part in (self.table, self.note):
            part.setVisible(False)

    def _say(self, text: str) -> None:
        self.say.setText(text)
        self.say.setVisible(bool(text))

    def _show(self, view: "HealingView") -> None:
        self._say(view.empty)
        if view == self.shown:
            return  # the focus stays where it is
        self._clear()
        self.shown = view
        for figure in view.figures:
            self.figures.addWidget(_FigureCell(figure))
        self._caution()
        self.note.setText(view.note)
        self.note.setVisible(bool(view.note))
        self.table.set_blocks(view.blocks)
        self.table.setVisible(bool(view.blocks))


def _wrapped(role: str = "") -> QLabel:
    made = theme.label(role=role)
    made.setWordWrap(True)
    return made
