"""Out, into a new clinic, and out again: nothing is lost, and the bytes are the same."""

import datetime as dt
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.clinics import PASSPHRASE, USER, values
from tests.interchange.conftest import NOW
from tests.interchange.facts import Facts, without_user
from tests.interchange.made import NEWCOMER, copied, files, opened
from tests.store.soundness import faults
from tests.store.test_acts_at_random import play
from woundtrack.demo import build
from woundtrack.demo.follow_up import follow_up
from woundtrack.interchange.export import export_record
from woundtrack.interchange.importing import import_record, look_at_folder
from woundtrack.records import Patient, User, VisitPhoto
from woundtrack.store.clinic import Clinic, create_clinic
from woundtrack.store.keys import CHEAP
from woundtrack.store.kinds import SPECS

FIRST_VERSION = Path(__file__).resolve().parent.parent / "data" / "first_version" / "clinic"


def take(clinic: Clinic, folder: Path) -> Any:
    looked = look_at_folder(clinic, folder)
    assert looked is not None
    return import_record(clinic, looked[0])


def newcomer(clinic: Clinic) -> str:
    return next(u.uuid for u in clinic.read(lambda r: r.find(User)) if u.value.name == NEWCOMER)


def assert_same_tables(one: Clinic, other: Clinic) -> None:
    """All that `one` holds is in `other`, and nothing else but its administrator's own."""
    before = Facts(one).all()
    after = without_user(Facts(other).all(), newcomer(other))
    for table, rows in before.items():
        if table == "journal":
            continue  # `one` has journalled the export itself meanwhile
        assert after[table] == rows, table
    since = ("exported", "signed_in", "signed_out")
    kept = [row for row in before["journal"] if row["action"] not in since]
    brought = [row for row in after["journal"] if row["action"] not in since]
    assert brought == kept


def assert_same_folders(one: Path, other: Path, *, but: set[str]) -> None:
    before, after = files(one), files(other)
    assert set(before) == set(after)
    assert {path for path in before if before[path] != after[path]} <= but


def test_every_kind_of_record_comes_back_as_it_was(
    source: Clinic, target: Clinic, full: tuple[Path, Path], tmp_path: Path
) -> None:
    carried = {
        record["kind"]
        for path in full[1].glob("**/*.json")
        for record in json.loads(path.read_text("utf-8")).get("records", ())
    }
    assert carried == {spec.table for spec in SPECS}, "a new kind belongs into tests/…/made.fill"
    take(target, full[1])
    assert target.check() == []
    assert faults(target) == []
    assert_same_tables(source, target)
    export_record(target, tmp_path / "again", now=lambda: NOW)
    assert_same_folders(full[1], tmp_path / "again", but={"manifest.json", "shared.json"})


def test_what_is_written_again_differs_in_time_and_user_alone(
    target: Clinic, full: tuple[Path, Path], tmp_path: Path
) -> None:
    take(target, full[1])
    export_record(target, tmp_path / "again", now=lambda: NOW)
    first, again = (
        {
            name: json.loads((place / name).read_text("utf-8"))
            for name in ("manifest.json", "shared.json")
        }
        for place in (full[1], tmp_path / "again")
    )
    own = ("exported_by", "clinic_name")
    kept = [
        [entry for entry in one["manifest.json"]["files"] if entry["path"] != "shared.json"]
        for one in (first, again)
    ]
    assert kept[0] == kept[1]
    for one in (first, again):
        one["manifest.json"] = {
            key: item for key, item in one["manifest.json"].items() if key not in (*own, "files")
        }
    assert first["manifest.json"] == again["manifest.json"]
    uuid = newcomer(target)
    made = next(r["act"] for r in again["shared.json"]["records"] if r["uuid"] == uuid)
    for key, items in again["shared.json"].items():
        if isinstance(items, list):
            mine = [each for each in items if uuid not in str(each) and each.get("act") != made]
            assert mine == first["shared.json"][key], key


