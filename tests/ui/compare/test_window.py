"""Comparing photos in their window: by mouse and keys, and gone when the clinic is locked."""

import gc
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.compare.clinics import Laying, Taken, beside, filled
from tests.ui.windows import dialog, dialogs, open_patient, settled
from ui import theme
from ui.background import Background
from ui.compare.desk import Shelf
from ui.compare.picture import Mode, PlaneImage
from ui.compare.window import CompareWindow
from ui.main_window import MainWindow
from ui.models.patient_view import view_of
from ui.settings import Settings
from woundtrack.store.clinic import Clinic

Made = Callable[..., CompareWindow]
THREE = (Taken(20.0), Taken(16.0), Taken(10.0))


@pytest.fixture
def laying(monkeypatch: pytest.MonkeyPatch) -> Laying:
    made = Laying()
    monkeypatch.setattr("woundtrack.align.register.aligned", made)
    return made


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def compare(
    qtbot: QtBot, clinic: Clinic, background: Background, painted, laying, settings, qapp
) -> Iterator[Made]:
    """The window with the photos of a lesion, all laid on each other or refused."""
    theme.apply(qapp, choice="light")
    opened: list[CompareWindow] = []

    def make(*photos: Taken, marked: tuple[int, ...] = ()) -> CompareWindow:
        history = clinic.read(lambda reader: reader.history(1)) if opened else None
        history = history or filled(clinic, painted, photos)
        made = CompareWindow(
            clinic, background, view=view_of(history), lesion_id=history.lesions[0].id,
            marked=marked or [photo.id for photo in history.photos[:4]], shelf=Shelf(),
            settings=settings,
        )  # fmt: skip
        opened.append(made)
        made.resize(1100, 700)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)  # shortcuts are for the active window
        rest(qtbot, made)
        return made

    yield make
    for each in opened:
        if shiboken6.isValid(each):
            each.reject()


def rest(qtbot: QtBot, window: CompareWindow) -> None:
    qtbot.waitUntil(lambda: not window.desk.working)


def lines(window: CompareWindow) -> list[str]:
    return window.told.lines.text().splitlines()


def test_under_the_photos_it_is_told_what_changed_and_how_surely(compare: Made) -> None:
    window = compare(*THREE)
    titles = [picture.title for picture in window.canvas.scene().pictures]
    assert titles == ["3 Mar 2026", "10 Mar 2026", "17 Mar 2026"]
    first, second = lines(window)
    assert first.startswith("10 Mar 2026 since 3 Mar 2026: gained nothing, lost 1.13 ±")
    assert first.endswith(
        "Lies within 0.5 mm at the wound’s edge (95 %), residual 0.2 mm, by 40 places of the skin."
    )
    assert second.startswith("17 Mar 2026 since 3 Mar 2026: gained nothing, lost 2.35 ±")
    assert "not how surely each outline was drawn" in window.told.more.text()
    assert not window.told.stop.isVisible()


def test_a_refusal_stands_in_its_pane_and_over_each_other_it_is_left_out(
    compare: Made, laying: Laying
) -> None:
    laying.refused = {16.0}
    window = compare(*THREE)
    _first, refused, laid = window.canvas.scene().pictures
    assert refused.note.startswith("Not laid on the first photo: The two photos could not be")
    assert laid.note == ""
    QTest.keyClick(window, Qt.Key.Key_2)
    assert window.canvas.mode is Mode.SWIPE
    assert [each.title for each in window.canvas.scene().pictures] == ["3 Mar 2026", "17 Mar 2026"]
    assert "left out here: 10 Mar 2026" in window.told.more.text()


def test_where_nothing_lies_on_the_first_only_side_by_side_is_offered(
    compare: Made, laying: Laying
) -> None:
    laying.refused = {16.0}
    window = compare(Taken(20.0), Taken(16.0))
    assert window.tools.modes[Mode.SIDE_BY_SIDE].isEnabled()
    for mode in (Mode.SWIPE, Mode.BLINK, Mode.FADE, Mode.OUTLINES):
        assert not window.tools.modes[mode].isEnabled()
        assert "click the same places in both (P)" in window.tools.modes[mode].toolTip()
    QTest.keyClick(window, Qt.Key.Key_3)
    assert window.canvas.mode is Mode.SIDE_BY_SIDE
    assert lines(window) == []


