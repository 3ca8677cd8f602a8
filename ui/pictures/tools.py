"""The row of what can be done to masks and crop, each with its key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from ui import icons
from ui.pictures.canvas import MaskCanvas
from ui.widgets.flow import FlowLayout
from woundtrack.words import _


class MaskTools(QWidget):
    """Buttons for a canvas; the keys work in the canvas itself."""

    def __init__(self, canvas: MaskCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.add = _tool(
            "square-plus", _("Add a mask"),
            _("Draw it with the mouse. Key M puts one in the middle."),
        )  # fmt: skip
        self.add.setCheckable(True)
        self.next = _tool(
            "square-dashed-mouse-pointer", _("Next mask"),
            _("Key N, and back Shift+N. Arrows move the mask, with Shift they resize it."),
        )  # fmt: skip
        self.remove = _tool("trash-2", _("Remove mask"), _("Key Delete."))
        self.crop = _tool(
            "frame", _("Change the crop"),
            _("Drag its sides. Key C: arrows move it, with Shift they resize it."),
        )  # fmt: skip
        self.undo = _tool("undo-2", _("Undo"), _("The last change of this picture."))
        self.fit = _tool("fullscreen", _("Fit"), _("Key 0. The wheel, + and − zoom."))
        row = FlowLayout(self)
        for button in (self.add, self.next, self.remove, self.crop, self.undo, self.fit):
            row.addWidget(button)
        self.add.toggled.connect(canvas.set_adding)
        canvas.adding_changed.connect(self.add.setChecked)
        for button, act in (
            (self.next, canvas.select_next), (self.remove, canvas.remove_selected),
            (self.crop, canvas.select_crop), (self.fit, canvas.fit),
        ):  # fmt: skip
            button.clicked.connect(lambda _on=False, act=act: self._act(act))
        canvas.selection_changed.connect(self._refresh)
        self._refresh()

    def _act(self, act: Callable[[], object]) -> None:
        """Do it, and let the keys go on with it."""
        act()
        self._canvas.setFocus()

    def _refresh(self) -> None:
        self.remove.setEnabled(self._canvas.selected is not None)


def _tool(icon: str, text: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icons.icon(icon))
    made.setText(text)
    made.setToolTip(tip)
    made.setAccessibleName(text)
    made.setAccessibleDescription(tip)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setAutoRaise(True)
    return made
