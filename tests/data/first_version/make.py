"""How the clinic beside this file was made, and what the program that made it said of it.

Run with the first released schema's program (commit 39f1e0c) on the path, into an empty
folder: it makes `clinic` there and `said.json`. It does not run with today's program. All
names are invented.
"""

import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path

from woundtrack.instruments import bwat
from woundtrack.measure.types import Measurement
from woundtrack.outline.types import Outline
from woundtrack.photo.types import Photo
from woundtrack.records import (
    Aetiology,
    Assessment,
    BwatForm,
    Correction,
    Lesion,
    LesionMeasurement,
    LesionStatus,
    Patient,
    PatientStatus,
    PhotoOutline,
    PhotoScale,
    Role,
    Side,
    SizeMethod,
    TherapyCourse,
    Tunnel,
    Undermining,
    Visit,
    VisitPhoto,
)
from woundtrack.scale.types import Scale, ScaleMethod
from woundtrack.store.clinic import Clinic, Writer, create_clinic, open_clinic
from woundtrack.store.keys import CHEAP
from woundtrack.store.kinds import SPECS
from woundtrack.store.rows import value_json

USER, PASSPHRASE = "Ada Novák", "correct horse battery"
NOW = dt.datetime(2026, 5, 20, 9, 30, tzinfo=dt.UTC)
WORST = (5, 4, 3, 2, 5, 4, 3, 2, 5, 4, 3, 2, 5)
BETTER = (3, 3, 2, 1, 2, 2, 2, 2, 2, 1, 1, 2, 3)
HEALED = (0, 0, 0, 0, *(1,) * 9)
SCALE = Scale(
    method=ScaleMethod.TWO_POINTS,
    homography_px_to_mm=((0.1, 0.0, 0.0), (0.0, 0.1, 0.0), (0.0, 0.0, 1.0)),
    relative_sd=0.01,
    warnings=("scale.tilt_unknown",),
)


def day(month: int, day_: int) -> dt.date:
    return dt.date(2026, month, day_)


def square(side_px: float) -> Outline:
    return Outline(rings=(((0.0, 0.0), (side_px, 0.0), (side_px, side_px), (0.0, side_px)),))


def measured(side_px: float) -> Measurement:
    side_cm = side_px / 100
    return Measurement(
        area_cm2=side_cm**2,
        area_cm2_sd=0.02 * side_cm**2,
        perimeter_cm=4 * side_cm,
        length_cm=1.4142 * side_cm,
        width_cm=1.4142 * side_cm,
        length_px=((0.0, 0.0), (side_px, side_px)),
        width_px=((0.0, side_px), (side_px, 0.0)),
    )


def add_photo(writer: Writer, visit_id: int, number: int, *, confirmed: bool = True):
    data = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes([number]) * (700 + number)
    shown = Photo(width_px=4000, height_px=3000, media_type="image/jpeg", byte_count=len(data))
    kept = writer.import_photo(data, shown, b"\xff\xd8thumb" + bytes([number]))
    photo = writer.add(VisitPhoto(visit_id, kept.vault_name, kept.photo, head_angle_deg=10.0))
    return photo, writer.add(PhotoScale(photo.id, SCALE, confirmed=confirmed))


def add_size(writer: Writer, visit_id: int, lesion_id: int, side_px: float, photo, scale):
    outline = writer.add(PhotoOutline(photo.id, lesion_id, square(side_px), confirmed=True))
    return writer.add(
        LesionMeasurement(
            visit_id, lesion_id, photo.id, outline.id, outline.revision, scale.id,
            scale.revision, measured(side_px), confirmed=True,
        )
    )  # fmt: skip


def add_traced(writer: Writer, visit_id: int, lesion_id: int, side_px: float, form, photo, scale):
    size = add_size(writer, visit_id, lesion_id, side_px, photo, scale)
    return writer.add(
        Assessment(
            visit_id, lesion_id, SizeMethod.TRACED, size.id, size.revision,
            pain_nrs=4, dressing="foam", bwat=form, confirmed=True,
        )
    )  # fmt: skip


