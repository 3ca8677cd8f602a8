"""A file gets the ending of its kind, and writes over no other file unasked."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ui.dialogs.save_file import asked_file

PDF, PNG = "PDF documents (*.pdf)", "Pictures (*.png)"
KINDS = f"{PDF};;{PNG}"


def ask(monkeypatch: pytest.MonkeyPatch, typed: str, *, kind: str = PDF, yes: bool = True) -> str:
    """What comes of a name typed in the system's dialog, and of a question where one is asked."""
    answer = QMessageBox.StandardButton.Yes if yes else QMessageBox.StandardButton.No
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (typed, kind if typed else ""))
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answer)
    return asked_file(None, "Save", name="proposed.pdf", kinds=KINDS)


def test_the_ending_is_that_of_the_kind_unless_it_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for typed, kind, name in (
        ("a", PDF, "a.pdf"), ("a", PNG, "a.png"), ("a.PDF", PNG, "a.PDF"),
        ("Cohort of March 2.5", PDF, "Cohort of March 2.5.pdf"), ("a.csv", "", "a.csv.pdf"),
    ):  # fmt: skip
        assert ask(monkeypatch, str(tmp_path / typed), kind=kind) == str(tmp_path / name)
    assert ask(monkeypatch, "") == ""


def test_a_file_that_nobody_named_is_asked_about(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    assert ask(monkeypatch, str(tmp_path / "a"), yes=False) == ""
    assert ask(monkeypatch, str(tmp_path / "a"), yes=True) == str(tmp_path / "a.pdf")
    # The system asked about this one itself.
    assert ask(monkeypatch, str(tmp_path / "a.pdf"), yes=False) == str(tmp_path / "a.pdf")


def test_a_name_without_a_folder_is_proposed_among_the_documents(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    proposed: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *given: (proposed.append(given[2]), ("", ""))[1]
    )
    for name in ("a.pdf", str(tmp_path / "kept" / "a.pdf")):
        assert asked_file(None, "Save", name=name, kinds=KINDS) == ""
    assert proposed == [str(tmp_path / "a.pdf"), str(tmp_path / "kept" / "a.pdf")]
