"""Reading a file that somebody else made: never a device, a pipe or a folder, never without end."""

import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_BINARY", "O_NOCTTY"))


def plain_bytes(path: Path, *, most: int, follow: bool = True) -> bytes | None:
    """A plain file's bytes; None where there are more than `most`.

    Links are followed unless told otherwise. Raises OSError, and ValueError for a path that no
    system has.
    """
    opened = os.open(path, _FLAGS | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))
    try:
        # Asked of what was opened: a pipe would be waited for, a device has no end.
        plain = stat.S_ISREG(os.fstat(opened).st_mode)
        data = os.fdopen(opened, "rb", closefd=False).read(most + 1) if plain else None
    finally:
        os.close(opened)
    if data is None:
        raise OSError("not a plain file")
    return None if len(data) > most else data
