"""A clinic with a record of every kind, and with every way in which records came to be."""

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.clinics import OUTLINE, PASSPHRASE, SCALE, TODAY, add_case, add_visit
from tests.raters.tracings import measured
from woundtrack.photo.read import decode_photo, thumbnail_jpeg
from woundtrack.raters.types import RaterPhoto, RaterStudy, RaterTrace, RetraceValue
from woundtrack.records import (
    CardRun,
    Lesion,
    Letterhead,
    PhotoOutline,
    PhotoScale,
    Role,
    Side,
    Visit,
    VisitPhoto,
)
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.types import Correction

BEN, BEN_PASSPHRASE = "Ben Sand", "another good passphrase"
NEWCOMER = "Zoé Neuer"


def opened(folder: Path, *, user: str, passphrase: str = PASSPHRASE, new: str = "") -> Clinic:
    """A clinic on 15 June 2026, its signing in written down."""
    clinic = open_clinic(
        folder, user_name=user, passphrase=passphrase, new_passphrase=new, clock=lambda: TODAY
    )
    clinic.write(lambda _writer: None)
    return clinic


def copied(template: Path, place: Path, *, user: str) -> Clinic:
    """A copy of a closed clinic, open."""
    return opened(Path(shutil.copytree(template, place)), user=user)


def picture(number: int) -> bytes:
    """A small photo that can be shown."""
    pixels = np.full((60, 80, 3), 40 + 20 * number, np.uint8)
    return bytes(cv2.imencode(".png", pixels)[1])


def fill(clinic: Clinic) -> None:
    """Two patients with photos, one of them merged from two; a study; what waits; the bin."""
    ben = clinic.write(lambda w: w.add_user(BEN, Role.CLINICIAN, BEN_PASSPHRASE))
    case = clinic.write(lambda w: add_case(w, "1001", "Lefèvre", n=1))
    other = clinic.write(lambda w: add_case(w, "1002", "Nguyễn 阮", n=2))
    twin = clinic.write(lambda w: add_case(w, "1003", "Nguyen", n=3))
    _correct(clinic, case)
    _merge_and_bin(clinic, other, twin)
    photo = clinic.write(lambda w: _shown_photo(w, case.visit.id))
    _study(clinic, case, ben.id)
    clinic.write(lambda w: _waiting(w, case, photo.id))
    clinic.write(lambda w: w.add(CardRun(1, "a4", 100.1, True)))
    logo = thumbnail_jpeg(decode_photo(picture(1))[1])
    clinic.write(lambda w: w.add(Letterhead(("Wundzentrum", "Haus 4"), logo)))
    clinic.write(lambda w: w.note("viewed", "patient", case.patient.id))


def _correct(clinic: Clinic, case: Any) -> None:
    """A corrected form, a draft that was written over, an act that was undone and done again."""
    clinic.write(
        lambda w: w.revise(case.visit, replace(case.visit.value, note="two « signs » \u2028 ✓")),
        reason="the dressing",
    )
    scale = clinic.write(lambda w: _shown_scale(w, case.visit.id))
    clinic.write(lambda w: w.revise(scale, replace(scale.value, scale=None)), reason="over")
    lesion = case.lesions[1]
    act = clinic.write(lambda w: (w.revise(lesion, replace(lesion.value, note="x")), w.act_id)[1])
    undoing = clinic.write(lambda w: (w.undo(act), w.act_id)[1])
    clinic.write(lambda w: w.undo(undoing))
    part = clinic.write(lambda w: w.add(Lesion(case.patient.id, "C", "calf", Side.LEFT)))
    latest = clinic.read(lambda r: r.get(Lesion, lesion.id))
    became = replace(latest.value, became_ids=(part.id,), became_on=dt.date(2026, 5, 30))
    clinic.write(lambda w: w.revise(latest, became))


def _merge_and_bin(clinic: Clinic, other: Any, twin: Any) -> None:
    """Two records that were one person; a photo in the bin that went to another visit before."""
    clinic.write(
        lambda w: w.merge_patients(other.patient.id, twin.patient.id, value=other.patient.value)
    )
    day = dt.date(2026, 5, 20)
    late = clinic.write(lambda w: w.add(Visit(other.patient.id, day)))
    clinic.write(lambda w: w.move_photo(other.photo.id, late.id))
    clinic.write(lambda w: w.delete(Visit, late.id), reason="by mistake")


def _shown_photo(writer: Any, visit_id: int) -> Any:
    data = picture(2)
    facts, pixels = decode_photo(data)
    kept = writer.import_photo(data, facts, thumbnail_jpeg(pixels))
    return writer.add(VisitPhoto(visit_id, kept.vault_name, kept.photo))


def _shown_scale(writer: Any, visit_id: int) -> Any:
    data = picture(3)
    facts, pixels = decode_photo(data)
    kept = writer.import_photo(data, facts, thumbnail_jpeg(pixels))
    photo = writer.add(VisitPhoto(visit_id, kept.vault_name, kept.photo))
    return writer.add(PhotoScale(photo.id, SCALE))


def _study(clinic: Clinic, case: Any, ben_id: int) -> None:
    me = clinic.user.id
    one = clinic.write(
        lambda w: add_visit(w, case.patient.id, dt.date(2026, 5, 11), [case.lesions[0].id], n=7)
    )
    study = clinic.write(lambda w: w.add(RaterStudy("Autumn", (me, ben_id), rounds=2, seed=3)))
    photo = clinic.write(lambda w: w.add(RaterPhoto(study.id, one.photo.id, SCALE)))
    clinic.write(lambda w: w.add(RaterTrace(photo.id, me, 1, OUTLINE, measured(1.0))))
    clinic.write(lambda w: w.keep_drawing(photo.id, 2, OUTLINE))
    own = RetraceValue(study.id, 0.06, 0.045, 0.08, raters=2, photos=20)
    clinic.write(lambda w: w.add(own))


def _waiting(writer: Any, case: Any, photo_id: int) -> None:
    photo, lesion = case.photo.id, case.lesions[0].id
    correction = Correction(
        scales=(PhotoScale(photo_id, SCALE),),
        outlines=(PhotoOutline(photo, lesion, OUTLINE),),
        assessments=(replace(case.assessments[0].value, pain_nrs=4),),
        taken_away=(("outline", photo, case.lesions[1].id),),
        on_revisions=(("scale", photo, 0, 1), ("assessment", lesion, 0, 1), ("visit", 0, 0, 2)),
        chosen=((lesion, photo),),
        visit=replace(case.visit.value, general_pain_nrs=7),
    )
    writer.keep_correction(case.visit.id, correction)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def changed(folder: Path, path: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a JSON file of a folder, and its hash in the manifest, as another program could."""
    content = json.loads((folder / path).read_text("utf-8"))
    change(content)
    resealed(folder, path, json.dumps(content, ensure_ascii=False).encode())


def resealed(folder: Path, path: str, data: bytes) -> None:
    """Put other bytes in a file's place, and their hash into the manifest."""
    (folder / path).write_bytes(data)
    if path == "manifest.json":
        return
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for entry in (*manifest["files"], *manifest["photos"]):
        if entry["path"] == path:
            entry |= {"sha256": hashlib.sha256(data).hexdigest(), "byte_count": len(data)}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
