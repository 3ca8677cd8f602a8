"""`woundtrack clinic backup|backups|verify|restore`."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.clinics import PASSPHRASE, USER, spoiled
from tests.store.conftest import Made
from woundtrack.backup.folder import backups_in
from woundtrack.backup.plan import set_plan
from woundtrack.backup.types import Plan
from woundtrack.cli import REFUSED, main
from woundtrack.commands.passphrase import RECOVERY_VARIABLE, VARIABLE
from woundtrack.store.clinic import Clinic, open_clinic

USING = ["--user", USER]


@pytest.fixture
def filled(clinic: Clinic, case: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> str:
    """The folder of a clinic that holds something and is closed."""
    assert case.patient.id
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    clinic.close()
    return str(clinic.folder)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["clinic", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_from_backup_to_restore_and_back_to_work(
    filled: str, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = str(stick)
    status, out, _ = said(capsys, "backup", filled, "--to", there, *USING)
    assert (status, "1 photo" in out) == (0, True)
    status, out, _ = said(capsys, "backups", there)
    (backup,) = backups_in(stick)
    assert (status, out.split()[0]) == (0, backup.id)
    status, out, _ = said(capsys, "verify", there, *USING)
    assert (status, "All backups are sound." in out) == (0, True)
    shutil.rmtree(filled)
    status, out, _ = said(capsys, "restore", there, "--to", filled, *USING)
    assert (status, filled in out) == (0, True)
    assert said(capsys, "check", filled, *USING)[0] == 0


def test_the_recovery_key_does_it_too(
    filled: str,
    made: Made,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    said(capsys, "backup", filled, "--to", str(stick), *USING)
    monkeypatch.delenv(VARIABLE)
    restore = ["restore", str(stick), "--to", str(tmp_path / "back"), "--recovery-key"]
    status, _, err = said(capsys, *restore)
    assert (status, RECOVERY_VARIABLE in err) == (REFUSED, True)
    monkeypatch.setenv(RECOVERY_VARIABLE, made.recovery_key)
    assert said(capsys, *restore)[0] == 0
    assert said(capsys, "verify", str(stick), "--recovery-key")[0] == 0


def test_a_clinic_is_replaced_only_when_asked_and_its_folder_is_kept(
    filled: str, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup", filled, "--to", str(stick), *USING)
    restore = ["restore", str(stick), "--to", filled, *USING]
    status, _, err = said(capsys, *restore)
    assert (status, "not empty" in err) == (REFUSED, True)
    status, out, _ = said(capsys, *restore, "--replace")
    (kept,) = Path(filled).parent.glob("clinic-before-*")
    assert (status, str(kept) in out) == (0, True)
    for folder in (kept, Path(filled)):
        open_clinic(folder, user_name=USER, passphrase=PASSPHRASE).close()


def test_a_clinic_that_is_open_is_told_before_anything_is_brought_back(
    filled: str, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup", filled, "--to", str(stick), *USING)
    clinic = open_clinic(Path(filled), user_name=USER, passphrase=PASSPHRASE)
    there = sorted(Path(filled).parent.iterdir())
    try:
        restore = ["restore", str(stick), "--to", filled, "--replace", *USING]
        status, out, err = said(capsys, *restore)
    finally:
        clinic.close()
    assert (status, out, "The clinic is open" in err) == (REFUSED, "", True)
    assert sorted(Path(filled).parent.iterdir()) == there


def test_where_it_was_settled_need_not_be_said(
    filled: str,
    opened: Callable[..., Clinic],
    stick: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, _, err = said(capsys, "backup", filled, *USING)
    assert (status, "place for backups" in err) == (REFUSED, True)
    clinic = opened()
    set_plan(clinic, Plan(stick))
    clinic.close()
    assert said(capsys, "backup", filled, *USING)[0] == 0
    assert len(backups_in(stick)) == 1


def test_damage_is_named_and_told_by_the_status(
    filled: str, stick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup", filled, "--to", str(stick), *USING)
    photos = [path for path in stick.rglob("vault/*/*") if not path.suffix]
    for path in photos:
        path.write_bytes(spoiled(path.read_bytes()))
    to = str(tmp_path / "back")
    status, out, _ = said(capsys, "restore", str(stick), "--to", to, *USING)
    assert (status, photos[0].name in out) == (1, True)
    status, out, _ = said(capsys, "verify", str(stick), *USING)
    assert (status, photos[0].name in out) == (1, True)


def test_a_backup_that_is_not_there_is_told(
    filled: str, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = said(capsys, "verify", str(stick), *USING)
    assert (status, "no backup in this folder" in err) == (REFUSED, True)
    said(capsys, "backup", filled, "--to", str(stick), *USING)
    status, _, err = said(capsys, "verify", str(stick), "--backup", "none", *USING)
    assert (status, "There is no backup none" in err) == (REFUSED, True)
    (backup,) = backups_in(stick)
    folder = backup.path.parent.parent
    other = shutil.copytree(folder, folder.with_name("woundtrack-other"))
    head = (other / "backups" / backup.path.name).read_bytes()
    (other / "backups" / backup.path.name).write_bytes(
        head.replace(backup.clinic_uuid.encode(), b"0" * 36, 1)
    )
    status, _, err = said(capsys, "verify", str(stick), *USING)
    assert (status, "several clinics" in err) == (REFUSED, True)
    assert said(capsys, "verify", str(stick), "--backup", backup.id, *USING)[0] == 0
