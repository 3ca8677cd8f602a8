"""What the outlines of the shown photo measure, one card a lesion."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from ui import theme
from ui.pages.visit.checks import photo_name
from ui.pages.visit.round_limb import limb_note
from ui.pages.visit.sizes import change_since_last
from ui.pages.visit.state import Cell, VisitState, counting_cell
from ui.photo_editor.scene import lesion_colour
from ui.widgets.form import card
from woundtrack import words
from woundtrack.anatomy.sites import place_name
from woundtrack.explain import explain
from woundtrack.words import _


class LesionCard(QWidget):
    """One lesion's figures in one photo."""

    chosen = Signal(int)
    counted = Signal(int)

    def __init__(self, lesion_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lesion_id = lesion_id
        self.frame, column = card(margins=1.5)
        column.setSpacing(theme.grid(0.5))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.frame)
        top = QHBoxLayout()
        self.name = QPushButton()
        self.name.setProperty("link", True)
        self.name.clicked.connect(lambda: self.chosen.emit(lesion_id))
        self.counts = QRadioButton(_("counts"))
        self.counts.setToolTip(_("This photo’s measurement is the one that goes into the chart"))
        self.counts.clicked.connect(lambda: self.counted.emit(lesion_id))
        top.addWidget(self.name, 1)
        top.addWidget(self.counts)
        column.addLayout(top)
        self.area = theme.label(role="figure")
        self.size = theme.label()
        self.round_limb = theme.label(role="muted")
        self.change = theme.label(role="muted")
        self.problem = theme.label(role="warning")
        for label in (self.area, self.size, self.round_limb, self.change, self.problem):
            label.setWordWrap(True)
            column.addWidget(label)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Anywhere on the card chooses its lesion."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.lesion_id)

    def show_cell(self, state: VisitState, cell: Cell, *, active: bool, looking: bool) -> None:
        """Show one lesion in one photo."""
        lesion = state.lesion(cell[1])
        if lesion is None:
            return
        position = [each.id for each in state.lesions].index(lesion.id)
        place = place_name(lesion.value.site, lesion.value.side)
        self.name.setText(f"{lesion.value.label} · {place}")
        self.name.setIcon(_dot(lesion_colour(position)))
        theme.retone(self.frame, "card", "chosen" if active else "true")
        taken = state.measurement(cell)
        measured = taken.measurement if taken else None
        self.area.setText(words.area(measured.area_cm2, measured.area_cm2_sd) if measured else "–")
        self.size.setText(
            _("{length} × {width} cm, perimeter {perimeter} cm").format(
                length=words.number(measured.length_cm),
                width=words.number(measured.width_cm),
                perimeter=words.number(measured.perimeter_cm),
            )
            if measured
            else ""
        )
        self.size.setVisible(measured is not None)
        self.round_limb.setText(limb_note(state, cell))
        self.round_limb.setVisible(bool(self.round_limb.text()))
        self._show_change(state, cell)
        self._show_problem(state, cell, looking=looking, measured=measured is not None)

    def _show_change(self, state: VisitState, cell: Cell) -> None:
        best = counting_cell(state, cell[1])
        several = sum(state.measurement(c) is not None for c in state.cells() if c[1] == cell[1])
        self.counts.setVisible(several > 1 and state.measurement(cell) is not None)
        self.counts.setChecked(best == cell)
        self.counts.setEnabled(not state.locked)
        change = change_since_last(state, cell[1]) if best == cell else None
        if best is not None and best != cell and state.measurement(cell):
            text = _("{photo} counts for the chart").format(photo=photo_name(state, best[0]))
            self.change.setText(text)
        else:
            self.change.setText(change.text if change else "")
            self.change.setToolTip(change.hint if change else "")
        tone = "muted" if change is None or not change.beyond_error else ""
        theme.retone(self.change, "role", tone)
        self.change.setVisible(bool(self.change.text()))

    def _show_problem(
        self, state: VisitState, cell: Cell, *, looking: bool, measured: bool
    ) -> None:
        text = ""
        if not measured:
            if cell in state.problems:
                text = explain(state.problems[cell])
            elif looking:
                text = _("Looking…")
            elif state.outline(cell) is None and state.locked:
                text = _("Not outlined.")
            elif state.outline(cell) is None:
                text = _("Not outlined yet. Click the wound, or draw round it.")
            elif state.photo_scale(cell[0]) is None:
                text = _("Outlined; the scale is missing.")
            elif state.scale(cell[0]) is None:
                text = _("Not measured: this photo has no scale.")
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.area.setVisible(measured or not text)


def _dot(colour: str) -> QIcon:
    pixmap = QPixmap(24, 24)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.tokens().border))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(3, 3, 18, 18)
    painter.end()
    return QIcon(pixmap)


class MeasurePanel(QWidget):
    """The cards of all lesions in a photo."""

    lesion_chosen = Signal(int)
    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid())
        self._cards: dict[int, LesionCard] = {}

    def show_photo(
        self, state: VisitState, photo_id: int, *, active: int | None, looking: bool
    ) -> None:
        """Show the lesions of a photo."""
        ids = [lesion_id for _photo, lesion_id in state.cells(photo_id)]
        if list(self._cards) != ids:
            for old in self._cards.values():
                self._column.removeWidget(old)
                old.hide()
                old.deleteLater()
            self._cards = {lesion_id: self._card(lesion_id) for lesion_id in ids}
        for lesion_id, shown in self._cards.items():
            shown.show_cell(
                state, (photo_id, lesion_id), active=lesion_id == active, looking=looking
            )

    def card(self, lesion_id: int) -> LesionCard | None:
        """The card of a lesion."""
        return self._cards.get(lesion_id)

    def _card(self, lesion_id: int) -> LesionCard:
        made = LesionCard(lesion_id)
        made.chosen.connect(self.lesion_chosen)
        made.counted.connect(self.counted)
        self._column.addWidget(made)
        return made
