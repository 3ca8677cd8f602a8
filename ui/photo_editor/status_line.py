"""The line under the photo: what to do, what was refused, brush size, zoom."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from ui import icons, theme
from ui.photo_editor.brush_tools import LARGEST_BRUSH_PX, SMALLEST_BRUSH_PX
from woundtrack import words
from woundtrack.words import _


class ElidedLabel(QLabel):
    """A label that ends with … where there is no room; its tip tells the whole."""

    def setText(self, text: str) -> None:
        """Show a sentence."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = QFontMetrics(self.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)


class StatusLine(QWidget):
    """Shows the tool's hint, or a refusal in its stead until something else is done."""

    def __init__(self, view_actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self.message = ElidedLabel()
        self._hint = ""
        self._said = ""
        self._brush = QSlider(Qt.Orientation.Horizontal)
        self._brush.setRange(round(SMALLEST_BRUSH_PX), round(LARGEST_BRUSH_PX))
        self._brush.setFixedWidth(theme.grid(14))
        self._brush.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._brush_icon = QLabel()
        self.brush_resized = self._brush.valueChanged
        self._zoom = QLabel()
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(QFontMetrics(self.font()).horizontalAdvance("6400 %") + 8)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(1.5), theme.grid(0.5), theme.grid(), theme.grid(0.5))
        row.setSpacing(theme.grid(0.5))
        row.addWidget(self._icon)
        row.addWidget(self.message, 1)
        row.addWidget(self._brush_icon)
        row.addWidget(self._brush)
        row.addSpacing(theme.grid())
        for action in view_actions[:1]:
            row.addWidget(_button(action))
        row.addWidget(self._zoom)
        for action in view_actions[1:]:
            row.addWidget(_button(action))
        self._icon.hide()
        self.show_brush(None)
        self._brush.setAccessibleName(_("Size of the brush"))
        self._brush.setToolTip(_("Size of the brush ([ and ])"))

    def set_hint(self, hint: str) -> None:
        """What the tool does now; shown where nothing more urgent is."""
        self._hint = hint
        if not self._said:
            self.message.setText(hint)

    def say(self, sentence: str, refusal: bool) -> None:
        """Show a sentence in place of the hint; an empty one brings the hint back."""
        self._said = sentence
        theme.retone(self.message, "role", "error" if refusal else "")
        self._icon.setVisible(refusal)
        if refusal:
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(
                icons.pixmap("circle-alert", size_px=16, tone="danger", ratio=ratio)
            )
        self.message.setText(sentence or self._hint)

    def said(self) -> str:
        """The sentence shown in place of the hint, if any."""
        return self._said

    def show_zoom(self, zoom: float) -> None:
        """Show the zoom; 1 is one photo pixel for one pixel of the screen."""
        self._zoom.setText(words.percent(zoom))

    def show_brush(self, radius_px: float | None) -> None:
        """Show the brush's radius in view px, or nothing."""
        shown = radius_px is not None
        self._brush.setVisible(shown)
        self._brush_icon.setVisible(shown)
        if radius_px is not None:
            self._brush_icon.setPixmap(
                icons.pixmap("circle", size_px=14, tone="muted", ratio=self.devicePixelRatioF())
            )
            self._brush.blockSignals(True)
            self._brush.setValue(round(radius_px))
            self._brush.blockSignals(False)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