def test_photos_come_back_byte_for_byte(source: Clinic, target: Clinic, full: Any) -> None:
    take(target, full[1])

    def originals(clinic: Clinic) -> dict[str, bytes]:
        photos = clinic.read(lambda r: [*r.find(VisitPhoto), *r.find(VisitPhoto, deleted=True)])
        return {
            one.uuid: clinic.read(lambda r, n=one.value.vault_name: r.photo_bytes(n))
            for one in photos
        }

    assert originals(target) == originals(source)
    assert len(originals(source)) == 6


def test_a_history_and_its_revisions_read_the_same(
    source: Clinic, target: Clinic, full: tuple[Path, Path]
) -> None:
    take(target, full[1])

    def told(clinic: Clinic) -> list[Any]:
        patients = clinic.read(lambda r: [*r.find(Patient), *r.find(Patient, deleted=True)])
        names = {one.id: one.value.name for one in clinic.read(lambda r: r.find(User))}
        found = []
        for patient in sorted(patients, key=lambda one: one.uuid):
            history = asdict(clinic.read(lambda r, p=patient: r.history(p.id)))
            states = clinic.read(lambda r, p=patient: r.revisions(Patient, p.id))
            lengths = {
                part: [
                    (one["uuid"], one["revision"], names[one["user_id"]], one["at_utc"])
                    for one in rows
                ]
                for part, rows in history.items()
                if isinstance(rows, tuple)
            }
            found.append((patient.uuid, lengths, [one.value for one in states]))
            found.append([len(part) for part in values(clinic, patient.id)])
        return found

    assert told(target) == told(source)


def test_the_clinic_of_the_first_version_comes_back(bare: Path, tmp_path: Path) -> None:
    old = copied(FIRST_VERSION, tmp_path / "old", user=USER)
    new = copied(bare, tmp_path / "new", user=NEWCOMER)
    export_record(old, tmp_path / "one", now=lambda: NOW)
    take(new, tmp_path / "one")
    assert new.check() == []
    export_record(new, tmp_path / "two", now=lambda: NOW)
    assert_same_folders(tmp_path / "one", tmp_path / "two", but={"manifest.json", "shared.json"})
    old.close()
    new.close()


def test_followed_patients_of_the_demonstration_come_back(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_clinic(
        tmp_path / "demo", clinic_name="Demo", user_name="demo", passphrase=PASSPHRASE, cost=CHEAP
    )
    demo = opened(tmp_path / "demo", user="demo")
    new = copied(bare, tmp_path / "new", user=NEWCOMER)
    monkeypatch.setattr(build, "people", lambda _day: ())
    monkeypatch.setattr(build, "follow_up", lambda day: follow_up(day)[:3])
    build.fill_clinic(demo, last_day=dt.date(2026, 5, 26))
    export_record(demo, tmp_path / "one", now=lambda: NOW)
    take(new, tmp_path / "one")
    assert new.check() == []
    assert_same_tables(demo, new)
    demo.close()
    new.close()


def test_after_any_acts_the_clinic_and_each_patient_come_back(bare: Path, tmp_path: Path) -> None:
    create_clinic(
        tmp_path / "made", clinic_name="Nord", user_name=USER, passphrase=PASSPHRASE, cost=CHEAP
    )
    clinic = opened(tmp_path / "made", user=USER)
    play(clinic, seed=11, acts=10)
    whole, single = (copied(bare, tmp_path / name, user=NEWCOMER) for name in ("whole", "single"))
    export_record(clinic, tmp_path / "one", now=lambda: NOW)
    take(whole, tmp_path / "one")
    assert_same_tables(clinic, whole)
    patients = clinic.read(lambda r: [*r.find(Patient), *r.find(Patient, deleted=True)])
    for patient in patients:
        out, again = tmp_path / f"p{patient.id}", tmp_path / f"q{patient.id}"
        export_record(clinic, out, patient_ids=[patient.id], now=lambda: NOW)
        take(single, out)
        there = single.read(lambda r: [*r.find(Patient), *r.find(Patient, deleted=True)])
        (key,) = [one.id for one in there if one.uuid == patient.uuid]
        export_record(single, again, patient_ids=[key], now=lambda: NOW)
        assert_same_folders(out, again, but={"manifest.json"})
        shutil.rmtree(out)
    assert single.check() == []
    for each in (clinic, whole, single):
        each.close()
