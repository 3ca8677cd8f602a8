"""A file is put in its place whole, or what was there stays; why not is said."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from woundtrack.errors import ReportError, StoreError, WoundtrackError
from woundtrack.explain import explain
from woundtrack.export.placing import beside, put, refuse_inside, write_file

ROOT = str(Path(__file__).resolve().parents[2])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder to write to."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def old(out: Path) -> Path:
    """A file that is there already."""
    path = out / "out.pdf"
    path.write_bytes(b"old")
    return path


def of_windows(number: int) -> OSError:
    """An error that Windows numbers so; elsewhere the number is only carried."""
    error = OSError(errno.EACCES if number == 32 else errno.ENOENT, "refused")
    error.winerror = number  # type: ignore[attr-defined, unused-ignore]
    return error


@pytest.mark.parametrize("call", ["os.mkdir", "os.fsync", "os.replace"])
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, ""), "report.disk_full"),
        (OSError(errno.EACCES, ""), "report.not_allowed"),
        (OSError(errno.EROFS, ""), "report.not_allowed"),
        (OSError(errno.ENAMETOOLONG, ""), "report.bad_name"),
        (OSError(errno.ENOENT, ""), "report.folder_gone"),
        (OSError(errno.EIO, ""), "report.not_written"),
        (of_windows(32), "report.not_allowed"),
        (of_windows(112), "report.disk_full"),
        (of_windows(206), "report.bad_name"),
    ],
)
def test_what_the_disk_refuses_leaves_the_old_file_and_says_why(
    old: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: OSError, code: str
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(call, refuse)
    with pytest.raises(ReportError) as caught:
        write_file(b"new", old)
    monkeypatch.undo()
    assert caught.value.code == code
    assert ". " in explain(caught.value), "what happened, and the way out"
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_a_disk_that_fills_while_writing_leaves_the_old_file(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def __init__(self, file: object) -> None:
            self.file = file

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_error: object) -> None:
            self.file.close()  # type: ignore[attr-defined]

        def write(self, data: bytes) -> None:
            self.file.write(data[: len(data) // 2])  # type: ignore[attr-defined]
            raise OSError(errno.ENOSPC, "")

    really = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode: Full(really(path, mode)))
    with pytest.raises(ReportError, match=r"report\.disk_full"):
        write_file(b"new" * 100, old)
    monkeypatch.undo()
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_a_name_may_be_as_long_as_the_disk_takes_and_no_longer(out: Path) -> None:
    longest = out / ("n" * 251 + ".pdf")
    write_file(b"new", longest)
    assert longest.read_bytes() == b"new"
    with pytest.raises(ReportError, match=r"report\.bad_name"):
        write_file(b"new", out / ("n" * 252 + ".pdf"))
    assert list(out.iterdir()) == [longest]


def test_what_a_killed_program_left_there_goes_and_what_is_being_made_stays(out: Path) -> None:
    killed = (
        "import os, pathlib\n"
        "from woundtrack.export.placing import beside\n"
        "with beside(pathlib.Path('x'), folder=True) as part:\n"
        "    (part / 'names.json').write_text('Moreau')\n"
        "    os._exit(9)\n"
    )
    program = [sys.executable, "-c", killed]
    assert subprocess.run(program, cwd=out, env=os.environ | {"PYTHONPATH": ROOT}).returncode == 9
    (left,) = out.iterdir()
    assert (left / "made" / "names.json").read_text() == "Moreau"
    other = out / ".woundtrack-of-nobody.part"
    other.mkdir()
    with beside(out / "one", folder=True) as part:
        assert not left.exists()
        (part / "here").touch()
        write_file(b"new", out / "two")
        assert (part / "here").exists()
        put(part, out / "one")
    assert sorted(path.name for path in out.iterdir()) == [other.name, "one", "two"]
    assert [path.name for path in (out / "one").iterdir()] == ["here"]
    if os.name != "nt":
        assert (out / "one").stat().st_mode & 0o077 == 0


def test_who_is_killed_while_taking_away_leaves_what_the_next_one_removes(out: Path) -> None:
    killed = (
        "import os, pathlib, shutil\n"
        "from woundtrack.export.placing import beside\n"
        "remove = shutil.rmtree\n"
        "shutil.rmtree = lambda path, **all: (remove(path, **all), os._exit(9))\n"
        "with beside(pathlib.Path('x'), folder=True) as part:\n"
        "    (part / 'names.json').write_text('Moreau')\n"
    )
    program = [sys.executable, "-c", killed]
    assert subprocess.run(program, cwd=out, env=os.environ | {"PYTHONPATH": ROOT}).returncode == 9
    assert len(list(out.iterdir())) == 1
    with beside(out / "one", folder=True) as part:
        assert list(out.iterdir()) == [part.parent]


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"report\.folder_gone"):
        write_file(b"new", tmp_path / "taken away" / "out.pdf")


def test_what_cannot_be_journalled_does_not_leave(old: Path) -> None:
    def refuse() -> None:
        raise StoreError("store.closed")

    with pytest.raises(StoreError):
        write_file(b"new", old, note=refuse)
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_a_share_that_cannot_sync_its_folder_has_the_file_all_the_same(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> None:
        raise OSError(errno.EINVAL, "")

    monkeypatch.setattr("woundtrack.export.placing.sync_folder", refuse)
    write_file(b"new", old)
    assert old.read_bytes() == b"new"


def test_nothing_is_put_into_the_clinic_by_whatever_name(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic"
    (clinic / "vault").mkdir(parents=True)
    link = tmp_path / "link"
    link.symlink_to(clinic, target_is_directory=True)
    inside = (clinic, clinic / "a.pdf", clinic / "vault" / "b" / "c.pdf", link / "a.pdf",
              tmp_path / "other" / ".." / "clinic" / "a.pdf")  # fmt: skip
    for place in inside:
        with pytest.raises(WoundtrackError) as caught:
            write_file(b"new", place, clinic_folder=clinic)
        assert caught.value.code == "store.inside_clinic", place
    assert sorted(path.name for path in clinic.iterdir()) == ["vault"]
    refuse_inside(clinic, tmp_path / "clinic 2" / "a.pdf")
