"""What the keys do while the photo has the focus."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from ui.photo_editor.tools import ARROWS

if TYPE_CHECKING:
    from ui.photo_editor.canvas import Canvas

PAN_PX = 48.0
PAN_FAR_PX = 240.0


class KeyMap:
    """The editor's own actions by their shortcuts, then the tool's keys, then panning."""

    def __init__(self) -> None:
        self._actions: tuple[QAction, ...] = ()

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """The actions whose shortcuts work while the photo has the focus."""
        self._actions = tuple(actions)

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the editor rather than to the window's menus."""
        return self._action_of(event) is not None or event.key() in (
            Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, *ARROWS,
        )  # fmt: skip

    def press(self, canvas: "Canvas", event: QKeyEvent) -> bool:
        """Do what a key says; False where it means nothing here, so that the page gets it."""
        tool, key = canvas.tool, event.key()
        if tool.key(event):
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return tool.finish()
        if key == Qt.Key.Key_Escape:
            return tool.cancel()
        if key == Qt.Key.Key_Backspace:
            return tool.back()
        action = self._action_of(event)
        if action is not None:
            action.trigger()
            return True
        step = ARROWS.get(Qt.Key(key))
        if step is None:
            return False
        far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        length = PAN_FAR_PX if far else PAN_PX
        canvas.pan_by(-step[0] * length, -step[1] * length)
        return True

    def _action_of(self, event: QKeyEvent) -> QAction | None:
        """The enabled action of a key, by its combination or by the sign it types.

        Digits and "+" need Shift on some keyboards (the French one) and none on others.
        """
        pressed, typed = QKeySequence(event.keyCombination()), event.text().upper()
        for action in self._actions:
            shortcuts = action.shortcuts()
            if pressed in shortcuts or (typed and typed in (s.toString() for s in shortcuts)):
                return action if action.isEnabled() else None
        return None
