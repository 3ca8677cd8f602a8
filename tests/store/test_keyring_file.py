"""The key file: every flipped byte is damage, every other hand is told, an older one is known."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, USER, a_patient, add_user
from tests.store.conftest import Made
from woundtrack.errors import RecordError, StoreError, WoundtrackError
from woundtrack.records import Role, User
from woundtrack.store import keyring_state, keys
from woundtrack.store.clinic import Clinic, clinic_info, reset_passphrase, users_by_recovery_key
from woundtrack.store.info import KEYRING_NAME, keyring_file
from woundtrack.store.keyring import load_keyring
from woundtrack.store.names import names_key, names_of

NEW = "another good passphrase"


def refusal(ask: Callable[[], object]) -> str:
    with pytest.raises(WoundtrackError) as refused:
        ask()
    return refused.value.code


def change(clinic: Clinic, old: str, new: str) -> None:
    clinic.write(lambda w: w.change_passphrase(clinic.user.id, old=old, new=new))


def actions(clinic: Clinic) -> list[str]:
    clinic.write(lambda _w: None)
    return [line.action for line in clinic.read(lambda r: r.journal())]


def test_every_flipped_byte_is_damage(folder: Path) -> None:
    file = folder / KEYRING_NAME
    content = file.read_bytes()
    codes = set()
    for place in range(0, len(content), 5):
        spoiled = bytearray(content)
        spoiled[place] ^= 1 << place % 8
        file.write_bytes(spoiled)
        codes.add(refusal(lambda: load_keyring(folder)))
    codes.add(refusal(lambda: clinic_info(folder)))
    assert codes == {"store.keyring_damaged"}


@pytest.mark.parametrize("cut", [1, 200, -1])
def test_a_file_cut_off_or_longer_is_damage(folder: Path, cut: int) -> None:
    file = folder / KEYRING_NAME
    content = file.read_bytes()
    for spoiled in (content[:cut], content + b"\n", content + content):
        file.write_bytes(spoiled)
        assert refusal(lambda: load_keyring(folder)) == "store.keyring_damaged"


@pytest.mark.parametrize("field", ["clinic_name", "cost", "schema_version", "serial", "entries"])
def test_what_another_hand_wrote_is_told_from_a_wrong_passphrase(
    folder: Path, opened: Callable[..., Clinic], field: str
) -> None:
    file = folder / KEYRING_NAME
    content = json.loads(file.read_bytes())
    change = {"clinic_name": "Ours", "cost": {"memory_kib": 8, "iterations": 1, "lanes": 1}}
    content[field] = change.get(field) or (
        content["entries"] * 2 if field == "entries" else content[field] + 1
    )
    file.write_bytes(keyring_file(content))
    assert refusal(opened) == "store.keyring_altered"


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 1 << 40, "iterations": 1, "lanes": 1},
        {"memory_kib": 64, "iterations": 10**9, "lanes": 1},
        {"memory_kib": 64, "iterations": 1, "lanes": 64},
        {"memory_kib": "much", "iterations": 1, "lanes": 1},
    ],
)
def test_a_file_that_asks_for_too_much_is_damage(folder: Path, cost: dict[str, object]) -> None:
    """It is believed before any key tells who wrote it: no memory is full, and nothing hangs."""
    content = json.loads((folder / KEYRING_NAME).read_bytes())
    wrong = [dict(content, cost=cost)]
    entry = content["entries"][0]
    wrong.append(dict(content, entries=[dict(entry, wrap=dict(entry["wrap"], cost=cost))]))
    for each in wrong:
        (folder / KEYRING_NAME).write_bytes(keyring_file(each))
        assert refusal(lambda: load_keyring(folder)) == "store.keyring_damaged"


def test_the_recovery_key_makes_an_altered_file_right(
    folder: Path,
    made: Made,
    opened: Callable[..., Clinic],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clinic = opened()
    clinic.write(lambda w: add_user(w, "Bo", NEW))
    clinic.close()
    measured = keys.Cost(memory_kib=128, iterations=1, lanes=1)
    monkeypatch.setattr(keys, "tuned_cost", lambda: measured)
    file = folder / KEYRING_NAME
    content = json.loads(file.read_bytes())
    content["cost"]["memory_kib"] = 8
    file.write_bytes(keyring_file(content))
    reset_passphrase(folder, recovery_key=made.recovery_key, user_name=USER, passphrase=NEW)
    assert opened(passphrase=NEW).user.value.name == USER
    ring = load_keyring(folder)
    assert len(ring.entries) == 1  # nobody else's wrap is believed
    assert ring.cost == measured


def test_an_old_file_put_back_is_known_and_told(
    folder: Path, opened: Callable[..., Clinic]
) -> None:
    clinic = opened()
    clinic.write(lambda w: add_user(w, "Bo", NEW))
    old = (folder / KEYRING_NAME).read_bytes()
    change(clinic, PASSPHRASE, NEW)
    clinic.close()
    (folder / KEYRING_NAME).write_bytes(old)
    assert refusal(lambda: opened("Bo", NEW)) == "store.keyring_older"
    clinic = opened()  # the ex-passphrase of an administrator: in, and told
    assert clinic.keyring_alarm == "store.keyring_older"
    assert "keyring_older" in actions(clinic)
    assert [one.code for one in clinic.check()] == ["store.keyring_older"]
    change(clinic, PASSPHRASE, NEW + "2")  # writes the file anew, and hides nothing by it
    clinic.close()
    assert opened(passphrase=NEW + "2").keyring_alarm == "store.keyring_older"


def test_an_administrator_accepts_an_old_file(folder: Path, opened: Callable[..., Clinic]) -> None:
    clinic = opened()
    clinic.write(lambda w: add_user(w, "Bo", NEW))
    old = (folder / KEYRING_NAME).read_bytes()
    change(clinic, PASSPHRASE, NEW)
    clinic.close()
    (folder / KEYRING_NAME).write_bytes(old)
    clinic = opened()
    clinic.write(lambda w: w.users.accept_keyring())
    assert clinic.check() == []
    assert actions(clinic)[0] == "keyring_accepted"
    clinic.close()
    assert opened("Bo", NEW).keyring_alarm == ""


def test_the_right_file_put_back_again_ends_the_alarm(
    folder: Path, opened: Callable[..., Clinic]
) -> None:
    clinic = opened()
    old = (folder / KEYRING_NAME).read_bytes()
    change(clinic, PASSPHRASE, NEW)
    clinic.close()
    right = (folder / KEYRING_NAME).read_bytes()
    (folder / KEYRING_NAME).write_bytes(old)
    opened().close()
    (folder / KEYRING_NAME).write_bytes(right)
    clinic = opened(passphrase=NEW)
    assert (clinic.keyring_alarm, clinic.check()) == ("", [])


def test_a_crash_between_file_and_commit_shuts_nobody_out(
    folder: Path, opened: Callable[..., Clinic], monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = opened()

    class Killed(BaseException):
        """The process is gone."""

    def killed(*_args: object, **_named: object) -> None:
        raise Killed

    real = keyring_state._set
    with monkeypatch.context() as patch:
        patch.setattr(keyring_state, "_set", killed)
        patch.setattr("woundtrack.store.users.Users.put_back", lambda _self: None)
        with pytest.raises(Killed):
            change(clinic, PASSPHRASE, NEW)
    assert keyring_state._set is real
    clinic.close()
    clinic = opened(passphrase=NEW)
    assert (clinic.keyring_alarm, clinic.check()) == ("", [])
    change(clinic, NEW, NEW + "2")
    clinic.close()
    assert opened(passphrase=NEW + "2").keyring_alarm == ""


def test_an_act_that_fails_leaves_the_file_as_it_was(folder: Path, clinic: Clinic) -> None:
    before = (folder / KEYRING_NAME).read_bytes()

    def act(writer) -> None:
        writer.users.accept_keyring()  # writes at once
        writer.add(a_patient(""))

    with pytest.raises(RecordError):
        clinic.write(act)
    assert (folder / KEYRING_NAME).read_bytes() == before


def test_an_older_database_is_told_once(
    folder: Path, opened: Callable[..., Clinic], tmp_path: Path
) -> None:
    opened().close()
    old = (folder / "clinic.db").read_bytes()
    clinic = opened()
    change(clinic, PASSPHRASE, NEW)
    change(clinic, NEW, NEW + "2")
    clinic.close()
    (folder / "clinic.db").write_bytes(old)
    clinic = opened(passphrase=NEW + "2")
    assert clinic.keyring_alarm == "store.database_older"
    clinic.close()
    assert opened(passphrase=NEW + "2").keyring_alarm == ""


def test_who_only_reads_is_told_of_an_old_file_too(
    folder: Path, opened: Callable[..., Clinic]
) -> None:
    clinic = opened()
    nurse = clinic.write(lambda w: add_user(w, "Bo", NEW))
    old = (folder / KEYRING_NAME).read_bytes()
    change(clinic, PASSPHRASE, NEW)
    (folder / KEYRING_NAME).write_bytes(old)
    assert refusal(lambda: opened("Bo", NEW)) == "store.keyring_older"
    second = opened()
    assert second.read_only
    assert second.keyring_alarm == "store.keyring_older"
    assert nurse.value.active


def test_the_list_of_names_opens_with_its_own_key_alone(
    folder: Path, opened: Callable[..., Clinic]
) -> None:
    clinic = opened()
    key = clinic.names_key
    bo = clinic.write(lambda w: add_user(w, "bo Ørsted", NEW))
    gone = clinic.write(lambda w: add_user(w, "Cy", NEW))
    assert [name for _uuid, name in names_of(folder, key=key)] == [USER, "bo Ørsted", "Cy"]
    clinic.write(lambda w: w.revise(bo, replace(bo.value, name="Bo Eklund")))
    clinic.write(lambda w: w.revise(gone, replace(gone.value, active=False)))
    assert [name for _uuid, name in names_of(folder, key=key)] == [USER, "Bo Eklund"]
    assert key not in (clinic._data_key, names_key(bytes(32)))
    assert names_of(folder, key=bytes(32)) == ()
    text = (folder / KEYRING_NAME).read_text("utf-8")
    assert "Eklund" not in text
    assert "rsted" not in text


def test_a_clinic_of_the_first_version_gets_the_new_file(
    tmp_path: Path, opened: Callable[..., Clinic], folder: Path
) -> None:
    content = json.loads((folder / KEYRING_NAME).read_bytes())
    for name in ("checksum", "mac", "serial", "before", "names"):
        del content[name]
    content["format"] = 1
    for entry in content["entries"]:
        del entry["provisional"]
    (folder / KEYRING_NAME).write_text(json.dumps(content, indent=1), "utf-8")
    assert load_keyring(folder).serial == 0
    # This database knows the newer file: to it this one is an older one.
    clinic = opened()
    assert clinic.keyring_alarm == "store.keyring_older"
    clinic._writing.execute("DELETE FROM setting")
    clinic.close()
    clinic = opened()
    assert clinic.keyring_alarm == ""
    assert [name for _uuid, name in names_of(folder, key=clinic.names_key)] == [USER]
    ring = load_keyring(folder)
    ring.require_genuine(clinic._data_key)
    assert ring.serial == 1


def test_the_recovery_key_tells_who_there_is(
    folder: Path, made: Made, opened: Callable[..., Clinic]
) -> None:
    clinic = opened()
    clinic.write(lambda w: add_user(w, "Aa", NEW))
    clinic.write(lambda w: add_user(w, "Zoe", NEW, Role.ADMINISTRATOR))
    left = clinic.write(lambda w: add_user(w, "Left", NEW))
    clinic.write(lambda w: w.revise(left, replace(left.value, active=False)))
    clinic.close()
    found = users_by_recovery_key(folder, recovery_key=made.recovery_key)
    assert [one.value.name for one in found] == [USER, "Zoe", "Aa"]
    reset_passphrase(folder, recovery_key=made.recovery_key, user_name="Zoe", passphrase=NEW + "2")
    zoe = opened("Zoe", NEW + "2")
    assert zoe.user.value == User("Zoe", Role.ADMINISTRATOR)


def test_recovery_is_refused_for_who_has_left(
    folder: Path, made: Made, opened: Callable[..., Clinic]
) -> None:
    clinic = opened()
    left = clinic.write(lambda w: add_user(w, "Left", NEW))
    clinic.write(lambda w: w.revise(left, replace(left.value, active=False)))
    clinic.close()
    with pytest.raises(StoreError) as refused:
        reset_passphrase(folder, recovery_key=made.recovery_key, user_name="Left", passphrase=NEW)
    assert refused.value.code == "store.no_such_user"
