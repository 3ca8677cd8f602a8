"""`woundtrack pictures`: proposals to look at, and nothing else until a person confirmed them."""

import datetime as dt
import json
import os
import stat
from pathlib import Path
from types import SimpleNamespace

import cv2
import pytest

from tests.deidentify.made import STICKER, add_pictures
from tests.export.made import csv_rows
from woundtrack import cli, words
from woundtrack.commands.passphrase import VARIABLE
from woundtrack.records import Consent, ConsentPurpose
from woundtrack.store.clinic import create_clinic, open_clinic
from woundtrack.store.keys import CHEAP

TEACHING = (Consent(ConsentPurpose.TEACHING, dt.date(2024, 1, 5)),)


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[SimpleNamespace, ...]:
    """Two patients with a picture each, of whom the first agreed to teaching."""
    monkeypatch.setenv(VARIABLE, "of the pictures")
    words.set_language("en")
    folder = tmp_path / "clinic"
    create_clinic(
        folder, clinic_name="North", user_name="ann", passphrase="of the pictures", cost=CHEAP
    )
    clinic = open_clinic(folder, user_name="ann", passphrase="of the pictures")
    made = tuple(
        clinic.write(lambda w, n=number, c=consents: add_pictures(w, n, visits=1, consents=c))
        for number, consents in (("1", TEACHING), ("2", ()))
    )
    clinic.close()
    return made


def pictures(folder: Path, *more: str) -> int:
    line = ["pictures", str(folder / "clinic"), "--purpose", "teaching", "--user", "ann"]
    return cli.main([*line, *more])


def test_proposed_edited_confirmed_exported(
    tmp_path: Path, cases: tuple[SimpleNamespace, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, other = (case.patient.value.code for case in cases)
    assert pictures(tmp_path, "--propose", str(tmp_path / "look")) == 0
    told = capsys.readouterr().out
    assert "1 picture to look at." in told
    assert f"1 patient is left out, without consent to it: {other}." in told
    name = f"{code}_visit-01_photo-1"
    found = sorted(path.name for path in (tmp_path / "look").iterdir())
    assert found == [f"{name}.jpg", "masks.json"]
    assert "not encrypted: delete the folder after" in told
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "look").stat().st_mode) == 0o700

    file = tmp_path / "look" / "masks.json"
    assert pictures(tmp_path, "--confirmed", str(file), "--out", str(tmp_path / "out")) == 3
    assert "No picture was confirmed" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()

    data = json.loads(file.read_text(encoding="utf-8"))
    data["confirmed_by"] = "Ann"
    data["pictures"][0]["confirmed"] = True
    data["pictures"][0]["crop_px"] = [100, 80, 360, 320]
    file.write_text(json.dumps(data), encoding="utf-8")
    again = ["--propose", str(tmp_path / "again"), "--masks", str(file)]
    assert pictures(tmp_path, *again) == 0
    assert cv2.imread(str(tmp_path / "again" / f"{name}.jpg")).shape == (240, 260, 3)

    # Of the larger crop nothing leaves until that was written to be looked at, and confirmed.
    assert pictures(tmp_path, "--confirmed", str(file), "--out", str(tmp_path / "out")) == 3
    assert f"The crop of {name} shows more" in capsys.readouterr().err
    data = json.loads((tmp_path / "again" / "masks.json").read_text(encoding="utf-8"))
    assert (data["confirmed_by"], data["pictures"][0]["confirmed"]) == ("", False)
    data["confirmed_by"], data["pictures"][0]["confirmed"] = "Ann", True
    file.write_text(json.dumps(data), encoding="utf-8")

    assert pictures(tmp_path, "--confirmed", str(file), "--out", str(tmp_path / "out")) == 0
    assert "1 picture exported." in capsys.readouterr().out
    (row,) = csv_rows(tmp_path / "out", "pictures")
    assert (row["picture"], row["width_px"]) == (f"{name}.jpg", "260")


def test_the_name_on_a_sticker_is_proposed_to_be_masked(
    tmp_path: Path, cases: tuple[SimpleNamespace, ...]
) -> None:
    del cases
    pictures(tmp_path, "--propose", str(tmp_path / "look"))
    data = json.loads((tmp_path / "look" / "masks.json").read_text(encoding="utf-8"))
    boxes = [
        [*map(min, zip(*mask["corners_px"], strict=True)),
         *map(max, zip(*mask["corners_px"], strict=True))]
        for mask in data["pictures"][0]["masks"]
    ]  # fmt: skip
    left, top, right, bottom = STICKER
    assert any(
        box[0] < left + 10 and box[1] < top + 14 and box[2] > right - 20 and box[3] > bottom - 12
        for box in boxes
    )


def test_a_crop_that_a_person_tells_is_looked_at_for_writing(
    tmp_path: Path, cases: tuple[SimpleNamespace, ...]
) -> None:
    del cases
    pictures(tmp_path, "--propose", str(tmp_path / "look"))
    file = tmp_path / "look" / "masks.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    first = data["pictures"][0]["masks"]
    data["pictures"][0] |= {"masks": [], "looked_px": None}  # as of a photo without an outline
    file.write_text(json.dumps(data), encoding="utf-8")
    again = ["--masks", str(file), "--propose"]
    assert pictures(tmp_path, *again, str(tmp_path / "again")) == 0
    data = json.loads((tmp_path / "again" / "masks.json").read_text(encoding="utf-8"))
    assert data["pictures"][0]["masks"] == first

    data["pictures"][0]["masks"] = []  # taken away, which counts for what was looked at
    file.write_text(json.dumps(data), encoding="utf-8")
    assert pictures(tmp_path, *again, str(tmp_path / "third")) == 0
    data = json.loads((tmp_path / "third" / "masks.json").read_text(encoding="utf-8"))
    assert data["pictures"][0]["masks"] == []


def test_a_picture_that_is_not_there_any_more_is_no_lack_of_consent(
    tmp_path: Path, cases: tuple[SimpleNamespace, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code = cases[0].patient.value.code
    pictures(tmp_path, "--propose", str(tmp_path / "look"))
    text = (tmp_path / "look" / "masks.json").read_text(encoding="utf-8")
    text = text.replace("photo-1", "photo-7").replace('"confirmed": false', '"confirmed": true')
    (tmp_path / "c.json").write_text(text.replace('"confirmed_by": ""', '"confirmed_by": "Ann"'))
    line = ["--confirmed", str(tmp_path / "c.json"), "--out", str(tmp_path / "out")]
    for more in ([], ["--patient", code]):
        assert pictures(tmp_path, *line, *more) == 3
        assert "was changed since the pictures were looked at" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_consent_that_is_gone_leaves_its_pictures_out(
    tmp_path: Path, cases: tuple[SimpleNamespace, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    pictures(tmp_path, "--propose", str(tmp_path / "look"))
    text = (tmp_path / "look" / "masks.json").read_text(encoding="utf-8")
    code, other = (case.patient.value.code for case in cases)
    text = text.replace(code, other).replace('"confirmed": false', '"confirmed": true')
    (tmp_path / "c.json").write_text(text.replace('"confirmed_by": ""', '"confirmed_by": "Ann"'))
    line = ["--confirmed", str(tmp_path / "c.json"), "--out", str(tmp_path / "out")]
    assert pictures(tmp_path, *line) == 3
    assert "none of these patients’ consents is in force" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_out_is_asked_for(tmp_path: Path, cases: tuple[SimpleNamespace, ...]) -> None:
    del cases
    with pytest.raises(SystemExit) as wrong:
        pictures(tmp_path, "--confirmed", "c.json")
    assert wrong.value.code == 2
