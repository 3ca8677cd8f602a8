"""What comes to people who are here: what follows from it, and what is said to stay out."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.clinics import PASSPHRASE, USER, a_patient
from tests.interchange.conftest import NOW
from tests.interchange.made import NEWCOMER, changed, copied
from woundtrack.interchange.export import export_record
from woundtrack.interchange.importing import (
    arrivals_text,
    import_record,
    imported_text,
    look_at_folder,
    origin_text,
)
from woundtrack.records import Assessment, Lesion, Patient, Side, SizeMethod, User, Visit
from woundtrack.store.clinic import Clinic
from woundtrack.store.keyring import load_keyring, save_keyring
from woundtrack.store.types import Correction


def looked(clinic: Clinic, folder: Path) -> Any:
    found = look_at_folder(clinic, folder)
    assert found is not None
    return found


def take(clinic: Clinic, folder: Path) -> Any:
    done = import_record(clinic, looked(clinic, folder)[0])
    assert done is not None
    return done


def seen(clinic: Clinic, day: dt.date, how: SizeMethod) -> None:
    """A confirmed visit of the only patient's only lesion."""
    (lesion,) = clinic.read(lambda r: r.find(Lesion))

    def act(writer: Any) -> None:
        visit = writer.add(Visit(lesion.value.patient_id, day))
        writer.add(Assessment(visit.id, lesion.id, size_method=how, confirmed=True))

    clinic.write(act)


def lone_patient(folder: Path) -> str:
    """The uuid of one of whom no rater study is."""
    study = json.loads((folder / "shared.json").read_text("utf-8"))
    named = str([one for one in study["records"] if one["kind"] == "rater_photo"])
    found = []
    for path in sorted((folder / "patients").iterdir()):
        content = json.loads(path.read_text("utf-8"))
        photos = [one["uuid"] for one in content["records"] if one["kind"] == "visit_photo"]
        if not any(uuid in named for uuid in photos) and "1001" not in path.read_text("utf-8"):
            found.append(path.stem)
    return found[0]


def test_a_closure_follows_the_visits_that_come(target: Clinic, bare: Path, tmp_path: Path) -> None:
    there = copied(bare, tmp_path / "there", user=NEWCOMER)
    patient = there.write(lambda w: w.add(a_patient()))
    there.write(lambda w: w.add(Lesion(patient.id, "A", "calf", Side.LEFT)))
    export_record(there, tmp_path / "first", now=lambda: NOW)
    take(target, tmp_path / "first")
    closed = dt.date(2026, 5, 4)
    seen(target, closed, SizeMethod.CLOSED)
    (lesion,) = target.read(lambda r: r.find(Lesion))
    target.write(lambda w: w.revise(lesion, replace(lesion.value, closed_on=closed)))
    seen(there, dt.date(2026, 5, 11), SizeMethod.NOT_MEASURED)
    export_record(there, tmp_path / "later", now=lambda: NOW)
    there.close()
    take(target, tmp_path / "later")
    (lesion,) = target.read(lambda r: r.find(Lesion))
    assert lesion.value.closed_on is None
    assert (lesion.revision, lesion.user_id) == (3, target.user.id)
    assert "Sud, exported" in lesion.reason
    again = looked(target, tmp_path / "later")[1]
    assert (again.here, again.different) == (1, ())


def test_what_waits_of_a_visit_that_is_here_is_said_to_stay_out(
    target: Clinic, full: tuple[Path, Path], source: Clinic, tmp_path: Path
) -> None:
    take(target, full[1])
    found = looked(target, full[1])[1]
    assert (found.waiting_left, found.here) == (0, 3)
    (visit,) = source.read(lambda r: r.find(Visit, note="two « signs » \u2028 ✓"))
    changed_ = Correction(visit=replace(visit.value, general_pain_nrs=9))
    source.write(lambda w: w.keep_correction(visit.id, changed_))
    export_record(source, tmp_path / "later", now=lambda: NOW)
    found = looked(target, tmp_path / "later")[1]
    assert (found.waiting_left, found.here) == (1, 3)
    assert "1 unconfirmed correction or drawing stays out" in arrivals_text(found)


def test_a_code_that_another_patient_has_here_keeps_its_owner_out(
    target: Clinic, exported: Path
) -> None:
    mine = target.write(lambda w: w.add(a_patient("9", "Autre"))).value.code
    path = f"patients/{lone_patient(exported)}.json"

    def take_code(content: Any) -> None:
        for record in content["records"]:
            for state in record["revisions"] if record["kind"] == "patient" else ():
                state["value"]["code"] = mine

    changed(exported, path, take_code)
    found = looked(target, exported)[1]
    assert (found.patients, found.code_taken) == (2, (mine,))
    assert f"has the same code: {mine}." in arrivals_text(found)
    many = replace(found, code_taken=tuple("ABCDE"))
    assert "has the same code: A, B and 3 others." in arrivals_text(many, most_codes=2)
    assert "has the same code: A, B, C, D and E." in arrivals_text(many)
    take(target, exported)
    assert len(target.read(lambda r: r.find(Patient, code=mine))) == 1
    assert target.check() == []


def test_who_comes_along_has_no_passphrase_from_before(
    target: Clinic, full: tuple[Path, Path], source: Clinic, tmp_path: Path
) -> None:
    (ada,) = source.read(lambda r: r.find(User, name=USER))
    place = tmp_path / "target"
    # What a user leaves whose making was cut off: a wrap without a record.
    kept = load_keyring(place).with_user(
        ada.uuid, user_name=USER, passphrase=PASSPHRASE, data_key=target._data_key
    )
    save_keyring(place, kept, data_key=target._data_key)
    take(target, full[1])
    assert load_keyring(place).owner_of(USER) is None
    assert load_keyring(place).owner_of(NEWCOMER) == target.user.uuid


def test_photos_that_cannot_be_shown_are_counted_once(
    target: Clinic, full: tuple[Path, Path]
) -> None:
    folder, _found = looked(target, full[1])
    assert import_record(target, folder, progress=lambda done, total: done < total) is None
    done = import_record(target, folder)
    assert done is not None
    whole = len(list((full[1] / "photos").iterdir()))
    assert 0 < done.unreadable < whole
    assert f"{done.unreadable} photos cannot be shown" in imported_text(done)


def test_stopped_at_the_very_end_nothing_is_changed(
    target: Clinic, full: tuple[Path, Path]
) -> None:
    folder, _found = looked(target, full[1])
    reached = []

    def stop_when_all_is_there(done: int, total: int) -> bool:
        reached.append(done == total)
        return reached.count(True) < 2

    assert import_record(target, folder, progress=stop_when_all_is_there) is None
    assert target.read(lambda r: r.find(Patient)) == []


def test_what_a_folder_says_of_itself_is_shown_in_brief(target: Clinic, exported: Path) -> None:
    name = "Nord\n" * 5000
    changed(exported, "manifest.json", lambda content: content.update(clinic_name=name))
    told = origin_text(looked(target, exported)[0])
    assert told.startswith("Nord Nord")
    assert len(told) < 300
    assert "\n" not in told


def test_lines_that_did_not_come_are_not_numbered(target: Clinic, exported: Path) -> None:
    for path in ("shared.json", *(f"patients/{p.name}" for p in (exported / "patients").iterdir())):
        changed(exported, path, lambda content: content.update(journal=[]))
    take(target, exported)
    (line,) = target.read(lambda r: r.journal(limit=1))
    assert line.action == "imported"
    assert "journal lines" not in line.reason
