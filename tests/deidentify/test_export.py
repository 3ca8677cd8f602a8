"""An export holds what was confirmed, by code, from those who agree, whole or not at all."""

import datetime as dt
import errno
import json
import os
import re
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from tests.clinics import USER
from tests.deidentify.made import (
    BOTH,
    CAMERA,
    FIRST,
    MM_PER_PX,
    OUTLINE,
    STICKER,
    add_pictures,
)
from tests.export.made import csv_rows, sheets, table_of
from woundtrack.deidentify import export as export_module
from woundtrack.deidentify.choose import Candidate, Offer, offered
from woundtrack.deidentify.crop import proposed_crop
from woundtrack.deidentify.export import (
    Confirmed,
    Exported,
    TableFormat,
    confirmed_of,
    export_pictures,
    exported_text,
)
from woundtrack.deidentify.picture import MASK_GREY, PictureFormat, check_plain
from woundtrack.deidentify.types import Mask, box_mask
from woundtrack.errors import WoundtrackError
from woundtrack.explain import explain
from woundtrack.measure.rings import shoelace
from woundtrack.records import Consent, ConsentPurpose, Patient, PhotoScale, VisitPhoto
from woundtrack.store.clinic import Clinic

TEACHING = ConsentPurpose.TEACHING
TODAY = dt.date(2026, 6, 15)
HIDDEN = (box_mask(STICKER[0] - 4, STICKER[1] - 4, STICKER[2] + 4, STICKER[3] + 4),)


def offer_of(clinic: Clinic, purpose: ConsentPurpose = TEACHING) -> Offer:
    found = clinic.read(lambda reader: offered(reader, purpose, today=TODAY))
    assert found is not None
    return found


def confirmed(candidates: Sequence[Candidate], masks: tuple[Mask, ...] = HIDDEN) -> list[Confirmed]:
    found = []
    for each in candidates:
        crop = proposed_crop(each.size_px, each.outlines, each.scale)
        assert crop is not None
        found.append(confirmed_of(each, crop, masks))
    return found


def exported(clinic: Clinic, target: Path, pictures: list[Confirmed], **more: object):  # type: ignore[no-untyped-def]
    given: dict[str, object] = {"purpose": TEACHING, "confirmed_by": USER, **more}
    return export_pictures(clinic, target, pictures, **given)  # type: ignore[arg-type]


def refused(clinic: Clinic, target: Path, pictures: list[Confirmed], **more: object) -> str:
    with pytest.raises(WoundtrackError) as failed:
        exported(clinic, target, pictures, **more)
    assert "{" not in explain(failed.value)
    assert not list(target.parent.iterdir())  # nothing, half-written or hidden
    return failed.value.code


@pytest.fixture
def case(clinic: Clinic) -> SimpleNamespace:
    return clinic.write(add_pictures)


