"""The idle time begins anew with every key and movement, and costs nothing besides."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.idle_lock import IdleLock


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def lock(widget: QWidget) -> Iterator[IdleLock]:
    made = IdleLock(widget)
    yield made
    made.stop()


def move(widget: QWidget) -> None:
    """The mouse moves in the widget's window."""
    at, none = QPointF(5, 5), Qt.MouseButton.NoButton
    plain = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        widget.windowHandle(), QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, plain)
    )


def test_a_movement_begins_the_time_anew(qtbot: QtBot, lock: IdleLock, widget: QWidget) -> None:
    lock.start(1)
    qtbot.waitUntil(lambda: lock._timer.remainingTime() < 59_900)
    move(widget)
    assert lock._timer.remainingTime() >= 59_900


def test_a_dialog_counts_too(qtbot: QtBot, lock: IdleLock, widget: QWidget) -> None:
    lock.start(1)
    dialog = QDialog(widget)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: lock._timer.remainingTime() < 59_900)
    move(dialog)
    assert lock._timer.remainingTime() >= 59_900
    dialog.reject()


def test_nothing_is_watched_once_it_is_stopped(lock: IdleLock, widget: QWidget) -> None:
    lock.start(1)
    lock.stop()
    move(widget)
    assert not lock.running
    assert not lock._timer.isActive()


def test_the_end_of_the_time_is_told(qtbot: QtBot, lock: IdleLock) -> None:
    lock.start(1)
    with qtbot.waitSignal(lock.timeout):
        lock._timer.start(0)
