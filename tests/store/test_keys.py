"""Keys, recovery keys and the keyring."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clinics import PASSPHRASE, USER
from woundtrack.errors import StoreError
from woundtrack.store import keys, recovery
from woundtrack.store.info import KEYRING_NAME, clinic_info, keyring_file
from woundtrack.store.keyring import folded_name, load_keyring
from woundtrack.store.migrating import STEP_NAMES


def refusal(ask) -> str:
    with pytest.raises(StoreError) as refused:
        ask()
    return refused.value.code


def test_a_wrap_opens_with_its_passphrase_and_owner_only() -> None:
    key = keys.new_data_key()
    wrap = keys.wrap_with_passphrase(key, "pass phrase é", owner="u1", cost=keys.CHEAP)
    assert keys.unwrap_with_passphrase(wrap, "pass phrase é", owner="u1") == key
    assert keys.unwrap_with_passphrase(wrap, "pass phrase e\u0301", owner="u1") == key
    for passphrase, owner in (("pass phrase e", "u1"), ("pass phrase é", "u2")):
        code = refusal(lambda p=passphrase, o=owner: keys.unwrap_with_passphrase(wrap, p, owner=o))
        assert code == "store.wrong_passphrase"
    assert key not in (wrap.wrapped, wrap.wrapped[:32])


def test_subkeys_differ_by_use() -> None:
    key = keys.new_data_key()
    subkeys = {keys.subkey(key, use=use) for use in ("database", "vault files", "vault names")}
    assert len(subkeys | {key}) == 4


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaa", "abababababab", "Ada Novák-R"])
def test_weak_passphrases_are_refused(weak: str) -> None:
    def ask() -> None:
        keys.check_passphrase(weak, user_name="ada novák-r")

    assert refusal(ask) == "store.weak_passphrase"


def test_a_recovery_key_is_read_however_it_is_typed() -> None:
    text = recovery.new_recovery_key()
    assert [len(group) for group in text.split("-")] == [5] * 6
    secret = recovery.recovery_secret(text)
    spaced = text.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert recovery.recovery_secret(f"  {spaced}\n") == secret
    assert recovery.new_recovery_key() != text


@given(st.text(recovery.ALPHABET, min_size=29, max_size=29), st.data())
def test_the_check_sign_catches_every_wrong_sign(body: str, data: st.DataObject) -> None:
    text = body + recovery.check_sign(body)
    place = data.draw(st.integers(0, 29))
    wrong = data.draw(st.sampled_from(recovery.ALPHABET).filter(lambda s: s != text[place]))
    mistyped = text[:place] + wrong + text[place + 1 :]
    assert refusal(lambda: recovery.recovery_secret(mistyped)) == "store.recovery_key_mistyped"


def test_the_check_sign_catches_nearly_every_swap_of_neighbours() -> None:
    missed = total = 0
    for one, other in itertools.permutations(recovery.ALPHABET, 2):
        body = "7" * 10 + one + other + "Q" * 17
        swapped = "7" * 10 + other + one + "Q" * 17
        total += 1
        missed += recovery.check_sign(body) == recovery.check_sign(swapped)
    assert missed / total < 0.01


def test_the_keyring_tells_the_clinic_and_no_user(folder: Path) -> None:
    info = clinic_info(folder)
    assert (info.clinic_name, info.schema_version) == ("Wundzentrum", len(STEP_NAMES))
    text = (folder / KEYRING_NAME).read_text("utf-8")
    assert "Ada" not in text
    assert "Nov" not in text
    assert load_keyring(folder).owner_of("  ada   NOVA\u0301K ") is not None
    assert load_keyring(folder).owner_of("Ada") is None


def test_names_are_folded_but_not_robbed_of_accents() -> None:
    assert folded_name("  Ada  NOVÁK ") == folded_name("ada nova\u0301k")
    assert folded_name("Novák") != folded_name("Novak")


def test_unlocking(folder: Path) -> None:
    ring = load_keyring(folder)
    _, key = ring.unlock(user_name=USER, passphrase=PASSPHRASE)
    assert len(key) == 32
    for name, passphrase in ((USER, "wrong horse battery"), ("Nobody", PASSPHRASE)):
        code = refusal(lambda n=name, p=passphrase: ring.unlock(user_name=n, passphrase=p))
        assert code == "store.wrong_passphrase"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "store.keyring_damaged"),
        (b"\xff\xfe", "store.keyring_damaged"),
        (b"[]", "store.keyring_damaged"),
        (b'{"format": 1}', "store.keyring_damaged"),
        (b'{"format": 2}', "store.keyring_damaged"),
        (keyring_file({"format": 3}), "store.newer"),
    ],
)
def test_a_keyring_that_cannot_be_read(folder: Path, content: bytes, code: str) -> None:
    (folder / KEYRING_NAME).write_bytes(content)
    assert refusal(lambda: load_keyring(folder)) == code
    assert refusal(lambda: clinic_info(folder)) == code


def test_a_changed_wrap_does_not_open(folder: Path) -> None:
    path = folder / KEYRING_NAME
    content = json.loads(path.read_text("utf-8"))
    wrap = content["entries"][0]["wrap"]
    wrap["wrapped"] = "A" + wrap["wrapped"][1:] if wrap["wrapped"][0] != "A" else "B"
    path.write_text(json.dumps(content), "utf-8")

    assert refusal(lambda: load_keyring(folder)) == "store.keyring_damaged"


def test_no_clinic_here(tmp_path: Path) -> None:
    assert refusal(lambda: clinic_info(tmp_path)) == "store.no_clinic"
    assert refusal(lambda: clinic_info(tmp_path / "absent")) == "store.no_clinic"
