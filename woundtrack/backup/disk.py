"""Writing into the folder of backups: any disk, stick or share, however little it can.

exFAT knows no rights and some shares cannot sync a folder: what they cannot is left out, what
goes wrong is told in the words of the backup, not of the clinic.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from woundtrack.errors import BackupError
from woundtrack.store.files import PART_SUFFIX, share_as_folder, sync_file, sync_folder

_CODES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "backup.full"),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "backup.not_writable"),
    **dict.fromkeys(
        (
            errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ESTALE,
            errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETUNREACH,
        ),
        "backup.gone",
    ),
}  # fmt: skip
_WINDOWS_CODES = {
    39: "backup.full", 112: "backup.full",
    19: "backup.not_writable",
    21: "backup.gone", 53: "backup.gone", 55: "backup.gone", 59: "backup.gone",
    64: "backup.gone", 67: "backup.gone", 121: "backup.gone", 433: "backup.gone",
    1167: "backup.gone", 1231: "backup.gone",
}  # fmt: skip
"""By the number of Windows, where Python's own says less."""
_REAL = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENODEV)
"""What a disk answers to syncing a folder when something is wrong; all else: it cannot."""

_UNREADABLE_WINDOWS = (23, 1117)
"""A wrong checksum of the disk's own, an error of the device."""


@contextmanager
def target_errors() -> Iterator[None]:
    """Turn what the disk with the backups refuses into a BackupError, without any path.

    Raises BackupError backup.full, .not_writable, .gone, .io.
    """
    try:
        yield
    except OSError as error:
        by_windows = _WINDOWS_CODES.get(getattr(error, "winerror", None) or 0, "")
        code = by_windows or _CODES.get(error.errno or 0, "backup.io")
        raise BackupError(code) from error


def is_unreadable(error: BaseException | None) -> bool:
    """Whether a disk said that it cannot read this place; others may be sound."""
    if not isinstance(error, OSError):
        return False
    return error.errno == errno.EIO or getattr(error, "winerror", None) in _UNREADABLE_WINDOWS


def part_of(path: Path) -> Path:
    """Where a file is written before it is put in its place."""
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART_SUFFIX}")


def write_new(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and read it back; its folder is synced by `sync_names`.

    Raises OSError, BackupError backup.not_verified.
    """
    part = part_of(path)
    try:
        with part.open("x+b") as file:
            share_as_folder(part)
            file.write(data)
            sync_file(file)
            forget(file.fileno())
            file.seek(0)
            if file.read() != data:
                raise BackupError("backup.not_verified")
        put(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def make_folder(path: Path) -> None:
    """Make a folder for the accounts that the one above it is for. Raises OSError."""
    if not path.is_dir():
        path.mkdir(exist_ok=True)
        share_as_folder(path)


def put(part: Path, path: Path) -> None:
    """Rename a file that is whole and synced. Raises OSError."""
    part.replace(path)
    if os.name == "nt":  # no folder can be synced there: what flushes the file flushes its name
        with path.open("r+b") as file:
            os.fsync(file.fileno())


def forget(descriptor: int) -> None:
    """Have the next reading ask the disk itself, where the operating system can."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_names(folder: Path) -> None:
    """Make what was put into a folder durable, where its disk can. Raises OSError."""
    try:
        sync_folder(folder)
    except OSError as error:
        if error.errno in _REAL:
            raise