def test_pictures_and_their_table_are_there_by_code_alone(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    done = exported(clinic, out / "p", confirmed(offer_of(clinic).candidates))
    assert done == Exported(2, 1)
    assert exported_text(done) == "2 pictures exported."
    code = case.patient.value.code
    names = sorted(path.name for path in (out / "p").iterdir())
    pictures = [f"{code}_visit-01_photo-1.jpg", f"{code}_visit-02_photo-1.jpg"]
    assert names == sorted([*pictures, "about.csv", "dictionary.csv", "pictures.csv"])
    rows = csv_rows(out / "p", "pictures")
    assert [row["picture"] for row in rows] == pictures
    assert [row["visit_day"] for row in rows] == ["0", "7"]
    assert [row["area_cm2"] for row in rows] == ["3.9", "3.9"]
    assert {row["patient_code"] for row in rows} == {code}


def test_nothing_of_person_camera_store_or_calendar_is_in_any_file(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    exported(clinic, out / "p", confirmed(offer_of(clinic).candidates))
    photo = case.photos[0].value
    words = ["Lefèvre", "Lefevre", "LEFEVRE", "Marie", "1958", CAMERA, photo.vault_name, USER,
             f"{FIRST:%Y-%m-%d}", f"{FIRST:%Y:%m:%d}"]  # fmt: skip
    for path in (out / "p").iterdir():
        data = path.read_bytes()
        assert not [word for word in words if word.encode() in data], path.name
        if path.suffix == ".jpg":
            check_plain(data)
    original = clinic.read(lambda reader: reader.photo_bytes(photo.vault_name))
    assert CAMERA.encode() in original  # which is there, and stays as it was


def test_masks_lie_in_the_pixels_where_they_were_confirmed(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    del case
    pictures = confirmed(offer_of(clinic).candidates[:1])
    exported(clinic, out / "p", pictures, picture_format=PictureFormat.PNG)
    (path,) = (out / "p").glob("*.png")
    pixels, crop = cv2.imread(str(path)), pictures[0].crop
    left, top, right, bottom = STICKER
    part = np.s_[
        top - crop.top_px : bottom - crop.top_px, left - crop.left_px : right - crop.left_px
    ]
    assert (pixels[part] == MASK_GREY).all()
    assert pixels.shape == (crop.height_px, crop.width_px, 3)


def test_outline_and_scale_hold_in_the_pixels_of_the_picture(
    clinic: Clinic, case: SimpleNamespace, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from woundtrack.deidentify import picture

    del case
    monkeypatch.setattr(picture, "MOST_PX", 150)  # so that it is reduced
    exported(clinic, out / "p", confirmed(offer_of(clinic).candidates[:1]))
    (row,) = csv_rows(out / "p", "pictures")
    (ring,) = (np.array(each) for each in json.loads(row["outline_px"]))
    matrix = np.array(json.loads(row["px_to_mm"]))
    there = np.c_[ring, np.ones(len(ring))] @ matrix.T
    mm2 = abs(shoelace(there[:, :2] / there[:, 2:]))
    true_mm2 = abs(shoelace(np.array(OUTLINE.rings[0]))) * MM_PER_PX**2
    assert mm2 == pytest.approx(true_mm2, rel=1e-3)
    px2 = abs(shoelace(ring))
    assert px2 * float(row["mm_per_px"]) ** 2 == pytest.approx(true_mm2, rel=1e-3)
    assert float(row["mm_per_px"]) > 2 * MM_PER_PX - 1e-6


def test_nothing_is_written_that_nobody_confirmed(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    del case
    assert refused(clinic, out / "p", []) == "deidentify.nothing_confirmed"
    pictures = confirmed(offer_of(clinic).candidates)
    code = refused(clinic, out / "p", pictures, confirmed_by=" ")
    assert code == "deidentify.nothing_confirmed"


def test_who_does_not_agree_is_not_offered_and_told_by_code(clinic: Clinic) -> None:
    case = clinic.write(add_pictures)
    research = (Consent(ConsentPurpose.RESEARCH, dt.date(2026, 1, 5)),)
    other = clinic.write(lambda w: add_pictures(w, "2", consents=research))
    found = offer_of(clinic)
    assert {each.case.patient.code for each in found.candidates} == {case.patient.value.code}
    assert found.left_out == (other.patient.value.code,)
    assert offer_of(clinic, ConsentPurpose.RESEARCH).left_out == ()


@pytest.mark.parametrize(("withdrawn", "pictures"), [(TODAY, 1), (TODAY + dt.timedelta(days=1), 2)])
def test_a_consent_withdrawn_after_the_look_counts_from_its_day(
    clinic: Clinic, out: Path, withdrawn: dt.date, pictures: int
) -> None:
    one = clinic.write(lambda w: add_pictures(w, visits=1))
    clinic.write(lambda w: add_pictures(w, "2", visits=1))
    looked_at = confirmed(offer_of(clinic).candidates)
    consents = tuple(replace(each, withdrawn_on=withdrawn) for each in BOTH)
    clinic.write(lambda w: w.revise(one.patient, replace(one.patient.value, consents=consents)))
    done = exported(clinic, out / "p", looked_at)
    assert done.pictures == pictures
    assert done.left_out == ((one.patient.value.code,) if pictures == 1 else ())
    assert len(list((out / "p").glob("*.jpg"))) == pictures


def test_with_no_consent_left_nothing_is_written(clinic: Clinic, out: Path) -> None:
    case = clinic.write(add_pictures)
    looked_at = confirmed(offer_of(clinic).candidates)
    clinic.write(lambda w: w.revise(case.patient, replace(case.patient.value, consents=())))
    assert refused(clinic, out / "p", looked_at) == "deidentify.nobody"


def test_what_changed_since_it_was_looked_at_is_refused(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    looked_at = confirmed(offer_of(clinic).candidates)
    drawn = case.outlines[0]
    ring = OUTLINE.rings[0][1:]
    clinic.write(
        lambda w: w.revise(drawn, replace(drawn.value, outline=replace(OUTLINE, rings=(ring,))))
    )
    assert refused(clinic, out / "p", looked_at) == "deidentify.changed"


def test_what_is_in_the_bin_since_it_was_looked_at_is_refused(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    looked_at = confirmed(offer_of(clinic).candidates)
    clinic.write(lambda w: w.delete(VisitPhoto, case.photos[0].id))
    assert refused(clinic, out / "p", looked_at) == "deidentify.changed"
    clinic.write(lambda w: w.delete(Patient, case.patient.id))
    assert refused(clinic, out / "p", looked_at) == "deidentify.changed"


def test_a_scale_that_is_another_now_is_refused(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    looked_at = confirmed(offer_of(clinic).candidates)
    scale = clinic.read(lambda reader: reader.find(PhotoScale, photo_id=case.photos[0].id))[0]
    clinic.write(
        lambda w: w.revise(
            scale, replace(scale.value, scale=replace(scale.value.scale, relative_sd=0.02))
        )
    )
    assert refused(clinic, out / "p", looked_at) == "deidentify.changed"


def test_each_photo_is_journalled_with_who_looked_at_it(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    exported(clinic, out / "p", confirmed(offer_of(clinic).candidates), confirmed_by="Dr Roy")
    entries = clinic.read(lambda reader: reader.journal())
    told = [each for each in entries if each.action == "exported"]
    assert {each.record_id for each in told} == {photo.id for photo in case.photos}
    assert all("Dr Roy" in each.reason and "teaching" in each.reason for each in told)


def test_stopped_it_leaves_nothing_and_is_not_journalled(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    del case
    looked_at = confirmed(offer_of(clinic).candidates)
    assert exported(clinic, out / "p", looked_at, progress=lambda done, _total: done < 1) is None
    assert not list(out.iterdir())
    entries = clinic.read(lambda reader: reader.journal())
    assert not [each for each in entries if each.action == "exported"]


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "report.disk_full"), (errno.EROFS, "report.not_allowed")]
)
def test_a_disk_that_refuses_leaves_nothing_and_is_told(
    clinic: Clinic,
    case: SimpleNamespace,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    code: str,
) -> None:
    del case

    def fails(_data: object) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(export_module.os, "fsync", fails)
    assert refused(clinic, out / "p", confirmed(offer_of(clinic).candidates)) == code


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_told(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    del case
    out.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        code = refused(clinic, out / "p", confirmed(offer_of(clinic).candidates))
    finally:
        out.chmod(stat.S_IRWXU)
    assert code == "report.not_allowed"


def test_a_folder_with_something_in_it_is_refused(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    del case
    (out / "p").mkdir()
    (out / "p" / "mine.txt").write_text("mine")
    with pytest.raises(WoundtrackError) as failed:
        exported(clinic, out / "p", confirmed(offer_of(clinic).candidates))
    assert failed.value.code == "store.folder_not_empty"
    assert [path.name for path in out.rglob("*")] == ["p", "mine.txt"]


def test_nothing_is_put_into_the_clinic_itself(clinic: Clinic, case: SimpleNamespace) -> None:
    del case
    before = sorted(path.name for path in clinic.folder.iterdir())
    with pytest.raises(WoundtrackError) as failed:
        exported(clinic, clinic.folder / "p", confirmed(offer_of(clinic).candidates))
    assert failed.value.code == "store.inside_clinic"
    assert sorted(path.name for path in clinic.folder.iterdir()) == before


def test_files_bear_the_noon_of_the_day_and_tell_no_order(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    del case
    exported(clinic, out / "p", confirmed(offer_of(clinic).candidates))
    times = {path.stat().st_mtime for path in (out / "p").iterdir()}
    assert times == {dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC).timestamp()}


def test_the_table_comes_as_a_workbook_too(
    clinic: Clinic, case: SimpleNamespace, out: Path
) -> None:
    del case
    looked_at = confirmed(offer_of(clinic).candidates)
    exported(clinic, out / "p", looked_at, table_format=TableFormat.EXCEL)
    found = sheets(out / "p" / "pictures.xlsx")
    with zipfile.ZipFile(out / "p" / "pictures.xlsx") as workbook:
        about = workbook.read("docProps/core.xml").decode()
    assert len(re.findall(r"T12:00:00Z<", about)) == 2  # made and changed
    assert list(found) == ["about", "dictionary", "pictures"]
    rows = table_of(found["pictures"])
    assert [row["masks"] for row in rows] == [1.0, 1.0]
    told = {row["column"] for row in table_of(found["dictionary"])} - {None}
    assert told == set(rows[0])


def test_a_photo_without_outline_and_one_for_some_of_its_lesions(clinic: Clinic) -> None:
    clinic.write(lambda w: add_pictures(w, visits=1, outlined=False))
    (candidate,) = offer_of(clinic).candidates
    assert candidate.drawn == ()
    case = clinic.write(lambda w: add_pictures(w, "2", visits=1))
    drawn = next(each for each in offer_of(clinic).candidates if each.drawn)
    assert drawn.of_lesions([]).outlines == ()
    assert drawn.of_lesions([case.lesion.id]).outlines == (OUTLINE,)
