"""Several accounts of one computer share a clinic: whatever their umask, none shuts another out."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE, USER
from woundtrack.errors import StoreError
from woundtrack.explain import explain
from woundtrack.store.attempts import Attempts
from woundtrack.store.clinic import Clinic, local_now
from woundtrack.store.files import share_again, share_as_folder

ROOT = Path(__file__).parents[2]
FIRST, SECOND, STRANGER, GROUP = 61001, 61002, 61003, 61000
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows inherits rights by itself")
TWO = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only root can act as two other accounts"
)

_ACT = """
import os, sys
from pathlib import Path
import sqlite_utils
import migrations.all_steps
import woundtrack.photo.code
from tests.clinics import a_patient, a_photo, add_user, jpeg
from woundtrack.errors import StoreError
from woundtrack.store.clinic import create_clinic, open_clinic
from woundtrack.store.keys import CHEAP
folder, act, user, passphrase, number = Path(sys.argv[1]), *sys.argv[2:6]
# Only now: the interpreter itself may lie where this account cannot go.
account, umask, *groups = (int(text) for text in sys.argv[6:])
os.setgroups(groups)
os.setgid(account)
os.setuid(account)
os.umask(umask)
if act == "create":
    create_clinic(folder, clinic_name="C", user_name=user, passphrase=passphrase, cost=CHEAP)
try:
    clinic = open_clinic(folder, user_name=user, passphrase=passphrase)
    if act == "create":
        clinic.write(lambda w: add_user(w, "Bo", passphrase))
    if act == "hold":
        print("held", flush=True)
        sys.stdin.readline()
    elif act == "wrong":
        pass
    else:
        data = jpeg(int(number))
        clinic.write(lambda w: w.add(a_patient(number)))
        clinic.write(lambda w: w.import_photo(data, a_photo(data), b"thumb" + data[-9:]))
        user_id, new = clinic.user.id, passphrase + "2"
        clinic.write(lambda w: w.change_passphrase(user_id, old=passphrase, new=new))
        clinic.write(lambda w: w.change_passphrase(user_id, old=new, new=passphrase))
        assert clinic.check() == [], clinic.check()
        print(len(clinic.read(lambda r: r.search_patients())))
    clinic.close()
except StoreError as error:
    print(error.code)
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other accounts reach; those of the tests are root's alone."""
    made = Path(tempfile.mkdtemp(dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def start(account: int, umask: int, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The program, run by one of the accounts."""
    groups = [] if account == STRANGER else [str(GROUP)]
    return subprocess.Popen(
        [
            sys.executable,
            "-B",
            "-c",
            _ACT,
            str(folder),
            *arguments,
            str(account),
            str(umask),
            *groups,
        ],
        cwd=ROOT,
        env={**os.environ, "HOME": "/nonexistent", "TMPDIR": "/tmp"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def done(account: int, umask: int, folder: Path, *arguments: str) -> str:
    """What the program says when one of the accounts runs it."""
    said, _ = start(account, umask, folder, *arguments).communicate(timeout=60)
    return said.strip()


@TWO
def test_two_accounts_work_in_one_clinic(place: Path) -> None:
    folder = place / "shared"
    folder.mkdir()
    os.chown(folder, 0, GROUP)
    folder.chmod(0o770)  # without inheritance of the group: the program sees to it
    assert done(FIRST, 0o077, folder, "create", "Ada", PASSPHRASE, "1") == "1"
    holder = start(FIRST, 0o077, folder, "hold", "Ada", PASSPHRASE, "")
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    try:
        assert done(SECOND, 0o022, folder, "work", "Bo", PASSPHRASE, "2") == "store.read_only"
    finally:
        holder.communicate("\n", timeout=60)
    assert done(SECOND, 0o077, folder, "work", "Bo", PASSPHRASE, "2") == "2"
    assert done(FIRST, 0o022, folder, "wrong", "Ada", "a guess", "") == "store.wrong_passphrase"
    assert done(STRANGER, 0o022, folder, "wrong", "Ada", PASSPHRASE, "") == "store.unreadable"
    assert {path.name for path in folder.iterdir()} >= {"clinic.attempts", "clinic.lock", "vault"}
    for path in folder.rglob("*"):
        found = path.stat()
        assert found.st_gid == GROUP, path.name
        assert found.st_mode & 0o060 == 0o060, path.name
        assert not found.st_mode & 0o007, path.name


@TWO
def test_a_folder_shared_only_later_is_told_and_mended_by_its_owner(place: Path) -> None:
    folder = place / "shared"
    folder.mkdir()
    os.chown(folder, FIRST, FIRST)
    folder.chmod(0o700)
    assert done(FIRST, 0o077, folder, "create", "Ada", PASSPHRASE, "1") == "1"
    os.chown(folder, FIRST, GROUP)
    folder.chmod(0o2770)
    assert done(SECOND, 0o022, folder, "work", "Bo", PASSPHRASE, "2") == "store.not_shared"
    assert done(FIRST, 0o077, folder, "work", "Ada", PASSPHRASE, "2") == "2"
    assert done(SECOND, 0o022, folder, "work", "Bo", PASSPHRASE, "3") == "3"


@POSIX
def test_a_private_folder_stays_private(tmp_path: Path) -> None:
    private, own = tmp_path / "private", tmp_path / "private" / "file"
    private.mkdir(mode=0o700)
    own.touch(mode=0o666)
    share_as_folder(own)
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    private.chmod(0o1777)  # as /tmp: nothing there is for everyone to write
    share_as_folder(own)
    assert stat.S_IMODE(own.stat().st_mode) == 0o600


@POSIX
def test_what_is_shared_already_is_left(clinic: Clinic, folder: Path) -> None:
    Attempts(folder, clock=local_now).failed("one")
    before = {path: path.stat().st_mode for path in folder.rglob("*")}
    share_again(folder)
    assert {path: path.stat().st_mode for path in folder.rglob("*")} == before
    assert clinic.user.value.name == USER


def test_each_way_of_not_being_shared_has_its_sentence(
    opened: Callable[..., Clinic], monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = {explain(StoreError(f"store.{code}")) for code in ("not_shared", "not_writable")}
    assert len(sentences) == 2
    assert not any("store." in sentence for sentence in sentences)
