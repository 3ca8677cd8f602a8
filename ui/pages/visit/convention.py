"""What belongs inside an outline, as a drawing: the same for everyone who traces."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import icons, theme
from ui.settings import Settings
from ui.widgets.form import card, link
from woundtrack.words import N_, _

REMEMBERED = "outline_convention"
CLOSED = "closed"
GAP = 2 * "\N{NO-BREAK SPACE}"
INSIDE = (N_("Granulation"), N_("Slough, fibrin"), N_("Necrosis, eschar"))
OUTSIDE = (N_("New epithelium"), N_("Erythema"), N_("Livedo"))
SKIN, GRANULATION, SLOUGH, ESCHAR = "#e6bfa2", "#b23a3a", "#dcc873", "#2a2220"
EPITHELIUM, ERYTHEMA, LIVEDO = "#f0a8a8", "#d98874", "#7d4a7a"
PLACES = {1: (0.41, 0.36), 2: (0.58, 0.42), 3: (0.47, 0.66), 4: (0.31, 0.62), 5: (0.74, 0.74),
          6: (0.86, 0.22)}  # fmt: skip
"""Where each number stands, as parts of the drawing."""


class ConventionFigure(QWidget):
    """A drawn wound whose tissues are numbered; the outline runs where there is no skin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(theme.grid(17))
        self.setAccessibleName(_("A drawn wound with its outline"))

    def sizeHint(self) -> QSize:
        return QSize(theme.grid(34), theme.grid(17))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        frame = QPainterPath()
        frame.addRoundedRect(area, 8, 8)
        painter.setClipPath(frame)
        painter.fillRect(area, QColor(SKIN))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ERYTHEMA))
        painter.drawPath(_blob(area, 1.42))
        _paint_livedo(painter, area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(EPITHELIUM))
        painter.drawPath(_blob(area, 1.18))
        wound = _blob(area, 1.0)
        painter.setBrush(QColor(GRANULATION))
        painter.drawPath(wound)
        painter.save()
        painter.setClipPath(wound, Qt.ClipOperation.IntersectClip)
        for colour, spot in ((SLOUGH, (0.62, 0.40, 0.12, 0.22)), (ESCHAR, (0.47, 0.70, 0.15, 0.2))):
            painter.setBrush(QColor(colour))
            painter.drawEllipse(_at(area, spot[:2]), spot[2] * area.width(),
                                spot[3] * area.height())  # fmt: skip
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("#10151b", 4.6), ("#56b4e9", 2.4)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPath(wound)
        for number, place in PLACES.items():
            _paint_number(painter, _at(area, place), number)


class ConventionPanel(QWidget):
    """“What belongs inside?”: opens and folds; stays folded for whoever folded it."""

    def __init__(self, settings: Settings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        frame, column = card(margins=1.5)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        top = QHBoxLayout()
        self.title = link(_("What belongs inside?"))
        self.title.setIcon(icons.icon("info"))
        self.title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.title.clicked.connect(self.turn)
        top.addWidget(self.title)
        top.addStretch(1)
        column.addLayout(top)
        self.body = QWidget()
        column.addWidget(self.body)
        self._build(QVBoxLayout(self.body))
        self.set_open(settings is not None and settings.last(REMEMBERED) != CLOSED)

    def is_open(self) -> bool:
        """Whether the drawing is shown."""
        return not self.body.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Show or fold the drawing, without remembering it."""
        self.body.setVisible(is_open)
        tip = _("Fold") if is_open else _("Show what is traced and what is not")
        self.title.setToolTip(tip)

    def turn(self) -> None:
        """Open or fold, and remember which."""
        self.set_open(not self.is_open())
        if self._settings is not None:
            self._settings.keep_last(REMEMBERED, "open" if self.is_open() else CLOSED)

    def _build(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid())
        column.addWidget(ConventionFigure())
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.grid(1.5))
        grid.setVerticalSpacing(theme.grid(0.25))
        lists = ((_("Inside"), INSIDE, 1), (_("Outside"), OUTSIDE, 4))
        for place, (title, names, first) in enumerate(lists):
            heading = theme.label(title)
            heading.setFont(theme.font(bold=True))
            grid.addWidget(heading, 0, place)
            for row, name in enumerate(names):
                line = theme.label(f"{first + row}{GAP}{_(name)}")
                line.setWordWrap(True)
                grid.addWidget(line, row + 1, place)
        column.addLayout(grid)
        note = theme.label(
            _("Undermining is not traced: its depth is a field of the form."), role="muted"
        )
        note.setWordWrap(True)
        column.addWidget(note)


def _at(area: QRectF, place: tuple[float, ...]) -> QPointF:
    return QPointF(area.left() + place[0] * area.width(), area.top() + place[1] * area.height())


def _blob(area: QRectF, size: float) -> QPainterPath:
    """The wound's edge, `size` times as large about its middle."""
    edge = ((0.33, 0.45), (0.36, 0.20), (0.50, 0.16), (0.66, 0.18), (0.72, 0.42),
            (0.68, 0.68), (0.56, 0.86), (0.40, 0.80))  # fmt: skip
    middle = (0.52, 0.5)
    points = [
        _at(area, tuple(m + size * (value - m) for value, m in zip(point, middle, strict=True)))
        for point in edge
    ]
    path = QPainterPath((points[-1] + points[0]) / 2)
    for here, after in zip(points, [*points[1:], points[0]], strict=True):
        path.quadTo(here, (here + after) / 2)
    return path


def _paint_livedo(painter: QPainter, area: QRectF) -> None:
    """The violet net of livedo in the upper right."""
    painter.setPen(QPen(QColor(LIVEDO), 1.8))
    knots = {
        0: (0.80, 0.02), 1: (0.84, 0.16), 2: (0.93, 0.20), 3: (0.99, 0.08), 4: (0.80, 0.30),
        5: (0.88, 0.40), 6: (0.98, 0.36), 7: (0.86, 0.54), 8: (0.97, 0.58),
    }  # fmt: skip
    for a, b in ((0, 1), (1, 2), (2, 3), (1, 4), (4, 5), (5, 6), (2, 6), (5, 7), (7, 8), (6, 8)):
        painter.drawLine(_at(area, knots[a]), _at(area, knots[b]))


def _paint_number(painter: QPainter, at: QPointF, number: int) -> None:
    font = theme.font(bold=True)
    radius = 0.62 * QFontMetricsF(font).height()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#ffffff"))
    painter.drawEllipse(at, radius, radius)
    painter.setFont(font)
    painter.setPen(QColor("#10151b"))
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
