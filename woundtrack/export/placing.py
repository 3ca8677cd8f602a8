"""What leaves the clinic is made beside its place and put there in one step, or not at all."""

import errno
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from woundtrack.errors import ReportError, StoreError
from woundtrack.store.files import PART_SUFFIX, sync_folder

_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def beside(target: Path, *, folder: bool) -> Iterator[Path]:
    """A hidden folder beside the target to make it in, gone afterwards whatever happens.

    `folder` tells that the target is one itself, which must be new or empty. Raises StoreError
    store.folder_not_empty, and for what the disk refuses inside the block ReportError
    report.not_allowed, .disk_full, .not_written.
    """
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}{PART_SUFFIX}")
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
    sync_folder(target.parent)


def _code_of(error: OSError) -> str:
    if error.errno in _REFUSED:  # on Windows a file that is open elsewhere, too
        return "report.not_allowed"
    return "report.disk_full" if error.errno in _FULL else "report.not_written"
