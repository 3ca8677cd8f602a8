"""The clinic's letterhead: lines and a logo, written by administrators, printed on reports."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.acts import Acts
from ui.background import Background
from ui.dialogs.letterhead_dialog import LetterheadDialog
from ui.dialogs.report_dialog import ReportDialog
from woundtrack.records import Role
from woundtrack.report.raster import page_texts
from woundtrack.store.clinic import Clinic

LINES = ("Wound clinic", "12 Rue de l’Hôpital", "Tel. 01 23 45 67 89")


@pytest.fixture
def opened(qtbot: QtBot, clinic: Clinic, background: Background) -> Callable[[], Any]:
    """Opens the dialog and waits until it shows what is kept."""

    def make() -> Any:
        dialog = LetterheadDialog(clinic, background, acts=Acts(clinic, background))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(dialog.isEnabled)
        return dialog

    return make


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    """A picture far larger than a logo may be kept."""
    path = tmp_path / "logo.png"
    Image.new("RGB", (3000, 900), (10, 90, 100)).save(path)
    return path


def test_lines_and_logo_are_kept_and_shown_again(
    qtbot: QtBot, opened: Callable[[], Any], clinic: Clinic, logo: Path
) -> None:
    dialog = opened()
    assert dialog.picture.text() == "No logo"
    for field, text in zip(dialog.lines, LINES, strict=True):
        field.setText(f"  {text} ")
    dialog.ask_file = lambda: str(logo)
    dialog.choose_button.click()
    qtbot.waitUntil(lambda: bool(dialog.logo))
    assert not dialog.picture.pixmap().isNull()
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    kept = clinic.read(lambda r: r.letterhead())
    assert kept is not None
    assert kept.value.lines == LINES
    assert Image.open(io.BytesIO(kept.value.logo)).width <= 1200
    again = opened()
    assert [field.text() for field in again.lines] == list(LINES)
    again.remove_button.click()
    again.lines[1].clear()
    with qtbot.waitSignal(again.saved):
        again.save_button.click()
    after = clinic.read(lambda r: r.letterhead())
    assert after is not None
    assert (after.value.lines, after.value.logo) == ((LINES[0], LINES[2]), b"")
    assert after.revision == 2


@pytest.mark.parametrize("content", [b"", b"no picture", None])
def test_a_file_that_is_no_picture_is_said_at_the_logo(
    qtbot: QtBot, opened: Callable[[], Any], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "logo.png"
    if content is not None:
        path.write_bytes(content)
    dialog = opened()
    dialog.ask_file = lambda: str(path)
    dialog.choose_button.click()
    qtbot.waitUntil(lambda: "PNG or JPEG" in dialog.forms[0].error_of("logo"))
    assert dialog.save_button.isEnabled()
    assert dialog.logo == b""


def test_only_an_administrator_may_change_it(
    qtbot: QtBot, opened: Callable[[], Any], clinic: Clinic, background: Background, ward: Any
) -> None:
    user = clinic.user
    history = clinic.read(lambda r: r.history(ward.patient.id))
    acts = Acts(clinic, background)
    report = ReportDialog(clinic, background, history=history, acts=acts)
    report.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(report)
    assert user.value.role is Role.ADMINISTRATOR
    report.letterhead.click()
    dialog = report.findChild(LetterheadDialog)
    qtbot.waitUntil(dialog.isEnabled)
    dialog.lines[0].setText("North ward")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    qtbot.waitUntil(
        lambda: bool(report.pdf()) and "North ward" in " ".join(page_texts(report.pdf()))
    )
