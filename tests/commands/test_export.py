"""`woundtrack export`: the record as a workbook or as CSV, by code unless names are asked for."""

import datetime as dt
from pathlib import Path

import pytest

from tests.export.made import csv_rows, sheets
from woundtrack import cli, words
from woundtrack.commands.passphrase import VARIABLE
from woundtrack.records import Consent, ConsentPurpose, Patient
from woundtrack.store.clinic import create_clinic, open_clinic
from woundtrack.store.keys import CHEAP

GIVEN = (Consent(ConsentPurpose.RESEARCH, dt.date(2024, 1, 5)),)


@pytest.fixture
def codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The codes of two patients, of whom the first has consented to research."""
    monkeypatch.setenv(VARIABLE, "of the export")
    words.set_language("en")
    folder = tmp_path / "clinic"
    create_clinic(
        folder, clinic_name="North", user_name="ann", passphrase="of the export", cost=CHEAP
    )
    clinic = open_clinic(folder, user_name="ann", passphrase="of the export")
    born = dt.date(1949, 8, 21)
    one, other = (
        clinic.write(lambda w, n=number, c=consents: w.add(Patient(n, "Moreau", "Jean", born,
                                                                   consents=c)))
        for number, consents in (("H1", GIVEN), ("H2", ()))
    )  # fmt: skip
    clinic.close()
    return one.value.code, other.value.code


def export(folder: Path, name: str, *more: str) -> int:
    line = ["export", str(folder / "clinic"), "--out", str(folder / name), "--user", "ann"]
    return cli.main([*line, *more])


def test_by_code_is_the_rule_and_who_is_left_out_is_told(
    tmp_path: Path, codes: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(tmp_path, "t.xlsx") == 0
    assert capsys.readouterr().out == (
        "1 patient exported. 1 was left out: no consent to research is in force.\n"
    )
    patients = sheets(tmp_path / "t.xlsx")["patients"]
    assert [row[0] for row in patients] == ["patient_code", codes[0]]
    assert "birth_name" not in patients[0]


def test_names_are_written_where_they_are_asked_for(
    tmp_path: Path, codes: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(tmp_path, "csv", "--identified") == 0
    assert capsys.readouterr().out == "2 patients exported.\n"
    rows = csv_rows(tmp_path / "csv", "patients")
    assert {(row["patient_code"], row["birth_date"]) for row in rows} == {
        (code, "1949-08-21") for code in codes
    }


def test_one_patient_is_found_by_the_code(
    tmp_path: Path, codes: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(tmp_path, "csv", "--identified", "--patient", codes[1].lower()) == 0
    assert [row["hospital_number"] for row in csv_rows(tmp_path / "csv", "patients")] == ["H2"]
    capsys.readouterr()
    assert export(tmp_path, "t.xlsx", "--patient", codes[1]) == 3
    assert "consent to research is not in force" in capsys.readouterr().err
    assert export(tmp_path, "t.xlsx", "--patient", "99999-X") == 3
    assert "99999-X" in capsys.readouterr().err
    assert not (tmp_path / "t.xlsx").exists()


def test_a_folder_with_files_is_left_alone(
    tmp_path: Path, codes: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    del codes
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")
    assert export(tmp_path, "taken") == 3
    assert "not empty" in capsys.readouterr().err
    assert export(tmp_path, "clinic") == 3
    assert "clinic's own folder" in capsys.readouterr().err
