"""A choice changes by a click, a key or a letter, never because the page is scrolled."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.form import Choice

PAIRS = [(1, "one"), (2, "two"), (3, "three")]


def test_the_wheel_changes_no_answer(qtbot: QtBot) -> None:
    choice = Choice(PAIRS, chosen=2)
    qtbot.addWidget(choice)
    choice.show()
    choice.setFocus()
    at = QPointF(choice.rect().center())
    event = QWheelEvent(
        at, choice.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, event)
    assert choice.value() == 2
    assert not event.isAccepted(), "the page around it scrolls"
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.value() == 3


def test_what_is_offered_anew_keeps_what_is_chosen_where_it_is_there(qtbot: QtBot) -> None:
    choice = Choice(PAIRS, chosen=3)
    qtbot.addWidget(choice)
    choice.offer(PAIRS[1:], chosen=3)
    assert (choice.count(), choice.value()) == (2, 3)
    choice.offer(PAIRS[:1], chosen=3)
    assert choice.value() == 1
