"""What came from outside is shown as it is written, never obeyed as HTML."""

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolTip
from pytestqt.qtbot import QtBot

from ui import theme
from ui.main_window import MainWindow
from woundtrack.records import Lesion, Patient, Side
from woundtrack.store.clinic import Clinic

MARKED = "<b>Anne</b> <img src='file:///etc/hostname'>"
AUTO = Qt.TextFormat.AutoText


def test_a_patient_of_any_name_is_shown_as_written(
    qtbot: QtBot, window: MainWindow, clinic: Clinic
) -> None:
    born = dt.date(1950, 2, 3)
    patient = clinic.write(lambda writer: writer.add(Patient("1", MARKED, MARKED, born)))
    clinic.write(lambda writer: writer.add(Lesion(patient.id, "A", "calf", Side.LEFT, note=MARKED)))
    window.enter(clinic)
    window.centralWidget().open_patient(patient.id)
    qtbot.waitUntil(lambda: _marked(window) != [])
    assert {label.textFormat() for label in _marked(window)} == {Qt.TextFormat.PlainText}
    shown = [label for label in window.findChildren(QLabel) if label.isVisible()]
    assert shown
    assert not [label.text() for label in shown if label.textFormat() is AUTO]


def _marked(window: MainWindow) -> list[QLabel]:
    labels = window.findChildren(QLabel)
    return [label for label in labels if label.isVisible() and "<img" in label.text()]


def test_boxes_and_tips_too(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, choice="light")
    box = QMessageBox(QMessageBox.Icon.Question, "t", MARKED)
    qtbot.addWidget(box)
    box.show()
    assert {label.textFormat() for label in box.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    box.hide()
    anchor = QLabel("x")
    qtbot.addWidget(anchor)
    anchor.show()
    QToolTip.showText(QPoint(5, 5), MARKED, anchor)
    tips = [w for w in qapp.topLevelWidgets() if isinstance(w, QLabel) and w.text() == MARKED]
    assert [tip.textFormat() for tip in tips] == [Qt.TextFormat.PlainText]
    QToolTip.hideText()


def test_a_long_tip_is_laid_in_lines() -> None:
    lines = theme.tip("one two " * 30, "three").splitlines()
    assert max(map(len, lines)) <= theme.TIP_SIGNS
    assert lines[-1] == "three"
