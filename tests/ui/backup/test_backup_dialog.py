"""Administrators settle where backups go; everyone sees them, makes one, verifies them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.clinics import add_user, spoiled
from tests.ui.conftest import PASSPHRASE
from ui.background import Background
from ui.backup.dialog import BackupDialog
from ui.backup.keeper import BackupKeeper
from ui.backup.status_line import BackupStatus
from woundtrack.backup.folder import backups_in
from woundtrack.backup.plan import plan_of
from woundtrack.backup.types import Plan
from woundtrack.errors import BackupError
from woundtrack.explain import explain
from woundtrack.store.clinic import Clinic, open_clinic


def shown(
    qtbot: QtBot, clinic: Clinic, background: Background, keeper: BackupKeeper
) -> BackupDialog:
    keeper.begin(clinic)
    made = BackupDialog(clinic, background, keeper=keeper)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: keeper.loaded and not background.is_busy())
    return made


def test_an_administrator_settles_where_they_go_and_makes_the_first(
    qtbot: QtBot, photographed: Clinic, background: Background, keeper: BackupKeeper, stick: Path
) -> None:
    dialog = shown(qtbot, photographed, background, keeper)
    assert "No backup" in dialog.state.text()
    assert not dialog.now_button.isEnabled()
    dialog.plan.target.ask_folder = lambda: str(stick)
    dialog.plan.target.choose()
    qtbot.waitUntil(dialog.plan.target.remark.isVisible)  # it is the clinic's own disk here
    assert "lost together" in dialog.plan.target.remark.text()
    dialog.plan.days.set_value(2)
    dialog.plan.at_closing.setChecked(False)
    with qtbot.waitSignal(dialog.plan.saved):
        dialog.plan.save_button.click()
    qtbot.waitUntil(dialog.now_button.isEnabled)
    assert plan_of(photographed) == Plan(stick, every_days=2, at_closing=False)
    dialog.now_button.click()
    assert dialog.stop_button.isVisible()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert "1 new photo" in dialog.banner.label.text()
    assert dialog.table.item(0, 3).text() == "not verified"
    assert dialog.now_button.isVisible()


def test_a_place_inside_the_clinic_is_refused_at_its_field(
    qtbot: QtBot, clinic: Clinic, background: Background, keeper: BackupKeeper
) -> None:
    dialog = shown(qtbot, clinic, background, keeper)
    dialog.plan.target.set_folder(clinic.folder / "vault")
    dialog.plan.save()
    qtbot.waitUntil(lambda: bool(dialog.plan.form.error_of("target")))
    sentence = explain(BackupError("backup.inside_clinic"))
    assert dialog.plan.form.error_of("target") == sentence
    qtbot.waitUntil(lambda: not background.is_busy())
    assert not dialog.plan.target.remark.isVisibleTo(dialog)  # the sentence is there once
    assert plan_of(clinic) is None


def test_verifying_names_what_is_damaged(
    qtbot: QtBot, planned: Clinic, background: Background, keeper: BackupKeeper, stick: Path
) -> None:
    dialog = shown(qtbot, planned, background, keeper)
    dialog.back_up()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    dialog.verify_button.click()
    qtbot.waitUntil(lambda: dialog.table.item(0, 3).text() == "sound")
    assert "all sound" in dialog.banner.label.text()
    assert not dialog.findings.isVisible()
    pack = next(stick.glob("*/pages/*"))
    pack.write_bytes(spoiled(pack.read_bytes()))
    qtbot.waitUntil(lambda: not background.is_busy())
    dialog.verify_button.click()
    qtbot.waitUntil(dialog.findings.isVisible)
    assert "damaged" in dialog.findings.item(0).text()
    assert "found" in dialog.banner.label.text()
    qtbot.waitUntil(lambda: dialog.table.item(0, 3).text() != "sound")


def test_a_check_that_is_stopped_says_so(
    qtbot: QtBot, planned: Clinic, background: Background, keeper: BackupKeeper
) -> None:
    dialog = shown(qtbot, planned, background, keeper)
    dialog.back_up()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1 and not background.is_busy())
    dialog.verify()
    dialog.stop_button.click()
    qtbot.waitUntil(dialog.findings.isVisible)
    assert "stopped" in dialog.findings.item(0).text()
    assert dialog.table.item(0, 3).text() == "not verified"


def test_who_is_no_administrator_sees_the_plan_and_may_back_up(
    qtbot: QtBot, planned: Clinic, background: Background, keeper: BackupKeeper, stick: Path
) -> None:
    planned.write(lambda w: add_user(w, "Jo Weber", PASSPHRASE))
    folder = planned.folder
    planned.close()
    clinic = open_clinic(folder, user_name="Jo Weber", passphrase=PASSPHRASE)
    try:
        dialog = shown(qtbot, clinic, background, keeper)
        assert dialog.plan.target.folder() == stick
        assert not dialog.plan.target.isEnabled()
        assert not dialog.plan.save_button.isVisible()
        assert "administrator" in dialog.plan.reason.text()
        dialog.now_button.click()
        qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
        qtbot.waitUntil(lambda: not background.is_busy())
    finally:
        keeper.leave()
        clinic.close()


@pytest.mark.parametrize("missing", [False, True])
def test_the_status_line_says_it_in_words_with_an_icon(
    qtbot: QtBot, planned: Clinic, keeper: BackupKeeper, stick: Path, tmp_path: Path, missing: bool
) -> None:
    status = BackupStatus(keeper)
    qtbot.addWidget(status)
    assert status.isHidden()
    if missing:
        stick.rename(tmp_path / "away")
    keeper.begin(planned)
    keeper.look()
    qtbot.waitUntil(lambda: keeper.known.last is not None)
    assert not status.isHidden()
    assert not status.icon().isNull()
    if missing:
        assert status.text().strip() == "No backup yet: the disk or share is missing"
        assert "Connect the disk" in status.toolTip().replace("\n", " ")
    else:
        assert status.text().strip().startswith("Backup: today")
        assert len(backups_in(stick)) == 1
    keeper.leave()
    assert status.isHidden()
