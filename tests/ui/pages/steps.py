"""What a person does in the steps of a visit, for the tests of its page."""

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.pages.visit.checks import Step
from ui.pages.visit.form_step import FormStep
from ui.pages.visit.scale_rows import TwoPointsRow
from ui.pages.visit_page import VisitPage
from ui.photo_editor.tools import Tool
from ui.widgets.quantity import QuantityField
from woundtrack.instruments.bwat import BWAT
from woundtrack.instruments.forms import scores_of
from woundtrack.outline.types import Outline
from woundtrack.records import (
    Assessment,
)

TODAY = dt.date(2026, 3, 17)
LAST_SCORES = (2, 3, 2, 1, 3, 3, 4, 3, 2, 1, 2, 3, 4)
SQUARE = Outline((((220.0, 140.0), (420.0, 140.0), (420.0, 340.0), (220.0, 340.0)),))


def with_photo_of(qtbot: QtBot, page: VisitPage, path: Path, lesion_id: int) -> VisitPage:
    """The page with this photo imported, which shows this lesion."""
    page.import_files([path])
    qtbot.waitUntil(lambda: bool(page.session.state.photos), timeout=20_000)
    qtbot.waitUntil(lambda: not page.desk.run.running)
    page.session.set_lesion_in_photo(page.session.state.photos[0].id, lesion_id, True)
    saved(qtbot, page)
    return page


def saved(qtbot: QtBot, page: VisitPage) -> None:
    qtbot.waitUntil(lambda: not page.session.saver.pending, timeout=20_000)
    page.refresh()


def choose(page: VisitPage, *keys_: str) -> FormStep:
    """The form with these instruments ticked and no others."""
    for key, action in page.form.choice.actions_by_key.items():
        action.setChecked(key in keys_)
    page.show_step(Step.FORM)
    return page.form


def keys(qtbot: QtBot, text: str) -> None:
    """Type where the keyboard is."""
    for letter in text:
        target = QApplication.focusWidget()
        assert isinstance(target, QWidget)
        if letter == "\n":
            qtbot.keyClick(target, Qt.Key.Key_Return)
        else:
            qtbot.keyClicks(target, letter)


def assessments(page: VisitPage, *, visit_id: int | None = None) -> list[Assessment]:
    visit_id = visit_id or page.session.state.visit.id
    found = page.session.clinic.read(lambda reader: reader.find(Assessment, visit_id=visit_id))
    return [each.value for each in found]


def scores(noted: Assessment) -> tuple[int | None, ...]:
    """The answers to the Bates-Jensen form."""
    return scores_of(noted, BWAT)


def two_points(qtbot: QtBot, page: VisitPage, photo_id: int) -> QuantityField:
    """Click two points in a photo; the field that asks for the mm between them."""
    page.show_step(Step.SCALE, photo_id)
    qtbot.waitUntil(lambda: page.editor_step.shows(photo_id), timeout=20_000)
    page.editor_step.editor.set_tool(Tool.TWO_POINTS)
    points = ((100.0, 400.0), (300.0, 400.0))
    page.editor_step.editor.points_chosen.emit(Tool.TWO_POINTS, points)
    row = page.editor_step.scale_panel.points[Tool.TWO_POINTS]
    assert isinstance(row, TwoPointsRow)
    return row.distance


def scale_and_outline(qtbot: QtBot, page: VisitPage) -> tuple[int, int]:
    """Give the photo a scale by two clicks, 10 px a mm, and its lesion a 2 × 2 cm square."""
    (cell,) = page.session.state.cells()
    field = two_points(qtbot, page, cell[0])
    field.setText("20")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.session.state.scale(cell[0]) is not None)
    page.session.set_outline(cell, SQUARE)
    saved(qtbot, page)
    return cell