def first_patient(writer: Writer) -> int:
    patient = writer.add(Patient("1001", "Lefèvre", "Marie", dt.date(1958, 3, 2), note="allergy"))
    a, b = (
        writer.add(Lesion(patient.id, label, "calf", side, Aetiology.CALCIPHYLAXIS, day(1, 10)))
        for label, side in (("A", Side.LEFT), ("B", Side.RIGHT))
    )
    one = writer.add(Visit(patient.id, day(3, 2), general_pain_nrs=6, note="first seen"))
    photo, scale = add_photo(writer, one.id, 1)
    add_traced(writer, one.id, a.id, 300, BwatForm(WORST, "calf left", "irregular"), photo, scale)
    some = BwatForm((2, None, 3, *(None,) * 10), "right calf, above the scar")
    add_traced(writer, one.id, b.id, 120, some, photo, scale)
    two = writer.add(Visit(patient.id, day(3, 16), general_pain_nrs=5))
    photo, scale = add_photo(writer, two.id, 2)
    add_traced(writer, two.id, a.id, 250, BwatForm(BETTER, "calf left", "round"), photo, scale)
    add_traced(writer, two.id, b.id, 100, BwatForm(), photo, scale)
    three = writer.add(Visit(patient.id, day(3, 30)))
    writer.add(
        Assessment(
            three.id, a.id, SizeMethod.BEDSIDE, length_cm=2.0, width_cm=1.5, depth_cm=0.4,
            undermining=(Undermining(1.0, 11, 2),), tunnels=(Tunnel(2.5, 6),), pain_nrs=2,
            infection_signs=("redness", "odour"), note="slough gone",
            bwat=BwatForm(BETTER, "calf left", "linear"), confirmed=True,
        )
    )  # fmt: skip
    writer.add(Assessment(three.id, b.id, SizeMethod.CLOSED, bwat=BwatForm(HEALED), confirmed=True))
    draft = writer.add(Visit(patient.id, day(5, 18)))
    photo, _ = add_photo(writer, draft.id, 3, confirmed=False)
    writer.add(PhotoOutline(photo.id, a.id, square(180)))
    writer.add(Assessment(draft.id, a.id, bwat=BwatForm((1, *(None,) * 12), "calf left")))
    writer.add(
        TherapyCourse(
            patient.id, "sts_iv", "Thiosulfate", day(3, 2), day(4, 20), 25.0, "g", "iv",
            "3 a week", "nausea",
        )
    )  # fmt: skip
    writer.add(TherapyCourse(patient.id, "other", "Honey", day(3, 10)))
    return patient.id


def double_of_the_first(writer: Writer) -> int:
    patient = writer.add(Patient("1001b", "Lefevre", "Marie", dt.date(1958, 3, 2)))
    lesion = writer.add(Lesion(patient.id, "A", "heel", Side.RIGHT))
    visit = writer.add(Visit(patient.id, day(3, 16), note="seen in the ward"))
    photo, scale = add_photo(writer, visit.id, 4)
    form = BwatForm(WORST, "heel right", "other")
    add_traced(writer, visit.id, lesion.id, 90, form, photo, scale)
    writer.add(TherapyCourse(patient.id, "npwt", "NPWT", day(3, 15), day(3, 20)))
    return patient.id


def other_patient(writer: Writer) -> None:
    patient = writer.add(
        Patient(
            "2002", "Moreau", "Jean", dt.date(1949, 7, 1), status=PatientStatus.DIED,
            died_on=day(5, 1),
        )
    )  # fmt: skip
    lesion = writer.add(
        Lesion(
            patient.id, "A", "toe", Side.LEFT, status=LesionStatus.CLOSED, closed_on=day(4, 20)
        )
    )  # fmt: skip
    kept = writer.add(Visit(patient.id, day(4, 1)))
    photo, scale = add_photo(writer, kept.id, 5)
    add_traced(writer, kept.id, lesion.id, 60, BwatForm(BETTER, "toe left"), photo, scale)
    binned = writer.add(Visit(patient.id, day(4, 20)))
    photo, scale = add_photo(writer, binned.id, 6)
    add_traced(writer, binned.id, lesion.id, 30, BwatForm(WORST, "toe left"), photo, scale)
    writer.add(TherapyCourse(patient.id, "antibiotic", "Amoxicillin", day(4, 2), day(4, 9)))


