"""`woundtrack report`: a patient's PDF by the pseudonymous code, without what is left out."""

import datetime as dt
from pathlib import Path

import pytest

from woundtrack import cli, words
from woundtrack.commands.passphrase import VARIABLE
from woundtrack.context.types import LabResult
from woundtrack.records import Patient
from woundtrack.report.raster import page_texts
from woundtrack.store.clinic import create_clinic, open_clinic
from woundtrack.store.keys import CHEAP


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of the only patient, who has a laboratory result."""
    monkeypatch.setenv(VARIABLE, "of the report")
    folder = tmp_path / "clinic"
    create_clinic(
        folder, clinic_name="North", user_name="ann", passphrase="of the report", cost=CHEAP
    )
    clinic = open_clinic(folder, user_name="ann", passphrase="of the report")
    patient = clinic.write(
        lambda writer: writer.add(Patient("H1", "Moreau", "Jean", dt.date(1949, 8, 21)))
    )
    result = LabResult(patient.id, dt.date(2026, 3, 3), "crp", 12.0, "mg/L", upper_limit=5.0)
    clinic.write(lambda writer: writer.add(result))
    clinic.close()
    return patient.value.code


def report(folder: Path, code: str, *more: str) -> str:
    words.set_language("en")
    out = folder / "report.pdf"
    line = ["report", str(folder / "clinic"), "--patient", code, "--user", "ann", "--out", str(out)]
    assert cli.main([*line, *more]) == 0
    return " ".join(page_texts(out.read_bytes()))


def test_everything_that_was_kept_is_printed_unless_it_is_left_out(
    tmp_path: Path, code: str
) -> None:
    assert "C-reactive protein 12 mg/L" in report(tmp_path, code)
    assert "Moreau" in report(tmp_path, code, "--without", "events")
    without = report(tmp_path, code, "--without", "laboratory", "--without", "risks")
    assert "C-reactive" not in without


def test_a_summary_in_french(tmp_path: Path, code: str) -> None:
    text = report(tmp_path, code, "--summary", "--language", "fr", "--photos", "none")
    assert "21 août 1949" in text


def test_a_day_without_a_visit_is_told_and_nothing_is_written(tmp_path: Path, code: str) -> None:
    out = tmp_path / "visit.pdf"
    line = ["report", str(tmp_path / "clinic"), "--patient", code, "--user", "ann"]
    assert cli.main([*line, "--visit", "2026-03-03", "--out", str(out)]) == 3
    assert not out.exists()


def test_nothing_is_written_into_the_clinic_s_own_folder(tmp_path: Path, code: str) -> None:
    inside = tmp_path / "clinic" / "report.pdf"
    line = ["report", str(tmp_path / "clinic"), "--patient", code, "--user", "ann"]
    assert cli.main([*line, "--out", str(inside)]) == 3
    assert not inside.exists()


def test_an_unknown_code_is_told(tmp_path: Path, code: str) -> None:
    del code
    line = ["report", str(tmp_path / "clinic"), "--patient", "99999-X", "--user", "ann"]
    assert cli.main([*line, "--out", str(tmp_path / "none.pdf")]) == 3
    assert not (tmp_path / "none.pdf").exists()