def test_keys_choose_the_mode_and_it_is_remembered(compare: Made, qtbot: QtBot) -> None:
    window = compare(*THREE)
    for key, mode in zip("12345", Mode, strict=True):
        QTest.keyClick(window, key)
        assert window.canvas.mode is mode
        assert window.tools.modes[mode].isChecked()
    QTest.keyClick(window, "4")
    QTest.keyClick(window, "O")
    window.reject()
    again = compare()
    assert again.canvas.mode is Mode.FADE
    assert not again.tools.outlines.isChecked()
    assert not again.canvas.scene().outlines_shown


def test_which_two_lie_over_each_other_is_chosen(compare: Made) -> None:
    window = compare(*THREE)
    QTest.keyClick(window, "2")
    assert window.canvas.scene().over == (0, 2)
    assert window.canvas.scene().change is not None
    window.tools.second.set_value(window.desk.entries[1].photo.id)
    window.tools.second.activated.emit(0)
    assert window.canvas.scene().over == (0, 1)
    window.tools.first.set_value(window.desk.entries[2].photo.id)
    window.tools.first.activated.emit(0)
    assert window.canvas.scene().over == (2, 1)
    assert window.canvas.scene().change is None  # between two later photos none is worked out


def test_the_tint_is_switched(compare: Made) -> None:
    window = compare(*THREE)
    QTest.keyClick(window, "G")
    assert window.canvas.scene().change is None
    QTest.keyClick(window, "G")
    assert window.canvas.scene().change is not None


def test_marks_in_the_strip_say_which_are_shown(compare: Made, qtbot: QtBot) -> None:
    window = compare(*THREE, Taken(8.0), Taken(6.0))
    strip = window.strip
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_End)
    QTest.keyClick(strip, Qt.Key.Key_Space)
    assert len(strip.marks.ids()) == 4  # a fifth is refused
    QTest.keyClick(strip, Qt.Key.Key_Home)
    QTest.keyClick(strip, Qt.Key.Key_Space)
    rest(qtbot, window)
    titles = [picture.title for picture in window.canvas.scene().pictures]
    assert titles == ["10 Mar 2026", "17 Mar 2026", "24 Mar 2026"]
    at = strip.visualRect(strip.strip.index(1)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
    rest(qtbot, window)
    assert len(window.desk.entries) == 2
    for row in (2, 3):
        strip.setCurrentIndex(strip.strip.index(row))
        QTest.keyClick(strip, Qt.Key.Key_Space)
    assert lines(window) == ["Choose two to four photos below: a click or Space marks one."]


def test_in_a_low_window_the_strip_folds_away_and_comes_back(compare: Made, qtbot: QtBot) -> None:
    window = compare(*THREE)
    assert window.strip.isVisible()
    window.resize(960, 560)
    qtbot.waitUntil(lambda: not window.strip.isVisible())
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.strip.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F9)
    window.resize(1100, 760)
    assert not window.strip.isVisible()  # as it was left
    QTest.keyClick(window, Qt.Key.Key_F9)
    window.resize(960, 560)
    qtbot.waitUntil(lambda: not window.strip.isVisible())
    window.resize(1100, 760)
    qtbot.waitUntil(window.strip.isVisible)


def click(window: CompareWindow, pane: int, x: float, y: float) -> None:
    box = window.canvas.scene().panes[pane].box
    at = QPoint(round(box.left + x * box.width), round(box.top + y * box.height))
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=at)


def test_points_by_clicks_lay_a_refused_photo(compare: Made, qtbot: QtBot, laying: Laying) -> None:
    laying.refused = {16.0}
    window = compare(Taken(20.0), Taken(16.0))
    QTest.keyClick(window, "P")
    assert window.canvas.picking
    places = ((0.2, 0.4), (0.8, 0.4), (0.5, 0.85), (0.5, 0.15))
    for x, y in places:
        click(window, 0, x, y)
        click(window, 1, x, y)
    qtbot.waitUntil(lambda: "4 pairs: lies within" in window.picking.banner.label.text())
    assert [len(points) for points in window.canvas.scene().points] == [4, 4]
    window.picking.use_button.click()
    rest(qtbot, window)
    assert not window.canvas.picking
    assert lines(window)[0].endswith("by 4 clicked pairs.")
    assert window.tools.modes[Mode.SWIPE].isEnabled()


def test_points_hold_no_picture(compare: Made) -> None:
    window = compare(Taken(20.0), Taken(16.0))
    QTest.keyClick(window, "P")
    QTest.keyClick(window, "P")
    assert all(entry.image is None for entry in window.picking._entries)


