"""Pages of which one shows."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.form import Faces


class Shows(QObject):
    """Counts how often a widget was shown as a window of its own."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            self.count += watched.isWindow()
        return False


def test_a_face_is_never_a_window_and_one_shows(qtbot: QtBot) -> None:
    faces, first, second, shows = Faces(), QWidget(), QWidget(), Shows()
    qtbot.addWidget(faces)
    for face in (first, second):
        face.installEventFilter(shows)
        faces.addWidget(face)
    assert shows.count == 0
    faces.show()
    assert (first.isVisible(), second.isVisible()) == (True, False)
    faces.setCurrentIndex(1)
    assert (first.isVisible(), second.isVisible()) == (False, True)
    assert faces.currentIndex() == 1
