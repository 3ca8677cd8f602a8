"""A choice that takes free text: a known name's key, and names completed when they are left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.open_choice import OpenChoice

NAMES = {"oxy": "Oxycodone", "oxm": "Oxymorphone", "cod": "Codeine"}


def left(qtbot: QtBot, text: str, *, completes: bool) -> OpenChoice:
    """A choice in which this was typed, and which the keyboard has left."""
    window = QWidget()
    column = QVBoxLayout(window)
    choice, other = OpenChoice(NAMES, completes=completes), QLineEdit()
    column.addWidget(choice)
    column.addWidget(other)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isVisible)
    choice.setFocus()
    QTest.keyClicks(choice, text)
    choice.completer().popup().hide()
    QTest.keyClick(choice, Qt.Key.Key_Tab)
    choice.lineEdit().editingFinished.emit()
    choice.kept = window  # type: ignore[attr-defined]
    return choice


@pytest.mark.parametrize(
    ("text", "value"),
    [("cod", "cod"), ("oxyc", "oxy"), ("ox", "ox"), ("c", "c"), ("Cannabidiol", "Cannabidiol")],
)
def test_the_first_letters_of_one_name_alone_become_it(qtbot: QtBot, text: str, value: str) -> None:
    assert left(qtbot, text, completes=True).value() == value


def test_it_completes_only_where_it_was_told_to(qtbot: QtBot) -> None:
    assert left(qtbot, "cod", completes=False).value() == "cod"
    assert left(qtbot, "cod", completes=False).currentText() == "cod"


def test_arrows_go_on_from_the_name_that_is_shown(qtbot: QtBot) -> None:
    choice = OpenChoice(NAMES, value="oxm")
    qtbot.addWidget(choice)
    choice.show()
    qtbot.waitUntil(choice.isVisible)
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.value() == "cod"
    choice.offer({"mor": "Morphine", **NAMES})
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert choice.value() == "oxm"
    choice.set_value("Cannabidiol")
    assert choice.value() == "Cannabidiol"
