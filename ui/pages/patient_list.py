"""The patients on the left: search as one types, active or everyone, newest facts in two lines."""

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.background import Background
from ui.models.patients import ROW_ROLE, PatientsModel, row_summary
from woundtrack.records import PatientStatus
from woundtrack.report.labels import patient_name
from woundtrack.words import _

if TYPE_CHECKING:
    from woundtrack.store.clinic import Clinic
    from woundtrack.store.reader import Reader
    from woundtrack.store.types import PatientRow

DEBOUNCE_MS = 60
LIMIT = 200


class _RowDelegate(QStyledItemDelegate):
    """Name above, open lesions and last visit beneath."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.grid(20), option.fontMetrics.height() * 2 + theme.grid(1.5))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: PatientRow = index.data(ROW_ROLE)
        colours = theme.tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or over:
            painter.fillRect(rect, QColor(colours.accent_soft if chosen else colours.hover))
        if chosen:
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(colours.accent))
        line = option.fontMetrics.height()
        left, top = rect.x() + theme.grid(3.5), rect.y() + theme.grid(0.75)
        tone = colours.accent if row.open_lesions else colours.border
        painter.setPen(QColor(tone))
        painter.setBrush(QColor(tone) if row.open_lesions else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRect(rect.x() + theme.grid(1.5), top + line // 2 - 4, 8, 8))
        width = rect.right() - left - theme.grid()
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(colours.text))
        self._line(painter, QRect(left, top, width, line), patient_name(row.patient))
        painter.setFont(theme.font())
        painter.setPen(QColor(colours.muted))
        self._line(painter, QRect(left, top + line, width, line), row_summary(row))
        painter.restore()

    @staticmethod
    def _line(painter: QPainter, box: QRect, text: str) -> None:
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)


class _SearchLine(QLineEdit):
    """Down and Enter go on into the list."""

    leave = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.leave.emit(False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave.emit(True)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class PatientList(QWidget):
    """Searches in the background and announces who was chosen."""

    patient_chosen = Signal(int)
    new_requested = Signal()

    def __init__(
        self, clinic: "Clinic", background: Background, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic, self._background = clinic, background
        self._wanted: int | None = None
        self.without: int | None = None
        """A patient who is not listed: the one that a double is chosen for."""
        self._fresh = False
        self.search = _SearchLine()
        self.search.setPlaceholderText(_("Search patients…"))
        self.search.setClearButtonEnabled(True)
        glass = QAction(icons.icon("search", tone="muted"), "", self.search)
        self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.setAccessibleName(_("Search patients"))
        self.everyone = QCheckBox(_("Also moved away or died"))
        self.model = PatientsModel()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_RowDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(_("Patients"))
        self.empty = theme.label(role="muted")
        self.empty.setWordWrap(True)
        self.empty.setMargin(theme.grid(2))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.new_button = theme.button(_("New patient"), icon=icons.icon("user-plus"))
        self.new_button.clicked.connect(self.new_requested)
        self._folded = False
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.search.leave.connect(self._into_list)
        self.everyone.toggled.connect(lambda _on: self.refresh())
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self.view.clicked.connect(self._clicked)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.grid(), 0, theme.grid())
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.grid(), 0, theme.grid(), 0)
        inner.addWidget(self.search)
        inner.addWidget(self.everyone)
        layout.addLayout(inner)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.grid(), 0, theme.grid(), 0)
        foot.addWidget(self.new_button)
        layout.addLayout(foot)
        self.empty.setVisible(False)

    def refresh(self) -> None:
        """Ask the store again; an older answer still under way is dropped."""
        text, everyone = self.search.text().strip(), self.everyone.isChecked()
        without = self.without

        def ask(reader: "Reader") -> "tuple[list[PatientRow], bool]":
            found = reader.search_patients(text, everyone=everyone, limit=LIMIT)
            rows = [row for row in found if row.id != without]
            first = [] if rows else reader.search_patients("", everyone=True, limit=2)
            return rows, any(row.id != without for row in first)

        def work() -> "tuple[list[PatientRow], bool]":
            return self._clinic.read(ask)

        # The key is this list's own: a dialog's list is filled beside the window's.
        self._background.run(work, done=self._show, key=f"patient search {id(self)}")

    def select(self, patient_id: int | None) -> None:
        """Mark a patient as the one shown, now or when next listed; announces nothing."""
        self._wanted = patient_id
        index = self.model.index_of(patient_id or 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if index.isValid():
            self.view.selectionModel().setCurrentIndex(index, flags)
            self.view.scrollTo(index)
        else:
            self.view.selectionModel().clear()

    def begin_search(self) -> None:
        """Go to the search line."""
        self.setVisible(True)
        self.search.setFocus()
        self.search.selectAll()

    def fold_away(self) -> None:
        """Make room for the page beside it."""
        self._folded |= not self.isHidden()
        self.hide()

    def come_back(self) -> None:
        """Show it again, unless a person put it away."""
        if self._folded:
            self.show()
        self._folded = False

    def _show(self, found: "tuple[list[PatientRow], bool]") -> None:
        rows, others = found
        self.model.set_rows(rows)
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if not rows:
            self.empty.setText(self._why_empty(others=others))
        self.select(self._wanted)

    def _why_empty(self, *, others: bool) -> str:
        if self.search.text().strip():
            return _(
                "Nobody matches. Try part of the name, the number, the code or the birth date, "
                "or search also those who moved or died."
            )
        if others:
            return _("Nobody is seen here now. Tick the box above for those who moved or died.")
        if self.without is not None:
            return _("This is the only patient of the clinic: there is no double here.")
        return _("No patients yet. Add the first one with New patient (Ctrl+N).")

    def _into_list(self, open_first: bool) -> None:
        if not self.model.rowCount():
            return
        index = self.view.currentIndex()
        if not index.isValid() or open_first:
            index = self.model.index(0)
        self.view.setFocus()
        self.view.setCurrentIndex(index)

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        row: PatientRow | None = index.data(ROW_ROLE) if index.isValid() else None
        if row is not None and row.id != self._wanted:
            self._wanted, self._fresh = row.id, True
            self.patient_chosen.emit(row.id)

    def _clicked(self, index: QModelIndex) -> None:
        """A click on the patient already chosen leads back to them from a visit."""
        if not self._fresh:
            self.patient_chosen.emit(index.data(ROW_ROLE).id)
        self._fresh = False

    def is_daily(self, status: PatientStatus) -> bool:
        """Whether a patient of this status is in the list as filtered now."""
        return self.everyone.isChecked() or status is PatientStatus.ACTIVE
