"""Taking a folder into a clinic that is not empty, by whom, and being stopped on the way."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.clinics import PASSPHRASE, USER, add_case, add_user, add_visit
from tests.interchange.conftest import NOW
from tests.interchange.facts import Facts
from tests.interchange.made import BEN, NEWCOMER, copied, files, opened
from tests.store.soundness import faults
from woundtrack.errors import RecordError, StoreError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.interchange.export import export_record
from woundtrack.interchange.importing import (
    arrivals_text,
    import_record,
    imported_text,
    look_at_folder,
)
from woundtrack.records import CardRun, Lesion, Letterhead, Patient, Role, User, Visit
from woundtrack.store import taking_in, vault
from woundtrack.store.clinic import Clinic


def looked(clinic: Clinic, folder: Path) -> Any:
    found = look_at_folder(clinic, folder)
    assert found is not None
    return found


def refusal(clinic: Clinic, folder: Path, **how: bool) -> WoundtrackError:
    """The error with which a folder is refused; nothing was changed by it."""
    before = Facts(clinic).all()
    with pytest.raises(WoundtrackError) as caught:
        import_record(clinic, looked(clinic, folder)[0], **how)
    assert Facts(clinic).all() == before
    assert "{" not in explain(caught.value)
    return caught.value


def codes(clinic: Clinic) -> set[str]:
    return {one.value.code for one in clinic.read(lambda r: r.find(Patient))}


def test_what_is_here_already_is_passed_over(target: Clinic, full: tuple[Path, Path]) -> None:
    import_record(target, looked(target, full[1])[0])
    before = Facts(target).all()
    source, found = looked(target, full[1])
    assert (found.patients, found.here, found.different, found.new) == (0, 3, (), frozenset())
    done = import_record(target, source)
    assert done is not None
    assert "Nothing was imported." in imported_text(done)
    assert Facts(target).all() == before


def test_an_older_folder_of_the_same_clinic_brings_nothing(
    source: Clinic, full: tuple[Path, Path]
) -> None:
    visit = source.read(lambda r: r.find(Visit))[0]
    source.write(lambda w: w.revise(visit, replace(visit.value, note="later")))
    _folder, found = looked(source, full[1])
    assert (found.here, found.different, found.others_left) == (3, (), 0)


def test_a_patient_in_another_state_is_never_overwritten(
    target: Clinic, full: tuple[Path, Path], source: Clinic, tmp_path: Path
) -> None:
    import_record(target, looked(target, full[1])[0])
    mine = target.read(lambda r: r.find(Patient))[0]
    target.write(lambda w: w.revise(mine, replace(mine.value, note="here")))
    theirs = next(p for p in source.read(lambda r: r.find(Patient)) if p.uuid == mine.uuid)
    source.write(lambda w: w.revise(theirs, replace(theirs.value, note="there")))
    new = source.write(lambda w: add_case(w, "2001", "Petit", n=9)).patient
    export_record(source, tmp_path / "later", now=lambda: NOW)
    folder, found = looked(target, tmp_path / "later")
    assert (found.patients, found.different) == (1, (mine.value.code,))
    assert f"left as they are: {mine.value.code}." in arrivals_text(found)
    import_record(target, folder)
    assert new.value.code in codes(target)
    assert target.read(lambda r: r.get(Patient, mine.id)).value.note == "here"
    assert target.check() == []
    assert faults(target) == []


def test_a_patient_who_is_here_gets_what_is_new(
    target: Clinic, full: tuple[Path, Path], source: Clinic, tmp_path: Path
) -> None:
    import_record(target, looked(target, full[1])[0])
    patient = source.read(lambda r: r.find(Patient, hospital_number="1001"))[0]
    lesion = source.read(lambda r: r.find(Lesion, patient_id=patient.id, label="A"))[0]
    day = dt.date(2026, 6, 1)
    source.write(lambda w: add_visit(w, patient.id, day, [lesion.id], n=12))
    export_record(source, tmp_path / "later", now=lambda: NOW)
    folder, found = looked(target, tmp_path / "later")
    assert (found.patients, found.more, found.here, found.different) == (0, 1, 2, ())
    left = target.read(lambda r: r.arrivals(folder, sha256_of=folder.sha256_of, new_only=True))
    assert (left.more, left.new, left.different) == (0, frozenset(), (patient.value.code,))
    done = import_record(target, folder)
    assert done is not None
    assert "New records for 1 patient who is here." in imported_text(done)
    there = next(p for p in target.read(lambda r: r.find(Patient)) if p.uuid == patient.uuid)
    histories = [
        clinic.read(lambda r, one=one: r.history(one.id))
        for clinic, one in ((source, patient), (target, there))
    ]
    assert [one.uuid for one in histories[0].visits] == [one.uuid for one in histories[1].visits]
    assert histories[1].measurements[-1].value.measurement.area_cm2 == 1.0
    assert target.check() == []
    assert faults(target) == []
    assert looked(target, tmp_path / "later")[1].here == 3


def test_what_is_new_of_a_patient_who_is_here_must_fit_what_is_here(
    target: Clinic, full: tuple[Path, Path], source: Clinic, tmp_path: Path
) -> None:
    import_record(target, looked(target, full[1])[0])
    number = {"hospital_number": "1001"}
    for clinic in (source, target):
        patient = clinic.read(lambda r: r.find(Patient, **number))[0]
        clinic.write(lambda w, p=patient: w.add(Visit(p.id, dt.date(2026, 6, 2))))
    new = source.write(lambda w: add_case(w, "2001", "Petit", n=9)).patient
    export_record(source, tmp_path / "later", now=lambda: NOW)
    error = refusal(target, tmp_path / "later")
    assert (error.code, error.data["file"]) == (
        "interchange.record_refused", f"patients/{patient_uuid(source)}.json",
    )  # fmt: skip
    import_record(target, looked(target, tmp_path / "later")[0], new_only=True)
    assert new.value.code in codes(target)
    assert target.check() == []


def patient_uuid(clinic: Clinic) -> str:
    return clinic.read(lambda r: r.find(Patient, hospital_number="1001"))[0].uuid


def test_one_patient_comes_with_the_people_who_wrote_and_nobody_else(
    target: Clinic, source: Clinic, tmp_path: Path
) -> None:
    patient = source.read(lambda r: r.find(Patient))[0]
    export_record(source, tmp_path / "one", patient_ids=[patient.id], now=lambda: NOW)
    text = b"".join(files(tmp_path / "one").values())
    assert BEN.encode() not in text
    assert b"signed_in" not in text
    assert "Nguyễn".encode() not in text
    import_record(target, looked(target, tmp_path / "one")[0])
    assert codes(target) == {patient.value.code}
    assert {u.value.name for u in target.read(lambda r: r.find(User))} == {USER, NEWCOMER}
    assert target.check() == []


def test_who_may_be_here_under_another_code_is_named(
    target: Clinic, full: tuple[Path, Path], source: Clinic
) -> None:
    theirs = source.read(lambda r: r.find(Patient, hospital_number="1001"))[0].value
    target.write(lambda w: w.add(replace(theirs, code="")))
    folder, found = looked(target, full[1])
    assert found.look_alikes == (theirs.code,)
    assert f"under another code: {theirs.code}." in arrivals_text(found)
    import_record(target, folder)
    assert len(target.read(lambda r: r.find(Patient, hospital_number="1001"))) == 2


def test_a_full_disk_leaves_the_clinic_as_it_was(
    target: Clinic, full: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, write = [], vault.write_whole

    def until_full(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) > 5:
            raise StoreError("store.disk_full")
        write(path, data)

    monkeypatch.setattr(vault, "write_whole", until_full)
    assert refusal(target, full[1]).code == "store.disk_full"
    assert not files(tmp_path / "target" / "vault")


def test_a_clinic_keeps_its_own_letterhead_and_card_runs(
    target: Clinic, full: tuple[Path, Path]
) -> None:
    target.write(lambda w: (w.add(Letterhead(("Sud",))), w.add(CardRun(1, "letter"))))
    folder, found = looked(target, full[1])
    assert found.others_left == 2
    import_record(target, folder)
    (head,) = target.read(lambda r: r.find(Letterhead))
    (run,) = target.read(lambda r: r.find(CardRun))
    assert (head.value.lines, run.value.page_size) == (("Sud",), "letter")
    assert target.check() == []


def test_two_users_of_one_name_are_not_taken_for_one(
    bare: Path, full: tuple[Path, Path], tmp_path: Path
) -> None:
    clinic = copied(bare, tmp_path / "same", user=NEWCOMER)
    clinic.write(lambda w: w.add_user("ada  NOVÁK", Role.CLINICIAN, PASSPHRASE))
    with pytest.raises(WoundtrackError) as caught:
        look_at_folder(clinic, full[1])
    assert (caught.value.code, caught.value.data) == (
        "interchange.user_name_taken", {"name": USER},
    )  # fmt: skip
    (mine,) = [one for one in clinic.read(lambda r: r.find(User)) if "ada" in one.value.name]
    clinic.write(lambda w: w.revise(mine, replace(mine.value, name="ada here")))
    assert looked(clinic, full[1])[1].patients == 3
    clinic.close()


def test_only_an_administrator_may_import(
    target: Clinic, full: tuple[Path, Path], tmp_path: Path
) -> None:
    target.write(lambda w: add_user(w, "Nurse Kim", PASSPHRASE))
    target.close()
    nurse = opened(tmp_path / "target", user="Nurse Kim")
    assert refusal(nurse, full[1]).code == "store.not_allowed"
    nurse.close()


def test_who_came_along_signs_in_with_a_passphrase_of_this_clinic(
    target: Clinic, full: tuple[Path, Path], tmp_path: Path
) -> None:
    import_record(target, looked(target, full[1])[0])
    users = {one.value.name: one for one in target.read(lambda r: r.find(User))}
    me = users[NEWCOMER]
    with pytest.raises(RecordError) as caught:  # nobody else could sign in
        target.write(lambda w: w.revise(me, replace(me.value, role=Role.CLINICIAN)))
    assert caught.value.code == "record.last_administrator"
    target.write(lambda w: w.set_passphrase(users[USER].id, new="a fresh passphrase"))
    target.close()
    again = opened(tmp_path / "target", user=USER, passphrase="a fresh passphrase", new=PASSPHRASE)
    assert again.user.uuid == users[USER].uuid
    again.close()


def test_the_journal_says_who_brought_which_lines(target: Clinic, full: tuple[Path, Path]) -> None:
    import_record(target, looked(target, full[1])[0])
    line = target.read(lambda r: r.journal(limit=1))[0]
    assert (line.action, line.user_id) == ("imported", target.user.id)
    brought = target.read(lambda r: r.journal(before_id=line.id))
    own = [one.id for one in brought if one.user_id == target.user.id]
    assert f"journal lines {max(own) + 1} to {line.id - 1} came with it" in line.reason
    assert "Nord, exported" in line.reason


@pytest.mark.parametrize("after", [1, 4, 9])
def test_stopped_on_the_way_nothing_is_changed(
    target: Clinic, full: tuple[Path, Path], tmp_path: Path, after: int
) -> None:
    before = Facts(target).all()
    folder, _found = looked(target, full[1])
    assert import_record(target, folder, progress=lambda done, _total: done < after) is None
    assert Facts(target).all() == before
    assert not files(tmp_path / "target" / "vault")


def test_killed_on_the_way_the_clinic_is_as_it_was(
    target: Clinic, full: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Facts(target).all()
    folder, _found = looked(target, full[1])
    kill = tmp_path / "killed"

    def killed(*_rest: object, **_named: object) -> None:
        # What a process that dies here leaves behind.
        shutil.copytree(tmp_path / "target", kill)
        raise KeyboardInterrupt

    monkeypatch.setattr(taking_in, "write_lines", killed)
    with pytest.raises(KeyboardInterrupt):
        import_record(target, folder)
    monkeypatch.undo()
    (kill / "clinic.lock").unlink(missing_ok=True)
    again = opened(kill, user=NEWCOMER)
    assert {t: r for t, r in Facts(again).all().items() if t != "journal"} == {
        t: r for t, r in before.items() if t != "journal"
    }
    found = again.examine()
    assert found.sound
    assert [one.code for one in found.findings] == ["check.orphans"]
    import_record(again, looked(again, full[1])[0])
    assert again.examine().findings == ()
    again.close()
