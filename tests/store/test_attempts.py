"""Failed sign-ins: the wait grows, survives, ends, and the journal hears of each once."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, TODAY, USER, add_user
from tests.store.conftest import Made
from woundtrack.errors import StoreError
from woundtrack.store.attempts import RECOVERY, UNKNOWN, Attempts, in_minutes, wait_after
from woundtrack.store.clinic import Clinic, open_clinic, reset_passphrase, users_by_recovery_key
from woundtrack.store.info import ATTEMPTS_NAME, KEYRING_NAME

NEW = "another good passphrase"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, **delta: float) -> None:
        self.now += dt.timedelta(**delta)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(tmp_path: Path, clock: Clock) -> Attempts:
    return Attempts(tmp_path, clock=clock)


def wrong(folder: Path, clock: Clock, user: str = USER) -> StoreError:
    """What is said of a wrong passphrase."""
    with pytest.raises(StoreError) as refused:
        open_clinic(folder, user_name=user, passphrase="not this one", clock=clock)
    return refused.value


def test_the_wait_doubles_from_the_fourth_failure_and_ends_at_five_minutes() -> None:
    waits = [wait_after(failures) for failures in range(1, 14)]
    assert waits == [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert [in_minutes(s) for s in (0.2, 8, 59.5, 300)] == ["0:01", "0:08", "1:00", "5:00"]


def test_each_waits_for_their_own_failures(attempts: Attempts, clock: Clock) -> None:
    for _ in range(4):
        attempts.failed("one")
    assert (attempts.wait_s("one"), attempts.wait_s("two")) == (2, 0)
    clock.go(seconds=1.5)
    assert attempts.wait_s("one") == 0.5
    with pytest.raises(StoreError) as refused:
        attempts.require_patience("one")
    assert (refused.value.code, refused.value.data["wait"]) == ("store.too_soon", "0:01")
    clock.go(seconds=1)
    assert attempts.failed("one") == 4


def test_signing_in_ends_ones_own_waits_and_those_of_mistyped_names(attempts: Attempts) -> None:
    for who in ("one", "two", UNKNOWN):
        for _ in range(5):
            attempts.failed(who)
    attempts.succeeded("one")
    assert [attempts.wait_s(who) for who in ("one", "two", UNKNOWN)] == [0, 4, 0]


def test_a_clock_set_back_neither_ends_the_wait_nor_makes_it_longer(
    attempts: Attempts, clock: Clock
) -> None:
    for _ in range(6):
        attempts.failed("one")
    clock.go(days=-400)
    assert attempts.wait_s("one") == 8
    clock.go(seconds=8)
    assert attempts.wait_s("one") == 0
    assert attempts.untold()[0].at_utc == TODAY


def test_a_day_later_nothing_is_held_against_anyone(attempts: Attempts, clock: Clock) -> None:
    for _ in range(9):
        attempts.failed("one")
    clock.go(days=1, seconds=1)
    assert attempts.failed("one") == 0


@pytest.mark.parametrize("spoil", [b"", b"\x00\xff", b'{"at": 3}\n{"at"', b"[]\n1\nnull\n"])
def test_a_file_that_cannot_be_read_is_as_none(
    attempts: Attempts, tmp_path: Path, spoil: bytes
) -> None:
    (tmp_path / ATTEMPTS_NAME).write_bytes(spoil)
    assert attempts.wait_s("one") == 0
    for _ in range(4):
        attempts.failed("one")
    assert attempts.wait_s("one") == 2


def test_a_crash_while_it_was_rewritten_counts_nothing_twice(
    attempts: Attempts, tmp_path: Path
) -> None:
    for _ in range(3):
        attempts.failed("one")
    file = tmp_path / ATTEMPTS_NAME
    content = file.read_bytes()
    file.write_bytes(content + content[-100:] + content)
    assert len(attempts.untold()) == 3


def test_who_guesses_waits_also_in_another_process(folder: Path, clock: Clock) -> None:
    for _ in range(3):
        assert wrong(folder, clock).data["wait_s"] == 0
    assert wrong(folder, clock).data["wait_s"] == 2
    with pytest.raises(StoreError) as refused:
        open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=clock)
    assert refused.value.code == "store.too_soon"
    clock.go(seconds=2)
    open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=clock).close()
    assert wrong(folder, clock).data["wait_s"] == 0


def test_an_unknown_name_waits_like_any_other(folder: Path, clock: Clock) -> None:
    waits = [wrong(folder, clock, user="Eve").data["wait_s"]]
    for _ in range(4):
        clock.go(seconds=waits[-1])
        waits.append(wrong(folder, clock, user="Eve").data["wait_s"])
    assert waits == [0, 0, 0, 2, 4]


def test_the_file_names_nobody(folder: Path, clock: Clock) -> None:
    for user in (USER, "my passphrase typed in the wrong line"):
        wrong(folder, clock, user=user)
    text = (folder / ATTEMPTS_NAME).read_text("utf-8")
    assert "Ada" not in text
    assert "wrong line" not in text
    assert UNKNOWN in text


def test_the_journal_has_each_failure_once_with_its_own_time(folder: Path, clock: Clock) -> None:
    wrong(folder, clock)
    clock.go(minutes=10)
    wrong(folder, clock, user="Eve")
    clock.go(minutes=10)
    for _ in range(2):
        clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=clock)
        clinic.write(lambda _w: None)
        lines = clinic.read(lambda r: r.journal())
        clinic.close()
    failed = [line for line in lines if line.action == "sign_in_failed"]
    minutes = [(line.at_utc - TODAY).total_seconds() / 60 for line in reversed(failed)]
    assert minutes == [0, 10]
    assert [line.record_id for line in reversed(failed)] == [clinic.user.id, None]
    assert {line.user_id for line in failed} == {None}


def test_a_crash_before_the_file_heard_of_it_journals_nothing_twice(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong(folder, clock)
    with monkeypatch.context() as patch:
        patch.setattr(Attempts, "tell", lambda *_: None)
        open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=clock).close()
    clinic = open_clinic(folder, user_name=USER, passphrase=PASSPHRASE, clock=clock)
    clinic.write(lambda _w: None)
    actions = [line.action for line in clinic.read(lambda r: r.journal())]
    assert actions.count("sign_in_failed") == 1
    assert clinic.check() == []
    clinic.close()


def test_the_old_passphrase_is_not_guessed_at_an_unlocked_window(
    opened: Callable[..., Clinic], clinic: Clinic
) -> None:
    def change() -> None:
        clinic.write(lambda w: w.change_passphrase(clinic.user.id, old="a guess", new=NEW))

    codes = []
    for _ in range(5):
        with pytest.raises(StoreError) as refused:
            change()
        codes.append(refused.value.code)
    assert codes == ["store.wrong_passphrase"] * 4 + ["store.too_soon"]


def test_an_administrator_ends_the_wait_with_a_new_passphrase(
    folder: Path, opened: Callable[..., Clinic], clock: Clock
) -> None:
    clinic = opened()
    nurse = clinic.write(lambda w: add_user(w, "Bo", NEW))
    for _ in range(4):
        wrong(folder, clock, user="Bo")
    clinic.write(lambda w: w.set_passphrase(nurse.id, new="given anew by Ada"))
    assert wrong(folder, clock, user="Bo").code == "store.wrong_passphrase"


def test_the_recovery_key_is_not_guessed_either(folder: Path, made: Made, clock: Clock) -> None:
    from woundtrack.store.recovery import new_recovery_key

    def ask(key: str) -> str:
        with pytest.raises(StoreError) as refused:
            users_by_recovery_key(folder, recovery_key=key, clock=clock)
        return refused.value.code

    foreign = new_recovery_key()
    assert ask("mistyped") == "store.recovery_key_mistyped"
    assert [ask(foreign) for _ in range(4)] == ["store.wrong_recovery_key"] * 4
    assert ask(made.recovery_key) == "store.too_soon"
    clock.go(seconds=2)
    assert [one.value.name for one in users_by_recovery_key(
        folder, recovery_key=made.recovery_key, clock=clock
    )] == [USER]  # fmt: skip
    reset_passphrase(
        folder, recovery_key=made.recovery_key, user_name=USER, passphrase=NEW, clock=clock
    )
    clinic = open_clinic(folder, user_name=USER, passphrase=NEW, clock=clock)
    clinic.write(lambda _w: None)
    actions = [line.action for line in clinic.read(lambda r: r.journal())]
    clinic.close()
    assert actions.count("recovery_failed") == 4
    assert Attempts(folder, clock=clock).wait_s(RECOVERY) == 0


def test_a_folder_that_cannot_be_written_is_opened_all_the_same(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = Attempts(tmp_path / "gone", clock=clock)
    assert [attempts.failed("one") for _ in range(5)] == [0] * 5
    attempts.succeeded("one")
    assert attempts.untold() == ()


def test_every_key_file_is_asked_for_its_own_failures(folder: Path, clock: Clock) -> None:
    (folder / KEYRING_NAME).write_bytes(b"")
    assert wrong(folder, clock).code == "store.keyring_damaged"
    assert not (folder / ATTEMPTS_NAME).exists()
