"""Who writes a clinic: named while it is locked, found out after a crash, taken over when gone."""

import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clinics import PASSPHRASE, USER, a_patient
from woundtrack.errors import StoreError
from woundtrack.records import Patient, Role
from woundtrack.store import clinic as clinic_module
from woundtrack.store.clinic import Clinic, open_clinic
from woundtrack.store.info import LOCK_NAME
from woundtrack.store.lock import WriterLock

KEY = b"k" * 32
OWN = "one of their own making"


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    return tmp_path / LOCK_NAME


def test_a_holder_is_named_with_the_time_since_when(lock_file: Path) -> None:
    held, other = (WriterLock(lock_file, data_key=KEY) for _ in range(2))
    assert held.acquire()
    assert held.left_over is None
    held.sign(user_name="Ada")
    assert not other.acquire()
    holder = other.holder()
    assert holder is not None
    assert str(holder) == f"Ada ({socket.gethostname()})"
    assert holder.is_here
    held.release()
    assert other.acquire()
    assert other.left_over is None


def test_who_never_closed_is_known_afterwards_and_not_shown_as_there(lock_file: Path) -> None:
    crashed = WriterLock(lock_file, data_key=KEY)
    assert crashed.acquire()
    crashed.sign(user_name="Ada")
    crashed._file.close()  # as the system does when a process ends
    again, looking = (WriterLock(lock_file, data_key=KEY) for _ in range(2))
    assert again.acquire()
    assert again.left_over is not None
    assert again.left_over.user_name == "Ada"
    assert not looking.acquire()
    assert looking.holder().user_name == ""  # nobody has signed in yet


def test_an_opening_that_fails_forgets_nothing_of_the_crash(lock_file: Path) -> None:
    crashed = WriterLock(lock_file, data_key=KEY)
    crashed.acquire()
    crashed.sign(user_name="Ada")
    crashed._file.close()
    failing = WriterLock(lock_file, data_key=KEY)
    assert failing.acquire()
    failing.release()  # the database did not open
    later = WriterLock(lock_file, data_key=KEY)
    assert later.acquire()
    assert later.left_over.user_name == "Ada"


def test_what_cannot_be_read_names_nobody(lock_file: Path) -> None:
    held, other = WriterLock(lock_file, data_key=KEY), WriterLock(lock_file, data_key=b"o" * 32)
    held.acquire()
    held.sign(user_name="Ada")
    assert not other.acquire()
    assert other.holder() is None


_HOLD = """
import sys
from pathlib import Path
from woundtrack.store.clinic import open_clinic
clinic = open_clinic(Path(sys.argv[1]), user_name=sys.argv[2], passphrase=sys.argv[3])
print(clinic.read_only, flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes in the clinic."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder), USER, PASSPHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "False"
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be stopped there")
def test_a_process_that_hangs_keeps_the_lock_until_it_is_ended(
    opened: Callable[..., Clinic], holder: subprocess.Popen[str]
) -> None:
    holder.send_signal(signal.SIGSTOP)
    clinic = opened()
    assert clinic.read_only
    assert clinic.writer.user_name == USER
    assert clinic.writer.is_here
    assert not clinic.try_writing()
    with pytest.raises(StoreError) as refused:
        clinic.write(lambda w: w.add(a_patient()))
    assert refused.value.code == "store.read_only"
    holder.kill()
    holder.wait()
    assert clinic.try_writing()
    assert clinic.left_over.user_name == USER
    clinic.write(lambda w: w.add(a_patient()))
    assert len(clinic.read(lambda r: r.find(Patient))) == 1


def test_a_second_opener_writes_once_the_first_has_closed(opened) -> None:
    first, second = opened(), opened()
    first.write(lambda w: w.add(a_patient()))
    assert not second.try_writing()
    first.close()
    assert second.try_writing()
    assert second.left_over is None
    assert not second.read_only
    second.write(lambda w: w.add(a_patient("1002", "Moreau")))
    assert opened().read_only
    assert len(second.read(lambda r: r.search_patients())) == 2


def test_who_closes_while_it_is_tried_to_write_leaves_no_lock(
    opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = opened(), opened()
    first.close()
    tried, go = threading.Event(), threading.Event()
    really = clinic_module.reopened

    def slowly(*args: Path, **facts: Any) -> Any:
        tried.set()
        go.wait(10)
        return really(*args, **facts)

    monkeypatch.setattr(clinic_module, "reopened", slowly)
    trying = threading.Thread(target=second.try_writing)
    closing = threading.Thread(target=second.close)
    trying.start()
    assert tried.wait(10)
    closing.start()
    closing.join(0.05)
    go.set()
    trying.join()
    closing.join()
    assert not opened().read_only


def test_who_may_sign_in_no_more_does_not_take_over(folder: Path, opened) -> None:
    first = opened()
    nurse = first.write(lambda w: w.add_user("Bo Ek", Role.CLINICIAN, "another good passphrase"))
    first.close()
    open_clinic(
        folder, user_name="Bo Ek", passphrase="another good passphrase", new_passphrase=OWN
    ).close()
    first = opened()
    second = opened("Bo Ek", OWN)
    value = type(nurse.value)(name="Bo Ek", role=Role.CLINICIAN, active=False)
    first.write(lambda w: w.revise(nurse, value))
    first.close()
    with pytest.raises(StoreError) as refused:
        second.try_writing()
    assert refused.value.code == "store.closed"
    assert second.read_only
    second.close()
    assert not opened().read_only


def test_a_copied_folder_has_its_own_lock(folder: Path, clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(lambda w: w.add(a_patient()))
    copy = Path(shutil.copytree(folder, tmp_path / "copied while open"))
    other = open_clinic(copy, user_name=USER, passphrase=PASSPHRASE)
    assert not other.read_only
    assert other.left_over.user_name == USER  # the copy was never closed
    other.close()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
@pytest.mark.parametrize("how", ["removed", "replaced", "moved"])
def test_whose_lock_file_was_taken_away_writes_no_more(
    folder: Path, clinic: Clinic, opened, how: str
) -> None:
    if how == "moved":
        folder.rename(folder.with_name("elsewhere"))
    else:
        (folder / LOCK_NAME).unlink()
    if how == "replaced":
        assert not opened().read_only
    with pytest.raises(StoreError) as refused:
        clinic.write(lambda w: w.add(a_patient()))
    assert refused.value.code == "store.lock_lost"
    clinic.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_does_not_keep_the_lock_from_being_given_back(lock_file: Path) -> None:
    lock = WriterLock(lock_file, data_key=KEY)
    assert lock.acquire()
    lock._file.close()
    lock._file = Path("/dev/full").open("r+b")  # noqa: SIM115 (the lock closes it)
    lock._file.write(b"a signature")
    lock.release()
    assert lock.acquire()
