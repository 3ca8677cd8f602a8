"""A lesion, and all of them together, as cards that one can choose."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.body_map import CLASS_COLOURS
from ui.models.lesion_view import LesionView
from ui.models.patient_view import TotalView
from woundtrack.records import SiteClass
from woundtrack.words import _, labelled


class _Letter(QWidget):
    """The lesion's letter on its class's colour, as on the body map."""

    def __init__(self, view: LesionView) -> None:
        super().__init__()
        self._view = view
        self.setFixedSize(QSize(26, 26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        dot = self._view.dot
        colour = QColor(CLASS_COLOURS[dot.site_class if dot else SiteClass.UNCLASSIFIED])
        if dot is not None and dot.ended:
            colour = QColor(theme.tokens().muted)
        closed = bool(self._view.status)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush if closed else colour)
        painter.drawEllipse(QPointF(13, 13), 11.5, 11.5)
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(theme.tokens().text if closed else theme.ink_on(colour.name())))
        painter.drawText(QRectF(0, 0, 26, 26), Qt.AlignmentFlag.AlignCenter, self._view.label[:2])
        painter.end()


class _Card(QFrame):
    """A size in large print, of one lesion or all; chosen by click, Space or Enter."""

    chosen = Signal(object)
    """The lesion's id; None is all of them."""

    def __init__(self, lesion_id: int | None) -> None:
        super().__init__()
        self.lesion_id = lesion_id
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.grid(1.5), theme.grid(), theme.grid(1.5), theme.grid())
        self.column.setSpacing(theme.grid(0.25))

    def add_figure(self, text: str, *, known: bool) -> None:
        """The size; where it is not known, why, less loudly and in as much room."""
        figure = theme.label(text, role="figure" if known else "heading")
        figure.setMinimumHeight(theme.label("0", role="figure").sizeHint().height())
        self.column.addWidget(figure)

    def set_chosen(self, chosen: bool) -> None:
        """Frame the card in the accent colour, or not."""
        theme.retone(self, "card", "chosen" if chosen else "true")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.lesion_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.lesion_id)
        else:
            super().keyPressEvent(event)


class LesionCard(_Card):
    """One lesion; a double click asks to edit it."""

    edit_requested = Signal(int)
    menu_requested = Signal(int, object)

    def __init__(self, view: LesionView) -> None:
        super().__init__(view.id)
        said = (view.place, view.figure, view.remark)
        self.setAccessibleName(labelled(view.label, ", ".join(part for part in said if part)))
        first = QHBoxLayout()
        first.setSpacing(theme.grid())
        first.addWidget(_Letter(view))
        first.addWidget(theme.label(view.place, role="heading"), 1)
        first.addWidget(theme.chip(view.class_text, tone="neutral"))
        self.column.addLayout(first)
        self.add_figure(view.figure, known=view.measured)
        change = theme.label(view.change or " ", role=view.change_tone)
        change.setToolTip(view.change_hint)
        self.column.addWidget(change)
        if view.remark:
            remark = theme.label(view.remark, role="muted")
            remark.setToolTip(view.remark_hint)
            self.column.addWidget(remark)
        self.column.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(max(theme.grid(28), least.width()), least.height())

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.edit_requested.emit(self.lesion_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.chosen.emit(self.lesion_id)
        self.menu_requested.emit(self.lesion_id, event.globalPos())


class TotalCard(_Card):
    """The area of all lesions together."""

    def __init__(self, view: TotalView) -> None:
        super().__init__(None)
        title = _("All lesions together")
        self.setAccessibleName(labelled(title, f"{view.figure}, {view.day}"))
        self.column.addWidget(theme.label(title, role="heading"))
        self.add_figure(view.figure, known=view.known)
        self.column.addWidget(theme.label(view.day, role="muted"))
        self.column.addStretch(1)
