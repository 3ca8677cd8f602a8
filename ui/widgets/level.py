"""A small round spirit level: how far the camera was tilted, and which way."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from woundtrack import words
from woundtrack.words import N_, _

GOOD_DEG, POOR_DEG = 15.0, 30.0
RIM_DEG = 40.0
"""The tilt at which the bubble touches the rim, and at which a photo is refused."""
SIDES = (
    N_("towards the top"), N_("towards the top right"), N_("towards the right"),
    N_("towards the bottom right"), N_("towards the bottom"), N_("towards the bottom left"),
    N_("towards the left"), N_("towards the top left"),
)  # fmt: skip
LEAST_NAMED_DEG = 0.5
"""A tilt that is printed as 0° has no direction."""


def tone_of(tilt_deg: float) -> str:
    """How good a tilt is: "ok", "warning" or "danger"."""
    if tilt_deg <= GOOD_DEG:
        return "ok"
    return "warning" if tilt_deg <= POOR_DEG else "danger"


def tilt_words(tilt_deg: float | None, towards_deg: float | None) -> str:
    """A tilt and the side of the photo that lies farther away, clockwise degrees from up."""
    if tilt_deg is None:
        return _("Tilt unknown")
    degrees = words.number(tilt_deg, decimals=0)
    if towards_deg is None or tilt_deg < LEAST_NAMED_DEG:
        return _("Tilt {degrees}°").format(degrees=degrees)
    side = _(SIDES[round(towards_deg / 45.0) % 8])
    return _("Tilt {degrees}°, {side}").format(degrees=degrees, side=side)


class SpiritLevel(QWidget):
    """The bubble lies towards the side that was farther from the camera; in the middle is best."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tilt_deg: float | None = None
        self.towards_deg: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_tilt(None, None)

    def show_tilt(self, tilt_deg: float | None, towards_deg: float | None) -> None:
        """Show a tilt in degrees and its direction, clockwise from up; None where not known."""
        self.tilt_deg, self.towards_deg = tilt_deg, towards_deg
        said = tilt_words(tilt_deg, towards_deg)
        self.setAccessibleName(said)
        self.setToolTip(theme.tip(f"{said}. {_meaning(tilt_deg)}"))
        self.update()

    def sizeHint(self) -> QSize:
        side = max(theme.grid(5), round(2.4 * self.fontMetrics().height()))
        return QSize(side, side)

    def bubble(self) -> QPointF | None:
        """The middle of the bubble from the level's middle, in radii; None: not known."""
        if self.tilt_deg is None or (self.towards_deg is None and self.tilt_deg >= LEAST_NAMED_DEG):
            return None
        far = min(self.tilt_deg / RIM_DEG, 1.0)
        towards = math.radians(self.towards_deg or 0.0)
        return QPointF(far * math.sin(towards), -far * math.cos(towards))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        middle, radius = QPointF(self.width() / 2, self.height() / 2), side / 2 - 1.5
        tone = "muted" if self.tilt_deg is None else tone_of(self.tilt_deg)
        line = QColor(getattr(colours, tone))
        ground = colours.hover if self.tilt_deg is None else getattr(colours, f"{tone}_soft")
        painter.setPen(QPen(line, 1.6))
        painter.setBrush(QColor(ground))
        painter.drawEllipse(middle, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.mixed(ground, line.name(), 0.5)), 1.0))
        if self.tilt_deg is None:
            painter.setPen(line)
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, "?")
            return
        # The bubble's middle, not its edge, is what the rings are for.
        small = radius * 0.2
        for ring in (GOOD_DEG / RIM_DEG, POOR_DEG / RIM_DEG):
            painter.drawEllipse(middle, ring * (radius - small), ring * (radius - small))
        bubble = self.bubble()
        if bubble is None:  # it may lie anywhere on this ring
            far = min(self.tilt_deg / RIM_DEG, 1.0) * (radius - small)
            painter.setPen(QPen(line, 2.6, Qt.PenStyle.DotLine))
            painter.drawEllipse(middle, far, far)
            return
        painter.setPen(QPen(QColor(colours.surface), 1.2))
        painter.setBrush(line)
        painter.drawEllipse(middle + bubble * (radius - small), small, small)


def _meaning(tilt_deg: float | None) -> str:
    if tilt_deg is None:
        return _("This scale does not show how the camera was tilted: areas may be off.")
    if tilt_deg <= GOOD_DEG:
        return _("The bubble lies where the skin was farther away. Up to 15° is good.")
    if tilt_deg <= POOR_DEG:
        return _(
            "The bubble lies where the skin was farther away. Next time, move the camera that way "
            "until it looks straight at the wound."
        )
    return _(
        "Much of the wound is seen from the side. Better take it again: move the camera to where "
        "the bubble lies, and look straight at the wound."
    )
