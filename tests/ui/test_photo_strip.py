"""The strip of photos under hand: keys, filter, pictures that come, what a photo takes in."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from ui import theme
from ui.background import Background
from ui.models.timeline import Moved, StripPhoto, TherapyKey, Under
from ui.photo_strip import PhotoStrip
from ui.photo_strip_painting import StripDelegate
from ui.photo_strip_timeline import Timeline
from ui.settings import Settings
from woundtrack.healing.change import Change
from woundtrack.records import PhotoView
from woundtrack.store.clinic import Clinic

BOX = QSize(132, 99)


def photo(n: int, **facts: object) -> StripPhoto:
    moved = Moved("−10 %", Change(14, -1.0, 0.1, True))
    under = Under(1, "A", f"{n} cm²", True, moved, moved)
    made = StripPhoto(n, 10 + n, f"none{n}", dt.date(2026, 3, n), f"{n} Mar 2026", (under,))
    return replace(made, **facts)  # type: ignore[arg-type]


FIVE = tuple(photo(n) for n in range(1, 6))
VIEWS = (
    photo(1, view=PhotoView.OVERVIEW, view_told=True),
    photo(2, view=PhotoView.CLOSE_UP, view_told=True),
    photo(3, view=PhotoView.CLOSE_UP),
    photo(4),
)


@pytest.fixture
def timeline(
    qtbot: QtBot, qapp: QApplication, clinic: Clinic, background: Background, tmp_path: Path
) -> Timeline:
    """A shown timeline; no picture of it can be read."""
    theme.apply(qapp, choice="light")
    made = Timeline(clinic, background, settings=Settings(tmp_path / "s.ini"))
    qtbot.addWidget(made)
    made.resize(900, 240)
    made.show()
    qtbot.waitUntil(made.isVisible)
    return made


@pytest.fixture
def strip(timeline: Timeline) -> PhotoStrip:
    timeline.set_photos(FIVE, lesion_id=1)
    return timeline.strip


def ids(strip: PhotoStrip) -> list[int]:
    return [each.id for each in strip.strip.photos()]


def current(strip: PhotoStrip) -> int | None:
    found = strip.current_photo()
    return found.id if found else None


# -- going through the photos


def test_keys_go_through_the_photos_and_enter_opens_the_visit(
    qtbot: QtBot, strip: PhotoStrip
) -> None:
    assert current(strip) == 5
    for key, there in (
        (Qt.Key.Key_Left, 4), (Qt.Key.Key_Home, 1), (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_Right, 2), (Qt.Key.Key_End, 5), (Qt.Key.Key_Right, 5),
    ):  # fmt: skip
        qtbot.keyClick(strip, key)
        assert current(strip) == there
    with qtbot.waitSignal(strip.visit_chosen) as asked:
        qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert asked.args == [15]


def test_a_lesion_s_strip_has_its_photos_and_those_of_nobody_yet(timeline: Timeline) -> None:
    other = photo(6, unders=(Under(2, "B", "1 cm²"),))
    photos = (*FIVE, other, photo(7, unders=()))
    timeline.set_photos(photos, lesion_id=1)
    assert ids(timeline.strip) == [1, 2, 3, 4, 5, 7]
    timeline.set_photos(photos, lesion_id=None)
    assert ids(timeline.strip) == [1, 2, 3, 4, 5, 6, 7]


def test_read_anew_the_strip_stays_where_it_was(timeline: Timeline, strip: PhotoStrip) -> None:
    strip.setCurrentIndex(strip.strip.index(1))
    timeline.set_photos((*FIVE, photo(6)), lesion_id=1)
    assert current(strip) == 2
    timeline.set_photos(tuple(photo(n) for n in range(20, 24)), lesion_id=1)
    assert current(strip) == 23


def test_the_photo_in_hand_stays_in_sight_among_others(timeline: Timeline) -> None:
    every = tuple(photo(n) for n in range(1, 30))
    some = tuple(each for each in every if each.id % 5 == 0)
    timeline.set_photos(some, lesion_id=1)
    strip = timeline.strip
    timeline.set_photos(every, lesion_id=1)
    QApplication.processEvents()
    assert current(strip) == 25
    shown = strip.visualRect(strip.currentIndex())
    assert strip.viewport().rect().intersected(shown).width() >= strip.item_width() - 2
    # Read anew, what a person scrolled to is left as it is.
    strip.horizontalScrollBar().setValue(30)
    timeline.set_photos(every, lesion_id=1)
    QApplication.processEvents()
    assert strip.horizontalScrollBar().value() == 30


def test_another_visit_is_shown_and_its_own_second_photo_is_left_in_hand(
    strip: PhotoStrip,
) -> None:
    strip.show_visit(12)
    assert current(strip) == 2
    strip.set_photos((*FIVE, photo(9, visit_id=12)), lesion_id=1)
    strip.setCurrentIndex(strip.strip.index(5))
    strip.show_visit(12)
    assert current(strip) == 9
    strip.show_visit(999)
    assert current(strip) == 9


def test_what_is_said_of_a_photo_is_in_its_tip_and_for_screen_readers(strip: PhotoStrip) -> None:
    index = strip.strip.index(0)
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines()[1] == "Lesion A: 1 cm²"
    assert "Since the first: −10 % in 2 wk, beyond error" in tip
    assert "\n" not in index.data(Qt.ItemDataRole.AccessibleTextRole)


# -- overview and close-up


def test_the_filter_counts_and_shows_one_kind(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.set_photos(VIEWS, lesion_id=1)
    texts = [timeline.shown.itemText(i) for i in range(timeline.shown.count())]
    assert texts == ["All photos (4)", "Overview (1)", "Close-up (2)", "Not told (1)"]
    for row, kept in ((2, [2, 3]), (3, [4]), (0, [1, 2, 3, 4])):
        timeline.shown.setCurrentIndex(row)
        timeline.shown.activated.emit(row)
        assert ids(timeline.strip) == kept


def test_the_filter_hides_nothing_of_another_patient(timeline: Timeline) -> None:
    timeline.set_photos(VIEWS, lesion_id=1)
    timeline.shown.setCurrentIndex(1)
    timeline.shown.activated.emit(1)
    assert ids(timeline.strip) == [1]
    timeline.set_photos(VIEWS, lesion_id=1)
    assert ids(timeline.strip) == [1]
    timeline.set_photos((photo(21, view=PhotoView.OVERVIEW), photo(22)), lesion_id=1)
    assert ids(timeline.strip) == [21, 22]


def test_with_one_kind_of_photo_there_is_nothing_to_filter(timeline: Timeline) -> None:
    timeline.set_photos(FIVE, lesion_id=1)
    assert not timeline.shown.isEnabled()


@pytest.mark.parametrize(
    ("key", "view"), [(Qt.Key.Key_1, PhotoView.OVERVIEW), (Qt.Key.Key_2, PhotoView.CLOSE_UP)]
)
def test_a_key_tells_what_a_photo_takes_in(
    qtbot: QtBot, strip: PhotoStrip, key: Qt.Key, view: PhotoView
) -> None:
    with qtbot.waitSignal(strip.view_told) as told:
        qtbot.keyClick(strip, key)
    assert told.args == [5, view]


def test_what_is_told_already_is_not_told_again(qtbot: QtBot, timeline: Timeline) -> None:
    told: list[object] = []
    timeline.strip.view_told.connect(lambda *each: told.append(each))
    timeline.set_photos(VIEWS, lesion_id=1)
    strip = timeline.strip
    for row, key in ((0, Qt.Key.Key_1), (3, Qt.Key.Key_0)):
        strip.setCurrentIndex(strip.strip.index(row))
        qtbot.keyClick(strip, key)
    assert told == []
    # A proposed one is told by the same key, and one that was told can be taken back.
    for row, key in ((2, Qt.Key.Key_2), (0, Qt.Key.Key_0)):
        strip.setCurrentIndex(strip.strip.index(row))
        qtbot.keyClick(strip, key)
    assert told == [(3, PhotoView.CLOSE_UP), (1, None)]
    strip.set_read_only(True)
    qtbot.keyClick(strip, Qt.Key.Key_2)
    assert len(told) == 2


def test_the_menu_says_what_is_proposed_and_tells_it(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.set_photos(VIEWS, lesion_id=1)
    strip = timeline.strip
    menu = strip.menu_of(VIEWS[2])
    entries = {action.text(): action for action in menu.actions()}
    assert not entries["Overview"].isChecked()
    assert not entries["Close-up, proposed"].isChecked()
    assert entries["Not told"].isChecked()
    with qtbot.waitSignal(strip.view_told) as told:
        entries["Close-up, proposed"].trigger()
    assert told.args == [3, PhotoView.CLOSE_UP]
    assert {a.text(): a for a in strip.menu_of(VIEWS[0]).actions()}["Overview"].isChecked()
    strip.set_read_only(True)
    locked = {action.text(): action for action in strip.menu_of(VIEWS[2]).actions()}
    assert not locked["Overview"].isEnabled()
    assert locked["Open the visit"].isEnabled()


def test_the_menu_key_opens_the_menu_of_the_photo_in_hand(qtbot: QtBot, strip: PhotoStrip) -> None:
    strip.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


# -- what is painted


def painted(shown: StripPhoto, *, picture: QImage | None = None, **facts: object) -> QImage:
    """One photo of the strip, alone."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel

    from ui.photo_strip_painting import PHOTO_ROLE, PICTURE_ROLE

    model, item = QStandardItemModel(), QStandardItem()
    item.setData(shown, PHOTO_ROLE)
    item.setData(picture, PICTURE_ROLE)
    model.appendRow(item)
    delegate = StripDelegate(model)
    delegate.lesion_id = 1
    for name, value in facts.items():
        setattr(delegate, name, value)
    option = QStyleOptionViewItem()
    option.font = QApplication.font()
    size = delegate.item_size(option.font)
    option.rect.setSize(size)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0, 0))
    painter.end()
    return image


