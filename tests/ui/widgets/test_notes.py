"""Notes are short until somebody asks for more."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.widgets.notes import Note, NoteList


def shown(notes: NoteList) -> list[str]:
    return [label.text() for label in notes.findChildren(QLabel) if label.text()]


def test_the_first_sentence_stands_there_and_the_rest_on_demand(qtbot: QtBot) -> None:
    notes = NoteList()
    qtbot.addWidget(notes)
    assert notes.isHidden()
    notes.show_notes([Note("It is far. Lay it nearer."), Note("It is cut.")])
    assert not notes.isHidden()
    assert shown(notes) == ["It is far.", "It is cut."]
    assert not notes.more.isHidden()
    notes.more.click()
    qtbot.waitUntil(lambda: shown(notes) == ["It is far. Lay it nearer.", "It is cut."])
    assert notes.text() == "It is far. Lay it nearer.\nIt is cut."
    notes.show_notes([Note("It is cut.")])
    assert notes.more.isHidden()
    notes.show_notes([])
    assert notes.isHidden()
