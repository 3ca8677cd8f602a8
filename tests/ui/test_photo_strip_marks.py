"""Photos of the strip are marked to be compared, by keys and by mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.histories import history_of
from ui import theme
from ui.background import Background
from ui.models.timeline import strip_photos
from ui.photo_strip_timeline import Timeline
from ui.settings import Settings
from woundtrack.store.clinic import Clinic

PLAIN, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def timeline(
    qtbot: QtBot, clinic: Clinic, background: Background, tmp_path, qapp
) -> Iterator[Timeline]:
    theme.apply(qapp, choice="light")
    made = Timeline(clinic, background, settings=Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.resize(1400, 220)
    made.set_photos(strip_photos(history_of([2.0, 1.8, 1.6, 1.4, 1.2, 1.0])), lesion_id=1)
    made.show()
    qtbot.waitExposed(made)
    return made


def click(timeline: Timeline, row: int, held: Qt.KeyboardModifier = PLAIN) -> None:
    strip = timeline.strip
    at = strip.visualRect(strip.strip.index(row)).center()
    QTest.mouseClick(strip.viewport(), LEFT, held, at)


def test_ctrl_marks_and_shift_marks_from_the_one_in_hand(timeline: Timeline) -> None:
    marks = timeline.strip.marks
    click(timeline, 1, CTRL)
    click(timeline, 3, CTRL)
    assert marks.ids() == (2, 4)
    click(timeline, 1, CTRL)
    assert marks.ids() == (4,)
    click(timeline, 0)
    assert marks.ids() == (4,)
    click(timeline, 5, SHIFT)
    assert marks.ids() == (4, 1, 6)
    assert timeline.compare.text().strip() == "Compare 3…"


def test_a_fifth_is_refused_with_the_way_out(timeline: Timeline, qtbot: QtBot) -> None:
    for row in range(4):
        click(timeline, row, CTRL)
    with qtbot.waitSignal(timeline.strip.marks.refused):
        click(timeline, 4, CTRL)
    assert timeline.strip.marks.ids() == (1, 2, 3, 4)


def test_a_mark_is_seen_and_told(timeline: Timeline, qtbot: QtBot) -> None:
    strip = timeline.strip
    strip.setFocus()
    strip.setCurrentIndex(strip.strip.index(2))
    before = strip.grab(strip.visualRect(strip.strip.index(2))).toImage()
    QTest.keyClick(strip, Qt.Key.Key_Space)
    assert strip.grab(strip.visualRect(strip.strip.index(2))).toImage() != before
    told = strip.strip.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Marked. ")
    QTest.keyClick(strip, Qt.Key.Key_Space)
    assert strip.marks.ids() == ()


def test_marks_of_photos_that_are_not_shown_are_forgotten(timeline: Timeline) -> None:
    click(timeline, 0, CTRL)
    click(timeline, 5, CTRL)
    timeline.set_photos(strip_photos(history_of([2.0, 1.8])), lesion_id=1)
    assert timeline.strip.marks.ids() == (1,)
    timeline.set_photos(strip_photos(history_of([2.0])), lesion_id=1)
    assert not timeline.compare.isEnabled()