def test_a_proposed_view_looks_unlike_a_told_one(timeline: Timeline) -> None:
    looks = [
        painted(photo(1, view=view, view_told=told))
        for view, told in ((None, False), (PhotoView.CLOSE_UP, False), (PhotoView.CLOSE_UP, True),
                           (PhotoView.OVERVIEW, True))
    ]  # fmt: skip
    assert all(a != b for i, a in enumerate(looks) for b in looks[i + 1 :])


def test_therapies_are_told_apart_without_colours(timeline: Timeline) -> None:
    def grey(place: int) -> QImage:
        key = (TherapyKey(place, ()),)
        image = painted(photo(1, therapies=key))
        return image.convertToFormat(QImage.Format.Format_Grayscale8)

    assert len({bytes(grey(place).constBits()) for place in range(8)}) == 8


def test_more_therapies_than_there_is_room_for_are_counted(timeline: Timeline) -> None:
    few, many = (
        painted(photo(1, therapies=tuple(TherapyKey(n % 8, ()) for n in range(count))))
        for count in (4, 9)
    )
    assert few != many


def test_changes_are_since_the_first_or_since_the_one_before(timeline: Timeline) -> None:
    last = Moved("(+1 %)", Change(7, 0.1, -0.01, False))
    shown = photo(1)
    shown = replace(shown, unders=(replace(shown.unders[0], last=last),))
    assert painted(shown) != painted(shown, since_first=False)
    timeline.since.setCurrentIndex(1)
    timeline.since.activated.emit(1)
    assert not timeline.strip._delegate.since_first


