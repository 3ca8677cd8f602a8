"""Making, opening, sharing a clinic; users and their passphrases."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, USER, a_patient, add_user
from woundtrack.errors import RecordError, StoreError, WoundtrackError
from woundtrack.records import Role, User
from woundtrack.store import keys, opening
from woundtrack.store.clinic import Clinic, create_clinic, open_clinic, reset_passphrase
from woundtrack.store.files import PART_SUFFIX
from woundtrack.store.info import DATABASE_NAME, KEYRING_NAME, LOCK_NAME
from woundtrack.store.keys import CHEAP
from woundtrack.store.recovery import new_recovery_key

NEW = "another good passphrase"
OWN = "the own one of a nurse"


def refusal(ask: Callable[[], object]) -> str:
    with pytest.raises(WoundtrackError) as refused:
        ask()
    return refused.value.code


def make(folder: Path, **changes: str) -> str:
    values = {"clinic_name": "C", "user_name": "Ada", "passphrase": PASSPHRASE, **changes}
    return create_clinic(folder, cost=CHEAP, **values)


def test_a_folder_with_anything_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    assert refusal(lambda: make(tmp_path)) == "store.folder_not_empty"
    assert refusal(lambda: make(tmp_path / "letter.txt")) == "store.folder_not_empty"
    assert (tmp_path / "letter.txt").read_text("utf-8") == "dear"


def test_bad_answers_leave_no_folder_behind(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert refusal(lambda: make(folder, passphrase="short")) == "store.weak_passphrase"
    assert refusal(lambda: make(folder, clinic_name=" ")) == "store.name_missing"
    assert refusal(lambda: make(folder, user_name="")) == "store.name_missing"
    assert not folder.exists()


def test_a_creation_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert refusal(lambda: make(empty)) == "store.disk_full"
    assert refusal(lambda: make(tmp_path / "new")) == "store.disk_full"
    assert list(empty.iterdir()) == []
    assert not (tmp_path / "new").exists()


def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def network(_folder: Path) -> None:
        raise StoreError("store.network_share")

    monkeypatch.setattr(opening, "refuse_network", network)
    assert refusal(lambda: make(tmp_path / "new")) == "store.network_share"
    assert not (tmp_path / "new").exists()


def test_wrong_name_or_passphrase_is_one_answer(opened: Callable[..., Clinic]) -> None:
    assert refusal(lambda: opened(passphrase="not this one")) == "store.wrong_passphrase"
    assert refusal(lambda: opened(user="Eve")) == "store.wrong_passphrase"
    assert opened().user.value == User(USER, Role.ADMINISTRATOR)


def test_what_is_missing_is_said(folder: Path, opened: Callable[..., Clinic]) -> None:
    (folder / DATABASE_NAME).rename(folder / "elsewhere.db")
    assert refusal(opened) == "store.database_missing"
    (folder / KEYRING_NAME).unlink()
    assert refusal(opened) == "store.no_clinic"


def test_a_second_opener_reads_and_does_not_write(opened: Callable[..., Clinic]) -> None:
    first, second = opened(), opened()
    assert not first.read_only
    assert second.read_only
    assert second.writer_name.startswith(f"{USER} (")
    first.write(lambda w: w.add(a_patient()))
    assert len(second.read(lambda r: r.search_patients())) == 1
    assert refusal(lambda: second.write(lambda w: w.add(a_patient()))) == "store.read_only"
    second.close()
    first.close()
    third = opened()
    assert not third.read_only
    assert len(third.read(lambda r: r.search_patients())) == 1


def test_the_lock_file_is_not_readable_without_the_key(folder: Path, clinic: Clinic) -> None:
    content = (folder / LOCK_NAME).read_bytes()
    assert len(content) > 40
    assert USER.encode() not in content
    clinic.close()
    assert (folder / LOCK_NAME).read_bytes() == b""


def test_users_have_their_own_passphrases(opened: Callable[..., Clinic], clinic: Clinic) -> None:
    nurse = clinic.write(lambda w: w.add_user(" Bo  Ek ", Role.CLINICIAN, NEW))
    assert nurse.value == User("Bo Ek", Role.CLINICIAN)
    assert refusal(lambda: clinic.write(lambda w: w.add_user("BO EK", Role.CLINICIAN, NEW))) == (
        "record.user_exists"
    )
    clinic.close()
    as_nurse = opened("bo ek", NEW, OWN)
    assert as_nurse.user == nurse
    assert as_nurse.write(lambda w: w.add(a_patient())).user_id == nurse.id
    for act in (
        lambda w: w.add_user("Cy", Role.CLINICIAN, NEW),
        lambda w: w.users.set_recovery_key(new_recovery_key()),
        lambda w: w.users.accept_keyring(),
        lambda w: w.set_most_lock_minutes(30),
        lambda w: w.set_passphrase(as_nurse.user.id, new=NEW),
        lambda w: w.change_passphrase(1, old=PASSPHRASE, new=NEW),
        lambda w: w.revise(nurse, replace(nurse.value, role=Role.ADMINISTRATOR)),
    ):
        assert refusal(lambda act=act: as_nurse.write(act)) == "store.not_allowed"
    assert refusal(lambda: opened("bo ek", PASSPHRASE)) == "store.wrong_passphrase"


def test_a_user_made_inactive_cannot_sign_in(opened: Callable[..., Clinic], clinic: Clinic) -> None:
    nurse = clinic.write(lambda w: w.add_user("Bo", Role.CLINICIAN, NEW))
    away = clinic.write(lambda w: w.revise(nurse, replace(nurse.value, active=False)))
    assert refusal(lambda: opened("Bo", NEW)) == "store.wrong_passphrase"
    assert refusal(lambda: clinic.write(lambda w: w.set_passphrase(away.id, new=NEW))) == (
        "record.user_inactive"
    )
    clinic.write(lambda w: w.revise(away, replace(away.value, active=True, name="Bo Ek")))
    assert refusal(lambda: opened("Bo Ek", NEW)) == "store.wrong_passphrase"
    clinic.write(lambda w: w.set_passphrase(away.id, new=NEW + "2"))
    clinic.close()
    assert opened("Bo Ek", NEW + "2", OWN).user.id == nurse.id


def test_who_comes_back_gets_a_new_passphrase_with_it(opened, clinic: Clinic) -> None:
    nurse = clinic.write(lambda w: w.add_user("Bo", Role.CLINICIAN, NEW))
    clinic.write(lambda w: w.revise(nurse, replace(nurse.value, active=False)))
    assert refusal(lambda: clinic.write(lambda w: w.reactivate_user(nurse.id, new="weak"))) == (
        "store.weak_passphrase"
    )
    assert not clinic.read(lambda r: r.get(User, nurse.id)).value.active
    clinic.write(lambda w: w.reactivate_user(nurse.id, new=NEW + "2"))
    clinic.close()
    assert opened("Bo", NEW + "2", OWN).user.value.active


def test_users_are_never_deleted(clinic: Clinic) -> None:
    nurse = clinic.write(lambda w: w.add_user("Bo", Role.CLINICIAN, NEW))
    with pytest.raises((WoundtrackError, TypeError)):
        clinic.write(lambda w: w.delete(User, nurse.id))
    assert clinic.read(lambda r: r.get(User, nurse.id)).value.active


def test_a_given_passphrase_is_replaced_at_the_first_sign_in(opened, clinic: Clinic) -> None:
    clinic.write(lambda w: w.add_user("Bo", Role.CLINICIAN, NEW))
    assert refusal(lambda: opened("Bo", NEW, OWN)) == "store.in_use"
    clinic.close()
    for new, code in (
        ("", "store.passphrase_provisional"),
        (NEW, "store.passphrase_same"),
        ("weak", "store.weak_passphrase"),
    ):
        assert refusal(lambda new=new: opened("Bo", NEW, new)) == code
    assert opened("Bo", NEW, OWN).user.value.name == "Bo"
    assert refusal(lambda: opened("Bo", NEW)) == "store.wrong_passphrase"
    assert opened("Bo", OWN).user.value.name == "Bo"


def test_an_administrator_gives_a_new_passphrase_without_the_old(opened, clinic: Clinic) -> None:
    nurse = clinic.write(lambda w: add_user(w, "Bo", NEW))
    clinic.write(lambda w: w.set_passphrase(nurse.id, new=NEW + "2"))
    clinic.close()
    assert refusal(lambda: opened("Bo", NEW)) == "store.wrong_passphrase"
    as_nurse = opened("Bo", NEW + "2", OWN)
    assert as_nurse.user.id == nurse.id
    actions = [entry.action for entry in as_nurse.read(lambda r: r.journal())]
    assert actions.count("passphrase_changed") == 3  # the own one before, the given, the own


def test_a_renamed_user_signs_in_by_the_new_name(opened, clinic: Clinic) -> None:
    clinic.write(lambda w: w.revise(clinic.user, replace(clinic.user.value, name="Ada Stern")))
    clinic.close()
    assert refusal(opened) == "store.wrong_passphrase"
    assert opened("Ada Stern").user.id == clinic.user.id


def test_the_last_administrator_stays(clinic: Clinic) -> None:
    for change in ({"active": False}, {"role": Role.CLINICIAN}):
        value = replace(clinic.user.value, **change)
        assert refusal(lambda v=value: clinic.write(lambda w: w.revise(clinic.user, v))) == (
            "record.last_administrator"
        )


def test_an_act_that_fails_keeps_the_old_passphrase(opened, clinic: Clinic) -> None:
    def act(writer) -> None:
        writer.change_passphrase(clinic.user.id, old=PASSPHRASE, new=NEW)
        writer.add(a_patient(""))

    with pytest.raises(RecordError):
        clinic.write(act)
    clinic.close()
    assert opened().user == clinic.user


def test_changing_the_passphrase(opened: Callable[..., Clinic], clinic: Clinic) -> None:
    def change(old: str, new: str) -> None:
        clinic.write(lambda w: w.change_passphrase(clinic.user.id, old=old, new=new))

    assert refusal(lambda: change("not this one", NEW)) == "store.wrong_passphrase"
    assert refusal(lambda: change(PASSPHRASE, "weak")) == "store.weak_passphrase"
    change(PASSPHRASE, NEW)
    clinic.close()
    assert refusal(opened) == "store.wrong_passphrase"
    assert opened(passphrase=NEW).user == clinic.user


def test_the_recovery_key_gives_a_new_passphrase(folder, made, opened) -> None:
    def reset(key: str, name: str = USER, new: str = NEW) -> None:
        reset_passphrase(folder, recovery_key=key, user_name=name, passphrase=new)

    first = made.recovery_key[0]
    mistyped = ("B" if first == "A" else "A") + made.recovery_key[1:]
    assert refusal(lambda: reset(mistyped)) == "store.recovery_key_mistyped"
    foreign = make(folder.parent / "foreign")
    assert refusal(lambda: reset(foreign)) == "store.wrong_recovery_key"
    assert refusal(lambda: reset(made.recovery_key, "Eve")) == "store.no_such_user"
    assert refusal(lambda: reset(made.recovery_key, new="weak")) == "store.weak_passphrase"
    first = opened()
    assert refusal(lambda: reset(made.recovery_key)) == "store.in_use"
    first.close()
    reset(made.recovery_key.lower())
    assert refusal(opened) == "store.wrong_passphrase"
    clinic = opened(passphrase=NEW)
    assert "passphrase_reset" in [e.action for e in clinic.read(lambda r: r.journal())]


def test_a_new_recovery_key_replaces_the_old(folder, made, opened) -> None:
    clinic = opened()
    key = new_recovery_key()
    clinic.write(lambda w: w.users.set_recovery_key(key))
    clinic.close()
    old = {"recovery_key": made.recovery_key, "user_name": USER, "passphrase": NEW}
    assert refusal(lambda: reset_passphrase(folder, **old)) == "store.wrong_recovery_key"
    reset_passphrase(folder, recovery_key=key, user_name=USER, passphrase=NEW)
    assert opened(passphrase=NEW).user == clinic.user


def test_a_clinic_of_the_real_cost_opens(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    create_clinic(folder, clinic_name="C", user_name="Ada", passphrase=PASSPHRASE)
    content = json.loads((folder / KEYRING_NAME).read_text("utf-8"))
    cost = keys.Cost(**content["entries"][0]["wrap"]["cost"])
    assert cost.memory_kib >= 64 * 1024
    assert cost.iterations >= 3
    assert keys._seconds(cost) >= 0.2  # tuned to 0.3 s; a processor's speed varies
    clinic = open_clinic(folder, user_name="Ada", passphrase=PASSPHRASE)
    clinic.close()
    moved = shutil.move(folder, tmp_path / "moved élan #1 100%")
    open_clinic(Path(moved), user_name="Ada", passphrase=PASSPHRASE).close()


def test_what_was_cut_off_while_the_key_file_was_written_goes(folder: Path, opened) -> None:
    part = folder / f"{KEYRING_NAME}.0a1b2c3d{PART_SUFFIX}"
    part.write_bytes(b"{")
    other = folder / f"letter{PART_SUFFIX}"
    other.write_bytes(b"somebody else's")
    opened()
    assert not part.exists()
    assert other.exists()
