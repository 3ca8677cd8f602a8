"""On import a photo is proposed as overview or close-up; a person's word is kept."""

import time

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Ward
from ui.pages.visit.photo_card import PhotoCard
from ui.pages.visit_page import VisitPage
from woundtrack.outline.types import Outline
from woundtrack.records import PhotoView, VisitPhoto

LARGE = Outline((((200.0, 100.0), (450.0, 100.0), (450.0, 300.0), (200.0, 300.0)),))


def only_card(page: VisitPage) -> PhotoCard:
    assert page.session.state is not None
    card = page.photos.card(page.session.state.photos[0].id)
    assert card is not None
    return card


def kept(page: VisitPage) -> PhotoView | None:
    (photo,) = page.session.clinic.read(lambda reader: reader.find(VisitPhoto))
    return photo.value.view


def test_without_an_outline_nothing_is_proposed(with_photo: VisitPage) -> None:
    assert only_card(with_photo).view.toolTip() == "Overview or close-up: not told"


def test_what_is_proposed_is_kept_only_once_a_person_tells_it(
    qtbot: QtBot, with_photo: VisitPage, ward: Ward
) -> None:
    page = with_photo
    assert page.session.state is not None
    cell = (page.session.state.photos[0].id, ward.lesions[0].id)
    page.session.set_outline(cell, LARGE)
    button = only_card(page).view
    qtbot.waitUntil(lambda: button.toolTip() == "Close-up, proposed")
    proposed = button.icon().pixmap(22, 22).toImage()
    assert kept(page) is None
    button.menu().aboutToShow.emit()
    entries = {action.text(): action for action in button.menu().actions()}
    assert list(entries) == ["Overview", "Close-up, proposed", "Not told"]
    entries["Close-up, proposed"].trigger()
    qtbot.waitUntil(lambda: button.toolTip() == "Close-up")
    assert kept(page) is PhotoView.CLOSE_UP
    assert button.icon().pixmap(22, 22).toImage() != proposed
    qtbot.waitUntil(lambda: not page.session.background.is_busy())


def test_a_key_tells_it_only_where_the_button_has_the_keyboard(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page, told = with_photo, []
    button = only_card(page).view
    button.view_told.connect(told.append)
    button.menu().aboutToShow.emit()  # from now on its entries have their keys
    page.photos.add_button.setFocus()
    qtbot.keyClick(page.photos.add_button, Qt.Key.Key_1)
    assert told == []
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_1)
    assert told == [PhotoView.OVERVIEW]
    qtbot.waitUntil(lambda: not page.session.background.is_busy())


def test_told_otherwise_at_once_the_last_word_is_kept_and_nothing_fails(
    qtbot: QtBot, with_photo: VisitPage
) -> None:
    page, failures = with_photo, []
    assert page.session.state is not None
    page.session.failed.connect(failures.append)
    card = only_card(page)
    card.view_told.emit(card.photo_id, PhotoView.OVERVIEW)
    until = time.monotonic() + 10
    while kept(page) is None and time.monotonic() < until:
        time.sleep(0.01)  # written, but the page does not know it yet
    card.view_told.emit(card.photo_id, PhotoView.CLOSE_UP)
    page.session.album.keep(card.photo_id, head_angle_deg=90.0)
    qtbot.waitUntil(lambda: not page.session.background.is_busy())
    assert failures == []
    photo = page.session.state.photo(card.photo_id)
    assert photo is not None
    assert (photo.value.view, photo.value.head_angle_deg) == (PhotoView.CLOSE_UP, 90.0)
    assert kept(page) is PhotoView.CLOSE_UP


def test_who_can_only_look_is_not_asked(with_photo: VisitPage) -> None:
    page = with_photo
    assert page.session.state is not None
    page.session.state.read_only = True
    page.photos.refresh()
    assert not only_card(page).view.isEnabled()