def test_an_arrow_is_for_what_is_beyond_error() -> None:
    def moved(text: str, beyond_error: bool | None) -> Moved:
        return Moved(text, Change(7, 1.0, 0.1, beyond_error))

    assert moved("−38 %", True).arrowed == "▼\u00a0−38 %"
    assert moved("+38 %", True).arrowed == "▲\u00a0+38 %"
    assert moved("(−3 %)", False).arrowed == "(−3 %)"
    assert moved("−3 %", None).arrowed == "−3 %"


def test_an_upright_photo_is_shown_whole_in_its_frame(timeline: Timeline) -> None:
    upright, empty = QImage(74, 99, QImage.Format.Format_RGB32), painted(photo(1))
    upright.fill(Qt.GlobalColor.red)
    image = painted(photo(1), picture=upright)
    reds = [x for x in range(image.width()) if image.pixelColor(x, 50) == Qt.GlobalColor.red]
    assert len(reds) == 74
    assert image.pixelColor(12, 50) == empty.pixelColor(12, 50)


def test_large_text_gets_more_room(timeline: Timeline, qapp: QApplication) -> None:
    timeline.set_photos(FIVE, lesion_id=1)
    before = timeline.strip.height(), timeline.strip.item_width()
    theme.apply(qapp, choice="light", zoom=1.5)
    qapp.processEvents()
    assert timeline.strip.height() > before[0]
    assert timeline.strip.item_width() >= before[1]
    theme.apply(qapp, choice="light")


def test_in_a_narrow_place_the_choices_stand_above_the_photos(timeline: Timeline) -> None:
    timeline.resize(1400, 240)
    assert timeline.shown.x() < timeline.strip.x()
    timeline.resize(500, 280)
    QApplication.processEvents()
    assert timeline.strip.y() > timeline.shown.y()
    assert timeline.strip.x() == 0


# -- pictures


def test_only_photos_in_sight_and_a_few_beside_are_asked_for(
    qtbot: QtBot, timeline: Timeline, background: Background
) -> None:
    many = tuple(replace(photo(1), id=n, visit_id=n, vault_name=f"many{n}") for n in range(1, 61))
    timeline.set_photos(many, lesion_id=1)
    qtbot.waitUntil(lambda: not background.is_busy())
    strip = timeline.strip
    asked = [n for n in range(1, 61) if strip.pictures.get(f"many{n}") is not None]
    in_sight = strip.viewport().width() // strip.item_width() + 2
    assert asked[-1] == 60
    assert 1 < len(asked) <= in_sight + 2 * 4


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_a_size_with_its_letter_and_unit_has_room(
    timeline: Timeline, qapp: QApplication, zoom: float
) -> None:
    theme.apply(qapp, choice="light", zoom=zoom)
    room = timeline.strip.item_width() - 2 * theme.grid()
    metrics = QFontMetrics(qapp.font())
    assert metrics.horizontalAdvance("B 128.8 ± 7.8 cm²") <= room
    theme.apply(qapp, choice="light")
