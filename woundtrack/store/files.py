"""Writing files so that they are whole or absent, locking them, naming what the disk refuses."""

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from woundtrack.errors import StoreError

PART_SUFFIX = ".part"
"""Ending of a file under way; one that is found later was cut off and means nothing."""
_LOCKED_BYTE = 1 << 30
"""Windows locks byte ranges against reading too: one far behind the content is taken."""

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
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


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
    """Make renames in a folder durable, where the operating system can (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
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
