"""Answers that arrive after their dialog is gone."""

from collections.abc import Callable

import shiboken6
from PySide6.QtWidgets import QWidget


def while_alive(widget: QWidget, answer: Callable[..., None]) -> Callable[..., None]:
    """The same answer, dropped once the widget is gone."""

    def guarded(*values: object) -> None:
        if shiboken6.isValid(widget):
            answer(*values)

    return guarded
