"""`woundtrack cohort`: a clinic's endpoints as text, table and JSON."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from woundtrack import cli, words
from woundtrack.commands.passphrase import VARIABLE
from woundtrack.records import (
    Aetiology,
    Assessment,
    Lesion,
    Patient,
    Side,
    SizeMethod,
    TherapyCourse,
    Visit,
)
from woundtrack.report.raster import page_texts
from woundtrack.store.clinic import Writer, create_clinic, open_clinic
from woundtrack.store.keys import CHEAP

START = dt.date(2024, 1, 8)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic of six patients: two with thiosulfate, one of them with honey as well."""
    monkeypatch.setenv(VARIABLE, "of the cohort")
    words.set_language("en")
    folder = tmp_path / "clinic"
    create_clinic(
        folder, clinic_name="North", user_name="ann", passphrase="of the cohort", cost=CHEAP
    )
    clinic = open_clinic(folder, user_name="ann", passphrase="of the cohort")
    clinic.write(fill)
    clinic.close()
    return folder


def fill(writer: Writer) -> None:
    for number in range(6):
        patient = writer.add(Patient(f"H{number}", "Moreau", "Ann", dt.date(1950, 1, 1)))
        cause = Aetiology.CALCIPHYLAXIS if number else Aetiology.VENOUS
        lesion = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT, cause))
        for weeks, cm in ((0, 4.0), (24, 2.0)):
            visit = writer.add(Visit(patient.id, START + dt.timedelta(weeks=weeks)))
            writer.add(
                Assessment(visit.id, lesion.id, SizeMethod.BEDSIDE, length_cm=cm, width_cm=1.0,
                           confirmed=True)
            )  # fmt: skip
        if number < 2:
            writer.add(TherapyCourse(patient.id, "sts_iv", "", START))
        if number < 1:
            writer.add(TherapyCourse(patient.id, "other", "Honey", START))


def told(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert cli.main(["cohort", str(folder), "--user", "ann", *more]) == 0
    return capsys.readouterr().out


def test_the_text_says_what_was_asked_and_that_sequence_is_not_cause(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(folder, capsys)
    assert "6 patients · 6 lesions" in text
    assert "Area reduction at 24 weeks, median\n  All: 50 %" in text
    assert "Sequence is not cause" in text
    few = told(folder, capsys, "--therapy", "sts_iv", "--from", "2024-01-08")
    assert few.startswith("Sodium thiosulfate, intravenous · from")
    assert "2 patients" in few
    assert "50 %" not in few.split("Associated")[0]


def test_json_holds_every_figure_with_its_counts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(told(folder, capsys, "--json", "--cause", "calciphylaxis"))
    reduction = found["everyone"]["area_reduction"]
    assert found["filter"]["aetiologies"] == ["calciphylaxis"]
    assert reduction["median"]["value"] == 0.5
    assert reduction["sample"] == {"n": 5, "patients": 5, "missing": []}
    assert found["everyone"]["stops"] is None


def test_csv_is_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = list(csv.DictReader(told(folder, capsys, "--csv").splitlines()))
    (reduction,) = (
        line for line in lines
        if (line["endpoint"], line["group"], line["statistic"])
        == ("area_reduction_24_weeks", "all", "median")
    )  # fmt: skip
    assert (reduction["value"], reduction["n"]) == ("0.5", "6")


def test_a_therapy_is_found_by_its_key_or_its_name_else_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("honey", "STS_IV", "sodium thiosulfate, intravenous"):
        assert "patient" in told(folder, capsys, "--therapy", name)
    assert cli.main(["cohort", str(folder), "--user", "ann", "--therapy", "rheopheresis"]) == 3
    said = capsys.readouterr().err
    assert "rheopheresis" in said
    assert "sts_iv, Honey" in said
    assert cli.main(["cohort", str(folder), "--user", "ann", "--therapy", "other"]) == 3


def test_what_left_the_store_is_journalled(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(folder, capsys, "--json", "--site-class", "unclassified")
    clinic = open_clinic(folder, user_name="ann", passphrase="of the cohort")
    entry = clinic.read(lambda reader: reader.journal(kind="cohort"))[0]
    clinic.close()
    assert (entry.action, entry.record_id) == ("exported", None)
    assert entry.reason


@pytest.mark.parametrize("wrong", [["--from", "yesterday"], ["--cause", "x"], ["--csv", "--json"]])
def test_wrong_usage_is_told(folder: Path, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["cohort", str(folder), *wrong])
    assert stopped.value.code == 2


def test_a_report_to_print(folder: Path) -> None:
    out = folder.parent / "cohort.pdf"
    line = ["cohort", str(folder), "--user", "ann", "--pdf", str(out), "--language", "fr"]
    assert cli.main(line) == 0
    text = " ".join(page_texts(out.read_bytes()))
    assert "6 patients" in text
    assert "Moreau" not in text, "a cohort names nobody"
