"""What leaves the clinic is made beside its place and put there in one step, or not at all."""

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from woundtrack.errors import ReportError, StoreError
from woundtrack.store.files import PART_SUFFIX, lies_inside, sync_folder, try_lock

_CODES = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY), "report.not_allowed"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "report.disk_full"),
    **dict.fromkeys((errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ), "report.bad_name"),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.ENODEV), "report.folder_gone"),
}
_WINDOWS_CODES = {
    32: "report.not_allowed",  # open in another program
    39: "report.disk_full", 112: "report.disk_full",
    123: "report.bad_name", 161: "report.bad_name", 206: "report.bad_name",
}  # fmt: skip
"""By the number of Windows, where Python's own says less."""

_HIDDEN = f".woundtrack-{{}}{PART_SUFFIX}"
_MADE, _HELD = "made", "held"
"""In a hidden folder: what is being made, and a file that is locked meanwhile."""


def refuse_inside(clinic_folder: Path, target: Path) -> None:
    """Raise StoreError store.inside_clinic where the target is in the clinic's own folder."""
    if lies_inside(target, clinic_folder):
        raise StoreError("store.inside_clinic")


def _refuse_filled(target: Path) -> None:
    if not target.is_dir():
        raise StoreError("store.not_a_folder")
    if any(target.iterdir()):
        raise StoreError("store.folder_not_empty")


@contextmanager
def beside(target: Path, *, folder: bool) -> Iterator[Path]:
    """A folder to make it in, in a hidden one beside the target, gone afterwards whatever happens.

    What a program that was killed left of the kind there goes first. `folder` tells that the
    target is one itself, which must be new or empty. Raises StoreError store.folder_not_empty,
    .not_a_folder, and for what the disk refuses inside the block ReportError report.not_allowed,
    .disk_full, .bad_name, .folder_gone, .not_written.
    """
    # Its own short name: the target's may be as long as the disk takes.
    part = target.with_name(_HIDDEN.format(secrets.token_hex(4)))
    try:
        if folder and target.exists():
            _refuse_filled(target)
        _clear_cut_off(target.parent)
        part.mkdir(mode=0o700)
        with os.fdopen(os.open(part / _HELD, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as held:
            with suppress(OSError):  # some disks know no locks: nobody clears up there
                try_lock(held)
            (part / _MADE).mkdir(mode=0o700)
            yield part / _MADE
    except OSError as error:
        raise ReportError(_code_of(error)) from error
    finally:
        _take_away(part)


def _take_away(part: Path) -> None:
    """What is held goes last: who is killed before leaves what the next one knows and removes."""
    shutil.rmtree(part / _MADE, ignore_errors=True)
    shutil.rmtree(part, ignore_errors=True)


def _clear_cut_off(place: Path) -> None:
    """Remove what was never finished there and is nobody's any more: it is not encrypted."""
    for part in place.glob(_HIDDEN.format("*")):
        if _is_cut_off(part):
            _take_away(part)


def _is_cut_off(part: Path) -> bool:
    """Whether this account made it, and the program that did has ended."""
    try:
        with (part / _HELD).open("r+b") as held:
            return not part.is_symlink() and try_lock(held)
    except OSError:
        return False


def put(made: Path, target: Path) -> None:
    """Put what was made in its place, in one step."""
    if made.is_dir() and target.exists():
        target.rmdir()  # empty; Windows renames onto nothing
    made.replace(target)
    with suppress(OSError):  # it is there; some shares refuse this
        sync_folder(target.parent)


def write_file(
    data: bytes,
    target: Path,
    *,
    clinic_folder: Path | None = None,
    note: Callable[[], None] = lambda: None,
) -> None:
    """Write one file whole or not at all: what was there stays until the new one is written.

    `note` journals it once it is written, before it is in its place: what left unrecorded would
    be worse than a line too many. Raises what `note`, `beside` and, where a clinic's folder is
    told, `refuse_inside` raise.
    """
    if clinic_folder is not None:
        refuse_inside(clinic_folder, target)
    with beside(target, folder=False) as part:
        made = part / "whole"
        with made.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        note()
        put(made, target)


def _code_of(error: OSError) -> str:
    by_windows = _WINDOWS_CODES.get(getattr(error, "winerror", None) or 0, "")
    return by_windows or _CODES.get(error.errno or 0, "report.not_written")
