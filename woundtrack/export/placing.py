"""What leaves the clinic is made beside its place and put there in one step, or not at all."""

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from woundtrack.errors import ReportError, StoreError
from woundtrack.store.files import PART_SUFFIX, lies_inside, sync_folder

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


def refuse_inside(clinic_folder: Path, target: Path) -> None:
    """Raise StoreError store.inside_clinic where the target is in the clinic's own folder."""
    if lies_inside(target, clinic_folder):
        raise StoreError("store.inside_clinic")


@contextmanager
def beside(target: Path, *, folder: bool) -> Iterator[Path]:
    """A hidden folder beside the target to make it in, gone afterwards whatever happens.

    `folder` tells that the target is one itself, which must be new or empty. Raises StoreError
    store.folder_not_empty, and for what the disk refuses inside the block ReportError
    report.not_allowed, .disk_full, .bad_name, .folder_gone, .not_written.
    """
    # Its own short name: the target's may be as long as the disk takes.
    part = target.with_name(f".woundtrack-{secrets.token_hex(4)}{PART_SUFFIX}")
    try:
        if folder and target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise StoreError("store.folder_not_empty")
        part.mkdir(mode=0o700)
        yield part
    except OSError as error:
        raise ReportError(_code_of(error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


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
