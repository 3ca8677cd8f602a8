"""The window's way to pictures without names: nothing leaves that a person did not look at."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.deidentify.made import add_pictures
from tests.export.made import csv_rows
from tests.ui.windows import dialog as dialog_of
from tests.ui.windows import open_patient
from ui.background import Background
from ui.dialogs.pictures_dialog import PicturesDialog
from ui.main_window import MainWindow
from ui.pictures.edited import Edited, State
from ui.pictures.page import LookPage
from woundtrack.deidentify import propose
from woundtrack.deidentify.types import box_mask
from woundtrack.records import ConsentPurpose
from woundtrack.store.clinic import Clinic

DAY = dt.date(2026, 6, 15)
Make = Callable[..., PicturesDialog]


@pytest.fixture
def case(clinic: Clinic) -> SimpleNamespace:
    return clinic.write(lambda w: add_pictures(w, visits=3))


@pytest.fixture
def make(
    qtbot: QtBot, clinic: Clinic, background: Background, tmp_path: Path, case: SimpleNamespace
) -> Make:
    (tmp_path / "out").mkdir()

    def make_(**more: object) -> PicturesDialog:
        given = {"patient": case.patient, "today": lambda: DAY, **more}
        made = PicturesDialog(clinic, background, **given)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        made.ask_folder = lambda: str(tmp_path / "out")
        made.show()
        qtbot.waitUntil(lambda: not background.is_busy())
        return made

    return make_


@pytest.fixture
def looking(make: Make, qtbot: QtBot, background: Background) -> PicturesDialog:
    """The dialog with the first picture in view."""
    dialog = make()
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.look.confirm.isEnabled())
    qtbot.waitUntil(lambda: not background.is_busy())
    return dialog


def confirm(dialog: PicturesDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.look.confirm.isEnabled)
    dialog.look.confirm.click()


def test_what_was_confirmed_is_written_and_what_was_left_out_is_not(
    looking: PicturesDialog, qtbot: QtBot, case: SimpleNamespace, tmp_path: Path
) -> None:
    assert len(looking.look.candidates) == 3
    confirm(looking, qtbot)
    qtbot.waitUntil(looking.look.confirm.isEnabled)
    looking.look.leave_out.click()
    confirm(looking, qtbot)
    assert looking.pages.currentIndex() == 2
    assert looking.summary.text() == "2 pictures are confirmed. 1 is left out."
    looking.start_button.click()
    qtbot.waitUntil(lambda: "Saved as" in looking.banner.label.text())
    folder = tmp_path / "out" / "woundtrack-pictures-2026-06-15"
    rows = csv_rows(folder, "pictures")
    assert [row["visit"] for row in rows] == ["1", "3"]
    assert {row["patient_code"] for row in rows} == {case.patient.value.code}
    assert len(list(folder.glob("*.jpg"))) == 2


def test_confirming_all_waits_until_each_was_shown(looking: PicturesDialog, qtbot: QtBot) -> None:
    look = looking.look
    assert not look.confirm_all.isEnabled()
    for place in (1, 2):
        look.show_place(place)
        qtbot.waitUntil(lambda place=place: look.edited[place].state is State.SEEN)
    assert look.confirm_all.isEnabled()
    look.confirm_all.click()
    assert looking.pages.currentIndex() == 2
    assert len(looking.confirmed()) == 3


def test_masks_are_added_moved_and_removed_by_keys_and_undone(
    looking: PicturesDialog, qtbot: QtBot
) -> None:
    look, canvas = looking.look, looking.look.canvas
    before = look.edited[0].masks
    qtbot.keyClick(canvas, Qt.Key.Key_M)
    assert len(look.edited[0].masks) == len(before) + 1
    added = look.edited[0].masks[-1]
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    changed = look.edited[0].masks[-1].box_px
    assert changed[0] > added.box_px[0]
    assert changed[3] - changed[1] > added.box_px[3] - added.box_px[1]
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert look.edited[0].masks == before
    look.undo()
    assert look.edited[0].masks[-1].box_px == changed
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    assert canvas.selected == 0


def test_a_mask_is_drawn_with_the_mouse_and_a_change_asks_for_confirmation_anew(
    looking: PicturesDialog, qtbot: QtBot
) -> None:
    look, canvas = looking.look, looking.look.canvas
    confirm(looking, qtbot)
    look.go_back()
    assert look.edited[0].state is State.CONFIRMED
    before = len(look.edited[0].masks)
    look.tools.add.click()
    middle = canvas.rect().center()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, pos=middle)
    qtbot.mouseMove(canvas, middle + QPoint(60, 40))
    qtbot.mouseRelease(canvas, left, pos=middle + QPoint(60, 40))
    assert len(look.edited[0].masks) == before + 1
    assert not look.tools.add.isChecked()
    assert look.edited[0].state is State.SEEN


def test_a_larger_crop_waits_for_what_it_newly_shows(looking: PicturesDialog, qtbot: QtBot) -> None:
    look, canvas = looking.look, looking.look.canvas
    crop = look.edited[0].crop
    qtbot.keyClick(canvas, Qt.Key.Key_C)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert look.edited[0].crop != crop
    assert not look.confirm.isEnabled()
    qtbot.waitUntil(look.confirm.isEnabled)


def in_hand(look: LookPage, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, object]]:
    """What the page asks to be proposed, answered by the test: the crop, and whom to tell."""
    asked: list[tuple[object, object]] = []

    def masks_for(_pixels: object, _candidate: object, crop: object) -> object:
        return crop

    def run(work: Callable[[], object], *, done: object, **_more: object) -> None:
        asked.append((work(), done))

    monkeypatch.setattr(propose, "masks_for", masks_for)
    monkeypatch.setattr(look, "_background", SimpleNamespace(run=run))
    return asked


def cropped(look: LookPage, by: int) -> Edited:
    now = look.edited[look.place]
    assert now.crop is not None
    return replace(now, crop=replace(now.crop, right_px=now.crop.right_px + by))


FOUND = box_mask(330, 110, 420, 140)


def test_what_is_proposed_for_an_earlier_crop_lets_nobody_confirm_a_later_one(
    looking: PicturesDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = looking.look
    asked = in_hand(look, monkeypatch)
    look.canvas.changed.emit(cropped(look, 40))
    look._wait.timeout.emit()
    look.canvas.changed.emit(cropped(look, 40))
    ((first, answer),) = asked
    assert first != look.edited[0].crop
    answer(())
    assert not look.confirm.isEnabled()
    look._wait.timeout.emit()
    assert asked[1][0] == look.edited[0].crop
    asked[1][1]((FOUND,))
    assert look.confirm.isEnabled()
    assert FOUND in look.edited[0].masks


def test_what_is_proposed_stays_whatever_is_dragged_or_undone_meanwhile(
    looking: PicturesDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = looking.look
    asked = in_hand(look, monkeypatch)
    look.canvas.changed.emit(cropped(look, 40))
    look._wait.timeout.emit()
    held = look.edited[0].with_mask(box_mask(200, 200, 240, 220))  # a drag begun before
    asked[0][1]((FOUND,))
    look.canvas.changed.emit(held)
    assert FOUND in look.edited[0].masks
    look.undo()
    look.undo()
    assert FOUND in look.edited[0].masks
    assert look.edited[0].state is State.SEEN
    assert not look.confirm.isEnabled()  # another crop than what was proposed for last


def test_masks_that_come_to_a_picture_out_of_sight_must_be_seen(
    looking: PicturesDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = looking.look
    for place in (1, 2):
        look.show_place(place)
        qtbot.waitUntil(lambda place=place: look.edited[place].state is State.SEEN)
    asked = in_hand(look, monkeypatch)
    look.canvas.changed.emit(cropped(look, 40))
    look.go_back()
    asked[0][1]((FOUND,))
    assert look.edited[2].state is State.UNSEEN
    assert not look.confirm_all.isEnabled()


def test_a_photo_without_outline_is_not_shown_until_its_crop_is_drawn(
    make: Make, qtbot: QtBot, clinic: Clinic, background: Background
) -> None:
    other = clinic.write(lambda w: add_pictures(w, "2", visits=1, outlined=False))
    dialog = make(patient=other.patient)
    assert not dialog.next_button.isEnabled()  # such a photo is not ticked by itself
    dialog.choice.tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    dialog.next_button.click()
    look, canvas = dialog.look, dialog.look.canvas
    qtbot.waitUntil(lambda: "no outline" in look.banner.label.text())
    assert not look.confirm.isEnabled()
    middle, left = canvas.rect().center(), Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, pos=middle - QPoint(80, 60))
    qtbot.mouseMove(canvas, middle + QPoint(80, 60))
    qtbot.mouseRelease(canvas, left, pos=middle + QPoint(80, 60))
    assert look.edited[0].crop is not None
    qtbot.waitUntil(look.confirm.isEnabled)
    qtbot.waitUntil(lambda: not background.is_busy())


def test_without_consent_to_the_purpose_nothing_is_offered(
    make: Make, qtbot: QtBot, clinic: Clinic, background: Background
) -> None:
    other = clinic.write(lambda w: add_pictures(w, "2", visits=1, consents=()))
    dialog = make(patient=other.patient)
    assert "consent to photos for teaching is not in force" in dialog.choice.banner.label.text()
    assert not dialog.next_button.isEnabled()
    dialog.choice.purpose.set_value(ConsentPurpose.RESEARCH)
    qtbot.waitUntil(lambda: "research" in dialog.choice.banner.label.text())
    dialog.choice.whom.set_value(None)
    code = other.patient.value.code
    qtbot.waitUntil(lambda: code in dialog.choice.banner.label.text())
    assert dialog.choice.tree.topLevelItemCount() == 1
    assert not dialog.choice.chosen()  # of the whole clinic nothing is ticked by itself


def test_the_menu_opens_it_for_the_patient_in_view(
    qtbot: QtBot, window: MainWindow, case: SimpleNamespace
) -> None:
    open_patient(qtbot, window, case.patient.id)
    dialog = dialog_of(qtbot, window, "export_pictures")
    assert isinstance(dialog, PicturesDialog)
    assert dialog.choice.whom.value() == case.patient.id
    dialog.reject()
