"""Films leave the clinic whole or not at all, with consent, journalled."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.compare.shots import FIRST, laid_series
from woundtrack import words
from woundtrack.compare.export import Told, export_series, told_text
from woundtrack.compare.showing import LeftOut, SeriesOptions
from woundtrack.deidentify.types import Crop
from woundtrack.errors import AlignError, ExportError, PhotoError, ReportError, StoreError
from woundtrack.export import placing
from woundtrack.records import Consent, ConsentPurpose, Patient

CARE, TEACHING = ConsentPurpose.CARE, ConsentPurpose.TEACHING
SMALL = SeriesOptions(longest_px=240, day_0=FIRST)


def made(clinic, target: Path, photos=None, options=SMALL, purpose=CARE, **more: object) -> Told:
    patient_id = clinic.read(lambda reader: reader.find(Patient))[0].id
    return export_series(
        clinic, target, photos or laid_series(2), options,
        patient_id=patient_id, purpose=purpose, **more,
    )  # fmt: skip


def refused(clinic, target: Path, kind: type, **more: object) -> str:
    """The error's code; nothing but what was there is left, and nothing is journalled."""
    before = sorted(target.parent.iterdir()), len(journalled(clinic))
    with pytest.raises(kind) as caught:
        made(clinic, target, **more)
    assert (sorted(target.parent.iterdir()), len(journalled(clinic))) == before
    return caught.value.code


def journalled(clinic) -> list[str]:
    entries = clinic.read(lambda reader: reader.journal())
    return [each.reason for each in entries if each.action == "exported"]


@pytest.mark.parametrize("ending", ["webp", "png", "pdf"])
def test_what_is_asked_for_is_written_and_journalled(clinic, out, ending):
    words.set_language("en")
    told = made(clinic, out / f"wound.{ending}")
    assert [path.name for path in out.iterdir()] == [f"wound.{ending}"]
    assert told.shown == told.as_taken == 2
    name = "Film" if ending == "webp" else "Contact sheet"
    assert journalled(clinic) == [f"{name}: for care"]


def test_teaching_needs_consent_days_and_someone_who_looked(clinic, out):
    target = out / "film.webp"
    more = {"purpose": TEACHING, "photos": laid_series(2, crop=Crop(0, 0, 320, 240))}
    assert refused(clinic, target, ExportError, **more) == "deidentify.nothing_confirmed"
    more["looked_at_by"] = "Dr Ito"
    dated = replace(SMALL, day_0=None)
    assert refused(clinic, target, ExportError, options=dated, **more) == "film.dates"
    uncut = {**more, "photos": laid_series(2)}
    assert refused(clinic, target, ExportError, **uncut) == "deidentify.nothing_confirmed"
    made(clinic, target, **more)
    assert journalled(clinic) == ["Film: for teaching, looked at by Dr Ito"]
    withdraw(clinic)
    code = refused(clinic, target, ExportError, **more)
    assert code == "deidentify.no_consent_to_teaching"


def test_for_teaching_no_title_or_file_tells_who_it_is(clinic, out):
    more = {
        "purpose": TEACHING, "looked_at_by": "Dr Ito",
        "photos": laid_series(2, crop=Crop(0, 0, 320, 240)),
    }  # fmt: skip
    titled = replace(SMALL, title="Mme LEFEVRE, left leg")
    code = refused(clinic, out / "sheet.png", ExportError, options=titled, **more)
    assert code == "film.tells_who"
    assert refused(clinic, out / "Lefevre.webp", ExportError, **more) == "film.tells_who"
    made(clinic, out / "Lefevre.webp")  # for care


def withdraw(clinic) -> None:
    patient = clinic.read(lambda reader: reader.find(Patient))[0]
    given = patient.value.consents[0]
    ended = Consent(given.purpose, given.given_on, withdrawn_on=FIRST)
    value = replace(patient.value, consents=(ended,))
    clinic.write(lambda writer: writer.revise(patient, value))


def test_another_ending_is_refused(clinic, out):
    assert refused(clinic, out / "film.gif", ExportError) == "film.ending"


def test_nothing_is_written_into_the_clinics_own_folder(clinic, clinic_folder):
    assert refused(clinic, clinic_folder / "f.webp", StoreError) == "store.inside_clinic"


def test_a_full_disk_leaves_what_was_there(clinic, out, monkeypatch):
    target = out / "film.webp"
    target.write_bytes(b"the last film")

    def full(_made: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ReportError) as caught:
        made(clinic, target)
    assert caught.value.code == "report.disk_full"
    assert target.read_bytes() == b"the last film"
    assert len(list(out.iterdir())) == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EROFS, "report.not_allowed"), (errno.EIO, "report.not_written")],
)
def test_a_folder_that_takes_nothing_is_told(clinic, out, monkeypatch, number, code):
    def fail(*_args: object, **_more: object) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", fail)
        assert refused(clinic, out / "film.webp", ReportError) == code
    assert placing.PART_SUFFIX not in "".join(map(str, out.iterdir()))


def test_a_photo_that_fails_or_a_stop_leaves_nothing(clinic, out):
    def unreadable() -> None:
        raise PhotoError("photo.truncated")

    first, second = laid_series(2)
    broken = [first, replace(second, shot=replace(second.shot, load=unreadable))]
    assert refused(clinic, out / "f.webp", PhotoError, photos=broken) == "photo.truncated"

    class StoppedError(ReportError):
        pass

    def stop() -> None:
        raise StoppedError("report.cancelled")

    assert refused(clinic, out / "f.png", StoppedError, watch=stop) == "report.cancelled"


def test_a_film_replaces_the_one_before(clinic, out):
    target = out / "film.webp"
    target.write_bytes(b"the last film")
    made(clinic, target)
    assert Image.open(target).n_frames == 2


def test_those_left_out_are_named_with_their_reason():
    words.set_language("en")
    why = AlignError("align.one_side", gap_deg=200)
    text = told_text(Told(3, (LeftOut("Day 14", why),), unaligned=1, as_taken=2))
    lines = text.splitlines()
    assert lines[0] == "3 photos shown."
    assert "by its own scale" in lines[1]
    assert lines[2].startswith("2 have the colours they were taken with")
    assert lines[3].startswith("Left out: Day 14: The same skin was found on one side")
