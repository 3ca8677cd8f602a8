"""Proposals are written, edited by a person, read back, and nothing else is believed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.deidentify.made import add_pictures
from tests.deidentify.test_export import offer_of
from woundtrack.deidentify.file import (
    Proposal,
    Proposals,
    of_patient,
    proposal_of,
    proposals_json,
    read_proposals,
)
from woundtrack.deidentify.propose import confirmed_candidates
from woundtrack.deidentify.types import Crop, Mask, MaskReason, box_mask
from woundtrack.errors import ExportError
from woundtrack.store.clinic import Clinic

MASKS = (box_mask(1, 2, 30, 40, MaskReason.TEXT), Mask(((0, 0), (9.5, 0), (4, 7)), MaskReason.CODE))
PROPOSAL = Proposal("7F3K2-C_visit-01_photo-1", (1,), Crop(1, 2, 300, 400), MASKS, (7, 1), True)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    other = replace(PROPOSAL, picture="other", crop=None, confirmed=False, looked=Crop(0, 1, 9, 8))
    told = Proposals((PROPOSAL, other), "Dr Roy")
    path = tmp_path / "masks.json"
    path.write_text(proposals_json(told), encoding="utf-8")
    assert read_proposals(path) == told


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "something else"},
        {"pictures": [{}]},
        {"pictures": "all"},
        {"pictures": [{"masks": [{"why": "text", "corners_px": [[0, 0], [1, 1]]}]}]},
        {"pictures": [{"masks": [{"why": "text", "corners_px": [[0, 0], [1, 1], [1e999, 2]]}]}]},
        {"pictures": [{"masks": [{"why": "because", "corners_px": [[0, 0], [1, 1], [0, 2]]}]}]},
        {"pictures": [{"crop_px": [1, 2, 3]}]},
        {"pictures": [{"looked_px": "all"}]},
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    data = json.loads(proposals_json(Proposals((PROPOSAL,), "Dr Roy")))
    if isinstance(change.get("pictures"), list) and change["pictures"][0]:  # type: ignore[index]
        data["pictures"][0].update(change["pictures"][0])  # type: ignore[index]
    else:
        data.update(change)
    path = tmp_path / "masks.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ExportError) as refused:
        read_proposals(path)
    assert refused.value.code == "deidentify.file_unreadable"


def test_a_picture_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "masks.json"
    path.write_text(proposals_json(Proposals((PROPOSAL, PROPOSAL), "Dr Roy")), encoding="utf-8")
    with pytest.raises(ExportError) as refused:
        read_proposals(path)
    assert refused.value.code == "deidentify.file_unreadable"


def test_a_patients_pictures_are_told_by_the_code() -> None:
    told = Proposals((PROPOSAL, replace(PROPOSAL, picture="AB3K2-C_visit-01_photo-1")), "Dr Roy")
    assert of_patient(told, "7F3K2-C") == Proposals((PROPOSAL,), "Dr Roy")


def test_confirmed_is_what_a_named_person_says_so_of(clinic: Clinic) -> None:
    clinic.write(add_pictures)
    candidates = offer_of(clinic).candidates
    made = [proposal_of(each, Crop(0, 0, 9999, 200), ()) for each in candidates]
    one = replace(made[0], confirmed=True)
    for proposals in (Proposals(tuple(made), "Dr Roy"), Proposals((one,), "")):
        with pytest.raises(ExportError) as refused:
            confirmed_candidates(proposals, candidates)
        assert refused.value.code == "deidentify.nothing_confirmed"
    ((candidate, crop, _told),) = confirmed_candidates(Proposals((one, made[1]), "R"), candidates)
    assert candidate.name == made[0].picture
    assert crop == Crop(0, 0, 640, 200)  # kept within the photo


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seen": (1, 2)}, "changed"),
        ({"seen": ()}, "changed"),
        ({"picture": "7F3K2-C_visit-01_photo-9"}, "changed"),
        ({"crop": None}, "no_crop"),
        ({"crop": Crop(0, 0, 100, 99)}, "not_looked_at"),
        ({"looked": None}, "not_looked_at"),
    ],
)
def test_what_does_not_fit_the_photo_is_refused(
    clinic: Clinic, change: dict[str, object], code: str
) -> None:
    clinic.write(add_pictures)
    (candidate, _other) = offer_of(clinic).candidates
    proposal = replace(proposal_of(candidate, Crop(0, 0, 99, 99), ()), confirmed=True, **change)  # type: ignore[arg-type]
    with pytest.raises(ExportError) as refused:
        confirmed_candidates(Proposals((proposal,), "Dr Roy"), [candidate])
    assert refused.value.code == f"deidentify.{code}"


def test_of_a_patient_who_is_left_out_nothing_is_taken(clinic: Clinic) -> None:
    clinic.write(add_pictures)
    candidates = offer_of(clinic).candidates
    told = tuple(
        replace(proposal_of(each, Crop(0, 0, 99, 99), ()), confirmed=True) for each in candidates
    )
    code = candidates[0].case.patient.code
    with pytest.raises(ExportError) as refused:
        confirmed_candidates(Proposals(told, "Dr Roy"), (), left_out=(code,))
    assert refused.value.code == "deidentify.nobody"
    assert refused.value.data["count"] == 1
