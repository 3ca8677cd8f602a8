"""`woundtrack clinic export` and `import`: the record in the open format, out and in again."""

import datetime as dt
import json
from pathlib import Path

import pytest

from woundtrack import cli, words
from woundtrack.commands.passphrase import VARIABLE
from woundtrack.records import Patient
from woundtrack.store.clinic import create_clinic, open_clinic
from woundtrack.store.keys import CHEAP

PASSPHRASE = "of both clinics"


@pytest.fixture
def codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the two patients of clinic "north"; clinic "south" is empty."""
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    words.set_language("en")
    for name, user in (("north", "ann"), ("south", "zoe")):
        create_clinic(
            tmp_path / name, clinic_name=name, user_name=user, passphrase=PASSPHRASE, cost=CHEAP
        )
    clinic = open_clinic(tmp_path / "north", user_name="ann", passphrase=PASSPHRASE)
    born = dt.date(1949, 8, 21)
    made = [
        clinic.write(lambda w, n=number, name=name: w.add(Patient(n, name, "Jean", born)))
        for number, name in (("H1", "Moreau"), ("H2", "Petit"))
    ]
    clinic.close()
    return [one.value.code for one in made]


def run(action: str, folder: Path, user: str, *more: str) -> int:
    return cli.main(["clinic", action, str(folder), "--user", user, *more])


def test_the_whole_clinic_goes_and_comes(
    tmp_path: Path, codes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    assert run("export", tmp_path / "north", "ann", "--out", out) == 0
    told = capsys.readouterr().out
    assert told.startswith("Exported: 2 patients, 0 photos.\n")
    assert "not encrypted" in told
    assert run("import", tmp_path / "south", "zoe", "--from", out, "--check") == 0
    assert capsys.readouterr().out == "2 new patients.\n"
    assert run("import", tmp_path / "south", "zoe", "--from", out) == 0
    assert capsys.readouterr().out == "2 patients imported.\n"
    assert run("import", tmp_path / "south", "zoe", "--from", out) == 0
    assert capsys.readouterr().out == (
        "Nothing was imported. 2 patients are here already, with all that the folder has.\n"
    )
    assert run("check", tmp_path / "south", "zoe") == 0


def test_patients_are_chosen_by_their_codes(
    tmp_path: Path, codes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    chosen = ["--patient", codes[1].lower(), "--patient", codes[1]]
    assert run("export", tmp_path / "north", "ann", "--out", str(out), *chosen) == 0
    assert capsys.readouterr().out.startswith("Exported: 1 patient, ")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert len(manifest["files"]) == 2
    assert run("export", tmp_path / "north", "ann", "--out", str(tmp_path / "no"),
               "--patient", "ZZZZZ-9") == 3  # fmt: skip
    assert not (tmp_path / "no").exists()


def test_what_differs_is_left_alone_and_told(
    tmp_path: Path, codes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run("export", tmp_path / "north", "ann", "--out", str(out), "--patient", codes[0]) == 0
    assert run("import", tmp_path / "south", "zoe", "--from", str(out)) == 0
    clinic = open_clinic(tmp_path / "north", user_name="ann", passphrase=PASSPHRASE)
    (first, _other) = clinic.read(lambda r: r.find(Patient))
    clinic.write(lambda w: w.delete(Patient, first.id))
    clinic.close()
    later = str(tmp_path / "later")
    assert run("export", tmp_path / "north", "ann", "--out", later) == 0
    capsys.readouterr()
    assert run("import", tmp_path / "south", "zoe", "--from", later) == 1
    assert capsys.readouterr().out == (
        f"1 patient imported. Here in another state, and left as they are: {codes[0]}.\n"
    )


def test_a_folder_that_is_none_is_refused(
    tmp_path: Path, codes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", tmp_path / "south", "zoe", "--from", str(tmp_path)) == 3
    assert "manifest.json" in capsys.readouterr().err
