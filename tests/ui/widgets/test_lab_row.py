"""A row of the form of a day: what cannot be read is told at the field where it stands."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.models.lab_day import Memory, Slot
from ui.settings import Settings
from ui.widgets.lab_row import LabRow
from woundtrack.errors import RecordError

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def row(qtbot: QtBot, tmp_path: Path) -> Iterator[LabRow]:
    form = QWidget()
    qtbot.addWidget(form)
    made = LabRow(
        Slot("pth"), memory=Memory((), keeps=Settings(tmp_path / "settings.ini")), parent=form
    )
    for widget in (made.title, made.last, made.error, *made.lines()):
        widget.setParent(form)
    yield made
    form.close()  # which keeps it until here


@pytest.mark.parametrize(
    ("text", "told"),
    [("1,065", "1065 or 1.065?"), ("<65", "number alone"), ("65 ng/L", "number alone")],
)
def test_a_limit_that_does_not_fit_is_told_there_and_not_at_the_value(
    row: LabRow, text: str, told: str
) -> None:
    row.value.setText("1.200")
    row.high.setText(text)
    assert row.draft(1, DAY) is None
    with pytest.raises(RecordError) as error:
        row.result(1, DAY)
    assert row.refuse(error.value) is row.high
    assert told in row.error.text()
    assert (row.value.property("invalid"), row.high.property("invalid")) == (False, True)


def test_a_limit_may_name_the_unit_of_the_value(row: LabRow) -> None:
    row.value.setText("300")
    row.high.setText("65 pg/ml")
    result = row.result(1, DAY)
    assert result is not None
    assert (result.value, result.upper_limit) == (300.0, 65.0)


def test_the_wheel_scrolls_the_page_and_changes_no_unit(row: LabRow) -> None:
    turned = QWheelEvent(
        QPointF(), QPointF(), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(row.unit, turned)
    assert not turned.isAccepted()
    assert row.unit.value() == "pg/mL"
