"""One item as one line: digits, last time's answer, what is proposed, and a 1 that may be a 10."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets import score_row
from ui.widgets.score_line import Choice
from ui.widgets.score_row import ScoreRow


@pytest.fixture
def row(qtbot: QtBot) -> ScoreRow:
    made = ScoreRow("1  Size", [Choice(score, f"level {score}") for score in range(11)])
    qtbot.addWidget(made)
    made.resize(800, 36)
    made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def test_last_time_s_answer_is_taken_by_one_key_or_click_and_never_by_itself(
    qtbot: QtBot, row: ScoreRow
) -> None:
    QTest.keyClicks(row, "=")
    assert row.value is None, "there was no last time"
    assert row.previous_rect().isEmpty()
    row.set_previous(7)
    assert row.value is None
    assert row.accessibleDescription() == "As last time: 7  level 7"
    with qtbot.waitSignal(row.next_wanted):
        QTest.keyClicks(row, "=")
    assert row.value == 7
    row.answer(None)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.previous_rect().center())
    assert row.value == 7
    row.read_only = True
    row.set_previous(3)
    QTest.keyClicks(row, "=")
    assert row.value == 7


def test_a_proposal_is_taken_by_space_and_counts_for_nothing_before(
    qtbot: QtBot, row: ScoreRow
) -> None:
    row.set_previous(3)
    row.set_proposed(8, "8 proposed")
    assert row.value is None
    with qtbot.waitSignal(row.next_wanted):
        QTest.keyClick(row, Qt.Key.Key_Space)
    assert row.value == 8


def test_a_one_waits_a_moment_for_its_zero_and_goes_on_by_itself(
    qtbot: QtBot, row: ScoreRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    row._waiting.setInterval(score_row.TEN_MS // 9)
    with qtbot.waitSignal(row.next_wanted):
        QTest.keyClicks(row, "1")
        assert row.value == 1
    row.answer(None)
    with qtbot.waitSignal(row.next_wanted):
        QTest.keyClicks(row, "10")
    assert row.value == 10
    with qtbot.assertNotEmitted(row.next_wanted, wait=200):
        pass


def test_a_one_that_was_taken_back_makes_no_ten(row: ScoreRow) -> None:
    QTest.keyClicks(row, "1")
    QTest.keyClick(row, Qt.Key.Key_Backspace)
    QTest.keyClicks(row, "0")
    assert row.value == 0


def test_a_long_row_takes_the_room_of_its_title_before_that_of_its_cells(row: ScoreRow) -> None:
    wide = row.cell_centre(0).left()
    row.resize(row.minimumSizeHint())
    assert row.cell_centre(0).left() < wide
    assert row.cell_centre(10).right() <= row.width()
