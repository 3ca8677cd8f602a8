"""A clinic's confirmed outlines leave the store for retraining, with consent and a journal line."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.clinics import OUTLINE, PASSPHRASE, a_patient, add_user
from woundtrack.commands.training_set import export_training_set
from woundtrack.errors import StoreError, WoundtrackError
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Consent,
    ConsentPurpose,
    Lesion,
    PhotoOutline,
    Side,
    Visit,
    VisitPhoto,
)  # fmt: skip
from woundtrack.store.clinic import Clinic

DAY = dt.date(2026, 5, 4)
RESEARCH = (Consent(ConsentPurpose.RESEARCH, DAY),)
WITHDRAWN = (Consent(ConsentPurpose.RESEARCH, DAY, DAY), Consent(ConsentPurpose.CARE, DAY))


def add_photo(
    clinic: Clinic, number: str, consents: tuple, *, confirmed: bool = True, others: tuple = ()
) -> int:
    """A patient with one photo, 2048 × 1024 px, of one square wound; the photo's id."""
    shade = int(number) % 200
    pixels = np.full((1024, 2048, 3), shade, np.uint8)
    data = cv2.imencode(".png", pixels)[1].tobytes()
    outline = Outline(tuple(tuple((10 * x, 10 * y) for x, y in ring) for ring in OUTLINE.rings))

    def act(writer) -> int:
        patient = writer.add(a_patient(number, f"Name{number}", consents=consents))
        lesion = writer.add(Lesion(patient.id, "A", "calf", Side.LEFT))
        visit = writer.add(Visit(patient.id, DAY))
        photo = Photo(2048, 1024, media_type="image/png", byte_count=len(data))
        kept = writer.import_photo(data, photo, b"thumb")
        stored = writer.add(VisitPhoto(visit.id, kept.vault_name, kept.photo))
        writer.add(PhotoOutline(stored.id, lesion.id, outline, confirmed=confirmed))
        for label, other in zip("BC", others, strict=False):
            lesion = writer.add(Lesion(patient.id, label, "calf", Side.LEFT))
            writer.add(PhotoOutline(stored.id, lesion.id, other, confirmed=True))
        return int(stored.id)

    return clinic.write(act)


def test_where_nobody_consented_that_is_said_and_nothing_is_made(clinic, tmp_path: Path) -> None:
    add_photo(clinic, "1", WITHDRAWN)
    with pytest.raises(WoundtrackError) as told:
        export_training_set(clinic, tmp_path / "out")
    assert (told.value.code, told.value.data["count"]) == ("cli.no_outlines", 1)
    assert not (tmp_path / "out").exists()


def test_only_confirmed_outlines_of_who_consented_leave_and_are_journalled(
    clinic: Clinic, tmp_path: Path
) -> None:
    photo = add_photo(clinic, "1001", RESEARCH)
    add_photo(clinic, "1002", WITHDRAWN)
    add_photo(clinic, "1003", ())
    add_photo(clinic, "1004", RESEARCH, confirmed=False)
    done = export_training_set(clinic, tmp_path / "out")
    assert (done.photos, done.patients, done.without_consent) == (1, 1, 2)
    names = sorted(path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.*"))
    assert names == [Path("images/0001_00001.jpg"), Path("masks/0001_00001.png")]
    lines = clinic.read(lambda reader: reader.journal())
    exported = [(line.kind, line.record_id) for line in lines if line.action == "exported"]
    assert exported == [("visit_photo", photo)]


def test_the_mask_lies_on_the_photo_and_names_stay_inside(clinic: Clinic, tmp_path: Path) -> None:
    add_photo(clinic, "1001", RESEARCH)
    export_training_set(clinic, tmp_path / "out")
    (image,), (mask,) = (list((tmp_path / "out" / kind).iterdir()) for kind in ("images", "masks"))
    assert b"Name1001" not in image.read_bytes()
    truth = cv2.imread(str(mask), cv2.IMREAD_GRAYSCALE)
    assert cv2.imread(str(image)).shape[:2] == truth.shape == (512, 1024)
    assert set(np.unique(truth)) == {0, 255}
    assert (truth > 0).sum() == pytest.approx(500 * 500, rel=0.005)


def test_where_outlines_of_two_lesions_overlap_is_wound(clinic: Clinic, tmp_path: Path) -> None:
    inside = ((200.0, 200.0), (200.0, 800.0), (800.0, 800.0))
    add_photo(clinic, "1001", RESEARCH, others=(Outline((inside,)),))
    export_training_set(clinic, tmp_path / "out")
    (mask,) = (tmp_path / "out" / "masks").iterdir()
    truth = cv2.imread(str(mask), cv2.IMREAD_GRAYSCALE)
    assert (truth > 0).sum() == pytest.approx(500 * 500, rel=0.005)


def test_a_clinician_may_not_and_a_full_folder_is_left_alone(
    clinic: Clinic, opened: Callable[..., Clinic], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(StoreError) as error:
        export_training_set(clinic, tmp_path / "out")
    assert error.value.code == "store.folder_not_empty"
    clinic.write(lambda w: add_user(w, "Ben", PASSPHRASE))
    other = opened("Ben")
    with pytest.raises(StoreError) as error:
        export_training_set(other, tmp_path / "new")
    assert error.value.code == "store.not_allowed"
    assert not (tmp_path / "new").exists()