def test_a_click_is_taken_back_and_put_again(compare: Made) -> None:
    window = compare(Taken(20.0), Taken(16.0))
    QTest.keyClick(window, "P")
    for pane in (0, 1, 0):
        click(window, pane, 0.3 + 0.1 * pane, 0.4)
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [len(each) for each in window.picking.points_mm()] == [1, 1]
    window.picking.undo_button.click()
    assert [len(each) for each in window.picking.points_mm()] == [1, 0]
    redo = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, redo)
    assert [len(each) for each in window.picking.points_mm()] == [1, 1]
    assert not window.picking.use_button.isEnabled()
    QTest.keyClick(window, "P")
    assert not window.canvas.picking
    assert window.desk.entries[1].alignment is not None  # nothing was laid by them


def test_an_unreadable_photo_says_so_in_its_pane(compare: Made) -> None:
    window = compare(Taken(), Taken(broken=True), Taken(10.0))
    _first, broken, last = window.canvas.scene().pictures
    assert broken.image is None
    assert "not a photo" in broken.note
    assert last.image is not None
    assert len(lines(window)) == 1


def test_a_photo_without_a_scale_says_so(compare: Made, laying: Laying) -> None:
    laying.refused = {16.0}
    window = compare(Taken(20.0), Taken(16.0, scaled=False), Taken(None, scaled=False))
    notes = [picture.note for picture in window.canvas.scene().pictures]
    assert notes[0] == notes[2] == ""  # the last lies on the first, in its mm
    assert notes[1].startswith("Not laid on the first photo")


def test_locking_takes_every_picture_away(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, painted, laying: Laying
) -> None:
    history = filled(clinic, painted, THREE)
    open_patient(qtbot, window, history.patient.id)
    strip = window.workspace.patient_page.strip
    strip.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(strip, key)
    assert window.workspace.patient_page.timeline.compare.text().strip() == "Compare 2…"
    opened = dialog(qtbot, window, "compare")
    assert [photo.id for photo in history.photos[:2]] == list(opened.strip.marks.ids())
    rest(qtbot, opened)
    assert any(isinstance(each, PlaneImage) for each in gc.get_objects())
    window.lock()
    assert dialogs() == []
    del opened
    settled(qtbot, window)
    gc.collect()
    assert not [each for each in gc.get_objects() if isinstance(each, PlaneImage)]


def test_another_lesion_of_the_same_photos_is_told_of_by_its_own_figures(
    compare: Made, qtbot: QtBot, clinic: Clinic
) -> None:
    window = compare(*THREE)
    before = [picture.subtitle for picture in window.canvas.scene().pictures]
    other = beside(clinic, (8.0, 6.0, 4.0))
    history = clinic.read(lambda reader: reader.history(1))
    window._view = view_of(history)
    ids = window.strip.marks.ids()
    window.show_lesion(other, marked=ids)
    rest(qtbot, window)
    assert window.strip.marks.ids() == ids
    pictures = window.canvas.scene().pictures
    assert all(a != b.subtitle for a, b in zip(before, pictures, strict=True))
    widths = [float(np.ptp(picture.rings_mm[0][:, 0])) for picture in pictures]
    assert widths == pytest.approx([8.0, 6.0, 4.0], rel=0.01)
    assert "lost 0.38 ±" in lines(window)[1]  # rings of 4 and 2 mm


def test_with_all_lesions_in_view_the_marked_photos_say_which_is_compared(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, painted, laying: Laying
) -> None:
    filled(clinic, painted, (Taken(20.0), Taken(16.0), Taken(None), Taken(None)))
    other = beside(clinic, (None, None, 8.0, 6.0))
    open_patient(qtbot, window, 1)
    page = window.workspace.patient_page
    page.choose_lesion(None)
    page.strip.marks.set((3, 4))
    opened = dialog(qtbot, window, "compare")
    rest(qtbot, opened)
    assert opened.tools.lesion.value() == other


def test_with_fewer_than_two_photos_it_is_said_above_the_page(
    qtbot: QtBot, window: MainWindow, clinic: Clinic, painted
) -> None:
    history = filled(clinic, painted, (Taken(),))
    open_patient(qtbot, window, history.patient.id)
    assert not window.workspace.patient_page.timeline.compare.isEnabled()
    window.run("compare")
    assert dialogs() == []
    assert "fewer than two photos" in window.workspace.message.label.text()
