"""The keyboard stays in the visit: a letter never lands in the search for patients."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.pages.visit import proposals
from ui.pages.visit.analysis import Proposal
from ui.pages.visit.checks import Step
from ui.pages.visit.focus_keeper import FocusKeeper
from ui.pages.visit_page import VisitPage
from ui.photo_editor.editor import Tool
from woundtrack.errors import ScaleError
from woundtrack.outline.types import Outline

Put = Callable[[str, bytes], Path]
SQUARE = Outline((((220.0, 140.0), (420.0, 140.0), (420.0, 340.0), (220.0, 340.0)),))


@pytest.fixture
def page(open_page: Callable[..., VisitPage], ward: object) -> VisitPage:
    return open_page(ward.patient.id)  # type: ignore[attr-defined]


@pytest.fixture
def search(qtbot: QtBot, page: VisitPage) -> Iterator[QLineEdit]:
    """A line before the page in the same window, as the search for patients is."""
    window, line = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(line)
    column.addWidget(page)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.show_step(Step.PHOTOS)
    yield line
    page.setParent(None)


def type_key(qtbot: QtBot, key: Qt.Key) -> None:
    target = QApplication.focusWidget()
    assert isinstance(target, QWidget)
    qtbot.keyClick(target, key)


def test_the_first_photo_that_comes_in_takes_the_letter_of_its_wound(
    qtbot: QtBot, page: VisitPage, search: QLineEdit, camera: Put, painted: Callable[..., bytes]
) -> None:
    page.import_files([camera("a.jpg", painted(seed=1))])
    qtbot.waitUntil(lambda: bool(page.session.state.photos))
    photo_id = page.session.state.photos[0].id
    qtbot.waitUntil(lambda: page.photos.card(photo_id) is not None)
    qtbot.waitUntil(page.photos.card(photo_id).hasFocus)
    type_key(qtbot, Qt.Key.Key_B)
    assert len(page.session.state.cells(photo_id)) == 1
    assert search.text() == ""


def test_an_answered_question_gives_the_keyboard_back_to_the_photos(
    qtbot: QtBot, page: VisitPage, search: QLineEdit, camera: Put, painted: Callable[..., bytes]
) -> None:
    page.header.today_button.click()
    page.import_files([camera("no date.jpg", painted(None, seed=1))])
    qtbot.waitUntil(lambda: bool(page.photos.panel.banners))
    button = page.photos.panel.banners[0].buttons[0]
    qtbot.waitUntil(button.isVisible)
    button.setFocus()
    button.click()
    qtbot.waitUntil(lambda: bool(page.session.state.photos))
    photo_id = page.session.state.photos[0].id
    qtbot.waitUntil(lambda: page.photos.card(photo_id) is not None)
    qtbot.waitUntil(page.photos.card(photo_id).hasFocus)
    type_key(qtbot, Qt.Key.Key_A)
    assert len(page.session.state.cells(photo_id)) == 1
    assert search.text() == ""


def test_after_confirming_the_keyboard_stays_in_the_visit(
    qtbot: QtBot, page: VisitPage, search: QLineEdit
) -> None:
    page.header.today_button.click()
    page.show_step(Step.FORM)
    page.form.rows[2].setFocus()
    type_key(qtbot, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: page.form.rows[2].value == 3)
    page.show_step(Step.CONFIRM)
    qtbot.waitUntil(page.confirm_step.button.isEnabled)  # not before the visit is in the store
    assert page.session.state.visit is not None
    qtbot.waitUntil(lambda: not page.session.saver.pending)
    page.show_step(Step.CONFIRM)
    assert page.confirm_step.button.hasFocus()
    with qtbot.waitSignal(page.session.confirmed):
        type_key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.confirm_step.button.isVisible())
    qtbot.waitUntil(page.confirm_step.hasFocus)
    type_key(qtbot, Qt.Key.Key_X)
    assert search.text() == ""


def test_what_a_person_clicks_elsewhere_keeps_the_keyboard(
    qtbot: QtBot, page: VisitPage, search: QLineEdit
) -> None:
    search.setFocus()
    page.header.today_button.hide()
    page.refresh()
    qtbot.wait(0)
    assert search.hasFocus()


@pytest.fixture
def proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program proposes one outline for every photo, and no scale."""

    def analyse(_clinic: object, stored: object, **_wanted: object) -> Proposal:
        return Proposal(
            stored.id,  # type: ignore[attr-defined]
            scale_error=ScaleError("scale.none_found"),
            outline=SQUARE,
        )

    monkeypatch.setattr(proposals, "analyse", analyse)


