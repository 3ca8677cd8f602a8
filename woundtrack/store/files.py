"""Writing files so that they are whole or absent, locking them, naming what the disk refuses."""

import contextlib
import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from woundtrack.errors import StoreError
from woundtrack.store.info import VAULT_NAME

PART_SUFFIX = ".part"
"""Ending of a file under way; one that is found later was cut off and means nothing."""
_LOCKED_BYTE = 1 << 30
"""Windows locks byte ranges against reading too: one far behind the content is taken."""

_NOT_FOR_FOLDERS = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)
"""What a share says that cannot sync a folder: a copy may lie there, a clinic does not."""
_CODES = {
    errno.ENOSPC: "store.disk_full",
    errno.EDQUOT: "store.disk_full",
    errno.EFBIG: "store.disk_full",
    errno.EROFS: "store.not_writable",
    errno.EACCES: "store.not_writable",
    errno.EPERM: "store.not_writable",
}


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn what the operating system refuses into a StoreError, without any path."""
    try:
        yield
    except OSError as error:
        raise StoreError(_CODES.get(error.errno or 0, "store.io")) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: part file, fsync, rename, fsync of the folder.

    Raises StoreError store.disk_full, .not_writable, .io; then nothing is left behind.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART_SUFFIX}")
    with disk_errors():
        try:
            with part.open("xb") as file:
                share_as_folder(part)
                file.write(data)
                sync_file(file)
            put_in_place(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def remove_parts(folder: Path, *, of: str = "") -> None:
    """Remove what was cut off while files whose names begin so were written; else it stays."""
    for part in list(folder.glob(f"{of}*{PART_SUFFIX}*")):
        with suppress(OSError):
            part.unlink()


def put_in_place(part: Path, path: Path) -> None:
    """Rename a whole, synced file, durably. Raises OSError; then it may be in either place."""
    part.replace(path)
    if os.name == "nt":
        # No folder can be synced there; what flushes a file flushes the log of its renaming.
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder and those above it where they are missing, durably. Raises OSError."""
    missing = [each for each in (path, *path.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        share_as_folder(each)
        sync_folder(each.parent)


def share_as_folder(path: Path) -> None:
    """Give a new file or folder to the accounts that its folder is for (Windows does so itself).

    Else the first account of a workstation that writes would shut the others out.
    """
    if os.name == "nt":
        return
    folder, own = path.parent.stat(), path.stat()
    if folder.st_mode & stat.S_ISVTX:
        return  # where everyone puts their own things, such as /tmp
    if own.st_gid != folder.st_gid:
        with contextlib.suppress(PermissionError):  # a group that this account is not in
            os.chown(path, -1, folder.st_gid)
            own = path.stat()
    if path.is_dir():
        # With the group's inheritance, which making a folder has set where it is wanted.
        bits = stat.S_IMODE(own.st_mode) & 0o7700 | folder.st_mode & 0o077
    else:
        bits = 0o600 | folder.st_mode & 0o066
    if own.st_gid != folder.st_gid:
        bits &= ~0o070  # what the folder's group may is not what this one may
    if stat.S_IMODE(own.st_mode) != bits:
        with contextlib.suppress(OSError):  # a stick or share that knows no such rights
            path.chmod(bits)


def share_again(folder: Path) -> None:
    """Give what this account made in a clinic's folder to the accounts that the folder is for.

    Someone may have shared the folder only later. Everything is looked at where anything at its
    top is not as it should be; what cannot be changed is left.
    """
    if os.name == "nt":
        return
    try:
        top = [*folder.iterdir(), *(folder / VAULT_NAME).glob("*")]
        wrong = [path for path in top if _is_mine(path) and not _is_shared(path)]
        for path in sorted(folder.rglob("*")) if wrong else ():
            if _is_mine(path) and not _is_shared(path):
                share_as_folder(path)
    except OSError:
        return


def _is_mine(path: Path) -> bool:
    found = path.lstat()
    return found.st_uid == os.geteuid() and not stat.S_ISLNK(found.st_mode)


def _is_shared(path: Path) -> bool:
    folder, own = path.parent.stat(), path.stat()
    wanted = folder.st_mode & (0o077 if path.is_dir() else 0o066)
    return own.st_mode & wanted == wanted and own.st_gid == folder.st_gid


def sync_file(file: IO[bytes]) -> None:
    """Have the disk itself hold what was written so far. Raises OSError."""
    file.flush()
    if sys.platform == "darwin":
        import fcntl

        try:  # there fsync leaves it in the disk's own memory
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
        except OSError:  # a disk that knows no such thing
            os.fsync(file.fileno())
    else:
        os.fsync(file.fileno())


def lies_inside(place: Path, folder: Path) -> bool:
    """Whether a place, there or not yet, is this folder or within it, by whatever name."""
    place = place.absolute().resolve()
    for each in (place, *place.parents):
        try:
            if each.samefile(folder):
                return True
        except OSError:
            continue  # not there yet
    return False


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where system and disk can (not Windows, nor some shares).

    Raises OSError.
    """
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def try_lock(file: IO[bytes]) -> bool:
    """Lock an open file if nobody has; it goes with its process, however that ends.

    Raises OSError where the disk knows no locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
