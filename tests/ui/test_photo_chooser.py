"""Photos first, where the last ones were; and nothing of it on disk."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.app import forget_file_dialogs
from ui.photo_chooser import PhotoChooser, photo_filter


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_photos_are_offered_before_all_files() -> None:
    first, second = photo_filter().split(";;")
    assert first.startswith("Photos (*.jpg *.JPG ")
    assert second == "All files (*)"


def test_the_next_choice_begins_where_the_last_photos_were(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[str] = []

    def choose(_parent: object, _title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        began.append(start)
        return ["/media/card/DCIM/1.jpg", "/media/card/DCIM/2.jpg"], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    chooser = PhotoChooser()
    assert chooser.files(parent) == [Path("/media/card/DCIM/1.jpg"), Path("/media/card/DCIM/2.jpg")]
    chooser.files(parent)
    assert began[1] == "/media/card/DCIM"


def test_giving_up_changes_nothing(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: "")
    chooser = PhotoChooser()
    start = chooser.start
    assert chooser.files(parent) == []
    assert chooser.folder(parent) == []
    assert chooser.start == start


def test_the_file_dialog_leaves_no_folder_on_disk(qapp: QApplication, tmp_path: Path) -> None:
    forget_file_dialogs()
    folder = tmp_path / "Lefevre Marie"
    folder.mkdir()
    dialog = QFileDialog(None, "Import", str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    dialog.done(1)
    dialog.deleteLater()
    qapp.processEvents()
    QSettings(QSettings.Scope.UserScope, "QtProject").sync()
    written = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert not [path for path in written if b"Lefevre" in path.read_bytes()]