def test_where_nothing_is_drawn_yet_one_click_proposes(
    qtbot: QtBot, page: VisitPage, search: QLineEdit, camera: Put, painted: Callable[..., bytes]
) -> None:
    page.import_files([camera("a.jpg", painted(seed=1))])
    qtbot.waitUntil(lambda: bool(page.session.state.photos))
    photo_id = page.session.state.photos[0].id
    lesion_a, lesion_b = page.session.state.lesions
    page.session.set_lesion_in_photo(photo_id, lesion_a.id, True)
    page.show_step(Step.OUTLINE, photo_id)
    qtbot.waitUntil(lambda: page.editor_step.shows(photo_id))
    editor = page.editor_step.editor
    qtbot.waitUntil(lambda: editor.tool() is Tool.CLICK)
    assert not any(outline.rings for outline in editor.outlines().values())

    # The program's own outline comes: a click would replace it, so the hand is back.
    page.session.set_outline((photo_id, lesion_a.id), SQUARE, by_person=False)
    qtbot.waitUntil(lambda: editor.tool() is Tool.PAN)

    # A second wound in the photo has none: one click again.
    page.editor_step.lesions.chips[lesion_b.id].click()
    qtbot.waitUntil(lambda: editor.tool() is Tool.CLICK)


def test_a_proposal_is_nobodys_once_a_second_wound_is_named(
    qtbot: QtBot,
    page: VisitPage,
    search: QLineEdit,
    camera: Put,
    painted: Callable[..., bytes],
    proposed: None,
) -> None:
    page.import_files([camera("a.jpg", painted(seed=1))])
    qtbot.waitUntil(lambda: bool(page.session.state.photos))
    state = page.session.state
    photo_id, (first, second) = state.photos[0].id, state.lesions
    page.session.set_lesion_in_photo(photo_id, first.id, True)
    qtbot.waitUntil(lambda: state.outline((photo_id, first.id)) == SQUARE)
    page.session.set_lesion_in_photo(photo_id, second.id, True)
    assert state.outline((photo_id, first.id)) is None
    assert len(state.cells(photo_id)) == 2
    page.session.set_lesion_in_photo(photo_id, second.id, False)
    assert state.outline((photo_id, first.id)) == SQUARE


def test_where_no_scale_was_found_two_clicks_give_one(
    qtbot: QtBot, page: VisitPage, search: QLineEdit, camera: Put, painted: Callable[..., bytes]
) -> None:
    page.import_files([camera("a.jpg", painted(seed=1))])
    qtbot.waitUntil(lambda: bool(page.session.state.photos))
    photo_id, lesion = page.session.state.photos[0].id, page.session.state.lesions[0]
    page.session.set_lesion_in_photo(photo_id, lesion.id, True)
    page.show_step(Step.SCALE, photo_id)
    editor = page.editor_step.editor
    qtbot.waitUntil(lambda: editor.tool() is Tool.TWO_POINTS)
    page.show_step(Step.OUTLINE, photo_id)
    qtbot.waitUntil(lambda: editor.tool() is Tool.CLICK)
    editor.set_tool(Tool.TRACE)  # what a person takes stays in the hand
    page.show_step(Step.SCALE, photo_id)
    page.refresh()
    assert editor.tool() is Tool.TRACE


def test_a_photo_taken_out_leaves_the_keyboard_with_the_next(
    qtbot: QtBot, page: VisitPage, search: QLineEdit, camera: Put, painted: Callable[..., bytes]
) -> None:
    page.import_files([camera(f"{n}.jpg", painted(seed=n)) for n in (1, 2)])
    qtbot.waitUntil(lambda: len(page.session.state.photos) == 2 and not page.desk.run.running)
    first, second = (photo.id for photo in page.session.state.photos)
    qtbot.waitUntil(lambda: page.photos.card(second) is not None)
    qtbot.waitUntil(page.photos.card(first).isVisible)  # a hidden one cannot have the keyboard
    page.photos.card(first).setFocus()
    qtbot.waitUntil(page.photos.card(first).hasFocus)
    type_key(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.photos.card(first) is None)
    qtbot.waitUntil(page.photos.card(second).hasFocus)
    assert [photo.id for photo in page.session.state.photos] == [second]


def test_a_page_that_is_gone_asks_for_no_keys(qtbot: QtBot) -> None:
    window, line = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    page, asked = QWidget(window), []
    keeper = FocusKeeper(page, lambda: asked.append(1))
    delete(page)
    keeper._moved(line, None)
    qtbot.wait(0)
    assert asked == []
