"""Small pictures of the visit's pages."""

from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from ui.pages.visit.pictures import outlined
from woundtrack.outline.types import Outline


def test_a_thumbnail_that_cannot_be_read_stays_empty(qtbot: QtBot) -> None:
    square = Outline((((0.0, 0.0), (4.0, 0.0), (4.0, 4.0)),))
    assert outlined(QPixmap(), square, "#d55e00", factor=1.0).isNull()
    assert not outlined(QPixmap(8, 8), square, "#d55e00", factor=1.0).isNull()
