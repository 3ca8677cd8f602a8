"""What leaves the cohort's page: whole or not at all, without a name, and journalled."""

import csv
import errno
import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.windows import settled
from ui.main_window import MainWindow
from ui.pages.cohort.page import CohortPage
from woundtrack import words
from woundtrack.records import SiteClass
from woundtrack.store.clinic import Clinic


def exported(clinic: Clinic) -> list[tuple[str, str, str]]:
    return [
        (one.kind, one.action, one.reason)
        for one in clinic.read(lambda r: r.journal())
        if one.action == "exported"
    ]


@pytest.fixture
def to(page: CohortPage, tmp_path: Path) -> Path:
    """The folder that every export goes to, by the name proposed."""
    folder = tmp_path / "out"
    folder.mkdir()
    page.exports.ask_path = lambda _title, name, _kinds: str(folder / name)
    return folder


def test_the_table_is_saved_for_the_spreadsheet_of_the_language(
    page: CohortPage, to: Path, qtbot: QtBot, window: MainWindow, clinic: Clinic
) -> None:
    page.filter.site.set_value(SiteClass.CENTRAL)
    settled(qtbot, window)
    words.set_language("fr")
    try:
        page.contents.save_table.click()
        settled(qtbot, window)
    finally:
        words.set_language("en")
    (path,) = to.iterdir()
    data = path.read_bytes()
    assert data.startswith("\ufeff".encode())
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    counts = {line["group"]: line["value"] for line in lines if line["endpoint"] == "patients"}
    assert counts == {"all": "7", "central": "7", "peripheral": "0"}
    assert b"Family" not in data
    assert exported(clinic) == [("cohort", "exported", "centrale")]


@pytest.mark.parametrize("kind", [".pdf", ".png"])
def test_the_figure_is_saved_as_vectors_or_as_a_picture(
    page: CohortPage, to: Path, qtbot: QtBot, window: MainWindow, clinic: Clinic, kind: str
) -> None:
    page.exports.ask_path = lambda _title, _name, _kinds: str(to / f"figure{kind}")
    page.contents.save_figure.click()
    settled(qtbot, window)
    (path,) = to.iterdir()
    if kind == ".pdf":
        text = pypdfium2.PdfDocument(path.read_bytes())[0].get_textpage().get_text_range()
        assert "At risk" in text
        assert "no filter" in text
        assert "Family" not in text
    else:
        assert Image.open(path).width > 1500
    assert [one[0] for one in exported(clinic)] == ["cohort"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.EACCES, "open in another program"), (errno.ENOSPC, "The disk is full")],
)
def test_a_file_that_cannot_be_written_says_why_and_stays_as_it_was(
    page: CohortPage, to: Path, qtbot: QtBot, window: MainWindow, clinic: Clinic,
    monkeypatch: pytest.MonkeyPatch, number: int, sentence: str,
) -> None:  # fmt: skip
    old = to / "old.csv"
    old.write_bytes(b"old")
    page.exports.ask_path = lambda _title, _name, _kinds: str(old)

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(number, "refused")

    monkeypatch.setattr(Path, "replace", refuse)
    page.contents.save_table.click()
    settled(qtbot, window)
    assert sentence in page.banner.label.text()
    assert page.banner.isVisible()
    assert [(path.name, path.read_bytes()) for path in to.iterdir()] == [("old.csv", b"old")]
    assert len(exported(clinic)) == 1, "journalled before: a line too many, and none too few"


def test_who_thinks_better_of_it_writes_and_journals_nothing(
    page: CohortPage, qtbot: QtBot, window: MainWindow, clinic: Clinic
) -> None:
    page.exports.ask_path = lambda _title, _name, _kinds: ""
    page.contents.save_table.click()
    page.contents.save_figure.click()
    settled(qtbot, window)
    assert exported(clinic) == []


def test_the_table_is_copied_for_spreadsheets_and_for_texts(
    page: CohortPage, qtbot: QtBot, window: MainWindow, clinic: Clinic
) -> None:
    table = page.contents.table
    qtbot.waitUntil(table.isVisible)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    mime = QApplication.clipboard().mimeData()
    lines = mime.text().split("\n")
    assert lines[0] == "no filter"
    assert lines[1] == "Endpoint\tAll\tCentral\tPeripheral\tDifference"
    assert any(line.startswith("Survival at 1 year\t") for line in lines)
    assert "<th>Central</th>" in mime.html()
    assert "Family" not in mime.text() + mime.html()
    assert len(exported(clinic)) == 1


def test_the_figure_is_copied_as_a_picture(
    page: CohortPage, qtbot: QtBot, window: MainWindow, clinic: Clinic
) -> None:
    page.contents.copy_figure.click()
    settled(qtbot, window)
    assert QApplication.clipboard().image().width() > 1500
    assert len(exported(clinic)) == 1


def test_who_may_only_read_exports_too(
    page: CohortPage, to: Path, qtbot: QtBot, window: MainWindow, clinic: Clinic,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(clinic, "read_only", True)
    page.contents.save_table.click()
    settled(qtbot, window)
    assert len(list(to.iterdir())) == 1
    assert not page.banner.isVisible()
    assert exported(clinic) == []
