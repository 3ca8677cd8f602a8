"""`woundtrack film`: for care as it is, for teaching only what a person let through."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.clinics import PASSPHRASE, TODAY, USER
from tests.compare.conftest import clinic_folder, with_photos  # noqa: F401 - fixtures
from tests.compare.shots import LABEL_PX, SHIFT_PX, alignment
from woundtrack import cli, words
from woundtrack.commands.passphrase import VARIABLE
from woundtrack.compare import series
from woundtrack.deidentify.choose import candidates_of
from woundtrack.deidentify.file import Proposals, proposal_of, proposals_json
from woundtrack.deidentify.types import Crop, box_mask
from woundtrack.export.case import case_of
from woundtrack.records import Patient
from woundtrack.store.clinic import open_clinic

CROP = Crop(90, 60, 260, 200)


@pytest.fixture(autouse=True)
def _aligns(monkeypatch):
    """The skin of the painted photos is found at once, and words are English."""

    def aligned(_earlier, later, **_more):
        begins = int((later.pixels[:, :, 0] > 245).any(axis=0).argmax())
        return alignment(round((begins - LABEL_PX[0]) / SHIFT_PX[0]))

    monkeypatch.setattr(series, "aligned", aligned)
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    words.set_language("en")


def film(folder: Path, name: str, *more: str) -> int:
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    code = clinic.read(lambda reader: reader.find(Patient))[0].value.code
    clinic.close()
    line = ["film", str(folder), "--patient", code, "--lesion", "A", "--size", "320"]
    return cli.main([*line, "--out", str(folder.parent / name), "--user", USER, *more])


def confirmed(folder: Path, *, confirmed_by: str = "Dr Ito") -> str:
    """The file in which a person hid the label of every photo."""
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE)
    patient_id = clinic.read(lambda reader: reader.find(Patient))[0].id
    case = case_of(clinic.read(lambda reader: reader.history(patient_id)), today=TODAY.date())
    clinic.close()
    pictures = []
    for number, candidate in enumerate(candidates_of(case)):
        left, top, right, bottom = np.array(LABEL_PX) + np.tile(np.array(SHIFT_PX), 2) * number
        mask = box_mask(left - 3, top - 3, right + 2, bottom + 2)
        pictures.append(replace(proposal_of(candidate, CROP, (mask,)), confirmed=True))
    file = folder.parent / "masks.json"
    file.write_text(proposals_json(Proposals(tuple(pictures), confirmed_by)), encoding="utf-8")
    return str(file)


def test_for_care_all_photos_are_shown_with_dates(clinic_folder, capsys):  # noqa: F811
    assert film(clinic_folder, "f.webp", "--purpose", "care") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1] == "3 photos shown."
    assert Image.open(clinic_folder.parent / "f.webp").n_frames == 3


def test_who_waits_is_told_how_far_it_is(clinic_folder, capsys, monkeypatch):  # noqa: F811
    assert film(clinic_folder, "f.webp", "--purpose", "care") == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert film(clinic_folder, "f.webp", "--purpose", "care") == 0
    told = capsys.readouterr().err
    assert "\rlooking for the same skin: photo 3 of 3\n" in told
    assert told.endswith("\rdrawing: photo 3 of 3\n")


def test_for_teaching_what_was_hidden_stays_hidden(clinic_folder):  # noqa: F811
    file = confirmed(clinic_folder)
    more = ("--purpose", "teaching", "--confirmed", file, "--without-outlines")
    assert film(clinic_folder, "t.webp", *more) == 0
    opened = Image.open(clinic_folder.parent / "t.webp")
    assert opened.n_frames == 3
    for number in range(3):
        opened.seek(number)
        picture = np.asarray(opened.convert("RGB"))[40:200, 100:]
        assert picture.min(axis=2).max() < 200


def test_teaching_without_somebodys_look_is_wrong_usage(clinic_folder, capsys):  # noqa: F811
    with pytest.raises(SystemExit) as ended:
        film(clinic_folder, "t.webp", "--purpose", "teaching")
    assert ended.value.code == 2
    assert "--confirmed" in capsys.readouterr().err
    file = confirmed(clinic_folder, confirmed_by="")
    more = ("--purpose", "teaching", "--confirmed", file)
    assert film(clinic_folder, "t.webp", *more) == 3
    assert not (clinic_folder.parent / "t.webp").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--purpose", "research", "--confirmed", "none.json"), "consent to photos for research"),
        (
            ("--purpose", "teaching", "--confirmed", "none.json", "--title", "Mme Lefevre"),
            "tells who the patient is",
        ),
        (("--purpose", "care", "--lesion", "Z"), "no lesion “Z”. Choose one of: A."),
        (("--purpose", "care", "--out", "film.gif"), ".webp a film"),
        (("--purpose", "care", "--seconds", "0"), "Each photo stands for 0.4 to 60 seconds"),
    ],
)
def test_refusals_are_told(clinic_folder, capsys, more, said):  # noqa: F811
    assert film(clinic_folder, "f.webp", *more) == 3
    assert said in capsys.readouterr().err
    assert not (clinic_folder.parent / "f.webp").exists()