def correct(clinic: Clinic) -> None:
    """A corrected form, a lesion that was elsewhere, a correction that waits, a full bin."""
    form = clinic.read(lambda r: r.find(Assessment, visit_id=1, lesion_id=1))[0]
    better = replace(form.value, bwat=replace(form.value.bwat, scores=(4, *WORST[1:])))
    clinic.write(lambda w: w.revise(form, better, reason="size misread"))
    lesion = clinic.read(lambda r: r.get(Lesion, 1))
    clinic.write(lambda w: w.revise(lesion, replace(lesion.value, site="lower_leg")))
    outline = clinic.read(lambda r: r.find(PhotoOutline, lesion_id=1))[1]
    second = clinic.read(lambda r: r.find(Assessment, visit_id=2, lesion_id=1))[0]
    waiting = Correction(
        outlines=(replace(outline.value, outline=square(240)),),
        assessments=(replace(second.value, bwat=replace(second.value.bwat, scores=WORST)),),
        on_revisions=(("outline", 2, 1, 1), ("assessment", 1, 0, second.revision)),
        edge_sd_px=((2, 1, 1.5),),
    )
    clinic.write(lambda w: w.keep_correction(2, waiting))
    keep = clinic.read(lambda r: r.get(Patient, 1))
    clinic.write(lambda w: w.merge_patients(1, 3, value=keep.value, reason="entered twice"))
    visit = clinic.read(lambda r: r.find(Visit, patient_id=2, on=day(4, 20)))[0]
    clinic.write(lambda w: w.delete(Visit, visit.id, reason="wrong patient"))
    course = clinic.read(lambda r: r.find(TherapyCourse, patient_id=2))[0]
    clinic.write(lambda w: w.delete(TherapyCourse, course.id))
    clinic.write(lambda w: w.set_setting("unit", "cm"))
    clinic.write(lambda w: w.next_card_run("a4"))
    clinic.write(lambda w: w.note("viewed", "patient", 1))
    one = clinic.read(lambda r: r.get(Visit, 1))
    clinic.write(lambda w: w.revise(one, replace(one.value, note="seen first")))


def said(clinic: Clinic) -> dict[str, object]:
    """Everything that the program that made the clinic says of it."""

    def records(reader) -> dict[str, list]:
        return {
            spec.table: [
                [one.id, one.uuid, one.revision, one.at_utc.isoformat(), one.user_id, one.reason,
                 deleted, json.loads(value_json(one.value))]
                for deleted in (False, True)
                for one in reader.find(spec.kind, deleted=deleted)
            ]
            for spec in SPECS
        }  # fmt: skip

    def totals(reader) -> dict[int, list]:
        forms = [*reader.find(Assessment), *reader.find(Assessment, deleted=True)]
        return {
            one.id: [bwat.total(one.value.bwat), bwat.bwat_cua(one.value.bwat)] for one in forms
        }

    revisions = (
        "SELECT kind, record_id, revision, value, deleted, draft, at_utc, act_id "
        "FROM revision ORDER BY id"
    )
    pending = clinic.read(lambda r: r.correction(2))
    return {
        "records": clinic.read(records),
        "totals": clinic.read(totals),
        "bin": [[type(one.value).__name__, one.id] for one in clinic.read(lambda r: r.bin())],
        "journal": clinic.read(
            lambda r: [
                [one.id, one.user_id, one.action, one.kind, one.record_id, one.act_id, one.reason]
                for one in r.journal()
            ]
        ),
        "revisions": [
            [*row[:3], json.loads(row[3]), *row[4:]]
            for row in clinic.read(lambda r: r._connection.execute(revisions).fetchall())
        ],
        "correction": json.loads(value_json(pending.correction)),
    }


def main(folder: Path) -> None:
    clinic_folder = folder / "clinic"
    create_clinic(
        clinic_folder, clinic_name="Wundzentrum", user_name=USER, passphrase=PASSPHRASE, cost=CHEAP
    )
    clinic = open_clinic(clinic_folder, user_name=USER, passphrase=PASSPHRASE, clock=lambda: NOW)
    clinic.write(lambda w: w.add_user("Ben Ořech", Role.CLINICIAN, PASSPHRASE))
    clinic.write(first_patient)
    clinic.write(other_patient)
    clinic.write(double_of_the_first)
    correct(clinic)
    assert clinic.check() == []
    content = said(clinic)
    clinic.close()
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / "said.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
