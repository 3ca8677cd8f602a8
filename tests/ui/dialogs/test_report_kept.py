"""What a person chose for a report is there the next time, and nothing of the patient."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.dialogs import report_kept
from ui.dialogs.report_dialog import ReportDialog
from ui.dialogs.report_kept import KeptChoices
from ui.settings import Settings
from woundtrack.records import PatientHistory
from woundtrack.report.content_types import PhotoChoice, ReportKind, ReportPart
from woundtrack.store.clinic import Clinic

LABS = frozenset({ReportPart.LABORATORY})


def test_what_is_written_is_read_again() -> None:
    kept = KeptChoices(ReportKind.PATIENT, "fr", "letter", signature=False)
    kept = kept.of_kind(ReportKind.VISIT, photos=PhotoChoice.NONE, without=LABS)
    again = report_kept.read(report_kept.written(kept))
    assert (again.kind, again.language, again.page_size) == (ReportKind.VISIT, "fr", "letter")
    assert not again.signature
    assert again.photos[ReportKind.VISIT] is PhotoChoice.NONE
    assert again.photos[ReportKind.PROGRESS] is PhotoChoice.FIRST_AND_LATEST
    assert again.without[ReportKind.VISIT] == LABS


@pytest.mark.parametrize(
    "text",
    [
        "", "no", "[]", "3", "{}", '{"kind": "film", "language": "xx", "paper": ["a4"]}',
        '{"photos": {"visit": 7}, "without": {"visit": "laboratory"}}', '{"photos": [1]}',
    ],
)  # fmt: skip
def test_what_says_nothing_is_as_usual(text: str) -> None:
    usual, found = KeptChoices(), report_kept.read(text)
    assert (found.kind, found.language, found.page_size) == ("progress", "", "a4")
    assert found.photos == usual.photos
    assert not any(found.without.values())


def opened(qtbot: QtBot, clinic: Clinic, background: Background, **options: Any) -> Any:
    made = ReportDialog(clinic, background, **options)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def history(clinic: Clinic, ward: Any) -> PatientHistory:
    return clinic.read(lambda r: r.history(ward.patient.id))


def test_choices_come_back_each_kind_with_its_own(
    qtbot: QtBot, clinic: Clinic, background: Background, history: PatientHistory, tmp_path: Path
) -> None:
    settings = Settings(tmp_path / "settings.ini")
    first = opened(qtbot, clinic, background, history=history, settings=settings)
    form = first.form
    form.parts[ReportPart.LABORATORY].setChecked(False)
    form.kind.set_value(ReportKind.PATIENT)
    assert form.parts[ReportPart.LABORATORY].isChecked()
    assert not form.parts[ReportPart.HEALING].isVisible()
    form.photos.set_value(PhotoChoice.EVERY)
    form.paper.set_value("letter")
    form.signature.setChecked(False)
    form.lesions[history.lesions[1].id].setChecked(False)
    first.reject()
    again = opened(qtbot, clinic, background, history=history, settings=settings)
    assert again.options().kind is ReportKind.PATIENT
    assert again.options().photos is PhotoChoice.EVERY
    assert (again.options().page_size, again.options().signature) == ("letter", False)
    assert again.options().lesion_ids == (), "which lesions is the patient's, and asked anew"
    again.form.kind.set_value(ReportKind.PROGRESS)
    assert ReportPart.LABORATORY not in again.options().parts
    again.reject()
    asked = opened(
        qtbot, clinic, background, history=history, settings=settings, kind=ReportKind.VISIT
    )
    assert asked.options().visit_id == history.visits[0].id
    asked.reject()
    last = opened(qtbot, clinic, background, history=history, settings=settings)
    assert last.options().kind is ReportKind.PROGRESS, "what was asked for once is not the usual"
    last.reject()
    assert "Lef" not in settings.last(report_kept.name_for(clinic))


def test_a_patient_without_a_confirmed_visit_is_told_so(
    qtbot: QtBot, clinic: Clinic, background: Background, ward: Any
) -> None:
    history = clinic.read(lambda r: r.history(ward.other.id))
    dialog = opened(qtbot, clinic, background, history=history, kind=ReportKind.VISIT)
    assert "Confirm one" in dialog.form.error_of("visit")
    assert not dialog.save_button.isEnabled()
